"""The words that settings teach: typed in part, in the organisation's own terms, in any spelling."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mrtrack.model.setting_keys import keys_at, setting_keys
from mrtrack.model.settings import Settings, View
from mrtrack.model.wording import (
    label,
    read_decision,
    read_evaluation_status,
    read_status,
    read_wanted,
    read_word,
    same_unit,
)
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

BUILT_IN = ("overdue", "due-soon", "stale", "open", "disputed", "no-response", "no-evidence")
PLAIN = Settings()
OWN = Settings.model_validate(
    {
        "labels": {
            "status": {"completed": "Implemented", "no-longer-applicable": "Closed, not implemented"},
            "decision": {"accepted": "Agreed"},
        },
        "aliases": {
            "status": {"done": "completed", "Overdue - Initiated": "initiated"},
            "decision": {"partially agreed": "partially-accepted"},
        },
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("completed", Status.COMPLETED),
        ("c", Status.COMPLETED),
        ("COMP", Status.COMPLETED),
        ("not initiated", Status.NOT_INITIATED),
        ("not", Status.NOT_INITIATED),
        ("  No   Longer ", Status.NO_LONGER_APPLICABLE),
        ("no_longer_applicable", Status.NO_LONGER_APPLICABLE),
        ("i", Status.INITIATED),
    ],
)
def test_a_status_is_understood_by_any_unique_beginning(typed: str, meant: Status) -> None:
    assert read_status(typed, PLAIN) is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Implemented", Status.COMPLETED),
        ("impl", Status.COMPLETED),
        ("completed", Status.COMPLETED),
        ("DONE", Status.COMPLETED),
        ("closed", Status.NO_LONGER_APPLICABLE),
        ("overdue-initiated", Status.INITIATED),
        ("ini", Status.INITIATED),
    ],
)
def test_the_organisations_labels_and_aliases_are_understood(typed: str, meant: Status) -> None:
    assert read_status(typed, OWN) is meant


def test_decisions_and_other_words_are_read_in_the_same_way() -> None:
    assert read_decision("part", PLAIN) is Decision.PARTIALLY_ACCEPTED
    assert read_decision("agreed", OWN) is Decision.ACCEPTED
    assert read_decision("Partially  agreed", OWN) is Decision.PARTIALLY_ACCEPTED
    assert read_evaluation_status("can", OWN) is EvaluationStatus.CANCELLED
    assert read_word("not", Verdict, OWN) is Verdict.NOT_CONFIRMED
    assert read_word("highly S", Rating, OWN) is Rating.HIGHLY_SATISFACTORY


def said(typed: str, words: Any, settings: Settings) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        read_word(typed, words, settings)
    return str(caught.value)


def test_an_unknown_word_is_answered_with_all_that_are_known() -> None:
    assert said("finished", Status, PLAIN) == (
        "“finished” is no status of an action; write one of: "
        "not-initiated, initiated, completed, no-longer-applicable"
    )
    assert said("yes", Decision, PLAIN) == (
        "“yes” is no decision; write one of: accepted, partially-accepted, rejected"
    )
    assert said("open", EvaluationStatus, PLAIN) == (
        "“open” is no status of an evaluation; write one of: planned, ongoing, completed, cancelled"
    )
    assert said("don", Status, OWN) == (
        "“don” is no status of an action; write one of: not-initiated, initiated, Implemented (completed), "
        "Closed, not implemented (no-longer-applicable)"
    )
    assert said("", Status, PLAIN).startswith("“” is no status of an action; write one of: ")
    assert said("-", Status, PLAIN).startswith("“-” is no status of an action; write one of: ")
    assert said("not-stated", Status, PLAIN).startswith("“not-stated” is no status of an action; ")


def test_a_beginning_of_several_words_names_them() -> None:
    assert said("n", Status, PLAIN) == (
        "“n” could be not-initiated or no-longer-applicable; write more of the word"
    )
    assert said("I", Status, OWN) == (
        "“I” could be initiated or Implemented (completed); write more of the word"
    )
    assert said("highly", Rating, PLAIN) == (
        "“highly” could be highly-satisfactory or highly-unsatisfactory; write more of the word"
    )


def test_a_filter_may_ask_for_what_is_not_stated() -> None:
    assert read_wanted("not stated", Status, PLAIN) == "not-stated"
    assert read_wanted("not-s", Decision, PLAIN) == "not-stated"
    assert read_wanted("impl", Status, OWN) == "completed"
    assert type(read_wanted("completed", Status, PLAIN)) is str
    with pytest.raises(ValueError, match="“not” could be not-initiated or not-stated;"):
        read_wanted("not", Status, PLAIN)


@given(st.sampled_from(Status), st.integers(1, 30), st.booleans(), st.sampled_from("- _"))
def test_a_beginning_means_its_word_or_is_refused_as_unclear(
    word: Status, length: int, upper: bool, joint: str
) -> None:
    typed = word.replace("-", joint)[:length]
    typed = typed.upper() if upper else typed
    try:
        assert read_status(typed, PLAIN) is word
    except ValueError as error:
        assert word in str(error).partition(" could be ")[2]  # noqa: PT017 - either outcome is right


def test_words_are_shown_as_the_organisation_calls_them() -> None:
    assert label(Status.COMPLETED, OWN) == "Implemented"
    assert label(Decision.ACCEPTED, OWN) == "Agreed"
    assert label(EvaluationStatus.COMPLETED, OWN) == "completed"
    assert label(Decision.PARTIALLY_ACCEPTED, PLAIN) == "partially accepted"
    assert label(Verdict.NOT_CONFIRMED, PLAIN) == "not confirmed"
    assert label(None, OWN) == "not stated"


def test_every_spelling_of_a_unit_is_the_unit() -> None:
    settings = Settings.model_validate(
        {"units": {"Communications Team": {"aliases": ["Communication team", "Équipe  Com"]}}}
    )
    spellings = ("communications  TEAM", "Communication Team", " équipe com", "E\u0301quipe Com")
    assert {same_unit(name, settings) for name in spellings} == {"Communications Team"}


def test_a_unit_that_is_not_declared_keeps_its_own_name() -> None:
    assert same_unit("Policy  and\tPartnership Team ", PLAIN) == "Policy and Partnership Team"
    assert same_unit("PSU", PLAIN) != same_unit("psu", PLAIN)


def test_a_view_holds_closed_words_as_records_write_them() -> None:
    views = {"late": {"status": ["impl", "not-stated"], "decision": "agreed", "evaluation_status": "can"}}
    view = Settings.model_validate({**OWN.model_dump(), "views": views}).views["late"]
    assert (view.status, view.decision) == (("completed", "not-stated"), ("accepted",))
    assert view.evaluation_status == ("cancelled",)
    assert view.model_dump(exclude_unset=True) == {
        "status": ("completed", "not-stated"),
        "decision": ("accepted",),
        "evaluation_status": ("cancelled",),
    }


def test_a_view_takes_one_word_or_several_and_dates_of_any_precision() -> None:
    given_view = {"unit": "PSU", "tag": ["a", "b"], "due_before": "2021-Q3", "overdue": True, "limit": 3}
    view = Settings.model_validate({"views": {"mine": given_view}}).views["mine"]
    assert (view.unit, view.tag, view.overdue, view.limit) == (("PSU",), ("a", "b"), True, 3)
    assert str(view.due_before) == "2021-Q3"
    assert view.kind == "actions"
    assert View(due_before=view.due_before) == View.model_validate({"due_before": "2021-Q3"})


def test_settings_survive_being_written_and_read_again() -> None:
    views = {"late": {"status": "impl", "due_after": "2021-07"}}
    rest = {"severity": {"key-order": "off"}, "extra": {"action": {"cost": "number"}}}
    settings = Settings.model_validate({**OWN.model_dump(), "views": views, **rest})
    assert Settings.model_validate_json(settings.model_dump_json(exclude_defaults=True)) == settings


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PLAIN.days.stale = 3  # type: ignore[misc]


def leaves(block: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in block.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*above, key))
        elif isinstance(value, tuple) and value:
            yield from leaves(value[0], (*above, key))
        else:
            yield (*above, key)


def test_the_listed_keys_are_the_keys_that_settings_hold() -> None:
    one = {"record": "water-2021", "reason": "Twice."}
    named: dict[str, Any] = {
        "units": {"NAME": {}},
        "views": {"NAME": {}},
        "history": {"exceptions": [one]},
    }
    held = {".".join(path) for path in leaves(Settings.model_validate(named).model_dump())}
    assert held == set(setting_keys())


def test_the_keys_of_a_table_are_found_by_its_path() -> None:
    assert keys_at(("days",)) == ("long_overdue", "due_soon", "stale", "response")
    assert keys_at(("units", "PSU")) == ("aliases", "members", "organisation")
    assert keys_at(("labels", "status")) == keys_at(("severity", "x")) == keys_at(("nothing", "x")) == ()
    assert keys_at(("history", "exceptions", 0)) == ("record", "item", "entry", "rule", "reason")
    assert "views" in keys_at(())


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            {"days": {"stale": 0}},
            "days.stale: the number is too small; write a whole number from 1 to 36500,",
        ),
        ({"days": {"stale": 36_501}}, "days.stale: the number is too large; write a whole number from 1 to"),
        (
            {"records": 5},
            'records: a number stands here, where a text belongs; write one line in quotes: "…"',
        ),
        (
            {"write": {"by": "a@example.org"}},
            "write.by: “a@example.org” is an e-mail address, and records hold none; write a role or a unit:",
        ),
        (
            {"views": {"late": {"status": ["initiated", "finished"]}}},
            "views.late.status.1: “finished” is no status of an action; write one of: not-initiated, initiated,",
        ),
        (
            {"views": {"late": {"due_before": 10_000}}},
            "views.late.due_before: a number stands here, where a date belongs; write 2021, 2021-Q3, 2021-07",
        ),
        ({"views": {"late": {"due_before": 0}}}, "views.late.due_before: “0000”: there is no year 0; write"),
        (
            {"days": {"stale": True}},
            "days.stale: true or false stands here, where a number belongs; write a whole",
        ),
        (
            {"history": {"exceptions": "x"}},
            "history.exceptions: a text stands here, where a list of tables belongs; write [[history.exceptions]]",
        ),
        (
            {"history": {"exceptions": [{"record": "a", "reason": "b", "entry": "soon"}]}},
            "history.exceptions.0.entry: “soon” names no entry; write the day of the entry, ",
        ),
        (
            {"labels": {"status": {"nope": "x"}}, "views": {"late": {"status": "impl"}}},
            "labels.status.nope.[key]: “nope” is no status of an action; write one of: ",
        ),
        (
            {"severity": {"key-order": "bad"}},
            'severity.key-order: “bad” is no severity; write one of: "error", "warning", "info", "off"',
        ),
        *(
            (
                {"views": {name: {}}},
                f"views.{name}.[key]: “{name}” is a list that mrtrack has already; give the",
            )
            for name in [
                "overdue",
                "due-soon",
                "stale",
                "open",
                "disputed",
                "no-response",
                "no-evidence",
                "actions",
                "evaluations",
            ]
        ),
    ],
)
def test_a_setting_that_cannot_stand_is_told_with_its_place_and_its_remedy(keys: Any, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate(keys)
    (fault,) = caught.value.errors()
    place = ".".join(map(str, fault["loc"]))
    assert fault["type"] == "wrong-value"
    assert f"{place}: {fault['msg']}; {fault['ctx']['hint']}".startswith(told)


def test_every_rule_about_history_can_be_excepted_by_its_name() -> None:
    names = (
        "item-removed item-renumbered item-moved entry-removed entry-changed entries-reordered entries-fused"
    )
    listed = [
        {"record": "a", "reason": "b", "rule": rule} for rule in (*names.split(), "changed-without-entry")
    ]
    held = Settings.model_validate({"history": {"exceptions": listed}}).history.exceptions
    assert [one.rule for one in held] == [one["rule"] for one in listed]


def test_a_number_at_its_limit_stands() -> None:
    view = {"due_before": 9999, "due_after": 1}
    held = Settings.model_validate({"days": {"stale": 36_500, "due_soon": 1}, "views": {"late": view}})
    assert (held.days.stale, held.days.due_soon) == (36_500, 1)
    assert (str(held.views["late"].due_before), str(held.views["late"].due_after)) == ("9999", "0001")
