"""Records at random, as plain data, for laws that hold for every record; built from the record's shape.

Every key can occur with every kind of text that it may hold, the nasty ones more often than the nice.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mrtrack.model.shape import Items, Keys, Path, Shape, Value, record_shape, shape_at
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict
from mrtrack.source.tree import INVISIBLE

NASTY = [
    "Director", "M&E: unit", "Output # 5", "trailing:", "a, b", "a [b]", "it's", "a:b", "x #", "x: ",
    "; ls", "- a dash first", "-", "---", "...", "? asked", "?", "*star", "&and", "!bang", "%percent",
    "@at", "`tick`", "|", ">", "[x", "]", "{x: y}", "{{ x }}", "=", "<<", "#1", "key: value # comment", "'",
    '"', '"quoted"', "yes", "NO", "On", "y", "null", "Null", "~", "true", "1.10", "007", "0x1f", "0o17",
    "0b11", "1_000", "12:30", "12:30:45", "2021", "2021-07-15", "2021-7-1 10:00:00 +2", "1e5", ".5", ".inf",
    ".nan", "+1", 'back\\slash "and" \'both\'', "C:\\temp", "https://example.org/?a=b#c", "-5", "a" * 200,
    "word " * 60 + "end", " leading", "trailing ", "tab\tinside", "\ttab first", "na\xefve \u2013 caf\xe9",
    "\u65e5\u672c\u8a9e", "\U0001f600 astral \U0001d4b3", "\xa0nbsp", "e\u0301", "\u0627\u0644\u0639",
    "\u200bzero",
]  # fmt: skip

_DEEP = ("recommendations", "response", "actions", "history")

_ANY = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]).filter(
    lambda sign: not INVISIBLE.search(sign)
)
_RAW = st.text(st.one_of(_ANY, st.sampled_from(" \t:#-'\"|>[]{},&*!%@`?~=\\")), min_size=1, max_size=20)
lines = st.one_of(st.sampled_from(NASTY), _RAW).filter(lambda text: bool(text.strip()))
prose = st.one_of(
    lines,
    st.lists(
        st.one_of(lines, st.sampled_from(["", "", "  indented", "a plain line"])), min_size=2, max_size=4
    )
    .map("\n".join)
    .filter(lambda text: bool(text.strip())),
)

days = st.dates(min_value=date(1, 1, 1)).map(lambda day: f"{day.year:04}-{day:%m-%d}")
dates = days.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4], f"{day[:4]}-Q3"]))
_evaluation_ids = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?", fullmatch=True),
    st.sampled_from(["no", "2021", "1e5", "12", "null"]),
)
_ids = st.one_of(
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,8}[A-Za-z0-9])?", fullmatch=True),
    st.sampled_from(["1.10", "No", "0x1f", "1"]),
)
_flags = st.sampled_from(["true", "false"])

_TYPED: dict[str, st.SearchStrategy[str]] = {
    "schema": st.just("1"),
    "amount": st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,2})?", fullmatch=True),
    "currency": st.sampled_from(["USD", "EUR", "NOK"]),
    "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "rating": st.sampled_from([str(word) for word in Rating]),
    "decision": st.sampled_from([str(word) for word in Decision]),
    "verdict": st.sampled_from([str(word) for word in Verdict]),
    "on": st.one_of(dates, dates.map("until {}".format)),
    "corrects": st.one_of(days, days.map("{}#2".format)),
    "required": _flags,
    "joint_programme": _flags,
    "joint_evaluation": _flags,
    "internal": _flags,
}


def records() -> st.SearchStrategy[dict[str, Any]]:
    """Whole records: valid, and most of them small."""
    return _keys(record_shape(), within=())


@st.composite
def shuffled(draw: Callable[[st.SearchStrategy[Any]], Any], data: Any) -> Any:
    """The same data, with the keys of some blocks in any order."""
    if isinstance(data, dict):
        keys = draw(st.permutations(list(data))) if draw(st.booleans()) else list(data)
        return {key: draw(shuffled(data[key])) for key in keys}
    return [draw(shuffled(item)) for item in data] if isinstance(data, list) else data


def values_at(path: Path) -> st.SearchStrategy[Any]:
    """What may stand at a path of a record."""
    shape = shape_at(path)
    assert shape is not None
    return _values(shape, tuple(step for step in path if isinstance(step, str)))


def _values(shape: Shape, within: tuple[str, ...]) -> st.SearchStrategy[Any]:
    match shape:
        case Keys():
            return _keys(shape, within)
        case Items(item):
            return st.lists(_values(item, within), min_size=1, max_size=2)
        case Value(kind):
            simple = {"line": lines, "prose": prose, "free": _free()}
            return simple[kind] if kind in simple else _ids_at(within) if kind == "id" else _typed(within)


@st.composite
def _keys(
    draw: Callable[[st.SearchStrategy[Any]], Any], shape: Keys, within: tuple[str, ...]
) -> dict[str, Any]:
    optional = [key for key in shape.keys if key not in shape.required]
    deep = [key for key in _DEEP if key in optional]
    chosen = (
        draw(st.lists(st.sampled_from(optional + deep * (len(optional) // 4)), unique=True, max_size=4))
        if optional
        else []
    )
    if not (chosen or shape.required):
        chosen = [draw(st.sampled_from(optional))]
    return {
        key: draw(_values(shape.keys[key], (*within, key)))
        for key in shape.keys
        if key in shape.required or key in chosen
    }


def _ids_at(within: tuple[str, ...]) -> st.SearchStrategy[str]:
    return _evaluation_ids if within in (("id",), ("same_evaluation",)) else _ids


def _typed(within: tuple[str, ...]) -> st.SearchStrategy[Any]:
    key, above = within[-1], within[:-1]
    if key == "status":
        words = EvaluationStatus if above in ((), ("history",)) else Status
        return st.sampled_from([str(word) for word in words])
    if key == "date" and above and above[-1] in ("history", "accepted"):
        return days
    if key == "due" and above and above[-1] == "history":
        return st.one_of(dates, st.none())
    return _TYPED.get(key, dates)


def _free() -> st.SearchStrategy[Any]:
    keys = st.one_of(lines, st.sampled_from(["region", "beneficiaries", "on", "due"])).filter(
        lambda key: len(key) < 100
    )
    inner = st.recursive(
        prose,
        lambda below: st.one_of(st.lists(below, max_size=2), st.dictionaries(keys, below, max_size=2)),
        max_leaves=4,
    )
    return st.dictionaries(keys, inner, min_size=1, max_size=2)
