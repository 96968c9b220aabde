"""Receipts of figures: computed from a commit, be it for the first time or again."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mrtrack.cli.options import Asked, Format, Question
from mrtrack.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mrtrack.indicators.definition import Indicator
    from mrtrack.indicators.dimensions import Dimension
    from mrtrack.indicators.receipts import Data


def receipt_of(
    asked: Asked, wanted: "Sequence[Indicator]", by: "Dimension | None", *, partial: bool
) -> "Data":
    """The receipt of the figures asked for, computed from the files of the last commit, or the one of --at.

    Raises:
        Refused: where nothing is committed, where the records here are not those of the last commit, or where a
            record cannot be read and the answer would not be whole.
        git.GitError: where git knows no such commit.
    """
    from mrtrack import git
    from mrtrack.cli.session import open_session
    from mrtrack.edit.refusal import Refused

    here = asked.open()
    root = here.session.repository.root
    try:
        commit = git.resolve(root, asked.at or "HEAD")
    except git.GitError:
        if asked.at:
            raise
        raise Refused(
            "a receipt names the commit that it was computed from, and nothing is committed here",
            "commit the records first: git init, git add records, git commit",
        ) from None
    if not asked.at:
        _demand_committed(here.session, commit)
    question = here._replace(session=at_commit(open_session(asked.at), commit))
    unread = question.session.unread
    if unread and not partial:
        raise Refused(
            f"{unread[0].place}: {unread[0].message}; figures without it would not be whole",
            "mend the record (mrtrack check tells how), or say --partial: the receipt names what is missing",
        )
    return computed(question, wanted, by, commit)


def computed(
    question: Question, wanted: "Sequence[Indicator]", by: "Dimension | None", commit: str
) -> "Data":
    """The receipt of figures that a question's records give; a figure made of others comes with these."""
    from mrtrack import __version__
    from mrtrack.cli.figures import figures_of
    from mrtrack.indicators.measuring import with_parts
    from mrtrack.indicators.receipts import Circumstances, receipt

    session, asked = question.session, question.asked
    figures = figures_of(question, list({one.id: one for one in with_parts(wanted)}.values()), by, named=True)
    filters = {key: value for key, value in asked.criteria.items() if value}
    if "evaluation" in filters:
        filters["evaluation"] = [session.find(name).evaluation.id for name in filters["evaluation"]]
    about = Circumstances(
        commit=commit,
        version=__version__,
        made=session.today,
        as_of=question.as_of,
        indicators=[one.id for one in wanted],
        by=by,
        view=asked.view,
        filters=filters,
        unread=[problem.path for problem in session.unread],
    )
    return receipt(figures, session.repository.readings, about)


def asked_again(told: "Data") -> Asked:
    """The shared options as a receipt tells them.

    Raises:
        Refused: where it tells of a filter that there is none of.
    """
    from mrtrack.edit.refusal import Refused
    from mrtrack.query.filters import CRITERIA, Filter

    given = told["asked"].get("filters") or {}
    unknown = set(given) - set(CRITERIA) if isinstance(given, dict) else {"?"}
    if unknown:
        raise Refused(f"this receipt has a filter that is not known here: {', '.join(sorted(unknown))}")
    nothing = Filter()
    criteria: dict[str, Any] = {
        key: value == "true" if isinstance(getattr(nothing, key), bool) else value
        for key, value in given.items()
    }
    return Asked(
        criteria=criteria,
        view=told["asked"].get("view"),
        as_of=told["as_of"],
        at=None,
        sort=None,
        limit=None,
        format=Format.TABLE,
        strict=False,
    )


def at_commit(session: "Session", commit: str) -> "Session":
    """The session that asks the files of a commit, its mrtrack.toml among them.

    Raises:
        git.GitError: where git cannot tell.
    """
    from mrtrack.config.root import SETTINGS_FILE
    from mrtrack.config.settings_file import parse_settings
    from mrtrack.git.versions import files_of

    root = session.repository.root
    content = files_of(root, commit, [SETTINGS_FILE]).get(SETTINGS_FILE, b"")
    settings, problems = parse_settings(content)
    repository = replace(session.repository, settings=settings, settings_problems=problems, commit=commit)
    return Session.of(repository, session.today)


def write(text: str, output: "Path | None") -> None:
    """Put a receipt to stdout, or to a file."""
    from mrtrack.cli import terminal
    from mrtrack.store.outputs import write_output

    if output is None:
        terminal.emit(text)
        return
    write_output(output, text.encode("utf-8"))
    terminal.remark(f"Written to {output}. To compute it again: mrtrack verify {output}")


def _demand_committed(session: "Session", commit: str) -> None:
    from mrtrack.config.root import SETTINGS_FILE
    from mrtrack.edit.refusal import Refused
    from mrtrack.git.branches import changed_files

    repository = session.repository
    changed = changed_files(repository.root, commit, [repository.settings.records, SETTINGS_FILE])
    if changed:
        named = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        files = "1 file is" if len(changed) == 1 else f"{len(changed)} files are"
        raise Refused(
            f"{files} not as last committed: {named}",
            "a receipt is of a commit: commit first, or take the figures of the last one with --at HEAD",
        )
