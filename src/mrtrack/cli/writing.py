"""What all writing commands share: who writes, what an entry says, and how a write is made and told."""

import difflib
import os
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import typer

from mrtrack import git
from mrtrack.changes import history_rows
from mrtrack.cli import terminal
from mrtrack.cli.session import Session
from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Operation
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import edit
from mrtrack.model.dates import parse_day, parse_entry_name, parse_happened, quoted
from mrtrack.model.wording import label
from mrtrack.source.reader import Reading
from mrtrack.source.tree import INVISIBLE
from mrtrack.store.records import Repository
from mrtrack.store.writing import Written, rewrite

LINE_WIDTH = 80
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person said about the entry to write, as typed."""

    by: str | None = None
    on: str | None = None
    date: str | None = None
    comment: str | None = None
    documents: Sequence[str] | None = None
    corrects: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the person said nothing that an entry would hold."""
        return not (self.on or self.date or self.comment or self.documents or self.corrects)


def recorded(session: Session, told: Told) -> Recorded:
    """The common part of an entry.

    Raises:
        Refused: where nobody is named who records it, or the day lies ahead.
        typer.BadParameter: where a date or a document cannot be read.
    """
    day = _day(told.date) or session.today
    if day > session.today:
        raise Refused(
            f"--date {day} lies ahead; today is {session.today}", "an entry is dated the day it is recorded"
        )
    try:
        on = parse_happened(told.on) if told.on else None
    except ValueError as error:
        raise typer.BadParameter(
            f"{error}; write 2021-07-15, 2021-07 or until 2021-07-15", param_hint="--on"
        ) from None
    try:
        corrects = parse_entry_name(told.corrects) if told.corrects else None
    except ValueError as error:
        raise typer.BadParameter(
            f"{error}; write its day, 2021-10-08 or 2021-10-08#2", param_hint="--corrects"
        ) from None
    same_day = on is not None and not on.until and str(on.date) == day.isoformat()
    return Recorded(
        date=day,
        by=who(session, told.by),
        on=None if same_day else on,
        comment=given_text(told.comment, "--comment"),
        documents=tuple(_document(given_line(text, "--document")) for text in told.documents or ()),
        corrects=corrects,
    )


def who(session: Session, by: str | None) -> str:
    """Who records: --by, MRTRACK_BY, `[write] by`, git's user.name, in this order (DESIGN rule 8).

    Raises:
        Refused: where none of them says.
    """
    settings = session.repository.settings
    found = by or os.environ.get("MRTRACK_BY") or settings.write.by or git.user_name(session.repository.root)
    if found and found.strip():
        return given_line(found, "--by")
    raise Refused(
        "nobody is named who records this",
        "say --by UNIT, set MRTRACK_BY, write [write] by in mrtrack.toml, or set git's user.name",
    )


def given_text(text: str | None, option: str) -> str | None:
    """A text given to an option, with its lines broken where a reader of the record expects it.

    Raises:
        typer.BadParameter: where it is empty.
    """
    if text is None:
        return None
    lines = [
        textwrap.wrap(line, LINE_WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.strip().splitlines()
    ]
    return _sound("\n".join("\n".join(parts) for parts in lines), option)


def given_line(text: str, option: str) -> str:
    """A line given to an option, without the spaces around it.

    Raises:
        typer.BadParameter: where it is empty, or runs over several lines.
    """
    line = _sound(text.strip(), option)
    if len(line.splitlines()) > 1:
        raise typer.BadParameter(f"{quoted(line)} runs over several lines; write one", param_hint=option)
    return line


def _sound(text: str, option: str) -> str:
    if not text:
        raise typer.BadParameter("the text is empty", param_hint=option)
    if _NOT_UTF8.search(text):
        raise typer.BadParameter("the text is not UTF-8; type it again", param_hint=option)
    if hidden := INVISIBLE.search(text):
        what = f"the text holds the invisible character U+{ord(hidden[0]):04X}"
        raise typer.BadParameter(f"{what}; leave it out", param_hint=option)
    return text


def apply_to(
    repository: Repository,
    path: str,
    operations_of: Sequence[Callable[[Reading], Sequence[Operation]]],
    *,
    dry_run: bool,
) -> Written:
    """Make one write of several changes to one record; each is worked out on the record as the one before left it.

    Raises:
        Refused: as `store.writing.rewrite` does.
    """
    limits = repository.settings.limits

    def change(before: Reading) -> Reading:
        for operations in operations_of:
            before = edit(before, operations(before), limits=limits)
        return before

    return rewrite(repository, path, change, dry_run=dry_run)


def last_change(after: Reading, ref: str, session: Session) -> str:
    """The last entry of an item, in the words of its history."""
    settings = session.repository.settings
    rows = (
        history_rows(after.evaluation, session.today, lambda word: label(word, settings))
        if after.evaluation
        else []
    )
    row = next(row for row in reversed(rows) if row.ref == ref)
    reason = f": {row.comment}" if row.comment else ""
    return f"{ref}  {row.text}{reason}  (recorded {row.date} by {row.by})"


def tell(writes: Sequence[Written], lines: Sequence[str], *, dry_run: bool) -> None:
    """Say what was written, or show what would be."""
    if dry_run:
        for write in writes:
            terminal.emit(
                show_difference(
                    write.path, write.before.content if write.before else b"", write.after.content
                )
            )
        terminal.remark("Nothing was written (--dry-run).")
        return
    terminal.emit("".join(f"{terminal.told(line)}\n" for line in lines))


def commit(session: Session, writes: Sequence[Written], message: str) -> None:
    """Commit what was written.

    Raises:
        git.GitError: where git refuses; the records stay written.
    """
    name = git.commit(session.repository.root, [write.path for write in writes], message)
    terminal.remark(f"Committed as {name}.")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; write the whole day, 2021-07-31", param_hint="--date") from None


def _document(text: str) -> tuple[str, str]:
    title, equals, address = text.partition("=")
    if not equals or "://" in title or "?" in title:
        title, address = "", text
    if not address.strip():
        raise typer.BadParameter(
            f"“{text}” names no document; write URL or TITLE=URL", param_hint="--document"
        )
    return title.strip(), address.strip()


def show_difference(path: str, before: bytes, after: bytes) -> str:
    """The changed lines of a file, as git shows them."""
    old, new = (content.decode("utf-8", "replace").splitlines(keepends=True) for content in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    paint = {"+": "\x1b[32m", "-": "\x1b[31m"} if terminal.colour() else {}
    shown = []
    for line in lines:
        text = terminal.clean(line.rstrip("\r\n"))
        code = paint.get(text[:1], "")
        shown.append(f"{code}{text}\x1b[0m\n" if code else f"{text}\n")
    return "".join(shown)
