"""Laws that hold for every history, however long and however often corrected."""

from datetime import date, timedelta
from typing import Any

from histories import Keys, action, evaluation
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.timeline import ActionState, action_on, corrected, last_value, names, standing

STATUSES = ("not-initiated", "initiated", "completed", "no-longer-applicable")
DUES = ("2021", "2021-Q1", "2021-03", "2021-03-31", "2021-04", "2022-02")
ALWAYS = date(2030, 1, 1)
BY_ENTRY_ALONE = ("original_due", "postponements", "verdict", "added", "updated", "last_comment", "documents")

days = st.dates(date(2020, 1, 1), date(2022, 12, 31))
said = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "due": st.sampled_from((*DUES, None)),
        "responsible": st.sampled_from(("Unit A", "Unit B")),
        "verdict": st.sampled_from(("confirmed", "not-confirmed")),
        "comment": st.sampled_from(("Begun.", "Nearly done.")),
        "on": st.sampled_from(("2020-05", "until 2020-12-31")),
        "documents": st.just([{"title": "Report"}]),
    },
)
present = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "due": st.sampled_from(DUES),
        "responsible": st.just("Unit C"),
    },
)
histories = st.lists(st.tuples(st.integers(0, 40), said), min_size=1, max_size=8).map(
    lambda steps: [
        {"date": str(date(2020, 1, 1) + timedelta(sum(gap for gap, _ in steps[: n + 1]))), **keys}
        for n, (_, keys) in enumerate(steps)
    ]
)


@st.composite
def corrected_histories(draw: st.DrawFn) -> list[Keys]:
    """A history in which some entries strike an earlier one, corrections among them."""
    entries = draw(histories)
    called = [str(name) for name, _ in names(action(*entries).history or ())]
    for index in range(1, len(entries)):
        if draw(st.booleans()):
            entries[index] = {**entries[index], "corrects": draw(st.sampled_from(called[:index]))}
    return entries


def stood(entries: list[Keys], keys: Keys, as_of: date) -> ActionState:
    found = action_on(action(*entries, **keys), evaluation(), as_of)
    assert found
    return found


def first_day(entries: list[Keys]) -> date:
    return date.fromisoformat(entries[0]["date"])


def correction(of: str) -> Keys:
    return {"date": str(ALWAYS), "corrects": of, "comment": "A mistake."}


def without(state: ActionState, *left_out: str) -> dict[str, Any]:
    return {key: value for key, value in state._asdict().items() if key not in left_out}


@given(corrected_histories(), present, st.data())
def test_a_later_entry_changes_nothing_but_what_the_log_did_not_say_by_then(
    entries: list[Keys], keys: Keys, data: st.DataObject
) -> None:
    as_of = data.draw(st.dates(first_day(entries), date(2021, 1, 1)))
    by_then = [entry for entry in entries if date.fromisoformat(entry["date"]) <= as_of]
    now, then = stood(entries, keys, as_of), stood(by_then, keys, as_of)
    for key in BY_ENTRY_ALONE:
        assert getattr(now, key) == getattr(then, key)
    valid = standing(action(*by_then).history)
    for key in ("status", "due", "responsible"):
        named, value = last_value(valid, key)
        if named:
            assert getattr(now, key) == getattr(then, key) == value
        else:
            written = getattr(action(**keys), key)
            assert getattr(then, key) == written
            assert getattr(now, key) in (written, None)


@given(histories, present, st.data())
def test_a_corrected_entry_is_as_if_it_had_never_been(
    entries: list[Keys], keys: Keys, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    called = [str(name) for name, _ in names(action(*entries).history or ())]
    struck = stood([*entries, correction(called[index])], keys, ALWAYS)
    last = {"date": str(ALWAYS), "comment": "A mistake."}
    never = stood([*entries[:index], *entries[index + 1 :], last], keys, ALWAYS)
    # The action was there from its first entry all the same; a verdict falls with the status that it judged.
    aside = {"added", "original_due"} if index == 0 else set()
    aside |= {"verdict"} if "status" in entries[index] else set()
    assert without(struck, *aside) == without(never, *aside)


@given(corrected_histories())
def test_a_verdict_that_stands_was_given_about_the_status_that_stands(entries: list[Keys]) -> None:
    found = stood(entries, {}, ALWAYS)
    judged = [
        stood(entries[: index + 1], {}, ALWAYS).status
        for index, entry in enumerate(entries)
        if entry.get("verdict") == found.verdict
    ]
    assert found.verdict is None or found.status in judged


@given(corrected_histories(), present, st.data())
def test_a_corrected_correction_is_as_if_nothing_had_been_corrected(
    entries: list[Keys], keys: Keys, data: st.DataObject
) -> None:
    called = [str(name) for name, _ in names(action(*entries).history or ())]
    wrong = {**correction(data.draw(st.sampled_from(called))), "date": "2029-01-01"}
    after = stood([*entries, wrong, correction("2029-01-01")], keys, ALWAYS)
    before = stood([*entries, {"date": str(ALWAYS), "comment": "A mistake."}], keys, ALWAYS)
    assert after == before


@given(corrected_histories())
def test_only_an_entry_that_counts_strikes_and_only_an_earlier_one(entries: list[Keys]) -> None:
    void = corrected(action(*entries).history or ())
    assert all(struck < by for struck, by in void.items())
    assert not set(void) & set(void.values())


@given(corrected_histories(), present, days)
def test_what_follows_from_a_state_agrees_with_itself(entries: list[Keys], keys: Keys, as_of: date) -> None:
    found = action_on(action(*entries, **keys), evaluation(), as_of)
    if found is None:
        assert as_of < first_day(entries)
        return
    late = found.days_overdue(as_of)
    assert (late > 0) == (found.open and found.due is not None and found.due.last < as_of)
    assert not (late and found.due_within(as_of, 30))
    assert found.disputed <= (found.status == "completed")
    assert (found.completed_on is None) == (found.completed_basis is None)
    assert found.completed_on is None or found.status == "completed"
    assert found.open == (found.status not in ("completed", "no-longer-applicable"))


@given(corrected_histories())
def test_there_are_fewer_postponements_than_dates_in_the_log(entries: list[Keys]) -> None:
    found = stood(entries, {}, ALWAYS)
    dated = [entry for entry in standing(action(*entries).history) if entry.due]
    assert len(found.postponements) <= max(0, len(dated) - 1)
    assert all(move.before.last < move.after.last for move in found.postponements)


@given(histories, st.integers(0, 400))
def test_a_day_later_an_untouched_action_is_a_day_later(entries: list[Keys], ahead: int) -> None:
    found = stood(entries, {}, ALWAYS)
    today = ALWAYS - timedelta(ahead)
    if found.days_overdue(today):
        assert found.days_overdue(today + timedelta(1)) == found.days_overdue(today) + 1
