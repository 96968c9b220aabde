"""The page of one item: every value that the record holds, in reading order, prose wrapped at the width."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mrtrack.changes import history_rows
from mrtrack.cli.screens.log import log
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import day, indented, lateness
from mrtrack.cli.terminal import flowing, one_line
from mrtrack.model.record import (
    Action,
    Classification,
    Evaluation,
    Gef,
    ManagementResponse,
    Money,
    Part,
    Period,
    Recommendation,
)
from mrtrack.model.settings import Settings
from mrtrack.model.shape import Path
from mrtrack.model.wording import label
from mrtrack.query.rows import ActionRow, as_json
from mrtrack.query.selection import Selection

_PROSE_WIDTH = 100
_LABELLED = (ManagementResponse, Classification, Gef)
_JOINED: Mapping[type[Part], str] = {Money: " ", Period: " to "}
_LABELS = {
    "id": "Id",
    "plan": "Evaluation plan",
    "supported_by": "Supported by",
    "url": "Address",
    "part_of": "Part of",
    "gef": "GEF",
    "sdg_goals": "SDG goals",
    "sdg_targets": "SDG targets",
    "sha256": "SHA-256",
    "responsible": "Lead",
    "responsibility": "As printed",
}


def whole(
    evaluation: Evaluation, path: Path, selection: Selection, settings: Settings, as_of: date, width: int
) -> Iterator[Piece]:
    """The parts of the page of the evaluation, or of the recommendation or action at a path."""
    page = _Page(evaluation, selection, settings, as_of, min(width, _PROSE_WIDTH + 20))
    if not path:
        yield from page.evaluation()
        return
    recommendation = (evaluation.recommendations or ())[int(path[1])]
    if len(path) == 2:
        yield from page.recommendation(recommendation)
    else:
        yield from page.action((recommendation.actions or ())[int(path[3])], recommendation)


class _Page:
    def __init__(
        self, evaluation: Evaluation, selection: Selection, settings: Settings, as_of: date, width: int
    ) -> None:
        self.of = evaluation
        self.settings = settings
        self.as_of = as_of
        self.width = width
        self.actions: Mapping[str, ActionRow] = {row.action: row for row in selection.actions}
        self.decisions = {row.recommendation: row for row in selection.recommendations}
        self.history = [
            as_json(row) for row in history_rows(evaluation, as_of, lambda word: label(word, settings))
        ]

    def evaluation(self) -> Iterator[Piece]:
        yield _title(self.of.id, self.of.title)
        yield from _values(self.of, {"schema_", "id", "title", "recommendations", "history"})
        yield from self.entries(self.of.id)
        for recommendation in self.of.recommendations or ():
            yield Text("")
            yield from self.recommendation(recommendation)

    def recommendation(self, recommendation: Recommendation) -> Iterator[Piece]:
        yield _title(f"{self.of.id}:{recommendation.id}", recommendation.title)
        yield from _values(recommendation, {"id", "title", "response", "actions"})
        response = recommendation.response
        row = self.decisions.get(recommendation.id)
        told = (
            label(row.decision, self.settings)
            if row and row.decision
            else "no decision stated"
            if response
            else "no response"
        )
        yield _pair("Response", told)
        if response:
            yield from _values(response, {"decision", "history"}, indent=4)
        yield from self.entries(f"{self.of.id}:{recommendation.id}")
        for action in recommendation.actions or ():
            yield Text("")
            yield from self.action(action, None)

    def action(self, action: Action, above: Recommendation | None) -> Iterator[Piece]:
        yield _title(f"{self.of.id}:{action.id}", action.title)
        if above:
            yield _pair("Recommendation", f"{above.id}  {one_line(above.title or above.text)}")
        row = self.actions.get(action.id)
        if row is None:
            yield Text(f"  not there yet on {day(self.as_of)}", style="dim")
            return
        yield from _values(action, {"id", "title", "status", "due", "responsible", "history"})
        yield _pair("Lead", one_line(row.responsible) or "none named")
        yield _pair("Status", self._standing(row))
        if row.due:
            moved = (
                f", originally {row.original_due}" if row.original_due and row.original_due != row.due else ""
            )
            times = {0: "", 1: ", moved once"}.get(row.postponements, f", moved {row.postponements} times")
            yield _pair("Due", f"{row.due}{times}{moved}")
        if row.completed_on:
            known = (
                "recorded; the day itself is not stated"
                if row.completed_on_basis == "recorded"
                else "as stated"
            )
            yield _pair("Completed", f"{row.completed_on} ({known})")
        yield from self.entries(f"{self.of.id}:{action.id}")

    def entries(self, ref: str) -> Iterator[Piece]:
        mine = [item for item in self.history if item["ref"] == ref]
        if mine:
            yield _pair("History", "")
            for part in log(mine, total=len(mine), refs=False):
                yield indented(part, 4)

    def _standing(self, row: ActionRow) -> str:
        told = label(row.status, self.settings)
        late = f", {lateness(row)}" if row.overdue else ""
        verdict = f", {label(row.verdict, self.settings)}" if row.verdict else ""
        return f"{told}{late}{verdict}"


def _title(ref: str, title: str | None) -> Text:
    return Text.assemble((one_line(ref), "bold cyan"), "  ", (one_line(title), "bold"))


def _values(part: Part, without: set[str], indent: int = 2) -> Iterator[Piece]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if name in without or value is None:
            continue
        yield from _value(
            _LABELS.get(name, (field.alias or name).replace("_", " ").capitalize()), value, indent
        )


def _value(name: str, value: Any, indent: int) -> Iterator[Piece]:  # noqa: ANN401 - a value of any field
    if isinstance(value, Part):
        line = _flat(value)
        yield from (
            [_pair(name, line, indent)]
            if line
            else [_pair(name, "", indent), *_values(value, set(), indent + 2)]
        )
    elif isinstance(value, (tuple, list)):
        if all(isinstance(item, str) and len(item) < 40 for item in value):
            yield _pair(name, ", ".join(map(one_line, value)), indent)
            return
        yield _pair(name, "", indent)
        yield from _below(value, indent + 2)
    elif isinstance(value, dict):
        yield _pair(name, "", indent)
        yield from _below(value, indent + 2)
    elif isinstance(value, str) and ("\n" in value or len(value) > 60):
        yield _pair(name, "", indent)
        yield indented(Text(flowing(value)), indent + 2)
    else:
        yield _pair(name, _short(value), indent)


def _below(value: Any, indent: int) -> Iterator[Piece]:  # noqa: ANN401 - a value of any field
    if isinstance(value, Part):
        yield from _values(value, set(), indent)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _value(one_line(str(key)), item, indent)
    else:
        for item in value:
            shown = _flat(item) if isinstance(item, Part) else flowing(item) if isinstance(item, str) else ""
            yield indented(Text(f"- {shown}"), indent)
            if not shown:
                yield from _below(item, indent + 2)


def _flat(part: Part) -> str:
    if isinstance(part, _LABELLED):
        return ""
    values = (getattr(part, name) for name in type(part).model_fields)
    line = _JOINED.get(type(part), ", ").join(_short(value) for value in values if value is not None)
    return line if len(line) <= 200 else ""


def _short(value: Any) -> str:  # noqa: ANN401 - a value of any field
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(f"{value:,}" if not isinstance(value, str) and hasattr(value, "as_tuple") else str(value))


def _pair(name: str, value: str, indent: int = 2) -> Piece:
    return indented(Text.assemble((f"{name}: " if value else f"{name}:", "dim"), value), indent)
