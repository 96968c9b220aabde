"""`mrtrack schema`: the JSON Schema of a record."""

from pathlib import Path
from typing import Annotated

import typer


def run(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Write it to this file.")
    ] = None,
) -> None:
    """Print the JSON Schema of a record, for editors.

    An editor that is given it completes the keys and explains them.
    """
    from mrtrack.cli import terminal
    from mrtrack.model.json_schema import schema_text
    from mrtrack.store.outputs import write_output

    if output is None:
        terminal.emit(schema_text())
    else:
        write_output(output, schema_text().encode())
