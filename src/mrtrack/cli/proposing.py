"""What a proposal consists of: the branch, the records to commit, the words, and where it goes; and its commit."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mrtrack.cli.session import Session
from mrtrack.config.root import SETTINGS_FILE
from mrtrack.edit.refusal import Refused
from mrtrack.git import GitError, commit, resolve, top
from mrtrack.git.addresses import Project, project_of
from mrtrack.git.branches import current_branch, main_branch
from mrtrack.git.remotes import (
    ahead_of,
    begin_branch,
    free_name,
    has_branch,
    is_proposed,
    is_taken_in,
    leave_branch,
    mark_proposed,
    push_address,
    push_remote,
    subject_of,
)
from mrtrack.git.work_tree import Dirty, dirty_files
from mrtrack.problems import is_error
from mrtrack.store.records import SUFFIX

if TYPE_CHECKING:
    from mrtrack.cli.diff import Sides

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `mrtrack propose` is about to do.

    `start` is the branch that is checked out, if any, and `at` the revision at which a new branch begins, if
    not here; `lacks_main` tells that the remote has no main branch yet. `left` are changed files that are no
    records, `destination` is the remote as it may be shown. `title` and `body` are the pull request's,
    `message` is the commit's, empty where all is committed.
    """

    root: Path
    branch: str
    is_new: bool
    start: str | None
    at: str | None
    main: str
    lacks_main: bool
    paths: tuple[str, ...]
    left: tuple[str, ...]
    title: str
    message: str
    body: str
    remote: str | None
    destination: str
    project: Project | None


def plan(session: Session, name: str | None) -> Plan:
    """What would be done to propose the change that is in the work tree, and on its branch.

    Raises:
        Refused: where there is nothing to propose, a merge is not finished, or `check` finds errors.
        git.GitError: where git cannot tell.
    """
    from mrtrack.cli.diff import markdown, open_sides

    root = session.repository.root
    whole_main = main_of(session)
    remote = push_remote(root)
    main = _without_remote(whole_main, remote)
    dirty = dirty_files(root)
    _demand_no_conflict(dirty)
    paths = [one.path for one in dirty if _is_ours(session, one)]
    start = current_branch(root)
    if not paths and (not ahead_of(root, whole_main) or is_taken_in(root, whole_main)):
        raise Refused("there is nothing to propose: no record differs", "mrtrack update changes one")
    sides = open_sides(None)
    _demand_valid(session, whole_main)
    title = _words(session, sides, paths)[0]
    subject, lines = _words(session, open_sides("HEAD"), paths)
    is_done = start is not None and is_proposed(root, start) and is_taken_in(root, whole_main)
    begins = start is None or start == main or is_done
    if name and start and not begins and name != start:
        raise Refused(
            f"you are on the branch {start}, and propose adds to it",
            f"leave the name out, or begin on the main branch: git switch {main}",
        )
    wanted = _given_name(name) if name else branch_name(title)
    address = push_address(root, remote) if remote else ""
    project = project_of(address)
    return Plan(
        root=root,
        branch=free_name(root, wanted, remote) if begins or start is None else start,
        is_new=begins,
        start=start,
        main=main,
        lacks_main=remote is not None and whole_main == main,
        paths=tuple(paths),
        left=tuple(one.path for one in dirty if not _is_ours(session, one)),
        at=whole_main if is_done else None,
        title=title,
        message="\n".join([subject, "", *lines]).rstrip() + "\n" if paths else "",
        body=markdown(sides, sides.differences(session.today)),
        remote=remote,
        destination=project.address if project else remote or "",
        project=project,
    )


def keep(planned: Plan) -> str | None:
    """Make the branch and the commit; answers with its short hash, None where nothing was left to commit.

    Raises:
        git.GitError: where git refuses; then the branch is gone again.
    """
    root = planned.root
    if planned.is_new:
        begin_branch(root, planned.branch, planned.at)
    try:
        made = commit(root, planned.paths, planned.message) if planned.paths else None
    except GitError:
        if planned.is_new:
            leave_branch(root, planned.branch, planned.start)
        raise
    mark_proposed(root, planned.branch)
    return made


def main_of(session: Session) -> str:
    """The main branch: that of the remote, as far as it is known here, else the one here.

    Raises:
        Refused: outside of any git repository, before the first commit, or where there is no main branch.
    """
    root = session.repository.root
    if top(root) is None:
        raise Refused("the records lie in no git repository", "mrtrack init makes one")
    try:
        resolve(root, "HEAD")
    except GitError:
        told = 'git add --all && git commit --message "Begin the records"'
        raise Refused("nothing is committed yet, so there is nothing to propose a change of", told) from None
    try:
        found = main_branch(root, session.repository.settings.git.main)
    except GitError as error:
        raise Refused(str(error), 'say in mrtrack.toml how it is called: [git] main = "trunk"') from None
    remote = push_remote(root)
    name = _without_remote(found, remote)
    return f"{remote}/{name}" if remote and has_branch(root, remote, name) else name


def branch_name(title: str) -> str:
    """The name of a branch for a change: its title in small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > LONGEST_NAME:
        words = words[: LONGEST_NAME + 1].rpartition("-")[0] or words[:LONGEST_NAME]
    return words or "change"


def _without_remote(revision: str, remote: str | None) -> str:
    return revision.removeprefix("origin/").removeprefix(f"{remote}/")


def _given_name(name: str) -> str:
    bad = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock(/|$)|(^|/)\.|\.$|/$|^[-/]", name)
    if bad or name == "@":
        raise Refused(f"“{name}” cannot be the name of a branch", "use letters, digits and hyphens")
    return name


def _is_ours(session: Session, one: Dirty) -> bool:
    records = f"{session.repository.settings.records}/"
    hidden = any(part.startswith(".") for part in Path(one.path).parts)
    is_record = one.path.startswith(records) and one.path.endswith(SUFFIX) and not hidden
    return one.inside and (is_record or one.path == SETTINGS_FILE)


def _demand_no_conflict(dirty: Sequence[Dirty]) -> None:
    torn = [one.path for one in dirty if one.is_conflict]
    if torn:
        raise Refused(
            f"a merge is not finished: {', '.join(torn[:3])}", "mrtrack merge --resolve, then commit it"
        )


def _demand_valid(session: Session, main: str) -> None:
    from mrtrack.store.against import check_against

    found = check_against(session.repository.root, main, session.today).problems
    errors = [problem for problem in found if is_error(problem)]
    if errors:
        first = errors[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Refused(
            f"the records have errors: {first.place}: {first.message}{more}",
            f"mrtrack check --base {main} tells them all; mend them first",
        )


def _words(session: Session, sides: "Sides", paths: Sequence[str]) -> tuple[str, list[str]]:
    from mrtrack.changes.differences import as_lines, headline

    found = sides.differences(session.today)
    settings = SETTINGS_FILE in paths
    if found.evaluations:
        return headline(found), [
            *as_lines(found),
            *(["", f"{SETTINGS_FILE} is changed as well."] if settings else []),
        ]
    if settings:
        return "Change the settings of the records", []
    if paths:
        return "Change how records are written", []
    return subject_of(session.repository.root), []
