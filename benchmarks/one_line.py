"""A Typer program of two commands that prints one line: the least that any command of mrtrack can cost."""

import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def hello() -> None:
    """Print a line."""
    typer.echo("Everything is on time.")


@app.command()
def goodbye() -> None:
    """Print another line."""
    typer.echo("Nothing is overdue.")


if __name__ == "__main__":
    app()
