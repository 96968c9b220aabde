"""Records beside each other: one evaluation twice, references across, spellings of units, shared documents."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from mrtrack.model.settings import Settings
from mrtrack.rules.checking import check, check_together
from mrtrack.source.reader import Reading, read

AGENCY = "organisation: Example Agency\n"


def record(name: str, text: str = "") -> Reading:
    return read(f"schema: 1\nid: {name}\n{text}".encode(), f"records/{name}.yaml")


def led(*leads: str) -> str:
    actions = "".join(
        f'      - id: "1.{number}"\n        responsible: "{lead}"\n' for number, lead in enumerate(leads, 1)
    )
    return f'recommendations:\n  - id: "1"\n    actions:\n{actions}'


def told(rule: str, *readings: Reading, **given: Any) -> list[tuple[str, str]]:
    found = check_together(readings, Settings.model_validate(given), date(2021, 10, 8))
    return [(problem.path, problem.message) for problem in found if problem.rule == rule]


def spelt(*leads: str, **given: Any) -> list[str]:
    found = told("unit-spelt-differently", record("water-2021", AGENCY + led(*leads)), **given)
    return [message.split("”")[0].strip("“") for _, message in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Communications team", "Communication Team"),
        ("Senior Management", "Senior management"),
        ("Policy, Partnerships and Trust Funds", "Policy partnership and trust fund"),
        ("Sub-programme unit", "Subprogramme unit"),
        ("Policy & Partnership Team", "Policy and Partnership Team"),
        ("Deputy-Executive Secretary", "Deputy Executive Secretary"),
        ("Executive Agencies", "Executive agency"),
    ],
)
def test_case_plural_punctuation_and_space_make_no_other_unit(one: str, other: str) -> None:
    assert spelt(one, one, other) == [other]
    assert spelt(other, one, other) == [one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Team 1", "Team 2"),
        ("Division 1 2", "Division 12"),
        ("Team1", "Team 1"),
        ("Policy Team", "Police Team"),
        ("Fund Unit", "Find Unit"),
        ("News desk", "New desk"),
        ("Director", "Deputy Director"),
        ("Water Unit", "Water Union"),
    ],
)
def test_what_differs_in_a_letter_or_a_digit_is_another_unit(one: str, other: str) -> None:
    assert spelt(one, one, other) == []


def test_spellings_that_the_settings_declare_one_unit_are_not_told() -> None:
    units = {"Communications team": {"aliases": ["Communication Team"]}}
    assert spelt("Communications team", "Communication Team", units=units) == []


def test_a_unit_is_found_wherever_a_record_names_one() -> None:
    text = (
        'management_response:\n  unit: Water units\nrecommendations:\n  - id: "1"\n    addressed_to:\n'
        "      - Water Units\n    response:\n      positions:\n        - unit: water unit\n    actions:\n"
        '      - id: "1.1"\n        responsible: Water Unit\n        supported_by:\n          - Water Unit\n'
    )
    found = check_together([record("water-2021", AGENCY + text)], Settings(), date(2021, 10, 8))
    assert sorted(
        (problem.line, problem.excerpt.strip())
        for problem in found
        if problem.rule == "unit-spelt-differently"
    ) == [(5, "unit: Water units"), (9, "- Water Units"), (12, "- unit: water unit")]


def test_two_units_that_the_settings_declare_are_two() -> None:
    units: dict[str, Any] = {"Communications team": {}, "Communication Team": {}}
    assert spelt("Communications team", "Communication Team", units=units) == []


def test_a_declared_unit_is_the_remedy_although_it_stands_less_often() -> None:
    assert spelt("Communication Team", "Communication Team", "Communications team") == ["Communications team"]
    units: dict[str, Any] = {"Communications team": {}}
    assert spelt("Communication Team", "Communication Team", "Communications team", units=units) == [
        "Communication Team"
    ]


def test_units_are_compared_within_one_organisation_over_its_records() -> None:
    one = record("energy-2021", AGENCY + led("Water Unit", "Water Unit"))
    other = record("water-2021", AGENCY + led("Water unit"))
    third = record("wells-2021", "organisation: Another Agency\n" + led("Water units"))
    assert [path for path, _ in told("unit-spelt-differently", one, other, third)] == [
        "records/water-2021.yaml"
    ]


def test_records_without_an_organisation_are_each_compared_alone() -> None:
    one, other = record("energy-2021", led("Water Unit")), record("water-2021", led("Water unit"))
    assert told("unit-spelt-differently", one, other) == []
    assert len(told("unit-spelt-differently", record("water-2021", led("Water Unit", "Water unit")))) == 1


SAME = "title: Evaluation of water\norganisation: Example Agency\n"


@pytest.mark.parametrize(
    "end", ["completed: 2020-09\n", "planned_end: 2020-09-30\n", "period: {to: 2020-09}\n"]
)
def test_one_evaluation_in_two_records_is_told_at_the_second(end: str) -> None:
    one, other = record("a-2020", SAME + "completed: 2020-09\n"), record("b-2020", SAME + end)
    assert [path for path, _ in told("evaluation-twice", other, one)] == ["records/b-2020.yaml"]


@pytest.mark.parametrize(
    "other",
    [
        "title: Evaluation of wells\norganisation: Example Agency\ncompleted: 2020-09\n",
        "title: Evaluation of water\norganisation: Another Agency\ncompleted: 2020-09\n",
        "title: Evaluation of water\norganisation: Example Agency\ncompleted: 2021-09\n",
        "title: Evaluation of water\norganisation: Example Agency\n",
    ],
)
def test_evaluations_that_differ_in_title_organisation_or_end_are_two(other: str) -> None:
    one = record("a-2020", SAME + "completed: 2020-09\n")
    assert told("evaluation-twice", one, record("b-2020", other)) == []


def test_evaluations_without_a_stated_end_are_not_compared() -> None:
    assert told("evaluation-twice", record("a-2020", SAME), record("b-2020", SAME)) == []


@pytest.mark.parametrize("which", [0, 1])
def test_either_record_may_name_the_other_as_the_same_evaluation(which: int) -> None:
    named = ["same_evaluation: [b-2020]\n", "same_evaluation: [a-2020]\n"]
    texts = ["", ""]
    texts[which] = named[which]
    readings = [
        record(name, f"{SAME}{text}completed: 2020-09\n")
        for name, text in zip(("a-2020", "b-2020"), texts, strict=True)
    ]
    assert told("evaluation-twice", *readings) == []


def serving(name: str) -> Reading:
    text = f'recommendations:\n  - id: "1"\n    actions:\n      - id: "1.1"\n        serves: ["{name}"]\n'
    return record("water-2021", text)


def test_a_recommendation_of_another_record_must_be_there() -> None:
    other = record("energy-2020", led("Director"))
    assert told("serves-nothing", serving("energy-2020:1"), other) == []
    assert len(told("serves-nothing", serving("energy-2020:1.1"), other)) == 1
    assert told("serves-elsewhere", serving("energy-2020:5"), other) == []


def test_an_evaluation_without_a_record_here_deserves_a_look() -> None:
    other = record("energy-2020", led("Director"))
    assert len(told("serves-elsewhere", serving("energy-2019:1"), other)) == 1
    assert told("serves-nothing", serving("energy-2019:1"), other) == []


def test_a_record_that_cannot_be_read_is_not_taken_for_one_that_is_not_there() -> None:
    other = read(b"\xff\xfe", "records/energy-2020.yaml")
    assert told("serves-nothing", serving("energy-2020:1"), other) == []
    assert told("serves-elsewhere", serving("energy-2020:1"), other) == []


def test_an_action_elsewhere_that_serves_a_recommendation_answers_it() -> None:
    accepted = record("energy-2020", 'recommendations:\n  - id: "1"\n    response: {decision: accepted}\n')
    assert len(told("no-action", accepted)) == 1
    assert told("no-action", accepted, serving("energy-2020:1")) == []


def proven(name: str, actions: int) -> Reading:
    entry = "{date: 2021-03-02, status: completed, documents: [{url: https://example.org/report}]}"
    text = "".join(
        f'      - id: "1.{number}"\n        status: completed\n        history: [{entry}]\n'
        for number in range(actions)
    )
    return record(name, f'recommendations:\n  - id: "1"\n    actions:\n{text}')


def test_a_document_is_counted_over_all_records_and_told_once_in_each() -> None:
    assert told("document-proves-many", proven("a-2020", 1), proven("b-2020", 2)) == []
    found = told("document-proves-many", proven("a-2020", 2), proven("b-2020", 2))
    assert [path for path, _ in found] == ["records/a-2020.yaml", "records/b-2020.yaml"]


def test_a_warning_about_records_together_is_accepted_in_the_record() -> None:
    accepted = "accepted:\n  - rule: unit-spelt-differently\n    reason: They are two.\n"
    text = AGENCY + led("Water Unit", "Water unit")
    assert len(told("unit-spelt-differently", record("water-2021", text))) == 1
    assert told("unit-spelt-differently", record("water-2021", text + accepted)) == []


def test_what_needs_the_day_is_silent_without_one() -> None:
    text = (
        "completed: 2020-01\nmanagement_response:\n  required: true\n"
        "history:\n  - date: 2030-01-01\n    status: completed\n"
    )
    rules = {"entry-in-the-future", "response-overdue"}
    late = {problem.rule for problem in check(record("a-2020", text), Settings(), date(2021, 10, 8))}
    silent = {problem.rule for problem in check(record("a-2020", text), Settings())}
    assert late & rules == rules
    assert silent & rules == set()


def test_tomorrow_is_no_day_of_the_future_and_the_day_after_is() -> None:
    def rules(day: str) -> set[str]:
        reading = record("a-2020", f"history:\n  - date: {day}\n    comment: |\n      Planned.\n")
        return {problem.rule for problem in check(reading, Settings(), date(2021, 12, 31))}

    assert "entry-in-the-future" not in rules("2022-01-01")
    assert "entry-in-the-future" in rules("2022-01-02")


def test_many_records_of_one_organisation_are_compared_in_time() -> None:
    text = SAME + "completed: 2020-09\n" + led(*(f"Unit {number}" for number in range(20)), "Water Unit")
    readings = [record(f"e-{number}", text) for number in range(400)]
    start = time.perf_counter()
    found = check_together(readings, Settings(), date(2021, 10, 8))
    assert time.perf_counter() - start < 5
    assert len([problem for problem in found if problem.rule == "evaluation-twice"]) == 399
