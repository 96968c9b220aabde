"""Rules of layout: text that other programs read otherwise, text lost on the way, keys out of order."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mrtrack.model.shape import Items, Keys, Path, Value, blocks_of_keys, shape_at, typed_everywhere
from mrtrack.problems import Severity
from mrtrack.rules.other_readers import taken_for
from mrtrack.rules.rule import TEXTS, Finding, RecordUnderCheck, rule
from mrtrack.source.tree import Mapping, Scalar, find, walk
from mrtrack.source.tree import Sequence as Listed

_COMMENT = re.compile(r"[ \t]+(#.*?)[ \t]*$")
_SHORT = 60
_ANYWHERE = frozenset({""})


@rule("S353", "unquoted-number", Severity.ERROR, "texts look like numbers, and have no quotes")
def unquoted_number(record: RecordUnderCheck) -> Iterator[Finding]:
    """A text without quotes looks like a number, a date, or yes or no.

    For mrtrack it is text. Other programs that read YAML turn it into something else: `1.10` becomes 1.1,
    so that two ids are one; `007` loses its zeros; the language `no` becomes false. With quotes it is text
    everywhere.

    Bad:

    ```yaml
    recommendations:
      - id: 1.10
    ```

    Good:

    ```yaml
    recommendations:
      - id: "1.10"
    ```
    """
    bare = record.reading.usual.bare if record.reading.usual else None
    typed = typed_everywhere()
    if bare is not None and not any(key not in typed and taken_for(text) for key, text in bare):
        return
    for block, step, text, shape in record.values:
        other = taken_for(text)
        if not other or not isinstance(shape, Value) or shape.kind not in TEXTS:
            continue
        may_be_bare = bare is None or ("" if isinstance(step, int) else step, text) in bare
        if may_be_bare and _is_bare(record, (*block, step)):
            told = f"“{text}” without quotes is {other} to other programs"
            yield Finding((*block, step), told, f'write {_key_before((step,))}"{text}"')


@rule("S354", "text-lost-to-comment", Severity.ERROR, "texts are cut short by a comment")
def text_lost_to_comment(record: RecordUnderCheck) -> Iterator[Finding]:
    """A text without quotes is followed by ` #`: what comes after it is a comment to YAML, and lost.

    Often the sign belongs to the text, as in “Output # 5”. In quotes, or in a block below the key, nothing
    is lost. A comment that is meant as one stands on a line of its own; behind dates, amounts and closed
    words, and behind text in quotes, it does no harm.

    Bad:

    ```yaml
    title: Review of Output # 5
    ```

    Good:

    ```yaml
    title: "Review of Output # 5"
    ```
    """
    if record.reading.usual or "#" not in record.reading.text:
        return
    for path, text in walk(record.tree):
        if not isinstance(text, Scalar) or text.style is not None:
            continue
        line = record.reading.lines[text.end[0]]
        lost = _COMMENT.match(line, text.end[1])
        if lost and getattr(shape_at(path), "kind", "") in TEXTS:
            stands = f"the text ends at “{_end_of(text.value)}”" if text.value else "there is no text"
            yield Finding(
                path,
                f"{stands}: “{_start_of(lost[1])}” is a comment to YAML",
                f"{_unbroken(path, text.value, lost[1])}; a comment stands on a line of its own",
            )


@rule("S355", "flow-list", Severity.ERROR, "lists stand in brackets")
def flow_list(record: RecordUnderCheck) -> Iterator[Finding]:
    """A list stands in brackets, where a comma inside a name would split the name in two.

    Brackets are for `countries`, `serves` and `tags`, which hold single words. Every other list has one item
    a line, so that a name with a comma stays whole and a changed item is a changed line.

    Bad:

    ```yaml
    partners: [Ministry of Water, Energy and Climate]
    ```

    Good:

    ```yaml
    partners:
      - Ministry of Water, Energy and Climate
    ```
    """
    for path, node in record.in_brackets:
        shape = shape_at(path)
        if isinstance(node, Listed) and isinstance(shape, Items) and node.items:
            of_keys = isinstance(shape.item, Keys)
            how = "“- ” before the first key of each item" if of_keys else "one item a line, “- ” before each"
            told = "this list stands in brackets, where every comma begins a new item"
            yield Finding(path, told, f"write {_key_of(path)}: and below it {how}")


@rule("S356", "flow-block", Severity.WARNING, "blocks of keys stand in braces")
def flow_block(record: RecordUnderCheck) -> Iterator[Finding]:
    """Keys stand in braces on one line, where one key a line belongs.

    Braces are for `period` and for amounts of money. Elsewhere one key a line is easier to read, and a change
    shows as the change it is.

    Bad:

    ```yaml
    approved_by: {name: D. Two, title: Chief}
    ```

    Good:

    ```yaml
    approved_by:
      name: D. Two
      title: Chief
    ```
    """
    for path, node in record.in_brackets:
        if isinstance(node, Mapping) and isinstance(shape_at(path), Keys) and node.pairs:
            yield Finding(
                path,
                f"the keys {', '.join(node.pairs)} stand in braces",
                "write one key a line, without braces and commas",
            )


@rule("S357", "key-order", Severity.WARNING, "keys are out of their order")
def key_order(record: RecordUnderCheck) -> Iterator[Finding]:
    """A key stands below one that it belongs above.

    All records have their keys in the same order, so that a person finds the same thing in the same place.

    Bad:

    ```yaml
    actions:
      - id: "1.1"
        status: initiated
        due: 2021-07
    ```

    Good:

    ```yaml
    actions:
      - id: "1.1"
        due: 2021-07
        status: initiated
    ```
    """
    there = {"", *record.keys}
    if record.evaluation and all(there.isdisjoint(_disordered_below(keys)) for keys in record.layouts):
        return
    for path, block, shape in record.blocks:
        for key, place in _out_of_place(tuple(block), shape) if isinstance(shape, Keys) else ():
            yield Finding((*path, key), f"“{key}” does not stand in its place", place, at_key=True)


def _is_bare(record: RecordUnderCheck, path: Path) -> bool:
    node = find(record.tree, path)
    return isinstance(node, Scalar) and node.style is None


@lru_cache(maxsize=1024)
def _out_of_place(written: tuple[str, ...], shape: Keys) -> tuple[tuple[str, str], ...]:
    """The fewest keys that are out of their order, each with where to move it; blocks are alike, so it is kept."""
    keys = list(shape.keys)
    order = {key: rank for rank, key in enumerate(keys)}
    ranks = [order[key] for key in written if key in order]
    if ranks == sorted(ranks):
        return ()
    rise = _longest_rise(ranks)
    return tuple((keys[rank], _place_of(rank, rise, keys)) for rank in ranks if rank not in rise)


@lru_cache(maxsize=1024)
def _disordered_below(written: tuple[str, ...]) -> frozenset[str]:
    """The keys below which a valid block of just these is out of order; the empty one where no valid block has them."""
    valid = [(above, shape) for above, shape in blocks_of_keys() if _may_be(written, shape)]
    return frozenset(above for above, shape in valid if _out_of_place(written, shape)) if valid else _ANYWHERE


def _may_be(written: tuple[str, ...], shape: Keys) -> bool:
    return set(shape.required) <= set(written) <= shape.keys.keys()


def _longest_rise(ranks: Sequence[int]) -> list[int]:
    """The longest rising part of a sequence of distinct ranks: the fewest others are out of place."""
    rises: list[list[int]] = []
    for rank in ranks:
        below = [rise for rise in rises if rise[-1] < rank]
        rises.append([*max(below, key=len, default=[]), rank])
    return max(rises, key=len)


def _place_of(rank: int, in_order: Sequence[int], keys: Sequence[str]) -> str:
    above = [other for other in in_order if other < rank]
    return f"move it below {keys[above[-1]]}" if above else f"move it above {keys[in_order[0]]}"


def _key_of(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _key_before(path: Path) -> str:
    return f"{path[-1]}: " if isinstance(path[-1], str) else ""


def _unbroken(path: Path, kept: str, lost: str) -> str:
    whole = f"{kept} {lost}".strip()
    shape = shape_at(path)
    key = _key_before(path)
    if isinstance(shape, Value) and shape.kind == "prose":
        return f"if it belongs to the text, write {key}| and the whole text in the lines below"
    if '"' in whole or "\\" in whole or len(whole) > _SHORT:
        return f"if it belongs to the text, put the whole text in quotes: {key}'…'"
    return f'if it belongs to the text, write {key}"{whole}"'


def _start_of(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT].rstrip() + " …"


def _end_of(text: str) -> str:
    return text if len(text) <= _SHORT else "… " + text[-_SHORT:].lstrip()
