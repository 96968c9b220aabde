"""The law of taking answers, over more than 500 edited rows."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from answer_edits import Edited, check_law, edits

pytestmark = pytest.mark.long


def test_500_edited_rows_land_as_entries_or_are_refused_with_their_cells() -> None:
    fates: Counter[str] = Counter()

    @settings(max_examples=50)
    @given(edits(12))
    def law(edited: Edited) -> None:
        with TemporaryDirectory() as folder:
            fates.update(one.fate.value for one in check_law(Path(folder), edited))

    law()
    assert fates.total() >= 500
    assert min(fates["taken"], fates["refused"]) > 100
