"""The counts of the first screen: they add up, worst come first, and the JSON keys are the contract's."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select
from mrtrack.query.summary import Summary, summarise

Keys = dict[str, Any]

TODAY = date(2022, 1, 1)
LATE, SOON, LATER = "2021-11", "2022-01-15", "2022-06"
STATUSES = ("not-initiated", "initiated", "completed", "no-longer-applicable", "not-stated")

# DESIGN.md section 3, as it stands there.
KEYS = {
    "evaluations": "total planned ongoing completed cancelled not-stated overdue",
    "responses": "required submitted due overdue",
    "recommendations": "",
    "decisions": "accepted partially-accepted rejected not-stated",
    "actions": "total not-initiated initiated completed no-longer-applicable not-stated open overdue "
    "long_overdue due_soon stale disputed",
    "by_evaluation": "",
    "by_lead": "",
}


def promised(status: str | None, due: str | None = None, lead: str | None = None, **last: str) -> Keys:
    """An action as it was recorded a month before the day asked about."""
    entry = {"status": status, "due": due, "responsible": lead, **last}
    return {"history": [{"date": "2021-12-01"} | {key: value for key, value in entry.items() if value}]}


def evaluation(name: str, *actions: Keys, **keys: Any) -> Evaluation:
    """An evaluation with one recommendation and these actions."""
    listed = [{"id": f"1.{number}", **action} for number, action in enumerate(actions, 1)]
    one = {"id": "1", "actions": listed} if listed else {"id": "1"}
    return Evaluation.model_validate({"schema": "1", "id": name, "recommendations": [one], **keys})


def summary(evaluations: Iterable[Evaluation], as_of: date = TODAY) -> Summary:
    return summarise(select(evaluations, Filter(), as_of, Settings().days))


def counts_of(item: Summary) -> Keys:
    return {key: value for key, value in item.as_json()["actions"].items() if value}


def test_the_keys_of_status_are_those_of_the_contract_in_its_order() -> None:
    item = summary([evaluation("a", promised("initiated"))]).as_json()
    assert list(item) == list(KEYS)
    for key, keys in KEYS.items():
        if keys:
            assert " ".join(item[key]) == keys


def test_actions_are_counted_by_status_and_by_what_asks_for_attention() -> None:
    found = summary(
        [
            evaluation(
                "a",
                promised("not-initiated", SOON),
                promised("initiated", LATE),
                promised("initiated", "2021-06"),
                promised("completed", LATE, verdict="not-confirmed"),
                promised("no-longer-applicable", LATE),
                promised(None, LATER),
                {"due": "2022-12"},
            )
        ]
    )
    assert counts_of(found) == {
        "total": 7,
        "not-initiated": 1,
        "initiated": 2,
        "completed": 1,
        "no-longer-applicable": 1,
        "not-stated": 2,
        "open": 5,
        "overdue": 2,
        "long_overdue": 1,
        "due_soon": 1,
        "stale": 1,
        "disputed": 1,
    }
    assert found.actions.applicable == 6


def test_evaluations_are_counted_by_status() -> None:
    statuses = ("planned", "planned", "ongoing", "completed", "cancelled", None)
    wholes = [
        evaluation(f"e{n}", **({"status": status} if status else {}), planned_end="2021")
        for n, status in enumerate(statuses)
    ]
    assert summary(wholes).evaluations == {
        "total": 6,
        "planned": 2,
        "ongoing": 1,
        "completed": 1,
        "cancelled": 1,
        "not-stated": 1,
        "overdue": 4,
    }


def test_responses_are_counted_by_what_is_required_and_there() -> None:
    required: Keys = {"required": "true"}
    wholes = [
        evaluation("submitted", management_response={**required, "submitted": "2021-12"}),
        evaluation("due", completed="2021-12", management_response=required),
        evaluation("undated", management_response=required),
        evaluation("overdue", completed="2021-06", management_response=required),
        evaluation("later", completed="2021-06", management_response={**required, "submitted": "2022-02"}),
        evaluation("not-required", management_response={"required": "false"}),
        evaluation("not-asked", management_response={"submitted": "2021-12"}),
        evaluation("nothing"),
    ]
    assert summary(wholes).responses == {"required": 5, "submitted": 2, "due": 2, "overdue": 2}


def test_decisions_are_counted_by_the_parts_where_parts_carry_them() -> None:
    asked: list[Keys] = [
        {"id": "1", "response": {"decision": "accepted"}},
        {"id": "2", "response": {"decision": "rejected"}},
        {"id": "3"},
        {"id": "3.a", "part_of": "3", "response": {"decision": "partially-accepted"}},
        {"id": "3.b", "part_of": "3"},
        {"id": "4", "response": {"decision": "accepted"}},
        {"id": "4.a", "part_of": "4"},
    ]
    found = summary([evaluation("a", recommendations=asked)])
    assert found.recommendations == 5
    assert found.by_evaluation[0].recommendations == 5
    assert found.decisions == {"accepted": 2, "partially-accepted": 1, "rejected": 1, "not-stated": 1}


def test_evaluations_come_with_most_overdue_first_then_most_open_then_most_actions() -> None:
    wholes = [
        evaluation("none"),
        evaluation("done", promised("completed"), promised("completed")),
        evaluation("also-done", promised("completed"), promised("completed")),
        evaluation("one-done", promised("completed")),
        evaluation("one-open", promised("initiated")),
        evaluation("two-open", promised("initiated"), promised("initiated")),
        evaluation("one-late", promised("initiated", LATE)),
        evaluation("one-late-of-two", promised("initiated", LATE), promised("initiated")),
        evaluation("two-late", promised("initiated", LATE), promised("initiated", LATE)),
    ]
    assert [item.evaluation for item in summary(wholes).by_evaluation] == [
        "two-late",
        "one-late-of-two",
        "one-late",
        "two-open",
        "one-open",
        "also-done",
        "done",
        "one-done",
        "none",
    ]


def test_leads_come_worst_first_across_evaluations_and_no_lead_is_one_of_them() -> None:
    wholes = [
        evaluation("a", promised("initiated", LATE, "Unit B"), promised("completed", None, "Unit A")),
        evaluation("b", promised("initiated", LATE, "Unit B"), promised("initiated", LATE)),
        evaluation("c", promised("initiated", LATER, "Unit C"), promised("completed", None, "Unit Z")),
    ]
    leads = summary(wholes).by_lead
    assert [item.lead for item in leads] == ["Unit B", None, "Unit C", "Unit A", "Unit Z"]
    assert [(item.actions.total, item.actions.overdue) for item in leads] == [
        (2, 2),
        (1, 1),
        (1, 0),
        (1, 0),
        (1, 0),
    ]


def test_the_json_names_evaluations_and_leads() -> None:
    whole = evaluation(
        "a", promised("initiated", LATE, "Unit B"), title="Wells", organisation="Agency", status="ongoing"
    )
    item = json.loads(json.dumps(summary([whole]).as_json()))
    (one,), (lead,) = item["by_evaluation"], item["by_lead"]
    assert {
        key: one[key] for key in ("evaluation", "title", "organisation", "status", "recommendations")
    } == {
        "evaluation": "a",
        "title": "Wells",
        "organisation": "Agency",
        "status": "ongoing",
        "recommendations": 1,
    }
    assert lead["lead"] == "Unit B"
    assert one["actions"] == lead["actions"] == item["actions"]


def test_nothing_gives_counts_of_nought() -> None:
    item = summary([]).as_json()
    assert (item["recommendations"], item["by_evaluation"], item["by_lead"]) == (0, [], [])
    assert not any(value for key in KEYS if KEYS[key] for value in item[key].values())


actions = st.builds(
    promised,
    st.sampled_from((*STATUSES[:4], None)),
    st.sampled_from((LATE, SOON, LATER, "2020", None)),
    st.sampled_from(("Unit A", "Unit B", None)),
)
wholes = st.lists(st.lists(actions, max_size=5), max_size=4).map(
    lambda groups: [evaluation(f"e{number}", *group) for number, group in enumerate(groups)]
)


@given(wholes, st.dates(date(2021, 11, 1), date(2022, 12, 31)))
def test_the_counts_add_up(evaluations: list[Evaluation], as_of: date) -> None:
    found = summary(evaluations, as_of)
    total = found.actions.as_json()
    assert sum(total[status] for status in STATUSES) == total["total"]
    assert total["open"] == total["total"] - total["completed"] - total["no-longer-applicable"]
    assert total["long_overdue"] <= total["overdue"]
    assert total["overdue"] + total["due_soon"] <= total["open"]
    for parts in (found.by_evaluation, found.by_lead):
        rows = [part.actions.as_json() for part in parts]
        assert {key: sum(row[key] for row in rows) for key in total} == total
    assert found.evaluations["total"] == len(found.by_evaluation) == len(evaluations)
    assert sum(found.decisions.values()) == found.recommendations == len(evaluations)
    assert sum(part.recommendations for part in found.by_evaluation) == found.recommendations
