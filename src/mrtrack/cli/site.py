"""`mrtrack site`: the records as a static site in a folder."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mrtrack.cli.options import Question
    from mrtrack.reports.site.folder import Account
    from mrtrack.reports.site.subject import Stamp, Subject


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the site, new or built before.")
    ],
    partial: Annotated[
        bool, typer.Option("--partial", help="Build it even where a record cannot be read.")
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As it was on this day; entries recorded by then count."),
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="REV", help="From the files of a past commit.")] = None,
) -> None:
    """Build a site of all records: pages to open from disk, or to publish as they are.

    What has not changed since it was built last is left as it is. [publish] in mrtrack.toml says what is kept
    out of it, and its language.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.options import Asked, Format
    from mrtrack.cli.progress import progress
    from mrtrack.edit.refusal import Refused
    from mrtrack.reports.site.building import Site
    from mrtrack.reports.site.folder import write_site

    asked = Asked(
        criteria={},
        view=None,
        as_of=as_of,
        at=at,
        sort=None,
        limit=None,
        format=Format.TABLE,
        strict=False,
    )
    question = asked.open()
    repository = question.session.repository
    question.finish()
    if question.session.unread and not partial:
        raise Refused(
            "a record cannot be read, and the site would be without it",
            "mend it (mrtrack check tells how), or build what there is: --partial",
        )
    subject = _subject(question)
    gc.freeze()  # what was read stays until the end: looking through it again and again would take most of the time
    outputs = list(Site(subject, repository.root / repository.settings.templates).outputs())
    with progress("Building", len(outputs)) as advance:
        account = write_site(folder, outputs, advance)
    for line in _told(folder, subject, account):
        terminal.emit(f"{terminal.told(line)}\n")


def _subject(question: "Question") -> "Subject":
    from mrtrack.query.publishing import published_selection
    from mrtrack.reports.site.folder import digest
    from mrtrack.reports.site.subject import Subject

    repository = question.session.repository
    whole = question.selection({})
    read = {one.evaluation.id: one for one in repository.readings if one.evaluation}
    return Subject(
        whole=whole,
        shown=published_selection(whole, repository.settings.publish.omit),
        settings=repository.settings,
        digests={name: digest([one.content]) for name, one in read.items()},
        stamps=_stamps(question, {name: one.path for name, one in read.items()}),
        unread=question.session.unread,
    )


def _stamps(question: "Question", paths: dict[str, str]) -> dict[str, "Stamp"]:
    from mrtrack.git import GitError
    from mrtrack.git.last_changes import last_changes, uncommitted
    from mrtrack.reports.site.subject import Stamp

    repository = question.session.repository
    root, under = repository.root, repository.settings.records
    try:
        commits = last_changes(root, under, repository.commit or "HEAD")
        changed = set() if repository.commit else uncommitted(root, under)
    except GitError:
        return dict.fromkeys(paths, Stamp())
    ages = {path: age for age, path in enumerate(commits)}
    return {
        name: Stamp(commits.get(path, ""), path in changed, ages.get(path, len(ages)))
        for name, path in paths.items()
    }


def _told(folder: Path, subject: "Subject", account: "Account") -> "Iterator[str]":
    pages = sum(path.endswith(".html") for path in account.written)
    files = len(account.written) - pages
    evaluations = len(subject.evaluations)
    yield (
        f"{folder}: {evaluations:,} evaluation{'s' * (evaluations != 1)}, "
        f"{len(subject.shown.actions):,} actions, as of {subject.as_of.isoformat()}"
    )
    parts = [f"{pages:,} page{'s' * (pages != 1)} and {files:,} other file{'s' * (files != 1)} written"]
    parts += [f"{account.unchanged:,} unchanged"] * bool(account.unchanged)
    parts += [f"{len(account.removed):,} removed"] * bool(account.removed)
    yield ", ".join(parts) if account.written or account.removed else "nothing has changed since it was built"
    yield f"open {folder / 'index.html'}"
