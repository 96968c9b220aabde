"""What `take` does: reads the files, has each answer judged and tried, writes each record once, and tells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mrtrack.changes.differences import differences
from mrtrack.cli import terminal, writing
from mrtrack.cli.found import inside
from mrtrack.cli.session import Session
from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Operation
from mrtrack.edit.progress import action_progress
from mrtrack.edit.refusal import Refused
from mrtrack.importers.answers.judging import Objection
from mrtrack.importers.answers.keys import state_of
from mrtrack.importers.answers.outcomes import Fate, Outcome, Terms, outcomes_of
from mrtrack.importers.answers.returned import read_returned
from mrtrack.model.record import Action
from mrtrack.query.filters import Filter
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import select
from mrtrack.source.reader import Reading
from mrtrack.store.writing import Written, rewrite

if TYPE_CHECKING:
    from mrtrack.importers.vocabulary.when import Order

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"})
REFUSED = "refused"


@dataclass(slots=True)
class Taking:
    """One run of the command: what became of each row, the writes, and what was said of whole files."""

    session: Session
    by: str | None = None
    order: "Order | None" = None
    outcomes: list[Outcome] = field(default_factory=list)
    writes: list[Written] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    unreadable: dict[str, Refused | OSError] = field(default_factory=dict)
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    copies: list[Path] = field(default_factory=list)
    _tried: dict[str, Written] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, dict[str, ActionRow]] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> list[Outcome]:
        """The rows that become entries."""
        return [one for one in self.outcomes if one.fate is Fate.TAKEN]

    @property
    def failed(self) -> bool:
        """Whether anything was refused, or a file could not be read."""
        return bool(self.unreadable) or any(one.fate is Fate.REFUSED for one in self.outcomes)

    @property
    def question(self) -> str:
        """What a person is asked before anything is written."""
        return f"Enter {_count(len(self.taken), 'answer')}?"

    def read(self, files: Sequence[Path]) -> None:
        """Read the files, judge every row, and try the answers on the records; nothing is written."""
        returned = []
        for file in files:
            name = file.name if file.name not in self.paths else str(file)
            self.paths[name] = file
            try:
                returned.append(read_returned(file.read_bytes(), name))
            except (Refused, OSError) as error:
                self.unreadable[name] = error
        self.beside = {file.name: file.beside for file in returned}
        by = None if self.by is None else writing.given_line(self.by, "--by")
        terms = Terms(
            settings=self.session.repository.settings, today=self.session.today, by=by, order=self.order
        )
        self.outcomes = outcomes_of(returned, self._row_of, terms)
        self._try()

    def write(self) -> None:
        """Write every record once, with all its answers.

        Raises:
            Refused: where a record was changed meanwhile; those before it are written.
        """
        self.writes = [
            rewrite(self.session.repository, path, _as_tried(tried)) for path, tried in self._tried.items()
        ]

    def write_refused(self, folder: Path | None) -> None:
        """Write the refused rows of each file as a copy with the reasons; a file that is there stays."""
        from mrtrack.reports.workbooks.refused import refused_copy
        from mrtrack.store.outputs import write_output

        settings, today = self.session.repository.settings, self.session.today
        for name, file in self.paths.items():
            refused = [one for one in self.outcomes if one.file == name and one.fate is Fate.REFUSED]
            if not refused:
                continue
            csv = file.suffix.lower() in (".csv", ".txt")
            content = refused_copy(refused, settings, today, csv=csv)
            place = folder or file.parent / REFUSED
            path = _free(place, file.stem, ".csv" if csv else ".xlsx", content)
            place.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                write_output(path, content)
            self.copies.append(path)

    def told(self) -> str:
        """What became of the rows, file by file, for a person."""
        from mrtrack.cli.screens.taken import FileTold, told

        files = (
            FileTold(
                name,
                [one for one in self.outcomes if one.file == name],
                _reason(self.unreadable[name]) if name in self.unreadable else "",
                self.beside.get(name, ()),
            )
            for name in self.paths
        )
        return told(files, self._words)

    def summary(self, *, dry_run: bool) -> str:
        """The counts, and where the refused rows went."""
        counts = {fate: sum(one.fate is fate for one in self.outcomes) for fate in Fate}
        parts = [f"{counts[Fate.TAKEN]} {'would be taken' if dry_run else 'taken'}"]
        parts += [f"{counts[fate]} {fate}" for fate in (Fate.UNCHANGED, Fate.REFUSED, Fate.UNANSWERED)]
        lines = [", ".join(parts) + "."]
        if self.writes:
            lines[0] += f" {_count(len(self.writes), 'record')} written."
        if dry_run:
            lines.append("Nothing was written (--dry-run).")
        lines += [f"Refused rows, with the reasons: {terminal.one_line(str(path))}" for path in self.copies]
        return "".join(f"{terminal.told(line)}\n" for line in lines)

    def document(self) -> str:
        """What became of each row, as JSON."""
        from mrtrack.cli import formats

        items = [self._item(one) for one in self.outcomes]
        items += [
            {
                "file": name,
                **dict.fromkeys(("row", "ref", "unit")),
                "fate": "unreadable",
                "text": None,
                "objections": [_as_json(Objection("", "", _reason(error)))],
                "compared": [],
                "withheld": [],
            }
            for name, error in self.unreadable.items()
        ]
        return formats.json_document("answers", self.session.today, [], items)

    def commit(self) -> None:
        """Commit what was written, if anything was."""
        if self.writes:
            lines = [f"{one.ref}  {self._words[one.ref]}" for one in self.taken]
            head = f"Take {_count(len(self.taken), 'answer')} of units"
            writing.commit(self.session, self.writes, "\n".join([head, "", *lines]))

    def _row_of(self, ref: str) -> ActionRow | None:
        """The action as it is now; None where the records have none of exactly this ref.

        Raises:
            Refused: where there is no such evaluation, or its record cannot be read.
        """
        name, colon, _ = ref.partition(":")
        if not colon or not name:
            return None
        if name not in self._rows:
            self._rows[name] = self._rows_of(name)
        return self._rows[name].get(ref)

    def _rows_of(self, name: str) -> dict[str, ActionRow]:
        target = self.session.find(name)
        if target.evaluation.id != name:
            return {}
        self._places[name] = target.reading.path
        days = self.session.repository.settings.days
        rows = select([target.evaluation], Filter(), self.session.today, days).actions
        return {row.ref: row for row in rows}

    def _groups(self) -> dict[str, list[Outcome]]:
        groups: dict[str, list[Outcome]] = {}
        for one in self.taken:
            groups.setdefault(self._places[one.ref.partition(":")[0]], []).append(one)
        return groups

    def _try(self) -> None:
        """Make the writes without writing: an answer that the writer refuses is refused, the others stand."""
        refused: dict[int, Outcome] = {}
        for path, group in self._groups().items():
            try:
                write = self._apply(path, group)
            except (Refused, typer.BadParameter) as whole:
                against = {id(one): self._alone(path, one) for one in group}
                if not any(against.values()):
                    against = {id(one): _objections_of(one, whole) for one in group}
                for one in group:
                    if objection := against[id(one)]:
                        refused[id(one)] = one.refused(objection)
                rest = [one for one in group if id(one) not in refused]
                if not rest:
                    continue
                write = self._apply(path, rest)
            self._tried[path] = write
            self._note_words(write)
        self.outcomes = [refused.get(id(one), one) for one in self.outcomes]

    def _alone(self, path: str, one: Outcome) -> Objection | None:
        try:
            self._apply(path, [one])
        except (Refused, typer.BadParameter) as error:
            return _objections_of(one, error)
        return None

    def _apply(self, path: str, group: Sequence[Outcome]) -> Written:
        def operations(reading: Reading) -> Sequence[Operation]:
            return [operation for one in group for operation in self._operations(reading, one)]

        return writing.apply_to(self.session.repository, path, [operations], dry_run=True)

    def _operations(self, reading: Reading, one: Outcome) -> list[Operation]:
        target = inside(reading, one.ref.partition(":")[2])
        if not isinstance(target.item, Action) or state_of(target.item) != one.state:
            raise Refused(f"{one.ref} was changed by another program meanwhile", "take the file once more")
        answer = one.answer
        today = self.session.today
        same_day = answer.on is not None and str(answer.on) == today.isoformat()
        recorded = Recorded(
            date=today,
            by=writing.given_line(answer.unit, "--by"),
            on=None if same_day else answer.on,
            comment=writing.given_text(answer.comment, "--comment"),
            documents=answer.documents,
        )
        return action_progress(target.path, target.item, answer.change, recorded)

    def _note_words(self, write: Written) -> None:
        """Keep what each item's change means in words."""
        before, after = (one.evaluation if one else None for one in (write.before, write.after))
        if before is None or after is None:
            return
        found = differences([before], [after], self.session.today, self.session.repository.settings)
        for one in found.evaluations:
            for line in one.lines:
                self._words[line.changes[0].ref] = line.words

    def _item(self, one: Outcome) -> dict[str, Any]:
        words = self._words.get(one.ref) if one.fate is Fate.TAKEN else one.note or None
        return {
            "file": one.file,
            "row": one.row.number,
            "ref": one.ref or None,
            "unit": one.answer.unit or None,
            "fate": one.fate.value,
            "text": words,
            "objections": [_as_json(objection) for objection in one.objections],
            "compared": [
                {"column": side.column, "then": side.then, "now": side.now} for side in one.compared
            ],
            "withheld": list(one.answer.withheld),
        }


def _as_tried(tried: Written) -> Callable[[Reading], Reading]:
    """The change that was tried and told, for the record as it was then."""

    def change(before: Reading) -> Reading:
        if tried.before is None or before.content != tried.before.content:
            raise Refused(
                f"{tried.path} was changed by another program meanwhile", "take the files once more"
            )
        return tried.after

    return change


def files_of(named: Iterable[Path]) -> list[Path]:
    """The files that were named, and those in the folders that were, each once.

    Raises:
        Refused: where there is no such file.
    """
    found: dict[Path, Path] = {}
    for path in named:
        if not path.exists():
            raise Refused(f"there is no file {path}", "look at the name")
        inner = sorted(one for one in path.iterdir() if _is_returned(one)) if path.is_dir() else [path]
        for file in inner:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _is_returned(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES and path.name[0] not in ".~"


def _free(folder: Path, stem: str, suffix: str, content: bytes) -> Path:
    """The first name for a copy that is free, or has exactly this content."""
    number = 1
    while True:
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}{suffix}"
        if not path.exists() or path.read_bytes() == content:
            return path
        number += 1


def _objections_of(one: Outcome, error: Exception) -> Objection:
    """What the writer says against an answer, at the cell that it is about, as far as that shows."""
    message = getattr(error, "message", str(error))
    filled = [column for column, cell in one.row.cells.items() if cell.text]
    about = (
        ("new_due", "status", "comment", "on", "link")
        if "due" in message
        else ("status", "comment", "link", "new_due", "on")
    )
    column = next((column for column in about if column in filled), "ref")
    hint = getattr(error, "hint", "")
    return Objection(column, one.row.cells[column].name, str(message), "" if "--" in hint else hint)


def _as_json(objection: Objection) -> dict[str, str | None]:
    return {
        "column": objection.column or None,
        "cell": objection.cell or None,
        "message": objection.message,
        "hint": objection.hint or None,
    }


def _reason(error: Refused | OSError) -> str:
    hint = getattr(error, "hint", "")
    message = getattr(error, "message", None) or getattr(error, "strerror", None) or str(error)
    return f"{message}; {hint}" if hint else message


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
