"""A reading command's result, written in the format that was asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.cli import terminal
from mrtrack.cli.options import Format, Question
from mrtrack.cli.session import Session, unread_line

if TYPE_CHECKING:
    from mrtrack.cli.screens.parts import Piece

    Screen = Callable[[], Iterable[Piece]]


class Rows(NamedTuple):
    """Rows as JSON items: their kind, every key for CSV, and the headings of a Markdown table."""

    kind: str
    items: Sequence[Mapping[str, Any]]
    keys: Sequence[str]
    headings: Mapping[str, str]


def emit_rows(question: Question, rows: Rows, screen: "Screen") -> None:
    """Write rows: as a document, or on the screen that shows them to a person."""
    shown = question.asked.format is Format.TABLE
    text = page(question.session, screen()) if shown else _document(question, rows)
    question.session.close()
    terminal.emit(text)


def _document(question: Question, rows: Rows) -> str:
    from mrtrack.cli import formats

    unread = question.session.unread
    writers: dict[Format, Callable[[], str]] = {
        Format.JSON: lambda: formats.json_document(rows.kind, question.as_of, unread, rows.items),
        Format.CSV: lambda: formats.csv_text(rows.items, rows.keys),
        Format.MD: lambda: formats.markdown_table(rows.items, rows.headings),
    }
    return writers[question.asked.format]()


def page(session: Session, parts: "Iterable[Piece]") -> str:
    """The text of a screen, ending with a line about what could not be read, where there is any."""
    from mrtrack.cli.screens.parts import Text

    note = unread_line(session)
    return terminal.render(*parts, *([Text(note, style="bold red")] if note else []))
