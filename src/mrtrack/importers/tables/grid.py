"""From a sheet and its mapping to what the rows say: evaluations, their recommendations and actions.

Nothing is read out of the cells here; each goes whole to the field that the mapping names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mrtrack.edit.refusal import Refused
from mrtrack.importers.draft import Draft, Fate, Note, Outline
from mrtrack.importers.page import Cell, Line
from mrtrack.importers.tables.mapping import (
    IGNORE,
    Owner,
    TableMapping,
    Target,
    columns_in,
    filled_in,
    target_of,
    valid_id,
)
from mrtrack.importers.tables.mapping_file import see_to_columns
from mrtrack.importers.tables.sheets import Row, Sheet
from mrtrack.importers.vocabulary.withheld import withheld_in
from mrtrack.model.spellings import folded


@dataclass(frozen=True, slots=True)
class Grid:
    """What a table says, and for each of its evaluations the id and the values that the mapping gives it."""

    outline: Outline
    ids: list[str]
    fixed: list[dict[str, str]]


def outline_sheet(sheet: Sheet, mapping: TableMapping) -> Grid:
    """The evaluations of a sheet, in the order in which its rows name them first.

    Raises:
        Refused: where the sheet has not the columns of the mapping, or rows name no evaluation and the
            mapping does not say where they belong.
    """
    see_to_columns(mapping, sheet.columns, sheet.page.name)
    outline = Outline(sheet.page, "table", notes=[Note(0, what) for what in sheet.notes])
    reader = _Reader(sheet, mapping, outline)
    for row in sheet.rows:
        reader.read(row)
    reader.tell()
    return Grid(outline, [group.id for group in reader.groups], [group.fixed for group in reader.groups])


@dataclass(frozen=True, slots=True)
class _Said:
    """A cell as a row has it: its own, or the one above it, which spans the row or is filled down."""

    cell: Cell
    row: int
    inherited: bool = False


@dataclass(slots=True)
class _Group:
    id: str
    evaluation: Draft
    fixed: dict[str, str]
    recommendations: dict[tuple[str, str], Draft] = field(default_factory=dict)


class _Reader:
    def __init__(self, sheet: Sheet, mapping: TableMapping, outline: Outline) -> None:
        self.sheet, self.mapping, self.outline = sheet, mapping, outline
        self.groups: list[_Group] = []
        self.by_value: dict[tuple[str, ...], _Group] = {}
        self.targets: dict[int, Target] = {}
        self.ignored: list[int] = []
        self.filled_down = {self._position(column) for column in mapping.fill_down}
        self.by = [self._position(column) for column in mapping.by]
        self.above: dict[int, _Said] = {}
        self.first: dict[tuple[int, int], _Said] = {}
        self.differing: dict[str, list[int]] = {}
        self.nameless: list[int] = []
        self.ids: dict[str, int] = {}
        for column, name in mapping.fields():
            target = target_of(name)
            if target:
                self.targets[self._position(column)] = target
            elif name == IGNORE:
                self.ignored.append(self._position(column))
        self.unnamed = set(range(len(sheet.columns))) - set(self.targets) - set(self.ignored)
        self.identity = [
            self._positions("recommendation", *keys) for keys in (("number",), ("text", "title"))
        ]
        for cell in sheet.header:
            self._leave_out(cell, Fate.FURNITURE, "the name of a column")
        self._withhold(block for block in sheet.page.blocks if isinstance(block, Line))

    def read(self, row: Row) -> None:
        for place in self.ignored:
            self._leave_out(row.cells[place], Fate.FURNITURE, "the mapping leaves this column out")
        for place in self.unnamed:
            self._withhold(row.cells[place].lines)
        said = self._filled_down(row)
        group = self._group(said, row)
        self._share("evaluation", group.evaluation, said)
        recommendation = self._recommendation(group, said, row)
        self._share("recommendation", recommendation, said)
        action = {place: target for place, target in self.targets.items() if target.owner == "action"}
        tracks = not any(target.key in ("text", "title", "number") for target in action.values())
        own = any(said[place].cell.text and not said[place].inherited for place in action)
        if action and (own or (tracks and self.mapping.rows == "recommendations")):
            draft = recommendation.begin("action")
            for place, target in action.items():
                self._add(draft, target.key, said[place].cell)

    def tell(self) -> None:
        """Note what was judged, once for each kind of thing."""
        for column, rows in self.differing.items():
            self._note(f"“{column}” differs from the row that says the same thing first; left over", rows)
        if self.nameless:
            what = "neither number nor text of the recommendation; each stands as one of its own"
            self._note(f"{what}; fill_down lets such rows go on with the one above", self.nameless)

    def _filled_down(self, row: Row) -> dict[int, _Said]:
        own = {place: _Said(cell, row.number) for place, cell in enumerate(row.cells)}
        for place in self.by:
            before = self.above.get(place)
            if own[place].cell.text and before and folded(own[place].cell.text) != folded(before.cell.text):
                self.above = {}
        for place, said in own.items():
            if said.cell.text:
                self.above[place] = said
            elif place in self.above and (said.cell.spanned or place in self.filled_down):
                own[place] = replace(self.above[place], inherited=True)
        return own

    def _group(self, said: Mapping[int, _Said], row: Row) -> _Group:
        value = tuple(folded(said[place].cell.text) for place in self.by)
        group = self.by_value.get(value)
        if group:
            return group
        evaluation = Draft("evaluation")
        values = {
            column: said[self._position(column)].cell.text
            for column in (*self.mapping.by, *columns_in(self.mapping.title_pattern))
        }
        group = _Group(self._id(values, row), evaluation, dict(self.mapping.fixed))
        title = filled_in(self.mapping.title_pattern, values)
        if title and not self.mapping.title_column:
            group.fixed["title"] = title
        self.outline.evaluations.append(evaluation)
        self.groups.append(group)
        self.by_value[value] = group
        return group

    def _id(self, values: Mapping[str, str], row: Row) -> str:
        if self.by and not any(values[column] for column in self.mapping.by):
            wanted = self.mapping.without
            if not wanted:
                named = " and ".join(f"“{column}”" for column in self.mapping.by)
                hint = 'write without = "an-id" under [evaluations]: such rows get a record of their own'
                raise Refused(f"row {row.number} of {self.sheet.page.name} has nothing under {named}", hint)
        else:
            stated = {column: value or "none" for column, value in values.items()}
            wanted = valid_id(filled_in(self.mapping.id_pattern, stated)) or f"row-{row.number}"
        found = wanted
        while found in self.ids:
            self.ids[wanted] += 1
            found = f"{wanted}-{self.ids[wanted]}"
        self.ids[found] = 1
        if found != wanted:
            self._note(f"another evaluation has the id {wanted}; this one is called {found}", [row.number])
        return found

    def _recommendation(self, group: _Group, said: Mapping[int, _Said], row: Row) -> Draft:
        number, text = (
            " ".join(folded(said[place].cell.text) for place in places).strip() for places in self.identity
        )
        if self.mapping.rows == "actions":
            known = group.recommendations.get((number, text))
            if known and (number or text):
                return known
            if not number and not text:
                self.nameless.append(row.number)
        draft = group.evaluation.begin("recommendation")
        for key in ((number, text), (number, ""), ("", text)):
            group.recommendations.setdefault(key, draft)
        return draft

    def _share(self, owner: Owner, draft: Draft, said: Mapping[int, _Said]) -> None:
        for place, target in self.targets.items():
            this = said[place]
            if target.owner != owner or not this.cell.text:
                continue
            first = self.first.setdefault((id(draft), place), this)
            if first is this:
                self._add(draft, target.key, this.cell)
            elif this.inherited:
                continue
            elif folded(first.cell.text) == folded(this.cell.text):
                self._leave_out(this.cell, Fate.REPEATED, f"row {first.row} says the same")
            else:
                self._withhold(this.cell.lines)
                self.differing.setdefault(self.sheet.columns[place], []).append(this.row)

    def _add(self, draft: Draft, key: str, cell: Cell) -> None:
        draft.add(key, (line.piece() for line in cell.lines))

    def _withhold(self, lines: Iterable[Line]) -> None:
        """Claim the addresses and numbers in lines that go to no field; those in fields are withheld there."""
        for piece in (line.piece() for line in lines):
            for start, end, what in withheld_in(piece.text):
                self.outline.claim(piece.part(start, end), Fate.WITHHELD, what)

    def _leave_out(self, cell: Cell, fate: Fate, why: str) -> None:
        for line in cell.lines:
            self.outline.claim(line.piece(), fate, why)

    def _note(self, what: str, rows: list[int]) -> None:
        listed = ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")
        self.outline.notes.append(Note(0, f"row{'s' if len(rows) > 1 else ''} {listed}: {what}"))

    def _positions(self, owner: Owner, *keys: str) -> list[int]:
        return [
            place for place, target in self.targets.items() if target.owner == owner and target.key in keys
        ]

    def _position(self, column: str) -> int:
        place = self.sheet.position(column)
        if place is None:
            raise LookupError(column)
        return place
