"""Rows as JSON, CSV and Markdown, for what a command prints; pure text."""

from collections.abc import Mapping, Sequence

from mrtrack.reports.exports.delimited import Record, csv_text, in_words
from mrtrack.reports.exports.document import json_document, json_text
from mrtrack.reports.markdown import inline

__all__ = ["Record", "csv_text", "json_document", "json_text", "markdown_table"]


def markdown_table(items: Sequence[Record], columns: Mapping[str, str]) -> str:
    """Rows as a Markdown table under the given headings."""
    lines = [f"| {' | '.join(columns.values())} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(inline(in_words(item.get(key))) for key in columns)} |" for item in items]
    return "\n".join(lines) + "\n"
