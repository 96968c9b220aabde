"""The record has the keys of the design, in its order, and requires no more than the design requires."""

from typing import Any

import pytest
from pydantic import ValidationError

from mrtrack.model.dates import parse_date
from mrtrack.model.record import (
    Accepted,
    Action,
    ActionEntry,
    Classification,
    Document,
    Evaluation,
    EvaluationEntry,
    Gef,
    ManagementResponse,
    Part,
    Period,
    Person,
    Position,
    Quality,
    Recommendation,
    Response,
    ResponseEntry,
    Source,
)

ENTRY = (
    "date* on by status decision due previous_due responsible planned_end comment documents verdict corrects "
    "internal extra"
)
DESIGN: dict[type[Part], str] = {
    Evaluation: (
        "schema* id* title description organisation partners same_evaluation commissioned_by type status "
        "reason period plan planned_end completed report_date budget expenditure funding project_numbers "
        "joint_programme joint_evaluation gef classification countries team stakeholders tags quality "
        "sources documents management_response lessons findings recommendations history accepted extra"
    ),
    Period: "from to",
    Classification: "sdg_goals sdg_targets focus_areas outcomes",
    Gef: "title type focal_area project_type phase project_id pims",
    Quality: "rating date",
    Document: "title kind language url sha256",
    Source: "title kind language url sha256 retrieved",
    Person: "name title date nationality",
    ManagementResponse: "required unit due submitted prepared_by approved_by text documents",
    Recommendation: ("id* number part_of addressed_to title priority text response actions accepted extra"),
    Response: "decision date updated text positions history",
    Position: "unit decision text date",
    Action: (
        "id* number title text responsible supported_by responsibility serves start due timeline "
        "status history accepted extra"
    ),
    Accepted: "rule* reason* by date",
}
MINIMAL: dict[str, Any] = {"schema": "1", "id": "water-2021"}


def keys_of(model: type[Part]) -> list[str]:
    """The keys of a model in their order, with a star where one is required."""
    return [
        f"{field.alias or name}{'*' if field.is_required() else ''}"
        for name, field in model.model_fields.items()
    ]


@pytest.mark.parametrize("model", DESIGN, ids=lambda model: model.__name__)
def test_the_keys_are_those_of_the_design_in_its_order(model: type[Part]) -> None:
    assert keys_of(model) == DESIGN[model].split()


@pytest.mark.parametrize(
    "model", [ActionEntry, ResponseEntry, EvaluationEntry], ids=lambda model: model.__name__
)
def test_an_entry_has_its_keys_in_the_order_of_the_design(model: type[Part]) -> None:
    assert keys_of(model) == [key for key in ENTRY.split() if key in keys_of(model)]


def test_every_key_of_an_entry_belongs_to_some_history() -> None:
    having = {
        key: [model for model in (ActionEntry, ResponseEntry, EvaluationEntry) if key in keys_of(model)]
        for key in ENTRY.split()
    }
    assert having["decision"] == [ResponseEntry]
    assert having["planned_end"] == [EvaluationEntry]
    assert having["status"] == [ActionEntry, EvaluationEntry]
    for key in ("due", "previous_due", "responsible", "verdict"):
        assert having[key] == [ActionEntry]
    for key in ("date*", "on", "by", "comment", "documents", "corrects", "internal", "extra"):
        assert having[key] == [ActionEntry, ResponseEntry, EvaluationEntry]


def test_a_record_needs_no_more_than_its_schema_and_id() -> None:
    record = Evaluation.model_validate(MINIMAL)
    assert (record.schema_, record.id) == (1, "water-2021")
    assert record.recommendations is None
    assert record.status is None


def test_what_a_source_does_not_say_may_be_absent() -> None:
    record = Evaluation.model_validate(
        MINIMAL
        | {
            "budget": {"currency": "USD"},
            "team": [{}],
            "management_response": {},
            "recommendations": [{"id": "1", "response": {"positions": [{}]}, "actions": [{"id": "1.1"}]}],
            "history": [{"date": "2021-07-31"}],
            "accepted": [{"rule": "key-order", "reason": "as in the source"}],
        }
    )
    assert record.recommendations is not None
    assert record.recommendations[0].actions is not None
    assert record.recommendations[0].actions[0].due is None


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (("schema",), {"id": "water"}),
        (("id",), {"schema": "1"}),
        (("recommendations", 0, "id"), MINIMAL | {"recommendations": [{"title": "x"}]}),
        (
            ("recommendations", 0, "actions", 0, "id"),
            MINIMAL | {"recommendations": [{"id": "1", "actions": [{}]}]},
        ),
        (("history", 0, "date"), MINIMAL | {"history": [{"comment": "x"}]}),
        (("accepted", 0, "rule"), MINIMAL | {"accepted": [{"reason": "x"}]}),
        (("accepted", 0, "reason"), MINIMAL | {"accepted": [{"rule": "x"}]}),
    ],
)
def test_a_required_key_cannot_be_left_out(path: tuple[str | int, ...], data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        Evaluation.model_validate(data)
    assert [(detail["type"], detail["loc"]) for detail in error.value.errors()] == [("missing", path)]


def test_a_record_cannot_be_changed_in_passing() -> None:
    record = Evaluation.model_validate(
        MINIMAL | {"recommendations": [{"id": "1"}], "quality": {"date": "2021"}}
    )
    assert record.recommendations is not None
    for part, key in ((record, "title"), (record.recommendations[0], "title"), (record.quality, "date")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, key, None)


@pytest.mark.parametrize(
    "model", [*DESIGN, ActionEntry, ResponseEntry, EvaluationEntry], ids=lambda model: model.__name__
)
def test_an_unknown_key_is_refused_in_every_block(model: type[Part]) -> None:
    with pytest.raises(ValidationError) as error:
        model.model_validate({"colour": "blue"})
    assert ("extra_forbidden", ("colour",)) in [
        (detail["type"], detail["loc"]) for detail in error.value.errors()
    ]


def test_data_of_ones_own_stands_under_extra() -> None:
    record = Evaluation.model_validate(MINIMAL | {"extra": {"region": "North", "codes": ["a", {"b": "c"}]}})
    assert record.extra == {"region": "North", "codes": ["a", {"b": "c"}]}


def test_an_entry_tells_a_date_taken_away_from_a_date_not_mentioned() -> None:
    assert ActionEntry.model_validate({"date": "2021-07-31", "due": None}).clears_due
    assert not ActionEntry.model_validate({"date": "2021-07-31"}).clears_due
    assert not ActionEntry.model_validate({"date": "2021-07-31", "due": "2022"}).clears_due


def test_a_record_is_written_out_as_it_was_read() -> None:
    data = MINIMAL | {
        "period": {"from": "2018", "to": "2021-Q3"},
        "budget": {"amount": "30000", "currency": "USD"},
        "expenditure": {"amount": "0.50"},
        "joint_programme": "false",
        "quality": {"rating": "highly-satisfactory"},
        "recommendations": [
            {
                "id": "1.10",
                "response": {"decision": "rejected"},
                "actions": [
                    {
                        "id": "a",
                        "serves": ["5", "other-evaluation:5"],
                        "due": "2021-07",
                        "history": [
                            {"date": "2021-07-31", "on": "until 2021-07", "corrects": "2021-07-01#2"}
                        ],
                    }
                ],
            }
        ],
    }
    written = Evaluation.model_validate(data).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert written == data | {
        "schema": 1,
        "budget": {"amount": 30000, "currency": "USD"},
        "expenditure": {"amount": 0.5},
        "joint_programme": False,
    }


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        (
            "id",
            ["water", "1", "a.b-c", "w-2021"],
            ["Water", "-a", "a-", ".", "a b", "wäter", "a_b", "a\n", ""],
        ),
        ("countries", [["KEN", "GLOBAL"]], [[""], [" "], ["one\ntwo"], [["KEN"]]]),
        ("title", ["Water: a review", " x "], ["", "  ", "one\ntwo", "\n"]),
        ("joint_programme", ["true", "false"], ["yes", "True", "1", ""]),
        ("completed", ["2021", "2021-Q3"], ["2021-13", "July 2021", "2021-07\n"]),
        ("status", ["planned", "cancelled"], ["Planned", "done", "initiated", ""]),
        ("same_evaluation", [["water-2021"]], [["Water-2021"], ["a:b"]]),
        ("description", ["one\n\ntwo"], ["", "\n"]),
        ("schema", ["1"], ["0", "01", "1.0", "one", "", "9999999"]),
    ],
)
def test_values_have_the_form_of_their_key(key: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        Evaluation.model_validate(MINIMAL | {key: value})
    for value in bad:
        with pytest.raises(ValidationError):
            Evaluation.model_validate(MINIMAL | {key: value})


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("id", ["1.10", "A", "1.a-2"], ["1.", "(1)", "1/2", "1 a", "1\n"]),
        ("serves", [["5"], ["other-evaluation:5"]], [["Other:5"], ["a:b:c"], [":5"], ["5:"]]),
        ("due", ["2021-07-31"], ["until 2021", "ongoing"]),
        ("status", ["no-longer-applicable"], ["cancelled", "overdue"]),
    ],
)
def test_values_of_an_action_have_the_form_of_their_key(key: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        Action.model_validate({"id": "1", key: value})
    for value in bad:
        with pytest.raises(ValidationError):
            Action.model_validate({"id": "1", key: value})


def test_an_amount_keeps_its_cents_and_a_checksum_its_digits() -> None:
    for amount in ("30,000", "-5", "1e5", "30 000", ".5", "$5", "1.23456"):
        with pytest.raises(ValidationError):
            Evaluation.model_validate(MINIMAL | {"budget": {"amount": amount}})
    record = Evaluation.model_validate(
        MINIMAL | {"budget": {"amount": "0.10"}, "documents": [{"sha256": "a" * 64}]}
    )
    assert record.budget is not None
    assert str(record.budget.amount) == "0.10"
    for wrong in ("A" * 64, "a" * 63):
        with pytest.raises(ValidationError):
            Document.model_validate({"sha256": wrong})
    with pytest.raises(ValidationError):
        Evaluation.model_validate(MINIMAL | {"budget": {"currency": "usd"}})


def test_a_single_value_is_no_list_and_a_list_no_single_value() -> None:
    for wrong in (
        {"title": ["x"]},
        {"title": {"a": "b"}},
        {"title": None},
        {"team": "x"},
        {"team": {"name": "x"}},
    ):
        with pytest.raises(ValidationError):
            Recommendation.model_validate({"id": "1"} | {"part_of": wrong})
    with pytest.raises(ValidationError):
        Evaluation.model_validate(MINIMAL | {"countries": "GLOBAL"})
    with pytest.raises(ValidationError):
        Evaluation.model_validate(MINIMAL | {"countries": []})
    with pytest.raises(ValidationError):
        Evaluation.model_validate(MINIMAL | {"countries": [None]})


def test_a_part_can_be_made_of_values_that_are_already_read() -> None:
    period = Period(start=parse_date("2018"), end=parse_date("2021-Q3"))
    assert period == Period.model_validate({"from": "2018", "to": "2021-Q3"})
    assert hash(period) == hash(Period(start=parse_date("2018"), end=parse_date("2021-Q3")))


@pytest.mark.parametrize(
    ("part", "keys", "told"),
    [
        (Document, {"sha256": "x"}, "bad-text: “x” is no SHA-256; write its 64 hexadecimal digits"),
        (
            Source,
            {"retrieved": "2021-13"},
            "bad-date: “2021-13”: there is no month 13; write 2021, 2021-Q3, ",
        ),
        (Accepted, {"rule": "r", "reason": "x", "date": "soon"}, "bad-date: “soon” is n"),
        (Action, {"id": "1", "serves": ["a b"]}, "bad-id: “a b” is no recommendation; write the id of a "),
        (
            ActionEntry,
            {"date": "2021-07"},
            "bad-date: “2021-07” names no single day; write the whole day: 2021-07-31",
        ),
    ],
)
def test_a_value_that_cannot_be_read_is_told_by_its_kind_with_a_remedy(
    part: type[Part], keys: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        part.model_validate(keys)
    (fault,) = caught.value.errors()
    assert f"{fault['type']}: {fault['msg']}; {fault['ctx']['hint']}".startswith(told)
