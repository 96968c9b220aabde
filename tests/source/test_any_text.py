"""Whatever a file holds, reading it ends in an answer; and what it reads is what others read."""

from io import StringIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mrtrack.source import kinds
from mrtrack.source.building import Unbuildable, build_with_data
from mrtrack.source.reader import Reading, read
from mrtrack.source.tree import INVISIBLE, Mapping, Scalar, plain, walk

HEAD = "schema: 1\nid: water-2021\n"

_pieces = st.sampled_from([
    *("schema: 1\n", "id: a\n", "title: ", "recommendations:\n", "  - id: b\n", "    actions:\n"),
    *("      - id: c\n", "        history:\n", "          - date: 2021-07-01\n", "            due: "),
    *("null", "~", "|\n", ">-\n", "---\n", "...\n", "&a ", "*a", "!t ", "<<: ", "? ", ": ", "- "),
    *("[", "]", "{", "}", ", ", "'", '"', "\\", "\u202e", "#", "\n", "\r\n", "\r", "\t", "  "),
    *("%YAML 1.1\n", "@", "`", "ä", "日", "😀", "\0", "\x85", "\u2028", "\ufeff", "x"),
])  # fmt: skip
yaml_ish = st.lists(_pieces, max_size=25).map("".join)


def check(reading: Reading) -> None:
    """What holds of every reading."""
    lines = reading.text.split("\n")
    for problem in reading.problems:
        assert problem.message
        assert problem.hint
        assert "\n" not in problem.message + problem.hint + problem.excerpt
        if problem.code != kinds.TOO_BIG.code:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(problem.excerpt) + 1
            assert problem.excerpt == lines[problem.line - 1].removesuffix("\r")
            assert problem.column + problem.width - 1 <= max(len(problem.excerpt), problem.column)
    assert list(reading.problems) == sorted(
        reading.problems, key=lambda problem: (problem.line, problem.column)
    )
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.evaluation is None) == bool(errors)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_to_an_answer(content: bytes) -> None:
    check(read(content, "r.yaml"))


@given(yaml_ish)
def test_any_text_that_looks_like_yaml_is_read_to_an_answer(text: str) -> None:
    check(read(text.encode(), "r.yaml"))
    check(read((HEAD + text).encode(), "r.yaml"))


@given(st.text(max_size=60))
def test_any_text_under_a_key_is_read_to_an_answer(text: str) -> None:
    check(read(f"{HEAD}title: {text}\n".encode("utf-8", "replace"), "r.yaml"))


@given(yaml_ish)
def test_the_data_that_is_validated_is_that_of_the_tree(text: str) -> None:
    def passed_over(*_: object) -> None:
        """The problems are not looked at here."""

    visible = INVISIBLE.sub("", HEAD + text)
    try:
        tree, data = build_with_data(visible, passed_over, 40)
    except Unbuildable:
        return
    assert data == plain(tree)


@given(yaml_ish, st.integers(0, 300))
def test_a_record_cut_off_anywhere_is_read_to_an_answer(text: str, length: int) -> None:
    check(read((HEAD + text).encode()[:length], "r.yaml"))


_line = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30)
_plain = st.from_regex(r"[A-Za-zäé日][A-Za-zäé日0-9 ,.()/-]{0,30}[a-z]", fullmatch=True)
_keys = st.from_regex(r"[a-z_]{1,8}", fullmatch=True).filter(lambda key: key not in ("null", "true", "false"))


def _nested(leaf: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    def holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        listed = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(listed, st.dictionaries(_keys, inner, min_size=1, max_size=3))

    return st.dictionaries(_keys, st.recursive(leaf, holding, max_leaves=8), min_size=1, max_size=3)


_quoted_data = st.tuples(_nested(_line), st.sampled_from(["'", '"']))
_plain_data = st.tuples(_nested(_plain), st.none())


@given(st.one_of(_plain_data, _quoted_data), st.sampled_from([None, False, True]), st.booleans())
def test_a_plain_record_holds_what_another_reader_finds_in_it(
    example: tuple[dict[str, Any], str | None], flow: bool | None, windows: bool
) -> None:
    data, quotes = example
    written = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.default_style = quotes  # type: ignore[assignment]  # a str too
    writer.allow_unicode = True
    writer.dump({"schema": "1", "id": "water-2021", "extra": data}, written)
    text = written.getvalue().replace("\n", "\r\n") if windows else written.getvalue()
    reading = read(text.encode(), "r.yaml")
    if any(problem.code == kinds.CONTROL.code for problem in reading.problems):
        assert reading.evaluation is None
    else:
        assert reading.data == YAML(typ="base", pure=True).load(text)
        assert reading.evaluation is not None
        assert reading.evaluation.extra == data


@given(
    st.lists(
        st.tuples(_plain, st.sampled_from(["{}", "'{}'", '"{}"', "  {}", "{}  # a comment"])),
        min_size=1,
        max_size=5,
    )
)
def test_the_marks_of_a_value_enclose_it_in_the_text(values: list[tuple[str, str]]) -> None:
    text = (
        HEAD
        + "extra:\n"
        + "".join(f"  k{number}: {form.format(value)}\n" for number, (value, form) in enumerate(values))
    )
    reading = read(text.encode(), "r.yaml")
    lines = text.split("\n")
    for path, node in walk(reading.tree):
        if isinstance(node, Scalar) and path[0] == "extra":
            line, begin = node.start
            assert node.end[0] == line
            assert lines[line][begin : node.end[1]].strip("'\"") == node.value
    assert isinstance(reading.tree, Mapping)
    assert reading.data["extra"] == {f"k{number}": value for number, (value, _) in enumerate(values)}
