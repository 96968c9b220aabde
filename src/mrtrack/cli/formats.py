"""The JSON documents of the contract (DESIGN.md section 3), and rows as table, CSV and Markdown; pure text."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mrtrack.cli.terminal import HARMFUL, clean
from mrtrack.problems import Problem
from mrtrack.reports.markdown import inline

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Record = Mapping[str, Any]


def json_document(kind: str, as_of: date | None, unread: Sequence[Problem], items: Sequence[Any]) -> str:
    """A JSON document of the contract; `unread` names what could not be read, with its first problem."""
    document = {
        "schema_version": 1,
        "kind": kind,
        "as_of": as_of.isoformat() if as_of else None,
        "complete": not unread,
        "unread": [
            {"path": problem.path, "line": problem.line, "problem": problem.message} for problem in unread
        ],
        "items": list(items),
    }
    return json_text(document)


def json_text(document: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """A document as JSON; what could command a terminal is written as JSON's escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return HARMFUL.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def csv_text(items: Sequence[Record], keys: Sequence[str]) -> str:
    """Rows as CSV with a header; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(item.get(key)) for key in keys] for item in items)
    return out.getvalue()


def markdown_table(items: Sequence[Record], columns: Mapping[str, str]) -> str:
    """Rows as a Markdown table under the given headings."""
    lines = [f"| {' | '.join(columns.values())} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(inline(_plain(item.get(key))) for key in columns)} |" for item in items]
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:  # noqa: ANN401 - a value of any column
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return " ".join(_plain(item) for item in value.values())
    return clean(str(value))


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of any column
    text = _plain(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, (int, float)) else text
