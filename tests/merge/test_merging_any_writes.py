"""Laws of merging: whatever two sides write, and whichever is called ours, no entry is lost or told against."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import event, given, settings
from hypothesis import strategies as st
from two_sides import PATH, RECORD

from mrtrack import timeline
from mrtrack.edit.answering import answer, course
from mrtrack.edit.beginnings import new_action
from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Operation
from mrtrack.edit.progress import ActionChange, action_progress
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import edit
from mrtrack.merge.merging import merge
from mrtrack.model.dates import parse_date
from mrtrack.model.record import Entry, Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.rules.rewriting import rewritten_history
from mrtrack.source.reader import Reading, read

FIRST_DAY = date(2021, 6, 1)


class Write(NamedTuple):
    """One thing that somebody records."""

    what: str
    nth: int
    days: int
    by: str
    comment: str | None
    value: int
    due: str | None
    corrects: int | None


writes = st.builds(
    Write,
    what=st.sampled_from(["progress"] * 8 + ["course", "answer", "add"]),
    nth=st.sampled_from([0, 0, 0, 0, 1, 3]),
    days=st.sampled_from([0, 0, 1, 3]),
    by=st.sampled_from(["M&E unit", "Evaluation office"]),
    comment=st.sampled_from(["So it is.", "Output # 5: late", "Two\nlines", None]),
    value=st.integers(0, 9),
    due=st.sampled_from([None, None, "2022", "2022-03"]),
    corrects=st.one_of(st.none(), st.none(), st.integers(0, 5)),
)
sides = st.lists(writes, min_size=1, max_size=5)


def written(begun: Reading, steps: Sequence[Write]) -> Reading:
    """The record after a person's writes; those that are refused, or would break it, change nothing."""
    reading, day = begun, FIRST_DAY
    for step in steps:
        day += timedelta(step.days)
        try:
            after = edit(reading, _operations(reading, step, day))
        except Refused:
            continue
        reading = reading if errors(after) else after
    return reading


def errors(reading: Reading) -> list[str]:
    return [problem.message for problem in check(reading, Settings()) if is_error(problem)]


def _operations(reading: Reading, step: Write, day: date) -> list[Operation]:
    evaluation = reading.evaluation
    assert evaluation
    recommendation = (evaluation.recommendations or ())[step.nth % 2]
    actions = (evaluation.recommendations or ())[0].actions or ()
    action = actions[step.nth]
    histories = {"progress": action.history, "course": evaluation.history}
    names = [name for name, _ in timeline.names(histories.get(step.what) or ())]
    corrects = names[step.corrects % len(names)] if names and step.corrects is not None else None
    recorded = Recorded(date=day, by=step.by, comment=step.comment, corrects=corrects)
    match step.what:
        case "progress":
            status = [*[None] * 6, *Status][step.value]
            verdict = Verdict.CONFIRMED if step.value == 5 else None
            change = ActionChange(
                status=status, due=parse_date(step.due) if step.due else None, verdict=verdict
            )
            return action_progress(("recommendations", 0, "actions", step.nth), action, change, recorded)
        case "course":
            return course(evaluation, [*EvaluationStatus][step.value % 4], None, recorded)
        case "answer":
            decision = [*Decision][step.value % 3]
            return answer(("recommendations", step.nth % 2), recommendation, decision, None, recorded)
        case _:
            given = {"text": f"Do the thing {step.value}.", "due": step.due}
            return new_action(evaluation, "1", given, recorded)[1]


def histories(evaluation: Evaluation | None) -> Iterator[tuple[str, Sequence[Entry]]]:
    assert evaluation
    yield "", evaluation.history or ()
    for recommendation in evaluation.recommendations or ():
        yield recommendation.id, (recommendation.response and recommendation.response.history) or ()
        for action in recommendation.actions or ():
            yield action.id, action.history or ()


def is_within(some: Sequence[Entry], whole: Sequence[Entry]) -> bool:
    """Whether all of the entries stand in the whole, in their order."""
    rest = iter(whole)
    return all(any(one == other for other in rest) for one in some)


def meant(entries: Sequence[Entry]) -> Counter[Any]:
    """Each correction with the entry that it names."""
    named = dict(timeline.names(entries))
    corrections = (entry for entry in entries if getattr(entry, "corrects", None))
    return Counter(f"{entry} {named[entry.corrects]}" for entry in corrections)  # type: ignore[attr-defined]


@given(sides, sides)
@settings(max_examples=15)
def test_merged_either_way_round_the_record_is_the_same_and_keeps_every_entry(
    here: list[Write], there: list[Write]
) -> None:
    base = read(RECORD.encode(), PATH)
    ours, theirs = written(base, here), written(base, there)
    one = merge(base.content, ours.content, theirs.content, PATH)
    other = merge(base.content, theirs.content, ours.content, PATH)
    places = [sorted(conflict.place for conflict in result.conflicts) for result in (one, other)]
    assert places[0] == places[1]
    event("conflict" if places[0] else "merged")
    assert one.content is not None
    assert other.content is not None
    if one.conflicts:
        assert one.content.count(b"<<<<<<< ours") == one.content.count(b">>>>>>> theirs") > 0
        return
    result = read(one.content, PATH)
    assert result.evaluation == read(other.content, PATH).evaluation
    assert not errors(result)
    whole = dict(histories(result.evaluation))
    for side in (base, ours, theirs):
        assert [problem.message for problem in rewritten_history(side, result) if is_error(problem)] == []
        for item, entries in histories(side.evaluation):
            assert is_within(entries, whole[item]), item
            assert not meant(entries) - meant(whole[item])
    for entries in whole.values():
        assert [entry.date for entry in entries] == sorted(entry.date for entry in entries)
