import re

import pytest

from mrtrack.model.harmless import HARMFUL, clean, flowing


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One paragraph,\n  cut by its   \nlines", "One paragraph, cut by its lines"),
        ("  One.  \n\nAnother.", "  One.\n\nAnother."),
        (
            "Items:\n- one\n  goes on\n• two\n(3) three\nb. four",
            "Items:\n- one goes on\n• two\n(3) three\nb. four",
        ),
        ("-5 degrees\n2021 and\n-6", "-5 degrees 2021 and -6"),
        ("One\n\u202ethen \x1b[31mred", "One \ufffdthen \ufffd[31mred"),
        ("", ""),
    ],
)
def test_prose_is_laid_out_anew_by_paragraphs_and_items(text: str, shown: str) -> None:
    assert flowing(text) == shown


def test_signs_that_command_or_hide_are_marked_and_tabs_and_letters_kept() -> None:
    assert clean("a\x07\u200b\u2066\ufeff\U000e0041b\tc\né 日") == "a\ufffd\ufffd\ufffd\ufffd\ufffdb\tc\né 日"


def test_every_sign_that_could_command_or_hide_is_replaced_and_no_other() -> None:
    every = "".join(map(chr, range(0x110000)))
    harmful = set(re.findall(HARMFUL, every))
    assert len(harmful) > 2_000
    assert {clean(sign) for sign in harmful} == {"\ufffd"}
    assert clean(every) == re.sub(HARMFUL, "\ufffd", every)
