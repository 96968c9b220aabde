"""`mrtrack site`: the records as a static site in a folder."""

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mrtrack.cli.options import Question
    from mrtrack.reports.site.folder import Account
    from mrtrack.reports.site.subject import Stamp, Subject
    from mrtrack.source.reader import Reading
    from mrtrack.store.shelf import Shelf


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the site, new or built before.")
    ],
    partly: Annotated[
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
    from mrtrack.reports.site.former import Former
    from mrtrack.reports.site.seen import Seen
    from mrtrack.store.shelf import shelf

    gc.disable()  # what is read stays until the end: looking for what may go would take a third of the time
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
    with shelf(repository.root, "site") as kept:
        subject = _subject(question, kept)
        for problem in subject.unread:
            terminal.remark(terminal.one_line(f"{problem.place}: {problem.message}"))
        if subject.unread and not partly:
            raise Refused(
                "a record cannot be read, and the site would be without it",
                "mend it (mrtrack check tells how), or build what there is: --partial",
            )
        gc.freeze()
        gc.enable()
        seen = Seen(folder, kept.load, kept.keep)
        former = Former(folder, seen, kept.load, kept.keep)
        templates = repository.root / repository.settings.templates
        site = Site(subject, templates, kept.load, kept.keep, kept.want, former)
        outputs = list(site.outputs())
        with progress("Building", len(outputs)) as advance:
            account = write_site(folder, outputs, advance, seen)
        former.done()
    if account.mended:
        terminal.remark("The last build was broken off; what it left undone is made good.")
    for line in _told(folder, subject, account):
        terminal.emit(f"{terminal.told(line)}\n")


def _subject(question: "Question", kept: "Shelf") -> "Subject":
    from itertools import chain

    from mrtrack.query.selection import Selection
    from mrtrack.reports.site.kept import Keeper, Kept
    from mrtrack.reports.site.subject import Subject

    repository = question.session.repository
    keeper = Keeper(repository.settings, question.as_of, kept.load, kept.keep)
    paths: dict[str, str] = {}
    known: list[Kept] = []
    failed: list[Reading] = []
    for path, content in repository.contents():
        read = partial(repository.reading_of_content, path, content)
        one = read() if isinstance(content, OSError) else keeper.of(content, read)
        if isinstance(one, Kept):
            paths[one.evaluation] = path
            known.append(one)
        else:
            failed.append(one)

    def together(selections: "list[Selection]") -> Selection:
        return Selection(
            question.as_of,
            tuple(chain.from_iterable(one.evaluations for one in selections)),
            tuple(chain.from_iterable(one.recommendations for one in selections)),
            tuple(chain.from_iterable(one.actions for one in selections)),
        )

    full = {one.evaluation: one.full for one in known}
    return Subject(
        whole=together([one.whole for one in known]),
        shown=together([one.shown for one in known]),
        settings=repository.settings,
        digests={one.evaluation: one.digest for one in known},
        stamps=_stamps(question, paths),
        same={one.evaluation: one.same for one in known},
        days={one.evaluation: one.days for one in known},
        marks={
            row.ref: mark for one in known for row, mark in zip(one.shown.actions, one.marks, strict=True)
        },
        full=lambda name: full[name](),
        unread=question.session.unread_of(failed),
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
