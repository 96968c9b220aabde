"""Random edits of a form that came back, and the law that holds of taking it; for quick tests and long ones.

Whatever a person does to the cells, each row is taken as an entry, changes nothing, or is refused with a cell
named; nothing else in the records changes; and taking it once more changes nothing.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from conftest import RECORDS
from mrtrack.cli.session import Session
from mrtrack.cli.taking import Taking
from mrtrack.importers.answers.columns import ANSWERED, FINGERPRINTED, HEADINGS
from mrtrack.importers.answers.outcomes import Fate, Outcome
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select
from mrtrack.reports.workbooks import csv_for_unit, workbook_for_unit
from mrtrack.source.reader import read
from mrtrack.store.records import Repository
from returning import Formula, Grid, as_csv, columns_of, grids, saved
from waterworks import HARBOUR, WATER

DAY = date(2026, 11, 22)
UNIT = "Director"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")
CELL = re.compile(r"(?:[A-Za-z]+!)?[A-Z]{1,2}[0-9]+")

_TEXTS = st.one_of(
    st.sampled_from(
        [
            "Held.",
            "=1+1",
            "- one\n- two",
            "key: value # no",
            "Ask jo@example.org, tel. +41 22 917 1234",
            "'quoted'",
            "|",
            "null",
            "2026-01-01",
            "\u202eback",
            "a\u0007bell",
            "x" * 300,
            "#REF!",
            "Ünïcode — “quotes” 日本",
        ]
    ),
    st.text(min_size=1, max_size=60),
)
_DATES = st.one_of(
    st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    st.sampled_from(
        ["2026", "March 2027", "31/12/2026", "12/31/2026", "2027-Q1", "soon", 46234, 46234.5, "32/13/2026"]
    ),
    _TEXTS,
)
_STATUSES = st.one_of(
    st.sampled_from(
        ["Initiated", "completed", "NO LONGER APPLICABLE", "not initiated", "done", "in progress", "c"]
    ),
    _TEXTS,
)
_LINKS = st.one_of(
    st.sampled_from(
        ["https://example.org/a", "https://example.org/a\nhttps://example.org/b", "on paper", "x://y"]
    ),
    _TEXTS,
)
_VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "status": _STATUSES,
    "comment": st.one_of(_TEXTS, st.just(Formula("=1/0", "#DIV/0!"))),
    "on": _DATES,
    "evidence": _TEXTS,
    "link": _LINKS,
    "new_due": _DATES,
    "reason": _TEXTS,
}
_SOUND = st.fixed_dictionaries(
    {"comment": st.just("Some of it is done.")},
    optional={
        "status": st.sampled_from(["Initiated", "Completed", "No longer applicable"]),
        "on": st.dates(date(2026, 1, 1), DAY),
        "link": st.just("https://example.org/minutes"),
    },
)
_ANY = st.fixed_dictionaries({}, optional={**_VALUES, "due": _TEXTS, "status_now": _STATUSES, "ref": _TEXTS})


@dataclass(frozen=True, slots=True)
class Edited:
    """What a person did: the new cells of each action, another order of rows and columns, rows twice, CSV."""

    cells: tuple[dict[str, Any], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    twice: bool
    csv: bool


def edits(actions: int) -> st.SearchStrategy[Edited]:
    """Edits of a form of so many actions."""
    columns = len(FINGERPRINTED) + len(ANSWERED)
    return st.builds(
        Edited,
        st.tuples(*[st.one_of(_SOUND, _ANY)] * actions),
        st.permutations(range(actions)).map(tuple),
        st.one_of(st.just(tuple(range(columns))), st.permutations(range(columns)).map(tuple)),
        st.booleans(),
        st.booleans(),
    )


def records() -> dict[str, str]:
    """The records that are asked about: of their actions the Director leads all but one."""
    led = WATER.replace("responsible: Field office", "responsible: Director")
    led = led.replace("Train the planners.\n", "Train the planners.\n        responsible: Director\n")
    harbour = HARBOUR + "        responsible: Director\n        due: 2027\n"
    real = (RECORDS / "unece-2021.yaml").read_text("utf-8").replace("Deputy-Executive Secretary", UNIT)
    return {"water-2021": led, "harbour-2022": harbour, "unece-2021": real}


def check_law(folder: Path, edited: Edited) -> list[Outcome]:
    """Take an edited form, and prove the law; the outcomes."""
    texts = records()
    place = folder / "records"
    place.mkdir(exist_ok=True)
    for name, text in texts.items():
        (place / f"{name}.yaml").write_bytes(text.encode())
    settings = Settings()
    readings = [read(text.encode(), name) for name, text in texts.items()]
    evaluations = [reading.evaluation for reading in readings if reading.evaluation]
    rows = select(evaluations, Filter(), DAY, settings.days).actions
    if edited.csv:
        file = folder / "back.csv"
        file.write_bytes(_edited_csv(csv_for_unit(UNIT, rows, settings, DAY), edited))
    else:
        file = folder / "back.xlsx"
        file.write_bytes(_edited_book(workbook_for_unit(UNIT, rows, settings, DAY), edited))
    outcomes = _taken(folder, file)
    for one in outcomes:
        assert (one.fate is Fate.REFUSED) == bool(one.objections)
        assert all(CELL.fullmatch(objection.cell) for objection in one.objections), one.objections
    _nothing_else_changed(place, texts, {one.ref: one for one in outcomes if one.fate is Fate.TAKEN})
    after = {path.name: path.read_bytes() for path in place.iterdir()}
    again = _taken(folder, file)
    assert [one for one in again if one.fate is Fate.TAKEN] == []
    assert {path.name: path.read_bytes() for path in place.iterdir()} == after
    return outcomes


def _taken(folder: Path, file: Path) -> list[Outcome]:
    taking = Taking(Session.of(Repository(folder, Settings()), DAY))
    taking.read([file])
    assert not taking.unreadable
    taking.write()
    taking.told()
    taking.document()
    return taking.outcomes


def _nothing_else_changed(place: Path, texts: Mapping[str, str], taken: Mapping[str, Outcome]) -> None:
    seen = set()
    for name, text in texts.items():
        reading = read((place / f"{name}.yaml").read_bytes(), name)
        assert reading.evaluation
        before, after = (_data(one) for one in (text.encode(), reading.content))
        for asked, there in zip(before["recommendations"], after["recommendations"], strict=True):
            for action, now in zip(asked.get("actions", []), there.get("actions", []), strict=True):
                ref = f"{name}:{action['id']}"
                if ref in taken:
                    seen.add(ref)
                    _is_entry(action, now, taken[ref])
                    now.clear()
                    now.update(action)
        assert after == before
    assert seen == set(taken)


def _is_entry(before: dict[str, Any], after: dict[str, Any], taken: Outcome) -> None:
    """The action has one entry more, which says what the row says, and its present agrees with it."""
    *history, entry = after["history"]
    assert history == before.get("history", [])
    assert (entry["date"], entry["by"]) == (DAY.isoformat(), UNIT)
    cells = {key: cell.text for key, cell in taken.row.cells.items() if cell.text}
    rest = {key for key in after if after[key] != before.get(key)} - {"history"}
    assert rest == {key for key in ("status", "due") if key in entry and entry[key] != before.get(key)}
    assert all(after[key] == entry[key] for key in rest)
    assert ("comment" in entry) == bool({"comment", "reason"} & cells.keys())
    assert ("documents" in entry) == ("link" in cells)
    if "status" in cells:
        assert entry.get("status", before.get("status")) == str(taken.answer.change.status)


def _data(content: bytes) -> dict[str, Any]:
    evaluation = read(content, "records/x.yaml").evaluation
    assert evaluation
    return evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _apply(rows: Grid, places: Mapping[str, int], edited: Edited) -> Grid:
    """The rows of actions with their new cells, in another order, the first perhaps twice."""
    for number, cells in enumerate(edited.cells[: len(rows)]):
        for column, value in cells.items():
            rows[number][places[column]] = value
    moved = [rows[number] for number in edited.rows if number < len(rows)]
    if edited.twice:
        other = list(moved[0])
        other[places["comment"]] = "Something else."
        moved.append(other)
    return moved


def _edited_book(content: bytes, edited: Edited) -> bytes:
    sheets = grids(content)
    grid = sheets["Actions"]
    head, places = columns_of(grid)
    grid[head + 2 :] = _apply(grid[head + 2 :], places, edited)
    sheets["Actions"] = [[row[place] for place in edited.columns] for row in grid]
    return saved(sheets)


def _edited_csv(content: bytes, edited: Edited) -> bytes:
    head, *rows = [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    places = {key: head.index(HEADINGS[key]) for key in (*FINGERPRINTED, *ANSWERED)}
    moved: Grid = _apply(rows, places, edited)
    order = (*edited.columns, *range(len(edited.columns), len(head)))
    table = [[_as_text(row[place]) for place in order] for row in (head, *moved)]
    return as_csv(table)


def _as_text(value: Any) -> str:
    return value.shows if isinstance(value, Formula) else _CONTROLS.sub("", str(value))
