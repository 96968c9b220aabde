"""Tables that go on over pages: their parts put together, the head that is printed again set apart.

Where a row is broken by the end of a page, the rest of it stands in a row of its own on the next page. It
is known by its cells: each goes on with one that is filled to the end of its page, and the others are empty.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mrtrack.importers.formats.pdf_flow import Habits, runs_on
from mrtrack.importers.formats.pdf_tables import Covered, Fragment, Slot

_SAME = 6.0
_FREE_LINES = 3.2
_HIGHEST_HEAD = 3


@dataclass(slots=True)
class Spread:
    """A whole table: its rows, and the heads that later pages print again, each with its page."""

    rows: list[list[Slot]]
    heads: list[tuple[Slot, int]] = field(default_factory=list)

    @property
    def own_slots(self) -> Iterator[list[Slot | Covered]]:
        """The rows, each place with its own cell, or from where another covers it."""
        seen: set[int] = set()
        above: Sequence[Slot] = ()
        for row in self.rows:
            places: list[Slot | Covered] = []
            for column, slot in enumerate(row):
                if id(slot) not in seen:
                    places.append(slot)
                elif (
                    column < len(above) and above[column] is slot and not (column and row[column - 1] is slot)
                ):
                    places.append(Covered.FROM_ABOVE)
                else:
                    places.append(Covered.FROM_LEFT)
                seen.add(id(slot))
            above = row
            yield places


def same_columns(one: Fragment, other: Fragment) -> list[float] | None:
    """The columns of a table that two pages show; None where they are two tables."""
    few, many = sorted((one.columns, other.columns), key=len)
    if abs(few[0] - many[0]) > _SAME or abs(few[-1] - many[-1]) > _SAME:
        if len(few) == len(many) and _like_widths(few, many):
            return many
        return None
    among = all(any(abs(edge - column) <= _SAME for column in many) for edge in few)
    return many if among or len(few) == len(many) else None


def spread(fragments: Sequence[Fragment], habits: Habits) -> Spread:
    """One table from its parts on consecutive pages."""
    columns = max((fragment.columns for fragment in fragments), key=len)
    first, *others = [
        fragment.rows(fragment.columns if len(fragment.columns) == len(columns) else columns)
        for fragment in fragments
    ]
    table = Spread(first)
    parts = [first]
    for rows, fragment in zip(others, fragments[1:], strict=True):
        height = _repeated_head(first, rows)
        for row in Spread(rows[:height]).own_slots:
            table.heads += [(slot, fragment.page) for slot in row if isinstance(slot, Slot) and slot.lines]
        parts.append(rows[height:])
    grouping = _grouping(parts)
    for rows in parts[1:]:
        _append(table.rows, rows, habits, grouping)
    return table


def _like_widths(one: Sequence[float], other: Sequence[float]) -> bool:
    shift = other[0] - one[0]
    return all(abs(b - a - shift) <= _SAME for a, b in zip(one, other, strict=True))


def _repeated_head(table: Sequence[Sequence[Slot]], rows: Sequence[Sequence[Slot]]) -> int:
    """How many rows at the top are those of the table's own top."""
    height = 0
    for head, row in zip(table[:_HIGHEST_HEAD], rows, strict=False):
        texts = [slot.text for slot in row]
        if not any(texts) or texts != [slot.text for slot in head]:
            break
        height += 1
    return height


def _grouping(parts: Sequence[Sequence[Sequence[Slot]]]) -> set[int]:
    """The columns in which cells cover several rows, and none that is ruled alone is empty."""
    covering = set()
    empty = set()
    for rows in parts:
        for row, after in pairwise(rows):
            covering |= {column for column, slot in enumerate(row) if slot is after[column] and slot.lines}
        for row in rows[1:]:
            empty |= {column for column, slot in enumerate(row) if not slot.lines}
    return covering - empty


def _append(
    table: list[list[Slot]], rows: list[list[Slot]], habits: Habits, grouping: Collection[int]
) -> None:
    """Put rows of a new page below those of the table; what goes on joins the cell it began in.

    `grouping` are the columns whose cells cover several rows, so that an empty one is the rest of another.
    """
    if not rows:
        return
    pairs = [Meeting(above, below) for above, below in zip(table[-1], rows[0], strict=True)]
    higher = {id(slot) for slot in table[-2]} if len(table) > 1 else set()
    lower = {id(slot) for slot in rows[1]} if len(rows) > 1 else set()
    for column, pair in enumerate(pairs):
        pair.grouping = column in grouping
        pair.covers_above = id(pair.above) in higher
        pair.covers_below = id(pair.below) in lower
    rest = _is_rest(pairs, habits)
    going_on = {id(pair.below): pair.above for pair in pairs if rest or _cell_goes_on(pair, habits)}
    for pair in pairs:
        if id(pair.below) in going_on:
            going_on[id(pair.below)].lines += pair.below.lines
            pair.below.lines = []
    replaced = [[going_on.get(id(slot), slot) for slot in row] for row in rows]
    table += replaced[1:] if rest else replaced


@dataclass(slots=True)
class Meeting:
    """Two cells that the end of a page parts, whether they cover the rows above and below, and their column."""

    above: Slot
    below: Slot
    covers_above: bool = False
    covers_below: bool = False
    grouping: bool = False

    def filled(self, habits: Habits) -> bool:
        """Whether the text of the upper cell reaches its lower edge, so that there may be more of it."""
        line = self.above.lines[-1] if self.above.lines else None
        if line is None:
            return False
        return habits.goes_on(line) or self.above.box[3] - line.bottom < _FREE_LINES * line.size

    def reads_on(self, habits: Habits) -> bool:
        """Whether the lower cell holds the rest of the upper one's text."""
        if not self.below.lines or not self.filled(habits):
            return False
        return runs_on(self.above.lines[-1], self.below.lines[0], self.above.edges, habits)


def _is_rest(pairs: Sequence[Meeting], habits: Habits) -> bool:
    """Whether a row is the rest of the one above, which the end of the page broke."""
    distinct = list({(id(pair.above), id(pair.below)): pair for pair in pairs}.values())
    plain = [pair for pair in distinct if not pair.covers_above and not pair.covers_below] or distinct
    printed = [pair for pair in plain if pair.below.lines]
    if not printed:
        return not any(pair.below.lines and not pair.reads_on(habits) for pair in distinct)
    begun = [pair for pair in printed if pair.above.lines]
    if not begun or not all(pair.filled(habits) for pair in begun):
        return False
    reading = [pair for pair in begun if pair.reads_on(habits)]
    if habits.spaces_tell and reading and len(reading) * 2 >= len(begun):
        return True
    if sum(map(_width, reading)) * 2 > sum(map(_width, begun)):
        return True
    full = [pair for pair in plain if pair.above.lines]
    empty = [pair for pair in full if not pair.below.lines]
    return len(full) > 2 and len(empty) * 2 >= len(full)


def _cell_goes_on(pair: Meeting, habits: Habits) -> bool:
    """Whether a cell that covers several rows goes on, though the row below is a new one."""
    if pair.below.lines:
        known = habits.goes_on(pair.above.lines[-1]) if pair.above.lines else False
        return known or (pair.reads_on(habits) and pair.below.lines[0].text[:1].islower())
    return pair.covers_above or pair.grouping


def _width(pair: Meeting) -> float:
    return pair.below.box[2] - pair.below.box[0]
