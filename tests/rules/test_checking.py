"""Checking as a whole: severities, accepted findings, order, and records that are broken elsewhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.model.settings import Limits, Settings
from mrtrack.model.shape import Items, Keys, Shape, record_shape
from mrtrack.problems import Problem, Severity, is_error
from mrtrack.rules.checking import check, check_together, errors
from mrtrack.source.reader import read
from strategies import records, shuffled

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parent / "cases"
RECORDS = Path(__file__).parents[2] / "records"
TODAY = date(2026, 11, 22)
OUT_OF_ORDER = """\
schema: 1
id: water-2021
recommendations:
  - id: "1"
    text: Ask first.
    title: Ask
    actions:
      - id: "1.1"
        status: completed
        due: 2021-07
      - id: "1.2"
        status: completed
        due: 2021-07
"""


def checked(text: str, path: str = "water-2021.yaml", **given_settings: Any) -> tuple[Problem, ...]:
    return check(read(text.encode(), path), Settings.model_validate(given_settings))


def found(text: str, **given_settings: Any) -> list[tuple[int, str, str]]:
    """What is wrong with a record's text, its shape and its log; what it lacks or claims has tests of its own."""
    return [
        (problem.line, problem.rule, problem.severity)
        for problem in checked(text, **given_settings)
        if problem.code[0] not in "DRMP"
    ]


def test_the_records_of_this_repository_have_no_error_and_the_warnings_that_their_sources_deserve() -> None:
    readings = [read(file.read_bytes(), f"records/{file.name}") for file in sorted(RECORDS.glob("*.yaml"))]
    assert len(readings) == 2
    told = [problem for reading in readings for problem in check(reading, Settings(), TODAY)]
    told += check_together(readings, Settings(), TODAY)
    assert {(problem.rule, problem.severity) for problem in told} == {
        ("completed-without-evidence", "warning"),
        ("future-tense", "warning"),
        ("decision-without-reasons", "warning"),
        ("unit-spelt-differently", "warning"),
    }


def test_problems_come_in_the_order_of_their_lines() -> None:
    places = [(problem.line, problem.column) for problem in checked("id: Other\nschema: 2\ntitle: 7 # x\n")]
    assert places == sorted(places)
    assert len(places) == 5


def test_a_problem_names_its_item_and_shows_its_line() -> None:
    (problem, *_) = checked(OUT_OF_ORDER.replace("title: Ask", "title: 12"))
    assert problem.place == "water-2021.yaml:6:5"
    assert problem.ref == "water-2021:1"
    assert problem.excerpt == "    title: 12"


@pytest.mark.parametrize(
    ("weight", "severity"), [("error", "error"), ("warning", "warning"), ("info", "info")]
)
def test_settings_give_a_rule_another_severity(weight: str, severity: str) -> None:
    told = found(OUT_OF_ORDER, severity={"key-order": weight})
    assert {severity for _, _, severity in told} == {severity}
    assert len(told) == 3


def test_settings_turn_a_rule_off() -> None:
    assert found(OUT_OF_ORDER, severity={"key-order": "off"}) == []


def test_settings_do_not_turn_off_what_reading_finds() -> None:
    told = found("schema: 1\nid: water-2021\ntitel: Water\n", severity={"unknown-key": "off"})
    assert told == [(3, "unknown-key", "error")]


def test_settings_turn_off_a_rule_about_records_beside_each_other() -> None:
    same = [read(b"schema: 1\nid: a\n", path) for path in ("a.yaml", "b/a.yaml")]
    assert [problem.rule for problem in check_together(same, Settings())] == ["evaluation-id-taken"]
    off = Settings.model_validate({"severity": {"evaluation-id-taken": "off"}})
    assert check_together(same, off) == ()


ACCEPTED = "{indent}accepted:\n{indent}  - rule: key-order\n{indent}    reason: As in the source.\n"


def test_a_finding_accepted_at_an_action_is_silent_there_alone() -> None:
    text = OUT_OF_ORDER.replace(
        '      - id: "1.2"\n', ACCEPTED.format(indent=" " * 8) + '      - id: "1.2"\n'
    )
    assert [line for line, _, _ in found(text)] == [6, 16]


def test_a_finding_accepted_at_a_recommendation_is_silent_in_its_actions() -> None:
    assert found(OUT_OF_ORDER + ACCEPTED.format(indent=" " * 4)) == []


def test_a_finding_accepted_at_the_evaluation_is_silent_everywhere() -> None:
    assert found(OUT_OF_ORDER + ACCEPTED.format(indent="")) == []


def test_an_error_is_never_silenced() -> None:
    text = OUT_OF_ORDER + ACCEPTED.format(indent="")
    told = found(text, severity={"key-order": "error"})
    assert [rule for _, rule, severity in told if severity == "error"] == ["key-order"] * 3
    assert (17 - 2, "accepts-nothing", "warning") in told


def test_accepting_one_rule_leaves_the_others() -> None:
    text = OUT_OF_ORDER.replace("due: 2021-07", "due: 2021-07\n        responsible: No") + ACCEPTED.format(
        indent=""
    )
    assert [rule for _, rule, _ in found(text)] == ["unquoted-number", "unquoted-number"]


@given(records().flatmap(shuffled))
def test_keys_out_of_their_order_are_told_in_whichever_block_they_stand(data: dict[str, Any]) -> None:
    text = "".join(quoted(data, ""))
    reading = read(text.encode(), "records/a.yaml")
    assert reading.usual or " null\n" in text
    told = [problem for problem in check(reading, Settings()) if problem.rule == "key-order"]
    assert bool(told) == disordered(data, record_shape())


def quoted(data: Any, margin: str) -> Iterator[str]:
    """The lines of a block, or of a list, in which every text is in quotes; what a text says is of no account."""
    for key, below in data.items() if isinstance(data, dict) else ((None, item) for item in data):
        begun = "-" if key is None else f"{key}:"
        if key == "extra":
            yield f'{margin}extra:\n{margin}  note: "text"\n'
        elif below is None:
            yield f"{margin}{begun} null\n"
        elif isinstance(below, str):
            yield f'{margin}{begun} "{below if re.fullmatch("[ 0-9A-Za-z.:#-]+", below) else "text"}"\n'
        elif key is None:
            first, *others = quoted(below, f"{margin}  ")
            yield from (f"{margin}- {first.lstrip()}", *others)
        else:
            yield from (f"{margin}{begun}\n", *quoted(below, f"{margin}  "))


def disordered(data: Any, shape: Shape | None) -> bool:
    """Whether the keys of any block are out of the order that its shape has them in."""
    if isinstance(data, list):
        return any(disordered(item, shape.item if isinstance(shape, Items) else None) for item in data)
    if not isinstance(data, dict) or not isinstance(shape, Keys):
        return False
    order = [key for key in shape.keys if key in data]
    return list(data) != order or any(disordered(data[key], shape.keys[key]) for key in order)


DISAGREEING = """\
schema: 1
id: water-2021
recommendations:
  - id: "1"
    response:
      decision: accepted
      history:
        - date: 2020-11-23
          decision: rejected
    actions:
      - id: "1.1"
        status: initiated
        history:
          - date: 2021-10-08
            status: completed
      - id: "1.2"
        status: done
status: ongoing
history:
  - date: 2020-01-01
    status: completed
"""


def test_present_and_log_are_compared_although_another_item_is_not_valid() -> None:
    told = [(line, rule) for line, rule, _ in found(DISAGREEING)]
    assert (17, "unknown-word") in told
    assert [line for line, rule in told if rule == "present-differs-from-log"] == [6, 12, 18]


def test_a_key_that_stands_twice_is_not_taken_for_a_disagreement() -> None:
    text = DISAGREEING.replace(
        "        status: initiated\n", "        status: initiated\n        status: completed\n"
    )
    rules = {rule for _, rule, _ in found(text)}
    assert "duplicate-key" in rules
    assert "present-differs-from-log" not in rules


def test_a_null_in_an_entry_is_told_once() -> None:
    text = DISAGREEING.replace("            status: completed\n", "            status: null\n")
    assert [rule for line, rule, _ in found(text) if 11 <= line <= 15] == ["null-value"]


def test_the_log_of_a_corrected_entry_speaks_no_more() -> None:
    text = DISAGREEING.replace("done", "completed").replace(
        '      - id: "1.2"\n',
        "          - date: 2021-10-09\n            comment: |\n              Wrong action.\n"
        '            corrects: 2021-10-08\n      - id: "1.2"\n',
    )
    assert [line for line, rule, _ in found(text) if rule == "present-differs-from-log"] == [6, 22]


def test_a_correction_that_was_corrected_leaves_its_entry_standing() -> None:
    corrections = "".join(
        f"          - date: {day}\n            comment: Why.\n            corrects: {target}\n"
        for day, target in (("2021-10-09", "2021-10-08"), ("2021-10-10", "2021-10-09"))
    )
    text = DISAGREEING.replace('      - id: "1.2"\n', corrections + '      - id: "1.2"\n')
    assert 12 in [line for line, rule, _ in found(text) if rule == "present-differs-from-log"]


@pytest.mark.parametrize(
    "path",
    [
        "<stdin>",
        "-",
        "records/water-2021.yaml",
        "HEAD:records/water-2021.yaml",
        "records\\water-2021.yml",
        "C:\\records\\water-2021.yaml",
    ],
)
def test_the_id_is_compared_with_the_name_of_a_file_alone(path: str) -> None:
    assert [problem.rule for problem in checked("schema: 1\nid: water-2021\n", path)] == []
    rules = [problem.rule for problem in checked("schema: 1\nid: water-2020\n", path)]
    assert rules == ([] if path in ("-", "<stdin>") else ["id-not-stem"])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Argentinia", "did you mean ARG (Argentina)?"),
        ("arg", "did you mean ARG (Argentina)?"),
        ("Global", "did you mean GLOBAL?"),
        ("sahel", "did you mean Sahel?"),
        ("AR", "write a code of ISO 3166 (ARG), GLOBAL, REGIONAL, or a word of [lists] countries"),
    ],
)
def test_a_country_in_other_words_is_led_to_its_code(written: str, hint: str) -> None:
    text = f"schema: 1\nid: water-2021\ncountries: [Sahel, {written}]\n"
    (problem,) = checked(text, lists={"countries": ["Sahel"]})
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("stated", "assessed", "early"),
    [
        ("report_date: 2021-09-27", "2021-09-26", True),
        ("report_date: 2021-09-27", "2021-09", False),
        ("report_date: 2021-09-27", "2021", False),
        ("completed: 2021", "2020-12-31", True),
        ("completed: 2020\nreport_date: 2021-09-27", "2021-01", True),
        ("status: completed", "1990", False),
    ],
)
def test_quality_is_early_only_where_the_whole_period_lies_before_the_report(
    stated: str, assessed: str, early: bool
) -> None:
    text = f"schema: 1\nid: water-2021\n{stated}\nquality:\n  rating: satisfactory\n  date: {assessed}\n"
    assert [rule for _, rule, _ in found(text)] == ["quality-before-report"] * early


def test_a_word_far_from_every_listed_one_gets_the_list() -> None:
    (problem,) = checked("schema: 1\nid: water-2021\ntype: Zig\n", lists={"types": ["Outcome", "Project"]})
    assert problem.hint == "write one of: Outcome, Project; or add it to the list: [lists] types"


def test_a_declared_text_that_is_taken_away_is_told() -> None:
    told = found("schema: 1\nid: water-2021\nextra:\n  due:\n", extra={"evaluation": {"due": "date"}})
    assert (4, "undeclared-extra", "error") in told


def test_a_recommendation_that_has_no_id_yet_is_part_of_no_circle() -> None:
    text = 'schema: 1\nid: water-2021\nrecommendations:\n  - part_of: "1"\n  - id: "1"\n'
    assert [rule for _, rule, _ in found(text)] == ["missing-key"]


def test_a_part_that_leads_into_a_circle_is_not_called_part_of_it() -> None:
    parts = [("1a", "2a"), ("2a", "2b"), ("2b", "2a")]
    listed = "".join(f"  - id: {part}\n    part_of: {whole}\n" for part, whole in parts)
    (problem,) = checked(f"schema: 1\nid: water-2021\nrecommendations:\n{listed}")
    assert (problem.line, problem.message) == (7, "2a is part of 2b, 2b is part of 2a")


def test_what_stands_deeper_under_extra_is_nobodys_to_declare() -> None:
    declared = {"recommendation": {"note": "text"}, "evaluation": {"extra": "text"}}
    text = 'schema: 1\nid: water-2021\nrecommendations:\n  - id: "1"\nextra:\n  extra: {other: 1}\n'
    assert [(line, rule) for line, rule, _ in found(text, extra=declared)] == [(6, "undeclared-extra")]


def test_an_address_that_is_spelt_out_by_escapes_is_found_at_its_value() -> None:
    (problem,) = checked('schema: 1\nid: water-2021\nfunding: "a.b\\u0040example.org"\n')
    assert (problem.rule, problem.line, problem.column) == ("contact-detail", 3, 10)


def test_an_address_that_stands_twice_in_a_text_is_told_once() -> None:
    text = "schema: 1\nid: water-2021\ndescription: |\n  Ask a@example.org,\n  yes, a@example.org.\n"
    assert [(problem.line, problem.column) for problem in checked(text)] == [(4, 7)]


def test_a_file_that_is_too_large_is_not_read() -> None:
    reading = read(b"schema: 1\nid: water-2021\n", "water-2021.yaml", Limits(bytes=10))
    assert [problem.code for problem in check(reading, Settings())] == ["F102"]


def test_a_file_that_is_too_deep_is_told_where() -> None:
    deep = "[" * 41 + "]" * 41
    (problem,) = checked(f"schema: 1\nid: water-2021\nextra: {{a: {deep}}}\n")
    assert (problem.code, problem.line, problem.column) == ("Y209", 3, 11 + 39)


LINES = sorted(
    {line for file in CASES.glob("*/*.yaml") for line in file.read_bytes().split(b"\n") if len(line) < 80}
)
TEXTS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(LINES)), max_size=25
).map(lambda lines: b"\n".join(b"  " * depth + line.strip() for depth, line in lines))  # fmt: skip


STRICT = Settings.model_validate({"lists": {"types": ["A"]}, "extra": {"entry": {"a": "flag"}}})


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.binary(max_size=60), TEXTS, st.text(max_size=60).map(str.encode)))
def test_whatever_stands_in_a_file_is_checked_without_a_fault(content: bytes) -> None:
    for text in (content, b"schema: 1\nid: water-2021\n" + content):
        reading = read(text, "water-2021.yaml")
        problems = check(
            reading,
            Settings.model_validate({"lists": {"types": ["A"]}, "extra": {"entry": {"a": "flag"}}}),
            TODAY,
        )
        check_together([reading, reading], Settings(), TODAY)
        for problem in problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message
            assert problem.hint
        assert reading.evaluation is not None or any(map(is_error, problems))
        assert all(isinstance(problem.severity, Severity) for problem in problems)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_record_with_lines_taken_out_or_doubled_is_checked_without_a_fault(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(CASES.glob("[SA]*/*.yaml"))))
    lines = file.read_bytes().split(b"\n")
    places = st.integers(0, len(lines) - 1)
    for place in data.draw(st.lists(places, max_size=4)):
        lines[place : place + 1] = data.draw(
            st.sampled_from([[], [lines[place - 1]], [lines[place - 1]] * 2])
        )
        if not lines:
            return
        lines += [b""] * (place + 1)
    problems = check(read(b"\n".join(lines), "water-2021.yaml"), Settings())
    assert all(problem.line >= 1 for problem in problems)


def of_rule(rule: str, text: str, today: date | None = None, **given_settings: Any) -> list[Problem]:
    problems = check(read(text.encode(), "water-2021.yaml"), Settings.model_validate(given_settings), today)
    return [problem for problem in problems if problem.rule == rule]


HEAD = "schema: 1\nid: water-2021\n"


def test_the_course_of_an_evaluation_is_checked_though_the_record_is_broken_elsewhere() -> None:
    entry = "history:\n  - date: 2021-01-05\n    planned_end: 2021-06\n"
    broken = f"{HEAD}planned_end: 2021-12\nbudget: {{amount: much}}\n{entry}"
    assert [problem.line for problem in of_rule("present-differs-from-log", broken)] == [3]


def test_two_values_on_one_line_are_each_told_at_their_own_place() -> None:
    text = f"{HEAD}team: [{{name: a@example.org}}, {{name: Ask a@example.org}}]\n"
    assert [problem.column for problem in of_rule("contact-detail", text)] == [15, 42]


def test_a_response_is_overdue_from_the_day_after() -> None:
    text = f"{HEAD}management_response:\n  required: true\n  due: 2020-11-11\n"
    assert of_rule("response-overdue", text, date(2020, 11, 11)) == []
    assert len(of_rule("response-overdue", text, date(2020, 11, 12))) == 1


@pytest.mark.parametrize(("number", "more"), [(1, ""), (12, ""), (13, " …")])
def test_of_all_that_could_be_meant_twelve_are_named(number: int, more: str) -> None:
    names = [f"R{nth:02}" for nth in range(number)]
    items = "".join(f'  - id: "{name}"\n    title: One\n' for name in names)
    (unknown,) = of_rule(
        "unknown-reference", f'{HEAD}recommendations:\n{items}    part_of: "zz"\n'.replace("R00", names[0])
    )
    listed = names[:12]
    assert unknown.hint == f"there are: {', '.join(listed)}{more}"
    (unlisted,) = of_rule("unlisted-word", f"{HEAD}type: Zzzz\n", lists={"types": names})
    assert unlisted.hint.startswith(f"write one of: {', '.join(listed)}{more}; or add it")


def test_of_a_long_text_that_was_cut_short_its_end_is_shown() -> None:
    words = " ".join(f"word{nth}" for nth in range(40))
    (lost,) = of_rule("text-lost-to-comment", f"{HEAD}title: {words} # and {words}\n")
    assert "the text ends at “… " in lost.message
    assert "word39”: “# and word0 " in lost.message
    assert "word20" not in lost.message


@pytest.mark.parametrize("heavier", [{}, {"no-lead": "error", "entries-out-of-order": "warning"}])
def test_errors_asked_alone_are_those_of_the_whole_check(heavier: dict[str, str]) -> None:
    weighed = Settings.model_validate({"severity": heavier})
    told = 0
    for file in sorted(CASES.rglob("*.yaml")):
        reading = read(file.read_bytes(), file.name)
        alone = errors(reading, weighed)
        assert alone == tuple(filter(is_error, check(reading, weighed)))
        told += len(alone)
    assert told
