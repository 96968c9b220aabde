"""Rows as CSV that a spreadsheet opens without running anything; pure text."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from mrtrack.model.harmless import clean

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
"""What a text begins with that a spreadsheet would compute, in the full width of East Asian letters too."""

Record = Mapping[str, Any]


def csv_text(items: Sequence[Record], keys: Sequence[str]) -> str:
    """Rows as CSV with a header; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(item.get(key)) for key in keys] for item in items)
    return out.getvalue()


def in_words(value: Any) -> str:  # noqa: ANN401 - a value of any column
    """The value of one cell as text: lists joined by semicolons, nothing where nothing is stated."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(in_words(item) for item in value)
    if isinstance(value, Mapping):
        return " ".join(in_words(item) for item in value.values())
    return clean(str(value))


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of any column
    text = in_words(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, (int, float)) else text
