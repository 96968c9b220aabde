"""`mrtrack undo`: take back the last write, while it is not committed."""

from typing import TYPE_CHECKING

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import DryRun

if TYPE_CHECKING:
    from mrtrack.cli.session import Session
    from mrtrack.store.journal import Write


@spared_collector(WRITING)
def run(dry_run: DryRun = False) -> None:
    """Take back the last write.

    As long as it is not committed, and the record was not changed since.
    """
    from mrtrack import git
    from mrtrack.cli import terminal
    from mrtrack.cli.session import open_session
    from mrtrack.cli.writing import show_difference
    from mrtrack.edit.refusal import Refused
    from mrtrack.store import journal
    from mrtrack.store.contents import file_content
    from mrtrack.store.writing import take_back

    session = open_session()
    root = session.repository.root
    last = next(journal.writes(root), None)
    if last is None:
        raise Refused("there is no write to take back here", "mrtrack history shows what was recorded")
    present = file_content(root / last.path)
    gone = last.before is None and isinstance(present, FileNotFoundError)
    if not dry_run and (gone or present == last.before):
        journal.forget(last)
        raise Refused(
            f"{last.path} is as it was before the last write already",
            "to take back the write before that one, say mrtrack undo again",
        )
    if present != last.after:
        raise Refused(
            f"{last.path} was changed since mrtrack wrote it",
            "look at git diff, or change it with mrtrack edit",
        )
    if git.top(root) and git.content_at_head(root, last.path) == last.after:
        raise Refused(
            f"the last write, to {last.path}, is committed already",
            "record a correction: mrtrack update REF --corrects DAY --comment WHY",
        )
    if dry_run:
        terminal.emit(show_difference(last.path, last.after, last.before or b""))
        terminal.remark("Nothing was taken back (--dry-run).")
        return
    take_back(session.repository, last)
    what = (
        "removed again" if last.before is None else f"as it was before the last write{_undone(session, last)}"
    )
    terminal.emit(f"{terminal.told(f'{last.path} {what}')}\n")


def _undone(session: "Session", last: "Write") -> str:
    from mrtrack.changes import history_rows
    from mrtrack.model.wording import label
    from mrtrack.source.reader import read

    settings = session.repository.settings
    before, after = (read(content or b"", last.path).evaluation for content in (last.before, last.after))
    if before is None or after is None:
        return ""
    kept, all_rows = (
        history_rows(one, session.today, lambda word: label(word, settings)) for one in (before, after)
    )
    gone = [f"{row.ref} {row.text}" for row in all_rows if row not in kept]
    return f"; taken back: {'; '.join(gone)}" if gone else ""
