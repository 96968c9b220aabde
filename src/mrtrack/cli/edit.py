"""`mrtrack edit`: an item in the person's editor, checked before it is kept."""

from typing import Annotated

import typer

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import Commit


@spared_collector(WRITING)
def run(
    ref: Annotated[str, typer.Argument(metavar="REF", help="An evaluation, recommendation or action.")],
    commit: Commit = False,
) -> None:
    """Change an item in your editor.

    VISUAL or EDITOR names it. What you save is checked before it is kept.
    """
    from mrtrack.cli import terminal, writing
    from mrtrack.cli.editing import edit_in_editor
    from mrtrack.cli.session import open_session

    session = open_session()
    target = session.find(ref)
    write = edit_in_editor(session, target)
    if write is None:
        terminal.remark("Nothing was changed.")
        return
    writing.tell([write], [f"{target.ref}  edited"], dry_run=False)
    if commit:
        writing.commit(session, [write], f"{target.ref}: edited")
