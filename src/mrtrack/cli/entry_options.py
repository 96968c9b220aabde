"""The options that all writing commands share; they load nothing that writing itself needs."""

from typing import Annotated

import typer

By = Annotated[
    str | None, typer.Option(metavar="UNIT", help="Who records this: a role or unit, else a name.")
]
On = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="When it happened, if not today: 2021-07-15, 2021-07, until 2021-07-15."
    ),
]
Dated = Annotated[
    str | None, typer.Option("--date", metavar="DAY", help="The day of recording; today unless said.")
]
Comment = Annotated[
    str | None, typer.Option("--comment", "--reason", metavar="TEXT", help="What was done, or why.")
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="[TITLE=]URL", help="What proves it; may be repeated."),
]
Corrects = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", help="The entry of this day was wrong and counts for nothing (DAY#2: the second)."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change, write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit the record with git as well.")]
