"""A form as CSV, for those without a spreadsheet program that reads workbooks; the key stands in the last column."""

import csv
import io

from mrtrack.importers.answers.columns import ANSWERED, FINGERPRINTED, HEADINGS
from mrtrack.reports.exports.delimited import FORMULA
from mrtrack.reports.workbooks.form import Form


def csv_bytes(form: Form, *, guard: bool = True) -> bytes:
    """The CSV of a form, UTF-8 with the mark by which spreadsheets know it.

    With `guard` no cell can be taken for a formula: an apostrophe goes before its text.
    """
    keys = [*(["reasons"] if form.refused else []), *FINGERPRINTED, *ANSWERED, "unit", "key"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([HEADINGS[key] for key in keys])
    for line in form.lines:
        cells = {"unit": form.unit, **line.cells, "reasons": line.reasons, "key": line.key}
        texts = [str(cells.get(key, "")) for key in keys]
        writer.writerow([f"'{text}" if guard and text.startswith(FORMULA) else text for text in texts])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
