import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.pdf import read_pdf
from mrtrack.importers.page import Line, Page, Table

WIDE, HIGH = 595, 842
LETTER = 6.0  # points: Courier at 10 points sets every letter as wide


@dataclass
class Paper:
    """A page to print on: text and rules at places in points from the top left."""

    marks: list[str] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, size: float = 10, turned: bool = False) -> "Paper":
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        matrix = "0 1 -1 0" if turned else "1 0 0 1"
        self.marks.append(f"BT /F1 {size} Tf {matrix} {x} {HIGH - y} Tm ({shown}) Tj ET")
        return self

    def prose(self, x: float, y: float, *lines: str, step: float = 12) -> "Paper":
        for number, line in enumerate(lines):
            self.write(x, y + number * step, line)
        return self

    def box(self, left: float, top: float, right: float, bottom: float) -> "Paper":
        self.marks.append(f"{left} {HIGH - bottom} {right - left} {bottom - top} re S")
        return self

    def picture(self) -> "Paper":
        self.marks.append("q 500 0 0 700 40 70 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q")
        return self

    def row(self, top: float, bottom: float, columns: Sequence[float], *cells: str) -> "Paper":
        """Ruled cells side by side; the lines of each divided by a bar."""
        for left, right, cell in zip(columns, columns[1:], cells, strict=False):
            self.box(left, top, right, bottom)
            self.prose(left + 3, top + 11, *cell.split("|"))
        return self


def pdf(*pages: Paper, extra: str = "") -> bytes:
    """A PDF of the pages, set in Courier; “~” prints a soft hyphen."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding << /Type /Encoding "
        "/BaseEncoding /WinAnsiEncoding /Differences [126 /softhyphen "
        "200 /uni0645 /uni0631 /uni062D /uni0628 /uni0627] >> >>"
    )
    for number, page in enumerate(pages):
        content = "\n".join(page.marks)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    file = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(file)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n"
    return file + trailer.encode()


def page_of(*papers: Paper) -> Page:
    return read_pdf(pdf(*papers), "plan.pdf")


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Line)]


def tables(page: Page) -> list[list[list[list[str] | None]]]:
    return [
        [[None if cell.spanned else [line.text for line in cell.lines] for cell in row] for row in block.rows]
        for block in page.blocks
        if isinstance(block, Table)
    ]


FULL = "The office agrees with what the team found and will now plan all its visits to villages,"
NEXT = "together with the committees."


def test_lines_broken_by_the_width_of_the_page_are_one_line() -> None:
    assert texts(page_of(Paper().prose(50, 100, FULL, FULL, NEXT))) == [f"{FULL} {FULL} {NEXT}"]


def test_a_label_alone_on_its_line_is_joined_to_nothing() -> None:
    paper = Paper().prose(50, 100, "Title: Pumps", "Management Response:", FULL, NEXT, "Key Actions:", "None")
    expected = ["Title: Pumps", "Management Response:", f"{FULL} {NEXT}", "Key Actions:", "None"]
    assert texts(page_of(paper)) == expected


def test_a_label_below_a_full_line_that_ends_a_sentence_stays_alone() -> None:
    ended = FULL[:-1] + "."
    assert texts(page_of(Paper().prose(50, 100, FULL, ended, "Key Actions:"))) == [
        f"{FULL} {ended}",
        "Key Actions:",
    ]


def test_full_lines_that_are_set_apart_stay_apart() -> None:
    lines = ["The first full line of the page is as long as it can be, and it ends without a point"] * 2
    page = page_of(Paper().prose(50, 100, *lines, step=40).prose(50, 200, FULL, FULL, FULL))
    assert texts(page)[:3] == [lines[0], "", lines[1]]


def test_an_empty_line_stands_where_paragraphs_are_set_apart() -> None:
    paper = Paper().prose(50, 100, FULL, FULL, FULL, NEXT).prose(50, 170, FULL, NEXT)
    assert texts(page_of(paper)) == [f"{FULL} {FULL} {FULL} {NEXT}", "", f"{FULL} {NEXT}"]


def test_a_paragraph_goes_on_over_the_end_of_the_page() -> None:
    page = page_of(Paper().prose(50, 700, FULL, FULL), Paper().prose(50, 60, NEXT))
    assert texts(page) == [f"{FULL} {FULL} {NEXT}"]
    assert page.lines[0].place == "page 1"


def test_a_hyphen_at_the_end_of_a_line_stays_and_a_soft_one_goes() -> None:
    hard, soft = FULL[:-8] + " inter-", FULL[:-8] + " inter~"
    paper = Paper().prose(50, 100, hard, "national pumps.").prose(50, 200, soft, "national pumps.")
    assert texts(page_of(paper)) == [
        FULL[:-8] + " inter-national pumps.",
        "",
        FULL[:-8] + " international pumps.",
    ]


def test_large_letters_make_headings() -> None:
    paper = Paper().write(50, 60, "Review of pumps", 20).write(50, 110, "Recommendation 1", 14)
    paper.prose(50, 140, FULL, NEXT)
    levels = [(line.text, line.level) for line in page_of(paper).lines if not line.blank]
    assert levels == [("Review of pumps", 1), ("Recommendation 1", 2), (f"{FULL} {NEXT}", 0)]


def test_bullets_begin_lines_of_their_own_and_what_hangs_below_belongs_to_them() -> None:
    bullet = FULL[:80]
    paper = (
        Paper().write(50, 100, "•").prose(62, 100, bullet, NEXT).write(50, 124, "•").write(62, 124, "Short")
    )
    assert texts(page_of(paper)) == [f"• {bullet} {NEXT}", "• Short"]


COLUMNS = (50, 200, 300, 540)
HEAD = ("Key Action", "Status", "Comments")


def test_a_ruled_table_keeps_its_cells_and_stands_nowhere_else() -> None:
    paper = Paper().prose(50, 80, "Key Actions:").row(100, 130, COLUMNS, *HEAD)
    paper.row(130, 170, COLUMNS, "1. Repair the pump in|the village", "Completed", "Done.").prose(
        50, 200, "After"
    )
    page = page_of(paper)
    assert tables(page) == [
        [
            [["Key Action"], ["Status"], ["Comments"]],
            [["1. Repair the pump in the village"], ["Completed"], ["Done."]],
        ]
    ]
    assert [text for text in texts(page) if text] == ["Key Actions:", "After"]


def test_paragraphs_of_a_cell_stay_apart() -> None:
    paper = (
        Paper()
        .row(100, 130, COLUMNS, *HEAD)
        .row(130, 190, COLUMNS, "1. Paint", "Done|2021", "First.||Second.")
    )
    assert tables(page_of(paper))[0][1] == [["1. Paint"], ["Done", "2021"], ["First.", "Second."]]


def test_a_cell_that_covers_others_stands_once() -> None:
    paper = Paper().row(100, 120, (50, 540), "All actions").row(120, 140, COLUMNS, *HEAD)
    paper.row(140, 180, (50, 200), "1. Both rows").row(140, 160, COLUMNS[1:], "Done", "a")
    paper.row(160, 180, COLUMNS[1:], "Late", "b")
    assert tables(page_of(paper)) == [
        [
            [["All actions"], None, None],
            [["Key Action"], ["Status"], ["Comments"]],
            [["1. Both rows"], ["Done"], ["a"]],
            [None, ["Late"], ["b"]],
        ]
    ]


def test_a_box_around_text_is_no_table() -> None:
    page = page_of(Paper().box(40, 90, 560, 130).prose(50, 110, "Management Response:"))
    assert (tables(page), texts(page)) == ([], ["Management Response:"])


def broken_table() -> tuple[Paper, Paper]:
    long = "The pump was late since|spare parts were held at|the harbour and only the"
    first = Paper().write(50, 40, "Register").row(700, 720, COLUMNS, *HEAD)
    first.row(720, 760, COLUMNS, "1. Order all the spare|parts", "Completed", long.replace("|", " the|", 1))
    second = Paper().write(50, 40, "Register").row(60, 80, COLUMNS, *HEAD)
    second.row(80, 110, COLUMNS, "", "", "director could free them.")
    second.row(110, 140, COLUMNS, "2. Paint", "Initiated", "Begun.")
    return first, second


def test_a_row_broken_by_the_end_of_the_page_is_one_row() -> None:
    page = page_of(*broken_table())
    (rows,) = tables(page)
    assert [row[0] for row in rows] == [["Key Action"], ["1. Order all the spare parts"], ["2. Paint"]]
    comment = " ".join(rows[1][2] or ())
    assert comment.startswith("The pump was late")
    assert comment.endswith("only the director could free them.")


def test_a_head_that_is_printed_again_is_set_apart_with_the_reason() -> None:
    page = page_of(*broken_table())
    why = "the head of the table, printed again on page 2"
    assert [line.text for line, reason in page.left_out if reason == why] == list(HEAD)


def test_a_new_row_on_a_new_page_stays_a_row() -> None:
    first = (
        Paper().row(700, 720, COLUMNS, *HEAD).row(720, 740, COLUMNS, "1. Order parts", "Completed", "Done.")
    )
    second = Paper().row(60, 80, COLUMNS, "2. Paint", "Initiated", "Begun.")
    (rows,) = tables(page_of(first, second))
    assert [row[0] for row in rows] == [["Key Action"], ["1. Order parts"], ["2. Paint"]]


def test_tables_with_text_between_them_are_two() -> None:
    first = Paper().row(700, 720, COLUMNS, *HEAD)
    second = Paper().write(50, 50, "Recommendation 2").row(60, 80, COLUMNS, *HEAD)
    assert len(tables(page_of(first, second))) == 2


def test_page_headers_and_footers_are_set_apart_and_equal_headings_are_not() -> None:
    papers = [
        Paper()
        .write(50, 40, "Register of evaluations")
        .write(50, 810, f"Page {number} of 3")
        .write(50, 300, f"Recommendation {number}")
        for number in (1, 2, 3)
    ]
    page = page_of(*papers)
    assert [text for text in texts(page) if text] == [f"Recommendation {number}" for number in (1, 2, 3)]
    assert [line.text for line, why in page.left_out if why == "page footer"] == [
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    ]
    assert [line.text for line, why in page.left_out if why == "page header"] == [
        "Register of evaluations"
    ] * 3


def test_a_watermark_is_set_apart() -> None:
    page = page_of(Paper().prose(50, 100, FULL, NEXT).write(300, 500, "DRAFT", 60, turned=True))
    assert texts(page) == [f"{FULL} {NEXT}"]
    assert [why for _, why in page.left_out] == ["printed at an angle, as a watermark is"] * len(
        page.left_out
    )
    assert page.left_out


def test_a_header_of_every_other_page_is_set_apart() -> None:
    papers = [Paper().prose(50, 60, FULL[number:], NEXT[number:]) for number in range(5)]
    papers[1].write(50, 40, "Register")
    papers[3].write(50, 40, "Register")
    papers[2].write(50, 40, "Begins higher")
    page = page_of(*papers)
    assert "Register" not in texts(page)
    assert [why for _, why in page.left_out] == ["page header"] * 2


def test_a_label_at_the_top_of_two_pages_stays_in_the_text() -> None:
    papers = [
        Paper().prose(50, 60, "Title: Pumps").prose(50, 80, FULL),
        Paper().prose(50, 60, "Key Actions:").row(70, 90, COLUMNS, *HEAD),
        Paper().prose(50, 60, "Key Actions:").row(70, 90, COLUMNS, *HEAD),
        Paper().prose(50, 60, "The end"),
    ]
    assert texts(page_of(*papers)).count("Key Actions:") == 2


def test_text_from_right_to_left_is_read_in_its_order() -> None:
    arabic = "\u00cc\u00cb\u00ca\u00c9\u00c8 \u00cb\u00c8"
    paper = (
        Paper()
        .write(50, 100, f"May 2021 {arabic} \u00cb\u00c8")
        .write(50, 200, f"Said in May 2021: {arabic}")
    )
    assert [text for text in texts(page_of(paper)) if text] == [
        "مب مب مرحبا May 2021",
        "Said in May 2021: مب مرحبا",
    ]


def test_a_cell_over_several_rows_goes_on_over_the_end_of_the_page() -> None:
    first = (
        Paper()
        .row(600, 620, COLUMNS, *HEAD)
        .row(620, 660, (50, 200), "1. Order all the spare|parts that are in the")
    )
    first.row(620, 640, COLUMNS[1:], "Done", "a").row(640, 660, COLUMNS[1:], "Late", "b")
    second = Paper().row(60, 100, (50, 200), "harbour.").row(60, 80, COLUMNS[1:], "Done", "Paid for.")
    second.row(80, 100, COLUMNS[1:], "Late", "Not yet.")
    (rows,) = tables(page_of(first, second))
    assert [row[0] for row in rows] == [
        ["Key Action"],
        ["1. Order all the spare parts that are in the harbour."],
        None,
        None,
        None,
    ]


def test_a_row_left_open_at_the_end_of_the_page_is_a_row() -> None:
    first = Paper().row(700, 720, COLUMNS, *HEAD)
    for x in COLUMNS:
        first.marks.append(f"{x} {HIGH - 720} m {x} {HIGH - 760} l S")
    first.prose(53, 733, "1. Order parts").prose(203, 733, "Done").prose(303, 733, "Paid for.")
    assert tables(page_of(first))[0][1] == [["1. Order parts"], ["Done"], ["Paid for."]]


def test_every_line_tells_its_page_and_numbers_ascend() -> None:
    page = page_of(*broken_table(), Paper().prose(50, 300, "The end"))
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))
    assert page.lines[-1].place == "page 3"
    assert {line.place for line in page.lines} == {"page 1", "page 2", "page 3"}


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused) as refused:
        page_of(Paper().picture(), Paper().picture())
    assert refused.value.message == "plan.pdf is a scan: its pages are pictures without text"
    assert "OCR" in refused.value.hint


def test_pages_without_text_among_others_are_named() -> None:
    page = page_of(Paper().prose(50, 100, FULL), Paper().picture(), Paper())
    assert [repair.what for repair in page.repairs] == [
        "page 2 without text: only pictures, nothing of them is read"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"\x89PNG\r\n\x1a\n0000", r"a picture \(PNG\)"),
        (b"nothing of the kind", "does not begin as one"),
        (b"%PDF-1.7\nnothing of the kind", "does not open"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        read_pdf(content, "plan.pdf")
    assert refused.value.hint


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> "
    with pytest.raises(Refused, match="locked by a password; save it without"):
        read_pdf(
            pdf(Paper().prose(50, 100, FULL), extra=lock + f"/ID [<{'43' * 16}> <{'43' * 16}>]"), "plan.pdf"
        )


WHOLE = pdf(*broken_table())


@settings(max_examples=15)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=40))
def test_damage_is_read_or_refused_without_noise(cut: int, noise: bytes) -> None:
    for content in (WHOLE[:cut], WHOLE[:cut] + noise + WHOLE[cut + len(noise) :]):
        try:
            page = read_pdf(content, "plan.pdf")
        except Refused as refused:
            assert refused.hint  # noqa: PT017 - either answer is right
        else:
            assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))


def test_a_file_that_was_cut_off_is_refused_or_says_so() -> None:
    page = read_pdf(WHOLE[: WHOLE.rfind(b"%%EOF")], "plan.pdf")
    assert any("pages may be missing" in repair.what for repair in page.repairs)


def test_libraries_write_nothing_to_the_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    level = logging.getLogger("pdfminer").level
    read_pdf(WHOLE.replace(b"/Courier", b"/Unknown"), "plan.pdf")
    assert capfd.readouterr() == ("", "")
    assert [record.getMessage() for record in caplog.records] == []
    assert logging.getLogger("pdfminer").level == level


def test_time_grows_with_the_pages_and_not_faster() -> None:
    papers = [Paper().prose(50, 100, *[FULL] * 20) for _ in range(16)]
    begin = perf_counter()
    page_of(*papers[:4])
    few = perf_counter() - begin
    begin = perf_counter()
    page_of(*papers)
    assert perf_counter() - begin < 4 * few * 2.5 + 1
