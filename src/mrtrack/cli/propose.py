"""`mrtrack propose`: from a change of the records to a pull request."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mrtrack.cli.proposing import Plan
    from mrtrack.cli.session import Session
    from mrtrack.git.remotes import Proposal


def run(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The branch's name; made of the change unless given."),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="What was proposed from here, and what became of it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be done, and do nothing.")
    ] = False,
) -> None:
    """Make a pull request of what you changed.

    The changed records are put on a branch, committed and pushed; what opens is the page of the pull request,
    its text filled in. On a branch of your own, it adds to that one.
    """
    from mrtrack.cli.proposing import plan
    from mrtrack.cli.session import open_session

    session = open_session()
    if listing:
        _list(session)
        return
    planned = plan(session, name)
    if dry_run:
        _show(planned)
    else:
        _carry_out(planned)


def _show(planned: "Plan") -> None:
    from mrtrack.cli import terminal

    verb = "a new branch" if planned.is_new else "added to the branch"
    lines = [f"Branch   {planned.branch}, {verb}"]
    lines += [f"Commit   {path}" for path in planned.paths]
    lines += [f"Push to  {planned.destination}"] if planned.remote else []
    lines += ["Message", *(f"         {line}".rstrip() for line in planned.message.splitlines())]
    terminal.emit("".join(f"{terminal.clean(line)}\n" for line in lines))
    _tell_left(planned)
    _tell_missing(planned)
    terminal.remark("Nothing was done (--dry-run).")


def _carry_out(planned: "Plan") -> None:
    from mrtrack.cli import terminal
    from mrtrack.cli.proposing import keep

    commit = keep(planned)
    if commit:
        subject = planned.message.partition("\n")[0]
        terminal.remark(f"Committed as {commit} on the branch {planned.branch}: {subject}")
    _tell_left(planned)
    _tell_missing(planned)
    if planned.remote is None:
        return
    words = _pushed(planned, planned.remote)
    terminal.remark(f"Pushed {planned.branch} to {planned.destination}.")
    made, address = _address(planned, words)
    if address:
        terminal.remark("The merge request:" if made else "Open this address to make the pull request:")
        terminal.emit(f"{terminal.clean(address)}\n")
    else:
        terminal.remark(
            f"{planned.destination} is no hosting site that is known here; ask for the branch there."
        )
    if planned.is_new and planned.start:
        terminal.remark(f"You are on {planned.branch} now; git switch {planned.start} leads back.")


def _pushed(planned: "Plan", remote: str) -> str:
    from mrtrack.edit.refusal import Refused
    from mrtrack.git import GitError
    from mrtrack.git.addresses import Site
    from mrtrack.git.remotes import push

    options = []
    if planned.project and planned.project.site is Site.GITLAB:
        title, main = f"merge_request.title={planned.title}", f"merge_request.target={planned.main}"
        options = ["merge_request.create", title, main]
    try:
        return push(planned.root, remote, planned.branch, options)
    except GitError as error:
        behind = "fetch first" in str(error) or "non-fast-forward" in str(error)
        hint = (
            f"others added to the branch: git pull --rebase {remote} {planned.branch}, then propose again"
            if behind
            else f"the branch {planned.branch} is kept here; mrtrack propose tries again"
        )
        raise Refused(f"{planned.destination} did not take the branch: {error}", hint) from None


def _address(planned: "Plan", words: str) -> tuple[bool, str | None]:
    """Whether the host made the merge request by itself, and the address to go to."""
    from dataclasses import replace

    from mrtrack.git.addresses import Site, printed_address, pull_request_address

    printed, site = printed_address(words) or (None, None)
    if printed and site is Site.GITLAB and "/new" not in printed:
        return True, printed
    if planned.project is None:
        return False, printed
    project = replace(planned.project, site=planned.project.site or site)
    address = pull_request_address(project, planned.main, planned.branch, planned.title, planned.body)
    return False, address or printed


def _list(session: "Session") -> None:
    from mrtrack.cli import terminal
    from mrtrack.cli.proposing import main_of
    from mrtrack.git.remotes import proposals, push_remote, refresh

    root = session.repository.root
    main = main_of(session)
    remote = push_remote(root)
    if remote and not refresh(root, remote):
        terminal.remark(f"{remote} does not answer; this is what was known here before.")
    found = proposals(root, main)
    if not found:
        terminal.remark("Nothing was proposed from here, or all of it was taken away.")
    for one in found:
        terminal.emit(f"{one.branch}  {_became(one)}\n    {terminal.one_line(one.subject)}\n")


def _became(one: "Proposal") -> str:
    if one.is_merged:
        return f"merged; git branch --delete --force {one.branch} takes it away here"
    if not one.is_pushed:
        return "not pushed, or taken away at the remote without being merged"
    return "pushed, not merged yet" + (f"; {one.ahead} of its commits are not pushed" if one.ahead else "")


def _tell_left(planned: "Plan") -> None:
    from mrtrack.cli import terminal

    if planned.left:
        named = ", ".join(planned.left[:5]) + (" …" if len(planned.left) > 5 else "")
        terminal.remark(f"Left as it is, being no record: {terminal.one_line(named)}")


def _tell_missing(planned: "Plan") -> None:
    from mrtrack.cli import terminal

    if planned.remote is None:
        terminal.remark(
            "There is no remote to push to. Name the hosting site's address once: git remote add origin ADDRESS; "
            "then run mrtrack propose again."
        )
    elif planned.lacks_main:
        terminal.remark(
            f"{planned.destination} has no branch {planned.main} to compare with, as far as is known here; "
            f"once: git push --set-upstream {planned.remote} {planned.main}"
        )
