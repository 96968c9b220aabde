"""The data of a text that is laid out as usual, read line by line in a fourth of the time that libyaml takes.

Usual are blocks of keys and lists, one key or item a line, with plain words, words in quotes without escapes,
prose below a `|`, and brackets where a record has them. A text with anything else in it is left to
`mrtrack.source.building`, which reads every text and knows where everything stands; what is read here is read
the same there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mrtrack.model.forms import FLOW_KEYS
from mrtrack.source.tree import NULLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from mrtrack.model.settings import Limits

_DEEPEST = 20
_AT_MOST_A_LINE = 4
"""How many values a line can hold that has no comma: a list, its block, a key and its word."""

_LINE = re.compile(
    r"""
    (?P<indent>\ *+) (?P<dash>-\ |) (?: (?P<key>[a-z][a-z0-9_]*+) : (?:\ |(?=\n)) |)
    (?: \n
      | (?P<bare> [^-?:,\[\]{}\#&*!|>'"%@`\ \n] [^\n:\#]*+ (?: (?: :(?![\ \n]) | (?<!\ )\# ) [^\n:\#]*+ )*+ (?<!\ ) ) \n
      | \|\n (?P<inner> (?P=indent)\ ++ ) (?P<prose> .++\n (?: (?P=inner).*+\n | \n )*+ )
      | (?: "(?P<double> [^"\\\n]++ )" | '(?P<single> [^'\n]++ )' ) \n
      | (?P<flow> [\[{].*+ ) \n
    )
    | (?P<other> .++ )
    """,
    re.VERBOSE,
)
"""A line, with the prose that stands below it. Every text is a row of these; `other` is what is not usual."""

_COMMENTS = re.compile(r"(?:#[^\n]*\n)*")
_WORD = r'(?:[A-Za-z0-9][A-Za-z0-9_.-]*|"[^"\\]+")'
_KEYED = rf"[a-z][a-z0-9_]*: {_WORD}"
_FLOW = re.compile(rf"\[{_WORD}(?:, {_WORD})*\]|\{{{_KEYED}(?:, {_KEYED})*\}}")
FLOW_WORD = re.compile(rf"(?:(?P<key>[a-z][a-z0-9_]*): )?(?P<word>{_WORD})")


_Keyed = tuple[str, str]


class Usual(NamedTuple):
    """The data of a record, and once more without their places: all its texts, and its blocks of keys.

    Its words without quotes and those in quotes stand each after its key (empty for an item of a list).
    """

    data: dict[str, Any]
    bare: AbstractSet[_Keyed]
    quoted: AbstractSet[_Keyed]
    prose: Sequence[str]
    blocks: Sequence[Mapping[str, Any]]


class UsualLine(NamedTuple):
    """A line: its number, from 0, where its dash or key stands, and where what comes after the dash does.

    `style` is how its value is quoted, `|` for prose and the bracket for what stands in brackets; `written` is that
    value without quotes, empty where it stands in the lines below. The next line but for prose is that `after` it.
    """

    number: int
    indent: int
    column: int
    key: str
    style: str | None
    written: str
    after: int


class _UnusualError(Exception):
    """Raised where a text is not laid out as usual."""


def read_usual(text: str, limits: Limits) -> Usual | None:
    """The data of a text; None where any of the text is not laid out as usual, or it may have too many values.

    The text must be free of what `tree.INVISIBLE` finds.
    """
    if "\t" in text or "\r" in text or _may_have_more(text, limits.values):
        return None
    try:
        return _read(text, _after_comments(text), min(limits.depth, _DEEPEST))
    except _UnusualError:
        return None


def usual_lines(text: str) -> Iterator[UsualLine]:
    """The lines of a text laid out as usual that have a key or a dash, prose together with the line above it."""
    begun = _after_comments(text)
    number = text.count("\n", 0, begun)
    for indent, dash, key, bare, _, prose, double, single, flow, _ in _LINE.findall(text, begun):
        after = number + 1 + prose.count("\n")
        if key or dash:
            style = '"' if double else "'" if single else "|" if prose else flow[:1] or None
            written = bare or double or single or flow
            yield UsualLine(number, len(indent), len(indent) + len(dash), key, style, written, after)
        number = after


def _after_comments(text: str) -> int:
    comments = _COMMENTS.match(text)
    return comments.end() if comments else 0


def _may_have_more(text: str, most: int) -> bool:
    """Whether a text may have more values than so many; one of usual size is not looked through for this."""
    if _AT_MOST_A_LINE * len(text) <= most:
        return False
    return _AT_MOST_A_LINE * text.count("\n") + text.count(",") > most


def _read(text: str, begun: int, depth_limit: int) -> Usual:  # noqa: C901, PLR0912, PLR0915 - one loop; calls cost more than it
    """Each line gives a value, or a key whose block begins with the next line; its column tells where it belongs.

    `data` is the block of keys, or the list, that stands at column `at` and is being read; `above` are those around
    it, and `waiting` is the key whose block is to begin.
    """
    root: dict[str, Any] = {}
    at, data, waiting = 0, cast("Any", root), ""
    above: list[tuple[int, Any]] = []
    bare_words: set[_Keyed] = set()
    quoted_words: set[_Keyed] = set()
    texts: list[str] = []
    blocks = [root]
    for indent, dash, key, bare, inner, prose, double, single, flow, other in _LINE.findall(text, begun):
        value: Any = bare or double or single
        if bare:
            if bare in NULLS:
                raise _UnusualError
            bare_words.add((key, bare))
        elif prose:
            value = "\n".join(prose.split("\n" + inner)).rstrip("\n") + "\n"
            texts.append(value)
        elif flow:
            value = _bracketed(key, flow, bare_words, quoted_words)
            if value.__class__ is dict:
                blocks.append(value)
        elif value:
            quoted_words.add((key, value))
        if not (key or (value and dash)):
            if other or indent or dash or value:
                raise _UnusualError
            continue
        column = len(indent)
        if column != at or dash or waiting or data.__class__ is list:
            if waiting:
                if column <= at:
                    raise _UnusualError
                above.append((at, data))
                data[waiting] = [] if dash else {}
                at, data, waiting = column, data[waiting], ""
                if not dash:
                    blocks.append(data)
            while column < at:
                at, data = above.pop()
            if column != at or (dash == "") is not (data.__class__ is dict):
                raise _UnusualError
            if dash and key:
                above.append((at, data))
                data.append({})
                at, data = at + len(dash), data[-1]
                blocks.append(data)
            if len(above) >= depth_limit or (prose and len(inner) <= at):
                raise _UnusualError
        if not key:
            data.append(value)
        elif key in data:
            raise _UnusualError
        elif value:
            data[key] = value
        else:
            waiting = key
    if waiting or not root:
        raise _UnusualError
    return Usual(root, bare_words, quoted_words, texts, blocks)


def _bracketed(key: str, text: str, bare: set[_Keyed], quoted: set[_Keyed]) -> Any:  # noqa: ANN401 - a list or a dict
    """The data of a list in brackets, or of a block in braces."""
    if key not in FLOW_KEYS or not _FLOW.fullmatch(text):
        raise _UnusualError
    keyed: dict[str, str] = {}
    items: list[str] = []
    for inner, written in FLOW_WORD.findall(text):
        word = written.strip('"')
        (bare if written == word else quoted).add((inner, word))
        if word in NULLS or inner in keyed:
            raise _UnusualError
        if inner:
            keyed[inner] = word
        else:
            items.append(word)
    return keyed or items
