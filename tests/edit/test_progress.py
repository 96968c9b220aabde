"""Progress on an action, as operations: the entry that is added, and the present that it leads to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import apply
from mrtrack.edit.progress import ActionChange, action_progress
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import parse_date, parse_entry_name
from mrtrack.model.record import Action
from mrtrack.model.words import Status, Verdict

Keys = dict[str, Any]
TODAY = date(2026, 11, 22)
WORDS: dict[str, Callable[[str], Any]] = {"status": Status, "verdict": Verdict, "due": parse_date}


def action(*entries: Keys, **present: str) -> Keys:
    return {"id": "1.1", **present, **({"history": list(entries)} if entries else {})}


def entry(day: str, **keys: Any) -> Keys:
    return {"date": day, "by": "M&E unit", **keys}


def after(
    before: Keys,
    *,
    by: str = "Director",
    comment: str | None = None,
    corrects: str | None = None,
    **change: Any,
) -> Keys:
    """The action after the change, its new entry apart from what every entry says."""
    said = {key: WORDS[key](value) if key in WORDS else value for key, value in change.items()}
    recorded = Recorded(
        date=TODAY, by=by, comment=comment, corrects=parse_entry_name(corrects) if corrects else None
    )
    operations = action_progress((), Action.model_validate(before), ActionChange(**said), recorded)
    result: Keys = apply(before, operations)
    Action.model_validate(result)
    return result


def new_entry(result: Keys) -> Keys:
    return {
        key: value
        for key, value in result["history"][-1].items()
        if key not in ("date", "by", "comment", "corrects")
    }


LOGGED = action(
    entry("2021-01-10", due="2021-03", responsible="Chief", status="initiated"),
    entry("2021-05-01", due="2021-07", comment="Late."),
    due="2021-07",
    responsible="Chief",
    status="initiated",
)
SILENT = action(due="2021-07", responsible="Chief", status="initiated")


@pytest.mark.parametrize("before", [LOGGED, SILENT], ids=["logged", "silent"])
def test_everything_at_once_is_one_entry_and_the_present_follows(before: Keys) -> None:
    result = after(before, status="completed", due="2027", responsible="Director", comment="So it was.")
    assert [result[key] for key in ("status", "due", "responsible")] == ["completed", "2027", "Director"]
    assert len(result["history"]) == len(before.get("history", [])) + 1
    expected = {"status": "completed", "due": "2027", "responsible": "Director"}
    unlogged = {"previous_status": "initiated", "previous_responsible": "Chief"}
    silent = {**expected, "previous_due": "2021-07", "extra": unlogged}
    assert new_entry(result) == (expected if before is LOGGED else silent)


def test_a_comment_alone_leaves_the_present_as_it_is() -> None:
    result = after(SILENT, comment="News.")
    assert {key: value for key, value in result.items() if key != "history"} == SILENT
    assert new_entry(result) == {}


def test_the_date_before_a_correction_counts_as_the_one_that_moves() -> None:
    moved = after(SILENT, due="2022", comment="Late.")
    result = after(moved, due="2023", comment="2023 was meant.", corrects="2026-11-22")
    assert new_entry(result) == {"due": "2023", "previous_due": "2021-07"}
    assert result["due"] == "2023"


def test_a_correction_to_what_stood_before_names_no_value() -> None:
    result = after(LOGGED, due="2021-03", comment="It was not moved.", corrects="2021-05-01")
    assert new_entry(result) == {}
    assert result["due"] == "2021-03"


def test_a_correction_of_an_entry_without_values_needs_none() -> None:
    commented = after(SILENT, comment="News.")
    result = after(commented, comment="Of another action.", corrects="2026-11-22")
    assert [result[key] for key in ("status", "due", "responsible")] == ["initiated", "2021-07", "Chief"]


def test_the_lead_is_asked_for_where_only_the_struck_entry_named_one() -> None:
    with pytest.raises(Refused, match="--lead"):
        after(LOGGED, comment="Wrong.", corrects="2021-01-10")
    assert (
        after(LOGGED, comment="Wrong.", corrects="2021-01-10", responsible="Chief")["responsible"] == "Chief"
    )


@pytest.mark.parametrize(
    ("present", "status", "needed"),
    [
        ("completed", "initiated", True),
        ("no-longer-applicable", "not-initiated", True),
        ("completed", "no-longer-applicable", True),
        ("no-longer-applicable", "completed", False),
        ("initiated", "not-initiated", False),
        (None, "initiated", False),
        (None, "no-longer-applicable", True),
    ],
)
def test_re_opening_and_dropping_an_action_need_a_reason(
    present: str | None, status: str, *, needed: bool
) -> None:
    before = action(**({"status": present} if present else {}))
    if needed:
        with pytest.raises(Refused, match=r"^1\.1 (was|becomes) .*no reason is given"):
            after(before, status=status)
    assert after(before, status=status, comment="So it is.")["status"] == status


@pytest.mark.parametrize(("setter", "reader"), [("M&E unit", "Director"), (None, "M&E unit")])
def test_a_verdict_is_somebody_elses_or_about_a_status_that_nobody_signed(
    setter: str | None, reader: str
) -> None:
    stated = (
        entry("2021-05-01", status="completed") if setter else {"date": "2021-05-01", "status": "completed"}
    )
    assert new_entry(after(action(stated, status="completed"), by=reader, verdict="confirmed")) == {
        "verdict": "confirmed"
    }


def test_a_verdict_is_about_the_status_after_the_correction_that_comes_with_it() -> None:
    before = action(
        entry("2021-01-10", status="initiated"),
        {**entry("2021-05-01", status="completed"), "by": "Director"},
        status="completed",
    )
    with pytest.raises(Refused, match="was set by M&E unit"):
        after(before, by="M&E unit", verdict="confirmed", comment="Wrong.", corrects="2021-05-01")
    result = after(before, by="Director", verdict="confirmed", comment="Wrong.", corrects="2021-05-01")
    assert result["status"] == "initiated"


def test_a_refusal_names_every_value_that_stands_already() -> None:
    with pytest.raises(Refused) as refused:
        after(LOGGED, status="initiated", due="2021-07", responsible="Chief")
    assert (
        refused.value.message
        == "1.1 is initiated already and is due 2021-07 already and is led by Chief already, so nothing would change"
    )
