"""Whatever is done to a form: an entry, nothing, or a refusal with its cell; and nothing else changes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from answer_edits import Edited, check_law, edits


@settings(max_examples=4)
@given(edits(12))
def test_random_edits_land_as_entries_or_are_refused_with_their_cell(edited: Edited) -> None:
    with TemporaryDirectory() as folder:
        check_law(Path(folder), edited)
