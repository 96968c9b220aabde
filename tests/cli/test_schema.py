"""`mrtrack schema` prints what an editor needs, or writes it to a file."""

import json
from pathlib import Path

from conftest import Run


def test_the_schema_is_printed_and_written_alike(folder: Path, mrtrack: Run) -> None:
    printed = mrtrack("schema")
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out)["properties"]["organisation"]["description"]
    written = mrtrack("schema", "-o", "evaluation.schema.json")
    assert (written.code, written.out) == (0, "")
    assert (folder / "evaluation.schema.json").read_text(encoding="utf-8") == printed.out


def test_a_file_that_cannot_be_written_is_named(folder: Path, mrtrack: Run) -> None:
    answer = mrtrack("schema", "-o", str(folder / "nowhere" / "schema.json"))
    assert (answer.code, answer.out) == (1, "")
    assert f"there is no folder {folder / 'nowhere'}" in answer.err
