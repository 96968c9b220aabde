from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.decoding import clean_text, decode
from mrtrack.source.tree import INVISIBLE

FRENCH = "La réponse de l’unité est arrivée en été.\nElle est complète, à Genève.\n"
RUSSIAN = "Оценка программы водоснабжения завершена.\nРекомендации приняты руководством.\n"


def told(content: bytes, declared: str | None = None) -> str:
    return " ".join(repair.what for repair in decode(content, declared)[1])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_french_text_reads_the_same_in_every_encoding_it_may_have(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding))[0] == FRENCH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1251"])
def test_a_russian_text_reads_the_same_in_every_encoding_it_may_have(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding))[0] == RUSSIAN


def test_words_of_other_letters_are_not_taken_for_french() -> None:
    text = "план согласован с комиссией, и она подвела итоги\nв докладе сказано, как и когда он выполнен\n"
    assert decode(text.encode("cp1251"))[0] == text


def test_a_plain_utf8_text_needs_no_repair() -> None:
    assert decode(FRENCH.encode())[1] == []
    assert decode(b"\xef\xbb\xbfPlan")[1] == []


def test_an_encoding_other_than_utf8_is_told() -> None:
    assert told(FRENCH.encode("cp1252")) == "read as Windows-1252, since it is not UTF-8"
    assert "byte order mark" in told(FRENCH.encode("utf-16"))


def test_a_declared_encoding_is_believed_only_where_the_text_is_no_utf8() -> None:
    greek = "Η αξιολόγηση"
    assert decode(greek.encode("iso8859-7"), "ISO-8859-7")[0] == greek
    assert "as it declares" in told(greek.encode("iso8859-7"), "iso-8859-7")
    assert decode(greek.encode(), "iso-8859-7") == (greek, [])


def test_a_page_that_declares_latin_1_is_read_as_browsers_do() -> None:
    assert decode("l’été".encode("cp1252"), "ISO-8859-1")[0] == "l’été"


@pytest.mark.parametrize(
    "declared", ["", "no-such-encoding", "idna", "rot13", "zlib", "unicode_escape", "\0"]
)
def test_a_declaration_that_means_nothing_does_no_harm(declared: str) -> None:
    assert decode("déjà vu".encode("cp1252"), declared)[0] == "déjà vu"


def test_bytes_that_mean_nothing_are_named_not_dropped() -> None:
    text, repairs = decode(b"caf\xe9 \x81 here", None)
    assert text.endswith(" here")
    assert repairs


def test_a_text_cut_in_the_middle_of_a_character_of_utf16_is_read() -> None:
    assert decode("Plan früh".encode("utf-16")[:-1])[0].startswith("Plan frü")


def test_mis_encoded_words_are_mended_and_named_with_their_line() -> None:
    text, repairs = clean_text("One\nThe unitâ€™s plan\nÃ‰valuation Ã  mi-parcours")
    assert text == "One\nThe unit’s plan\nÉvaluation à mi-parcours"
    assert [repair.line for repair in repairs] == [2, 3]
    assert "unitâ€™s" in repairs[0].what
    assert "unit’s" in repairs[0].what


@pytest.mark.parametrize(
    "text", ["São Paulo, SÃO PAULO, Â, Ä and Ñ", "“curly” — and ‘these’", "e\u0301 ﬁ ½ …"]
)
def test_words_that_only_look_odd_stay_as_they_are(text: str) -> None:
    assert clean_text(text) == (text, [])


def test_marks_that_excel_leaves_become_line_breaks() -> None:
    text, repairs = clean_text("One._x000D_\nTwo._x000D_Three._x000d_\n_x000D_\nFour._x000D_")
    assert text == "One.\nTwo.\nThree.\n\nFour."
    assert [repair.line for repair in repairs] == [0]


def test_odd_spaces_become_spaces_and_are_counted_once() -> None:
    text, repairs = clean_text("a\u00a0b\u2009c\nd\u202fe")
    assert text == "a b c\nd e"
    assert len(repairs) == 1
    assert "3 (lines 1, 2)" in repairs[0].what.replace("1, 1, ", "1, ")


def test_what_cannot_be_seen_is_removed_and_named_with_its_lines() -> None:
    text, repairs = clean_text("a\u200bb\nc\u202ed\x00\nf\ufeffg")
    assert text == "ab\ncd\nfg"
    whats = [repair.what for repair in repairs]
    assert any("width" in what and "lines 1, 3" in what for what in whats)
    assert any("direction" in what and "line 2" in what for what in whats)
    assert any("control" in what and "line 2" in what for what in whats)


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert clean_text("می\u200cخواهم")[0] == "می\u200cخواهم"
    assert clean_text("wa\u200cter")[0] == "water"


def test_every_kind_of_line_end_is_a_line_end() -> None:
    assert clean_text("a\r\nb\rc\u2028d\x85e\x0cf")[0] == "a\nb\nc\nd\ne\nf"


def test_a_soft_hyphen_is_a_hyphen_only_where_a_line_ends() -> None:
    assert clean_text("pro\u00adgramme of a pro\u00ad\ngramme")[0] == "programme of a pro-\ngramme"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"PK\x03\x04" + bytes(50), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "Office"),
        (bytes(range(256)) * 40, "control characters"),
        (b"\x01\x02\x03a" * 20, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word) as refused:
        decode(content)
    assert "save" in refused.value.hint


@given(st.text(st.characters(codec=None)))
def test_a_record_may_hold_whatever_comes_out(text: str) -> None:
    cleaned, repairs = clean_text(text)
    assert not INVISIBLE.search(cleaned)
    cleaned.encode("utf-8")
    assert repairs or cleaned == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except Refused:
        return
    assert not INVISIBLE.search(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_plain_text_is_never_changed(text: str) -> None:
    if "_x00" not in text:
        assert clean_text(text) == (text, [])


@pytest.mark.parametrize("piece", ["donâ€™t ", "Ã", "a\u00a0\u200b\n", "_x000D_", "\r", "\u202e"])
def test_time_grows_with_the_size_only(piece: str) -> None:
    def seconds(times: int) -> float:
        begun = perf_counter()
        clean_text(piece * times)
        return perf_counter() - begun

    seconds(100)
    assert seconds(80_000) < 40 * seconds(8_000) + 1
