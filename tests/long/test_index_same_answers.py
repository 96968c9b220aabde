"""The index never differs from the records: many repositories, many edits, many questions."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from both_ways import DAYS, EDITS, demand_same_answers

pytestmark = pytest.mark.long


@settings(max_examples=60)
@given(
    st.integers(0, 2**32),
    st.lists(st.sampled_from(sorted(EDITS)), max_size=8),
    st.sampled_from((*DAYS, "2028-01-01")),
)
def test_after_any_edits_on_any_day_every_question_has_the_same_answer(
    seed: int, edits: list[str], day: str
) -> None:
    with pytest.MonkeyPatch.context() as today:
        today.setenv("MRTRACK_TODAY", day)
        demand_same_answers(Random(seed), edits, questions=6)  # noqa: S311 - nothing secret
