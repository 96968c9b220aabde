"""The messages of one run of `mrtrack remind`: for whom, which files each has, and how they get into a folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.cli import terminal
from mrtrack.cli.options import Question
from mrtrack.model.settings import Settings
from mrtrack.model.spellings import searchable
from mrtrack.model.wording import label, same_unit
from mrtrack.query.rows import ActionRow
from mrtrack.store.asked import Asking, Memory

if TYPE_CHECKING:
    from mrtrack.reports.messages.telling import Telling
    from mrtrack.reports.messages.wording import Wording


class Kind(StrEnum):
    """A form of a message."""

    EML = "eml"
    MD = "md"


class MessageRow(NamedTuple):
    """A message in figures; its fields, in their order, are the keys of its JSON item.

    An action counts once: as disputed, else overdue, else due soon, else stale. `asked` is the day on which the unit
    was asked already, so that it is left out; `files` are then none.
    """

    unit: str
    address: str | None
    overdue: int
    due_soon: int
    stale: int
    disputed: int
    refs: tuple[str, ...]
    asked: date | None
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A unit's message with the bytes of its files by their names; without wording where the unit is left out."""

    telling: "Telling"
    row: MessageRow
    wording: "Wording | None" = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """The messages of a run, and how many actions there is something to say about to nobody."""

    messages: tuple[Message, ...]
    unled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was asked of one run."""

    question: Question
    only: Kind | None
    bare: bool
    again: bool
    wait: int

    @property
    def settings(self) -> Settings:
        """The repository's settings."""
        return self.question.session.repository.settings

    def remarks(self, made: "Made", folder: Path | None, *, is_written: bool) -> Iterator[str]:
        """What a person is told below the table: what was written, who is left out, and what is missing."""
        from mrtrack.cli.screens.style import plural

        found = made.messages
        done = [one for one in found if one.wording]
        if done and is_written:
            yield f"{plural(len(done), 'message')} written to {folder}"
        elif done:
            where = f"would be written to {folder}" if folder else "to write: add -o DIR"
            yield f"{plural(len(done), 'message')} {where}"
        nowhere = sum(one.row.address is None for one in done)
        if nowhere and self.only is not Kind.MD:
            which = "It has" if len(done) == 1 else f"{nowhere} of them {'has' if nowhere == 1 else 'have'}"
            yield f"{which} no address: --address UNIT=MAIL remembers one"
        left = len(found) - len(done)
        if left:
            asked = "unit was" if left == 1 else "units were"
            yield f"{left} {asked} asked within {plural(self.wait, 'day')} and left out: --again asks anew"
        if made.unled:
            verb = "has" if made.unled == 1 else "have"
            yield f"{plural(made.unled, 'such action')} {verb} no lead to write to: mrtrack list --no-lead"


def messages(run: Run) -> Made:
    """The message of each unit that there is something to tell, with the bytes of all files; nothing is written.

    Raises:
        Refused: where a template fails, an address is none, or what writes workbooks is not installed.
    """
    from mrtrack.cli.views import view_of
    from mrtrack.query.publishing import open_for_units, published_selection
    from mrtrack.reports.messages.names import file_stems
    from mrtrack.reports.messages.telling import tellings
    from mrtrack.store.asked import recall

    question, settings = run.question, run.settings
    root = question.session.repository.root
    criteria = question.asked.criteria
    view = view_of(question.asked.view, settings).criteria if question.asked.view else {}
    others = {key: value for key, value in criteria.items() if key not in ("unit", "lead")}
    wide = question._replace(asked=question.asked._replace(criteria=others))
    selection = wide.selection(view)
    published = published_selection(selection, settings.publish.omit)
    every = tellings(selection, published, settings)
    wanted = named(criteria, [one.unit for one in every], settings)
    memory = recall(root)
    stems = file_stems(one.unit for one in every)
    shown = open_for_units(selection, published)
    made = []
    for telling in every:
        if telling.unit not in wanted:
            continue
        asked = _asked_lately(telling.unit, memory, run)
        figures = _row(telling, memory, asked.day if asked else None)
        if asked:
            made.append(Message(telling, figures))
            continue
        made.append(_message(run, telling, figures, stems[telling.unit], shown))
    is_narrow = any(criteria.get(key) for key in ("unit", "lead"))
    unled = 0 if is_narrow else sum(_concerns(row) and not row.responsible for row in selection.actions)
    return Made(tuple(made), unled)


def preview(found: Sequence[Message]) -> str:
    """The text of a message, with its head, where there is just one; else nothing."""
    if len(found) != 1 or not found[0].wording:
        return ""
    row, wording = found[0].row, found[0].wording
    return f"To: {row.address or '–'}\nSubject: {wording.subject}\n\n{wording.text}"


def named(criteria: Mapping[str, Any], units: Sequence[str], settings: Settings) -> set[str]:
    """Those of the units that --unit and --lead name: each given name is a unit's own, else part of it."""
    found = set(units)
    for names in (criteria.get("unit"), criteria.get("lead")):
        if names:
            found &= {unit for name in names for unit in _meant(str(name), units, settings)}
    return found


def put(found: Sequence[Message], run: Run, folder: Path) -> None:
    """Write the files of all messages, each whole, and note that their units were asked today.

    Raises:
        Refused: where the folder, a file or the note cannot be written.
    """
    from mrtrack.cli.screens.style import plural
    from mrtrack.edit.refusal import Refused
    from mrtrack.store.asked import remember
    from mrtrack.store.outputs import write_output

    session = run.question.session
    made = [one for one in found if one.wording]
    if not made:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder} cannot be made: {error.strerror}", "name another folder with -o") from None
    older = sorted(file.name for file in folder.glob("*.eml"))
    for one in made:
        for name, content in one.files.items():
            write_output(folder / name, content)
    remember(
        session.repository.root,
        [Asking(one.telling.unit, session.today, one.telling.entries) for one in made],
    )
    written = {name for one in made for name in one.files}
    left = [name for name in older if name not in written]
    if left:
        some = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        terminal.remark(f"{folder} also holds {plural(len(left), 'draft')} from before: {some}")
    if folder.resolve().is_relative_to(session.repository.root.resolve()):
        terminal.remark(f"{folder} lies in the repository: keep the drafts, which name addresses, out of git")


def _concerns(row: ActionRow) -> bool:
    return row.overdue or row.due_soon or row.stale or row.disputed


def _meant(name: str, units: Sequence[str], settings: Settings) -> set[str]:
    text = searchable(same_unit(name, settings))
    own = {unit for unit in units if searchable(unit) == text}
    return own or {unit for unit in units if text in searchable(unit)}


def _asked_lately(unit: str, memory: Memory, run: Run) -> Asking | None:
    if run.again:
        return None
    today = run.question.session.today
    last = memory.last_of(unit, today)
    return last if last and (today - last.day).days < run.wait else None


def _row(telling: "Telling", memory: Memory, asked: date | None) -> MessageRow:
    return MessageRow(
        unit=telling.unit,
        address=memory.addresses.get(telling.unit),
        overdue=len(telling.overdue),
        due_soon=len(telling.due_soon),
        stale=len(telling.stale),
        disputed=len(telling.disputed),
        refs=tuple(telling.entries),
        asked=asked,
        files=(),
    )


def _message(
    run: Run,
    telling: "Telling",
    row: MessageRow,
    stem: str,
    rows: Sequence[ActionRow],
) -> Message:
    from mrtrack.reports.messages.mail import Attachment, draft
    from mrtrack.reports.messages.wording import Occasion, worded

    as_of, repository = run.question.as_of, run.question.session.repository
    attached = {} if run.bare else dict(_attached(run, telling.unit, stem, rows))
    occasion = Occasion(as_of=as_of, answer_by=_later(as_of, run.wait), days=run.settings.days)
    wording = worded(telling, occasion, repository.root / run.settings.templates, attached)
    files: dict[str, bytes] = {}
    if run.only is not Kind.MD:
        attachments = [Attachment(name, content) for name, content in attached.items()]
        files[f"{stem}.eml"] = draft(
            row.address, wording.subject, (wording.text, wording.html), attachments, as_of
        )
    if run.only is not Kind.EML:
        files[f"{stem}.md"] = wording.markdown.encode()
    if run.only is Kind.MD:
        files |= attached
    return Message(telling, row._replace(files=tuple(files)), wording, files)


def _later(day: date, days: int) -> date:
    return day + timedelta(min(days, (date.max - day).days))


def _attached(run: Run, unit: str, stem: str, rows: Sequence[ActionRow]) -> Iterator[tuple[str, bytes]]:
    from mrtrack.reports.exports.calendar import calendar
    from mrtrack.reports.workbooks import workbook_for_unit

    as_of, settings = run.question.as_of, run.settings
    led = [row for row in rows if row.responsible and same_unit(row.responsible, settings) == unit]
    if led:
        yield f"{stem}.xlsx", workbook_for_unit(unit, rows, settings, as_of)
    if any(row.due for row in led):
        yield f"{stem}.ics", calendar(led, as_of, lambda word: label(word, settings), f"Actions due: {unit}")
