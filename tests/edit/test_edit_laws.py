"""Laws of editing that hold for every record, every change and every way a text is written."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from changes import WRITERS, additions, changes, disturbed
from mrtrack.edit.layout import new_record
from mrtrack.edit.operations import EditRefused, Operation, apply
from mrtrack.edit.verify import edit, verify
from mrtrack.problems import is_error
from mrtrack.source.reader import Reading, read
from strategies import records

Draw = Callable[..., Any]


@st.composite
def texts(draw: Draw) -> Reading:
    """A valid record in one of many layouts, with comments and blank lines anywhere."""
    data = draw(records())
    text = draw(disturbed(draw(st.sampled_from(WRITERS))(data)))
    reading = read(text.encode(), "records/a.yaml")
    assume(not any(map(is_error, reading.problems)) and _readers_agree(reading))
    return reading


def _readers_agree(reading: Reading) -> bool:
    """Whether both readers read it alike; other programs do not always write what they meant."""
    try:
        verify(reading, reading, [])
    except EditRefused:
        return False
    return True


def _stands_first_behind_a_dash(data: Any, operation: Operation) -> bool:
    *above, step = operation.path
    for key in above:
        data = data[key]
    return bool(above) and isinstance(above[-1], int) and next(iter(data)) == step


@settings(max_examples=40)
@given(texts(), st.data())
def test_every_change_of_every_text_says_what_was_meant(before: Reading, data: st.DataObject) -> None:
    operations = data.draw(changes(before.data))
    verify(before, edit(before, operations), operations)


@pytest.mark.long
@settings(max_examples=5000)
@given(texts(), st.data())
def test_very_many_changes_say_what_was_meant(before: Reading, data: st.DataObject) -> None:
    operations = data.draw(changes(before.data))
    verify(before, edit(before, operations), operations)


@settings(max_examples=25)
@given(texts(), st.data())
def test_an_addition_touches_no_more_than_the_line_it_is_added_to(
    before: Reading, data: st.DataObject
) -> None:
    operation = data.draw(additions(before.data))
    after = edit(before, [operation])
    touched = [line for line in (Counter(before.lines) - Counter(after.lines)).elements() if line]
    assert len(touched) <= 1
    assert all("]" in line or "}" in line for line in touched)


@settings(max_examples=25)
@given(records(), st.data())
def test_a_record_added_to_looks_like_one_laid_out_anew(data: dict[str, Any], draws: st.DataObject) -> None:
    operation = draws.draw(additions(data))
    meant = apply(data, [operation])
    assume(not _stands_first_behind_a_dash(meant, operation))
    after = edit(read(new_record(data).encode(), "records/a.yaml"), [operation])
    assert after.text == new_record(meant)
