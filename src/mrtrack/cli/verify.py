"""`mrtrack verify`: whether a receipt of indicators still holds."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mrtrack.indicators.receipts import Data
    from mrtrack.indicators.verifying import Finding


def run(
    file: Annotated[Path, typer.Argument(metavar="RECEIPT", help="A file of mrtrack stats --receipt.")],
    json: Annotated[bool, typer.Option("--json", help="What was found, as JSON.")] = False,
) -> None:
    """Compute the figures of a receipt again from its commit, and say whether they are the same.

    The history of the receipt's day is also compared with the records as they are now. Leaves with 1 where
    something differs, and names it. Nothing is checked out, nothing is changed.
    """
    from mrtrack.cli import formats, terminal
    from mrtrack.cli.screens.verified import verified
    from mrtrack.cli.session import open_session
    from mrtrack.edit.refusal import Refused
    from mrtrack.indicators.receipt_files import read_receipt
    from mrtrack.indicators.verifying import Kind
    from mrtrack.model.dates import parse_day

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}", "name the file of the receipt") from None
    told = read_receipt(content)
    here = open_session()
    age, found = _checked(here, told)
    if json:
        items = [
            {
                "kind": one.kind.value,
                "indicator": one.indicator,
                "group": one.group,
                "refs": list(one.refs),
                "text": one.text,
            }
            for one in found
        ]
        day = parse_day(told["as_of"])
        terminal.emit(formats.json_document("verification", day, here.unread, items))
    else:
        terminal.emit(terminal.render(*verified(told, found, age, terminal.width())))
    if any(one.kind is not Kind.NOTE for one in found):
        terminal.leave(1)


def _checked(here: "Session", told: "Data") -> "tuple[int | None, list[Finding]]":
    """How many commits ago the receipt's was, where that is known, and all that was found."""
    from mrtrack.cli.receipts import at_commit
    from mrtrack.git import GitError
    from mrtrack.git.ancestry import commits_since
    from mrtrack.indicators.verifying import Finding, Kind, history_findings, seal

    found = list(seal(told))
    root, commit = here.repository.root, told["commit"]
    age, then = None, None
    try:
        age = commits_since(root, commit)
        then = at_commit(here, commit)
    except GitError as error:
        found.append(Finding(kind=Kind.COMMIT, text=_gone(root, commit, str(error))))
    else:
        if age is None:
            words = "the commit is not in the past of this branch: made elsewhere, squashed or rewritten"
            found.append(Finding(kind=Kind.NOTE, text=words))
        found += _from_the_commit(then, told)
    # The days and spellings of mrtrack.toml may have changed since; the history is compared by those of then.
    settings = (then or here).repository.settings
    known = {reading.path: reading for reading in then.repository.readings} if then else {}
    present = Session.of(replace(here.repository, settings=settings, known=known), here.today)
    unread = {reading.path for reading in present.repository.unread}
    now, _ = _anew(present, told)
    return age, found + history_findings(told, present.repository.evaluations, now, unread)


def _from_the_commit(then: "Session", told: "Data") -> "Iterator[Finding]":
    from mrtrack import __version__
    from mrtrack.indicators.verifying import Finding, Kind, figure_findings, record_findings

    anew, wrong = _anew(then, told)
    if anew is None:
        yield Finding(kind=Kind.FIGURE, text=f"the figures cannot be computed again: {wrong}")
    else:
        yield from record_findings(told, anew)
        yield from figure_findings(told, anew)
    if told.get("mrtrack") != __version__:
        words = f"made by mrtrack {told.get('mrtrack')}, computed again by {__version__}"
        yield Finding(kind=Kind.NOTE, text=words)


def _anew(session: "Session", told: "Data") -> "tuple[Data | None, str]":
    """The receipt that a session's records give to what was asked then; None with the reason where they give none."""
    from mrtrack.cli.figures import wanted_of
    from mrtrack.cli.options import Question
    from mrtrack.cli.receipts import asked_again, computed
    from mrtrack.edit.refusal import Refused
    from mrtrack.indicators.dimensions import Dimension
    from mrtrack.model.dates import parse_day

    try:
        by = Dimension(told["asked"]["by"]) if told["asked"].get("by") else None
        wanted = wanted_of(told["asked"].get("indicators") or (), by)
        question = Question(session, parse_day(told["as_of"]), asked_again(told))
        return computed(question, wanted, by, told["commit"]), ""
    except (Refused, ValueError, TypeError, typer.BadParameter) as error:
        return None, getattr(error, "message", str(error))


def _gone(root: Path, commit: str, why: str) -> str:
    from mrtrack.git.versions import is_shallow

    if is_shallow(root):
        return f"{why}; this clone lacks the older history: git fetch --unshallow brings it"
    return f"{why}: the history was rewritten, or the receipt is of another repository ({commit[:7]})"
