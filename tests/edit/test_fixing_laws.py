"""Laws of `check --fix` that hold for every record, however it is written."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from changes import WRITERS, disturbed
from mrtrack.edit.layout import new_record
from mrtrack.edit.operations import EditRefused
from mrtrack.edit.tidying import comments
from mrtrack.edit.verify import verify
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.rules.fixing import Fixed, fixes
from mrtrack.source.reader import Reading, read
from strategies import records, shuffled

Draw = Callable[..., Any]
USUAL = Settings()
LAYOUT = {"S353", "S355", "S356", "S357", "F106", "F107"}
IN_DOUBT = {"A402", "A403"}


@st.composite
def untidy(draw: Draw, *, with_comments: bool) -> Reading:
    """A record with keys in any order, numbers without quotes, spaces at line ends, in many layouts."""
    text = draw(st.sampled_from(WRITERS))(draw(records().flatmap(shuffled)))
    if with_comments:
        text = draw(disturbed(text))
    meant = read(text.encode(), "records/a.yaml").data
    for form, new in ((r'(?<=: )"([0-9.]+)"', r"\1"), (r"(?<=[a-z:])$", "  ")):
        candidate = re.sub(form, new, text, count=draw(st.integers(1, 9)), flags=re.MULTILINE)
        if read(candidate.encode(), "records/a.yaml").data == meant:
            text = candidate
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    reading = read(mark + text.encode(), "records/a.yaml")
    assume(reading.evaluation is not None and _readers_agree(reading))
    return reading


def _readers_agree(reading: Reading) -> bool:
    try:
        verify(reading, reading, [])
    except EditRefused:
        return False
    return True


def _codes(reading: Reading) -> set[str]:
    return {problem.code for problem in check(reading, USUAL)}


def _without_the_present(data: Any) -> Any:
    """The data without what the log may set; texts without the line breaks at their ends."""
    if isinstance(data, dict):
        logged = {"status", "due", "responsible", "decision", "planned_end"}
        kept = set(data) - logged if "history" in data else set(data)
        return {key: _without_the_present(data[key]) for key in kept}
    if isinstance(data, list):
        return [_without_the_present(item) for item in data]
    return data.rstrip("\n") if isinstance(data, str) else data


@settings(max_examples=40)
@given(untidy(with_comments=True))
def test_repairs_keep_what_is_said_and_every_comment_and_come_to_an_end(before: Reading) -> None:
    done = fixes(before, USUAL)
    after = done.reading
    assert bool(done.told) == (after.content != before.content)
    assert _without_the_present(after.data) == _without_the_present(before.data)
    assert before.tree
    assert after.tree
    assert comments(after.text, after.tree) == comments(before.text, before.tree)
    assert not {p.code for p in filter(is_error, check(after, USUAL))} - _codes(before)
    assert fixes(after, USUAL) == Fixed(after, ())


@settings(max_examples=40)
@given(untidy(with_comments=False))
def test_after_the_repairs_nothing_that_can_be_repaired_is_left(before: Reading) -> None:
    left = _codes(fixes(before, USUAL).reading)
    assert not left & LAYOUT
    assert "A401" not in left or left & IN_DOUBT


@settings(max_examples=40)
@given(records())
def test_a_record_as_mrtrack_writes_it_keeps_every_byte(data: dict[str, Any]) -> None:
    before = read(new_record(data).encode(), "records/a.yaml")
    assume("A401" not in _codes(before))
    assert fixes(before, USUAL) == Fixed(before, ())


@pytest.mark.long
@settings(max_examples=3000)
@given(untidy(with_comments=True))
def test_very_many_repairs_keep_what_is_said(before: Reading) -> None:
    after = fixes(before, USUAL).reading
    assert _without_the_present(after.data) == _without_the_present(before.data)
    assert fixes(after, USUAL) == Fixed(after, ())
