"""Where keys and values of a TOML text stand: the law is checked against tomllib on generated texts."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mrtrack.config.locate import Path, Place, locate

BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
AWKWARD = "\n\t\"'\\#[]{}=., é漢"
texts = st.text(st.sampled_from(AWKWARD + "abc12"), max_size=8)
keys = st.one_of(st.sampled_from(["a", "b", "c", "days", "1"]), texts)
scalars = st.one_of(
    texts,
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1)),  # noqa: DTZ001 - TOML's local time
    st.times(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=12,
)
tables = st.dictionaries(keys, values, max_size=4)

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def documents(draw: Draw) -> str:
    return "".join(written_table(draw, (), draw(tables)))


def written_table(draw: Draw, path: tuple[str, ...], table: dict[str, Any]) -> Iterator[str]:
    headed: list[tuple[str, Any]] = []
    for key, value in table.items():
        if is_repeated(value) or (isinstance(value, dict) and draw(st.booleans())):
            headed.append((key, value))
        else:
            yield from written_pair(draw, written_key(draw, key), value)
    for key, value in headed:
        name = ".".join(written_key(draw, step) for step in (*path, key))
        for item in value if isinstance(value, list) else [value]:
            left, right = ("[[", "]]") if isinstance(value, list) else ("[", "]")
            yield f"{draw(blanks)}{left} {name} {right}{draw(line_ends)}"
            yield from written_table(draw, (*path, key), item)


def is_repeated(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


blanks = st.sampled_from(["", " ", "\t", "\n", "# [a] = {\n", "  # '''\n"])
line_ends = st.sampled_from(["\n", " \n", " # x = [1]\n", '\t# """\n\n'])


def written_pair(draw: Draw, name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value and draw(st.booleans()):
        for key, inner in value.items():
            yield from written_pair(
                draw, f"{name}{draw(st.sampled_from(['.', ' . ']))}{written_key(draw, key)}", inner
            )
    else:
        yield f"{draw(blanks)}{name} = {written(draw, value)}{draw(line_ends)}"


def written_key(draw: Draw, key: str) -> str:
    if key and set(key) <= BARE and draw(st.booleans()):
        return key
    if "'" not in key and "\n" not in key and draw(st.booleans()):
        return f"'{key}'"
    return json.dumps(key, ensure_ascii=False)


def written(draw: Draw, value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{written_key(draw, key)} = {written(draw, item)}" for key, item in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        gap = draw(st.sampled_from(["", " ", "\n", " # ] , [\n"]))
        items = "".join(f"{gap}{written(draw, item)}{gap}," for item in value)
        return f"[{items if draw(st.booleans()) else items.removesuffix(',')}{gap}]"
    return str(draw(st.sampled_from(list(written_scalar(value)))))


def written_scalar(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from written_text(value)
        case bool():
            yield str(value).lower()
        case datetime():
            yield value.isoformat()
            yield value.isoformat(" ")
        case date() | time():
            yield value.isoformat()
        case _:
            yield repr(value)


def written_text(text: str) -> Iterator[str]:
    yield json.dumps(text, ensure_ascii=False)
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    yield f'"""\n{escaped}"""'
    if "'" not in text and "\n" not in text:
        yield f"'{text}'"
    if "'''" not in text:
        yield f"'''\n{text}'''"


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def named(value: Any, path: Path = ()) -> Iterator[Path]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in below:
        if isinstance(value, dict):
            yield (*path, step)
        yield from named(item, (*path, step))


@given(documents())
def test_every_value_and_every_key_is_found_where_it_stands(text: str) -> None:
    data = tomllib.loads(text)
    places = locate(text)
    for path, value in leaves(data):
        start, end = places.values[path]
        assert tomllib.loads(f"x = {text[start:end]}") == {"x": value}
    for path in named(data):
        start, end = places.keys[path]
        assert tomllib.loads(f"{text[start:end]} = 1") == {path[-1]: 1}


fragments = st.one_of(
    st.sampled_from(
        ["[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\n", " ", "#", '"', "'", '"""', "'''", "\\"]
    ),
    st.sampled_from(
        ["a", "b", "1", "true", "a = 1\n", "[a]\n", "[[b]]\n", "2021-07-31", "x.y = ", "\\u00e9", "é"]
    ),
)


@given(st.lists(fragments, max_size=25).map("".join))
@example('a = """"x\\""""""')
@example("a = '''''x'''''")
@example("a.'b.c'.\"d\\u002e\" = [ [], {}, ]")
def test_any_text_that_is_toml_is_located_whole(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = locate(text)
    assert {path for path, _ in leaves(data)} <= set(places.values)
    assert set(named(data)) <= set(places.keys)


def test_an_inner_table_is_named_under_the_last_item_of_a_repeated_one() -> None:
    text = "[[a]]\nx = 1\n[[a]]\nx = 2\n[a.b]\ny = 3\n[[a.c]]\nz = 4\n"
    places = locate(text)
    assert places.at(("a", 0, "x")) == Place(1, 4, 1)
    assert places.at(("a", 1, "x")) == Place(3, 4, 1)
    assert places.at(("a", 1, "b", "y")) == Place(5, 4, 1)
    assert places.at(("a", 1, "c", 0, "z")) == Place(7, 4, 1)


def test_what_is_not_there_is_shown_at_the_nearest_thing_around_it() -> None:
    places = locate('[days]\nstale = "ninety"\n[views."late ones"]\n')
    assert places.at(("days", "stale")) == Place(1, 8, 8)
    assert places.at(("days", "stale"), at_key=True) == Place(1, 0, 5)
    assert places.at(("days", "stale", 0)) == Place(1, 8, 8)
    assert places.at(("days", "due_soon")) == Place(0, 1, 4)
    assert places.at(("views", "late ones")) == Place(2, 7, 11)
    assert places.at(("lists",)) == Place(0, 0, 1)


def test_a_value_of_several_lines_is_marked_on_its_first() -> None:
    places = locate('types = [\n  "a",\n  "b",\n]\n')
    assert places.at(("types",)) == Place(0, 8, 1)
    assert places.at(("types", 1)) == Place(2, 2, 3)


def test_a_text_nested_too_deeply_is_located_up_to_there() -> None:
    places = locate("a = 1\nb = " + "[" * 100_000)
    assert places.at(("a",)) == Place(0, 4, 1)
    assert places.at(("b",)) == Place(1, 0, 1)


@pytest.mark.parametrize("depth", range(100, 500, 7))
def test_whatever_depth_is_still_toml_raises_nothing(depth: int) -> None:
    text = f"a = {'[' * depth}{']' * depth}\nb = 1\n"
    try:
        tomllib.loads(text)
    except RecursionError:
        return
    assert locate(text).at(("a",)).line == 0


def test_places_follow_each_other_as_in_the_text() -> None:
    text = "a = 1\nb = 2\n[c]\nd = 3\n"
    spans = list(locate(text).values.values())
    assert all(before < after for before, after in pairwise(spans))
