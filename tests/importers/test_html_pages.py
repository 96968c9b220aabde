from collections.abc import Sequence
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.html import read_html
from mrtrack.importers.page import Page, Table


def page(markup: str) -> Page:
    return read_html(markup.encode(), "page.html")


def texts(markup: str) -> list[str]:
    return [line.text for line in page(markup).lines]


def tables(markup: str) -> list[Table]:
    return [block for block in page(markup).blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[str | None]]:
    return [[None if cell.spanned else cell.text for cell in row] for row in table.rows]


def test_headings_have_their_level_and_paragraphs_an_empty_line_between() -> None:
    read = page("<title>T</title><h1>Water</h1><p>One</p><p>Two</p><h3>Next</h3>")
    assert [(line.text, line.level) for line in read.lines] == [
        ("Water", 1),
        ("", 0),
        ("One", 0),
        ("", 0),
        ("Two", 0),
        ("", 0),
        ("Next", 3),
    ]


def test_white_space_is_that_of_a_browser() -> None:
    assert texts("<p>  One\n   <b>two</b>\t three&nbsp;four </p>") == ["One two three four"]
    assert texts("<p><b>a</b><i>b</i> <i>c</i></p>") == ["ab c"]


def test_a_break_begins_a_line_and_two_leave_one_empty() -> None:
    assert texts("<div>One<br>two<br><br>three</div><div>four</div>") == ["One", "two", "", "three", "four"]


def test_lists_look_as_a_browser_copies_them() -> None:
    assert texts("<p>Do:<ul><li>One<ul><li><p>Deep</p><p>more</p></ul><li>Two</ul><p>End") == [
        "Do:",
        "",
        "  • One",
        "    • Deep",
        "more",
        "  • Two",
        "",
        "End",
    ]


def test_ordered_lists_count_as_the_page_does() -> None:
    assert texts("<ol start=3><li>c<li>d<li value=9>i<li>j</ol>") == ["3. c", "4. d", "9. i", "10. j"]
    assert texts("<ol type=a start=26><li>z<li>aa</ol>") == ["z. z", "aa. aa"]
    assert texts("<ol type=I start=4><li>x<li>y</ol>") == ["IV. x", "V. y"]
    assert texts("<ol reversed><li>x<li>y</ol>") == ["2. x", "1. y"]


def test_terms_and_what_they_mean_stand_on_lines_of_their_own() -> None:
    assert texts("<dl><dt>Status:<dd>Completed<dt>Unit:<dd>Office</dl>") == [
        "Status:",
        "Completed",
        "Unit:",
        "Office",
    ]


def test_preformatted_lines_are_kept() -> None:
    assert texts("<pre>One\n  two   three\n\nfour</pre>") == ["One", "  two   three", "", "four"]


def test_lines_ascend_whatever_a_page_holds() -> None:
    read = page(
        "<p>a<p hidden>b<table><caption>c</caption><tr><td>d<br>e<td>f</table>"
        "<ul><li>g<table><tr><td>h<td>i</table></ul>"
    )
    numbers = [line.number for line in read.lines]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [line.text for line in read.lines if not line.blank] == [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "  • g",
        "h",
        "i",
    ]


def test_cells_that_span_are_laid_out_as_they_are_seen() -> None:
    (table,) = tables(
        "<table><tr><th rowspan=2>Action<th colspan=2>Plan<tr><th>Who<th>When"
        "<tr><td>Meet<td rowspan=0>Unit<td>2021<tr><td>Write</table>"
    )
    assert grid(table) == [
        ["Action", "Plan", None],
        [None, "Who", "When"],
        ["Meet", "Unit", "2021"],
        ["Write", None, ""],
    ]


def test_a_cell_keeps_its_own_lines_and_a_caption_goes_before() -> None:
    read = page(
        "<table><caption>Plan</caption><tr><th>A<th>B<tr><td>x<br>y<p>z<td><ul><li>one<li>two</ul></table>"
    )
    assert read.lines[0].text == "Plan"
    (table,) = [block for block in read.blocks if isinstance(block, Table)]
    assert [[line.text for line in cell.lines] for cell in table.rows[1]] == [
        ["x", "y", "z"],
        ["  • one", "  • two"],
    ]
    assert {line.place for line in table.rows[1][0].lines} == {"table 1, row 2"}


def test_a_caption_goes_before_its_table_wherever_it_is_written() -> None:
    read = page("<table><tr><th>A<td>B</tr><caption>Plan</caption></table>")
    assert [(line.number, line.text) for line in read.lines] == [(1, "Plan"), (2, "A"), (3, "B")]


def test_in_a_table_a_link_tells_where_its_document_is() -> None:
    read = """<!-- saved from url=(0026)https://example.org/a/page -->
        <table><tr><th>Documents<td>{}</table><p>{}"""
    link = '<a href="/files/plan one.pdf">Plan</a>'
    assert texts(read.format(link, link)) == [
        "Documents",
        "Plan https://example.org/files/plan%20one.pdf",
        "",
        "Plan",
    ]


@pytest.mark.parametrize(
    "address", ["javascript:show()", "#top", "mailto:someone", "", "http://[bad", "data:x"]
)
def test_a_link_that_leads_to_no_document_is_its_words(address: str) -> None:
    assert texts(f'<table><tr><th>A<td><a href="{address}">More</a></table>') == ["A", "More"]


def test_an_address_that_is_printed_is_not_printed_twice() -> None:
    link = '<a href="https://example.org/x/">https://example.org/x</a>'
    assert texts(f"<table><tr><th>A<td>{link}</table>") == ["A", "https://example.org/x"]


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    assert tables("<table><tr><td><h2>Menu</h2>x<td><h2>Text</h2>y</table>") == []
    assert tables("<table><tr><td>One box of text</table>") == []
    assert tables("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>") == []
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert list(map(grid, tables(f"<table><tr><td>Menu<td>{inner}</table>"))) == [[["a", "b"], ["c", "d"]]]


def test_a_table_in_a_cell_of_a_table_becomes_lines_of_the_cell() -> None:
    (table,) = tables("<table><tr><th>A<th>B<tr><td>x<td>y<table><tr><td>1<td>2</table></table>")
    assert grid(table) == [["A", "B"], ["x", "y 1 2"]]


def test_headings_in_the_cells_of_a_real_table_leave_it_a_table() -> None:
    (table,) = tables("<table><tr><td><h3>1</h3><td>Plan<tr><td><h3>2</h3><td>Meet</table>")
    assert grid(table) == [["1", "Plan"], ["2", "Meet"]]


def test_text_that_nobody_sees_is_set_apart_with_the_reason() -> None:
    read = page(
        "<style>p{}</style><script>var a='x'</script><template>t</template><p>Seen"
        "<p hidden>One<div style='color:red; DISPLAY : none'>Two <table><tr><td>a<td>b</table></div>"
        "<span aria-hidden=true>Three</span><select><option>Four</select><p>Seen too"
    )
    assert [line.text for line in read.lines if not line.blank] == [
        "Seen",
        "One",
        "Two",
        "a",
        "b",
        "Three",
        "Four",
        "Seen too",
    ]
    assert [(line.text, why) for line, why in read.left_out if why != "hidden on the page"] == [
        ("Three", "marked as mere decoration"),
        ("Four", "choices of a form"),
    ]
    assert [block.text for block in read.blocks if not isinstance(block, Table)] == ["Seen", "", "Seen too"]


def test_a_hidden_row_is_no_row_of_the_table() -> None:
    (table,) = tables("<table><tr><th>A<th>B<tr style='display:none'><td>x<td>y<tr><td>1<td>2</table>")
    assert grid(table) == [["A", "B"], ["1", "2"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- saved from url=(0023)https://example.org/one -->\n<html><link rel=canonical href=https://example.org/two>",
        "<link rel=canonical href=https://example.org/one>",
        "<meta property=og:url content=https://example.org/one>",
    ],
)
def test_a_page_knows_where_it_was_saved_from(markup: str) -> None:
    assert page(f"{markup}<p>Text").url == "https://example.org/one"
    assert page("<link rel=canonical href='javascript:x'><p>Text").url is None


def test_the_encoding_that_a_page_declares_is_used() -> None:
    markup = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Да'
    read = read_html(markup.encode("cp1251"), "page.html")
    assert [line.text for line in read.lines] == ["Да"]
    assert "Windows-1251" in read.repairs[0].what


def test_what_is_mended_is_told_with_the_line_it_stands_in() -> None:
    read = page("<p>One<p>two&nbsp;three&#x200b;<p>itâ€™s")
    assert [line.text for line in read.lines if not line.blank] == ["One", "two three", "it’s"]
    assert all("(line 3)" in repair.what for repair in read.repairs[:2])
    assert read.repairs[2].line == 5


def test_a_page_saved_in_one_file_is_read() -> None:
    saved = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/one\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html; charset=utf-8\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9 =\r\nplan</p>\r\n----b\r\n"
        "Content-Type: text/css\r\n\r\np {}\r\n----b--\r\n"
    )
    read = page(saved)
    assert [line.text for line in read.lines] == ["Café plan"]
    assert read.url == "https://example.org/one"
    with pytest.raises(Refused, match="no web page"):
        page(saved.replace("text/html", "text/rtf"))


def test_a_picture_with_the_name_of_a_page_is_refused() -> None:
    with pytest.raises(Refused, match="GIF"):
        read_html(b"GIF89a" + bytes(40), "page.html")


def test_a_table_whose_cells_claim_more_than_there_is_becomes_lines() -> None:
    read = page("<table>" + "<tr><td colspan=1000>x<td>y" * 50 + "</table>")
    assert sum(line.text == "x" for line in read.lines) == 50
    assert not [block for block in read.blocks if isinstance(block, Table)]
    assert "no grid" in read.repairs[0].what


DEEP: Sequence[str] = (
    "<div>",
    "<ul><li>",
    "<table><tr><td>",
    "<table><tr><th>a<td>",
    "<b><p>",
    "<span><div></span>",
)


@pytest.mark.parametrize("nest", DEEP)
def test_a_page_may_nest_as_deep_as_it_likes(nest: str) -> None:
    begun = perf_counter()
    read = page(f"<p>Before</p>{nest * 30_000}<i>deep</i>")
    assert any("deep" in line.text for line in read.lines)
    assert perf_counter() - begun < 20


@pytest.mark.parametrize(
    "piece",
    [
        "<p>a<b>c</b></p>",
        "<tr><td>a<td>b",
        "<!-- a",
        "<a",
        "<script>",
        "<li>a<br>",
        "<td rowspan=0 colspan=9>a",
    ],
)
def test_time_grows_with_the_size_only(piece: str) -> None:
    def seconds(times: int) -> float:
        begun = perf_counter()
        page("<table>" + piece * times)
        return perf_counter() - begun

    seconds(100)
    assert seconds(20_000) < 40 * seconds(2_000) + 1


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<li>", "<table>", "</table>", "<tr>", "<td rowspan=2>", "<th colspan=2>", "<br>",
     "<h2>", "</h2>", "<pre>", "</pre>", "<p hidden>", "<a href=https://example.org>", "</a>", "<div>", "</div>"]),
    max_size=40,
))  # fmt: skip
def test_every_word_of_a_page_is_in_one_line(tags: list[str]) -> None:
    read = page("".join(f"{tag} word{number} " for number, tag in enumerate(tags)))
    words = [word for line in read.lines for word in line.text.split() if word.startswith("word")]
    assert sorted(words) == sorted(f"word{number}" for number in range(len(tags)))
    assert [line.number for line in read.lines] == sorted({line.number for line in read.lines})
    for table in (block for block in read.blocks if isinstance(block, Table)):
        assert len({len(row) for row in table.rows}) == 1
