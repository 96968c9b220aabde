"""What a change did to the history of the base is found at its place, whatever the layout, and nothing else is."""

from __future__ import annotations

import re
import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.edit.operations import Append, Operation, Remove, Set
from mrtrack.edit.verify import edit
from mrtrack.model.setting_values import HISTORY_RULES
from mrtrack.model.settings import HistoryException
from mrtrack.problems import Kind, Problem, Severity, is_error
from mrtrack.rules.history_kinds import HISTORY_KINDS, WEAKER_SETTINGS
from mrtrack.rules.rewriting import renamed, rewritten_history
from mrtrack.source.reader import Reading, read
from strategies import records

_, *CASES = (Path(__file__).parent / "rewritten.txt").read_text("utf-8").split("====\n")
EXAMPLE = re.compile(r"^(On the base|Bad|Good):\n\n```yaml\n(.*?)```$", re.MULTILINE | re.DOTALL)
MARK = b"\xef\xbb\xbf"
HEAD = "schema: 1\nid: water-2021\n"


def record(recommendations: str, path: str = "records/water-2021.yaml", head: str = HEAD) -> Reading:
    below = f"recommendations:\n{recommendations}" if recommendations else ""
    return read((head + below).encode(), path)


def told(problem: Problem) -> str:
    marked = problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]
    return f"{problem.code} {problem.line}:{problem.column} {marked}\n{problem.message}\n"


@pytest.mark.parametrize("case", CASES, ids=[case.partition("\n")[0] for case in CASES])
def test_what_was_rewritten_is_told_at_its_place(case: str) -> None:
    title, _, rest = case.partition("\n")
    before, after, expected = rest.split("----\n")
    base, change = record(before), record(after)
    assert base.evaluation is not None, title
    assert change.evaluation is not None, change.first_problem
    problems = rewritten_history(base, change)
    assert "".join(map(told, problems)) == expected
    assert all(problem.hint for problem in problems)
    windows = read(MARK + change.content.replace(b"\n", b"\r\n"), change.path)
    assert rewritten_history(base, windows) == problems
    assert rewritten_history(base, base) == rewritten_history(change, change) == ()


def wrapped(example: str) -> Reading:
    if example.startswith("history:"):
        example = '- id: "1.1"\n' + textwrap.indent(example, "  ")
    if example.startswith("- ") and "actions:" not in example:
        example = "actions:\n" + textwrap.indent(example, "  ")
    if example.startswith("actions:"):
        example = '- id: "1"\n' + textwrap.indent(example, "  ")
    return record(example)


@pytest.mark.parametrize(
    "kind", [kind for kind in HISTORY_KINDS if kind is not WEAKER_SETTINGS], ids=lambda kind: kind.name
)
def test_the_bad_example_of_a_kind_shows_it_and_the_good_one_does_not(kind: Kind) -> None:
    examples = dict(EXAMPLE.findall(kind.explanation))
    base, bad, good = (wrapped(examples[title]) for title in ("On the base", "Bad", "Good"))
    assert all(reading.evaluation for reading in (base, bad, good))
    (found,) = {(problem.code, problem.rule, problem.severity) for problem in rewritten_history(base, bad)}
    assert found == (kind.code, kind.name, kind.severity)
    assert rewritten_history(base, good) == ()


def test_every_error_about_history_can_be_excepted_and_nothing_else() -> None:
    assert set(HISTORY_RULES) == {kind.name for kind in HISTORY_KINDS if kind.severity is Severity.ERROR}


def test_an_evaluation_that_is_gone_is_told_at_its_file() -> None:
    (problem,) = rewritten_history(record('- id: "1"\n'), None)
    assert (problem.code, problem.place, problem.ref) == ("H901", "records/water-2021.yaml", "water-2021")
    assert (problem.line, problem.column) == (0, 0)


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("schema: 1\nid: water-2022\n", "records/water-2021.yaml"),
        ("schema: 1\nid: water-2022\ntitle: Water\n", "records/water-2022.yaml"),
    ],
)
def test_an_evaluation_under_another_id_is_renumbered_and_its_items_are_compared(
    head: str, path: str
) -> None:
    base = record('- id: "1"\n  title: Plan\n', head=f"{HEAD}title: Water\n")
    other = record("", "records/roads-2020.yaml", "schema: 1\nid: roads-2020\n")
    now = record('- id: "2"\n  title: Plan\n', path, head)
    assert renamed(base, [other, now]) is now
    assert [(problem.code, problem.line, problem.message) for problem in rewritten_history(base, now)] == [
        ("H902", 2, "the evaluation water-2021 became water-2022"),
        ("H902", now.text.count("\n", 0, now.text.index('"2"')) + 1, "recommendation 1 became 2"),
    ]


def test_an_evaluation_is_known_again_by_its_title_and_organisation_alone() -> None:
    titled = f"{HEAD}title: Water\norganisation: Agency\n"
    base = record('- id: "1"\n  title: Plan\n', head=titled)
    other = titled.replace("2021", "2022").replace("Agency", "Fund")
    assert renamed(base, [record("", "records/water-2022.yaml", other)]) is None
    now = record("", "records/water-2022.yaml", titled.replace("2021", "2022"))
    assert renamed(base, [now]) is now


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ("due: 2021", "due: 2022", "write due: 2021 again, and record the change with mrtrack update"),
        (
            "text: One.",
            "due: 2022\n      text: One.",
            "take due out, and record the change with mrtrack update",
        ),
        ("due: 2021", "text: One.", "write due: 2021 again, and record the change with mrtrack update"),
    ],
)
def test_a_change_without_an_entry_is_told_with_the_way_back(before: str, after: str, hint: str) -> None:
    base, now = (record(f'- id: "1"\n  actions:\n    - id: "1.1"\n      {key}\n') for key in (before, after))
    assert [problem.hint for problem in rewritten_history(base, now)] == [hint]


@pytest.mark.parametrize(
    ("now", "told_of_it"),
    [("priority: High", "recommendation 1 became 2"), ("priority: Low", "recommendation 1 is gone")],
)
def test_an_item_without_words_is_known_again_by_all_that_it_says(now: str, told_of_it: str) -> None:
    base = record('- id: "1"\n  priority: High\n')
    (problem,) = rewritten_history(base, record(f'- id: "2"\n  {now}\n'))
    assert problem.message == told_of_it


def test_an_item_in_the_record_of_another_evaluation_is_told_there() -> None:
    base = record('- id: "1"\n  actions:\n    - id: "1.1"\n      text: One.\n')
    now = record('- id: "1"\n')
    other = record(
        '- id: "9"\n  actions:\n    - id: "9.1"\n      text: One.\n',
        "records/roads-2020.yaml",
        "schema: 1\nid: roads-2020\n",
    )
    (problem,) = rewritten_history(base, now, [now, other])
    assert (problem.code, problem.place) == ("H903", "records/roads-2020.yaml:6:11")
    assert problem.message == "action 1.1 of water-2021 stands in roads-2020 now"


def test_a_record_file_may_move_to_another_folder() -> None:
    base = record('- id: "1"\n')
    assert rewritten_history(base, record('- id: "1"\n', "records/2021/water-2021.yaml")) == ()


def test_a_record_that_cannot_be_read_has_no_history_to_compare() -> None:
    sound, broken = record('- id: "1"\n'), record("- id: \n")
    assert rewritten_history(sound, broken) == rewritten_history(broken, sound) == ()


TWO = """\
- id: "1"
  actions:
    - id: "1.1"
      history:
        - date: 2021-01-05
          comment: One.
        - date: 2021-01-05
          comment: Two.
    - id: "1.2"
      history:
        - date: 2021-01-05
          comment: Three.
"""


@pytest.mark.parametrize(
    ("exception", "left"),
    [
        ({}, []),
        ({"item": "1.1"}, ["1.2"]),
        ({"item": "1.2"}, ["1.1", "1.1"]),
        ({"item": "1.1", "entry": "2021-01-05#2"}, ["1.1", "1.2"]),
        ({"entry": "2021-01-05"}, ["1.1"]),
        ({"rule": "entry-changed"}, []),
        ({"rule": "entry-removed"}, ["1.1", "1.1", "1.2"]),
        ({"record": "roads-2020"}, ["1.1", "1.1", "1.2"]),
    ],
)
def test_an_exception_lets_just_that_pass_which_it_names(exception: dict[str, str], left: list[str]) -> None:
    given_one = HistoryException.model_validate({"record": "water-2021", "reason": "A name.", **exception})
    change = record(re.sub("comment: .*", "comment: X.", TWO))
    problems = rewritten_history(record(TWO), change, (), [given_one])
    assert [problem.ref for problem in problems] == [f"water-2021:{item}" for item in left]


def test_an_evaluation_that_is_gone_can_be_excepted_as_a_whole_alone() -> None:
    base = record(TWO)
    whole = HistoryException(record="water-2021", reason="Imported twice.")
    action = HistoryException(record="water-2021", item="1.1", reason="Imported twice.")
    assert rewritten_history(base, None, (), [whole]) == ()
    assert len(rewritten_history(base, None, (), [action])) == 1


def test_what_an_evaluation_did_not_state_is_filled_and_what_it_states_changes_by_an_entry() -> None:
    bare, planned, later = (
        record("", head=f"{HEAD}{status}") for status in ("", "status: planned\n", "status: ongoing\n")
    )
    assert rewritten_history(bare, planned) == ()
    assert [problem.place for problem in rewritten_history(planned, later)] == ["records/water-2021.yaml:3:9"]


LOGS = (("recommendations", 0, "actions", 0), ("recommendations", 0, "response"), ())
KEYS = {0: ("status", "due", "responsible"), 1: ("decision",), 2: ("status", "planned_end")}
VALUES = {
    "status": ["planned", "ongoing", "completed"],
    "due": ["2021", "2022-07"],
    "responsible": ["Director", "M&E: unit"],
    "decision": ["accepted", "rejected"],
    "planned_end": ["2021", "2022-Q3"],
}
STARTS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(VALUES[key]) for key in ("due", "responsible")}
)


@st.composite
def grown(draw: Any) -> tuple[Reading, Reading]:
    """A record, and what a sequence of writes makes of it, each with its entry."""
    data: dict[str, Any] = {
        "schema": "1",
        "id": "water-2021",
        "recommendations": [{"id": "1", "actions": [{"id": "1.1", "text": "One.", **draw(STARTS)}]}],
    }
    base = read(new_record(data).encode(), "records/water-2021.yaml")
    day = date(2021, 1, 5)
    readings = [base]
    for _ in range(draw(st.integers(1, 6))):
        which = draw(st.integers(0, 2))
        day += timedelta(days=draw(st.integers(0, 2)))
        path = LOGS[which]
        key = draw(st.sampled_from(KEYS[which]))
        words = ["initiated", "completed"] if (which, key) == (0, "status") else VALUES[key]
        value = draw(st.sampled_from(words))
        entry = {"date": str(day), key: value}
        operations: list[Operation] = [Set((*path, key), value), Append((*path, "history"), entry)]
        if draw(st.integers(0, 3)) == 0:
            operations = [
                Append((*path, "history"), {"date": str(day), "comment": draw(st.sampled_from("ab"))})
            ]
        readings.append(edit(readings[-1], operations))
    cut = draw(st.integers(0, len(readings) - 1))
    return readings[cut], readings[-1]


@settings(max_examples=30)
@given(grown())
def test_whatever_is_only_recorded_passes(versions: tuple[Reading, Reading]) -> None:
    before, after = versions
    assert after.evaluation is not None
    assert rewritten_history(before, after) == ()


@settings(max_examples=30)
@given(grown(), st.data())
def test_whatever_entry_is_taken_out_or_changed_is_caught(
    versions: tuple[Reading, Reading], data: st.DataObject
) -> None:
    before, after = versions
    path, index = data.draw(st.sampled_from(entries(before) or [((), -1)]))
    assume(index >= 0)
    other = {"date": "2021-01-05", "comment": "Something else."}
    ways: list[Operation] = [Remove((*path, index)), Set((*path, index), other)]
    operation = data.draw(st.sampled_from(ways))
    rewritten = edit(after, [operation])
    assume(not is_subsequence(data_at(before, path), data_at(rewritten, path)))
    assert any(is_error(problem) for problem in rewritten_history(before, rewritten))


@settings(max_examples=30)
@given(records(), st.data())
def test_in_any_record_an_entry_cannot_go_unseen(content: dict[str, Any], data: st.DataObject) -> None:
    before = read(new_record(content).encode(), "records/a.yaml")
    assume(before.evaluation is not None)
    assert rewritten_history(before, before) == ()
    places = entries(before)
    assume(places)
    path, index = data.draw(st.sampled_from(places))
    after = edit(before, [Remove((*path, index))])
    assert any(is_error(problem) for problem in rewritten_history(before, after))


def entries(reading: Reading) -> list[tuple[tuple[Any, ...], int]]:
    """Every entry: the path of its history, and its position."""
    paths: list[tuple[Any, ...]] = [()]
    for n, one in enumerate(reading.data.get("recommendations") or ()):
        paths.append(("recommendations", n, "response"))
        paths += [("recommendations", n, "actions", k) for k in range(len(one.get("actions") or ()))]
    return [
        ((*path, "history"), index)
        for path in paths
        for index in range(len(data_at(reading, (*path, "history"))))
    ]


def data_at(reading: Reading, path: tuple[Any, ...]) -> list[Any]:
    """The list at a path; empty where there is none."""
    data: Any = reading.data
    for step in path:
        data = data[step] if isinstance(step, int) else (data or {}).get(step)
    return data or []


def is_subsequence(wanted: list[Any], there: list[Any]) -> bool:
    """Whether all that is wanted is there, in this order."""
    rest = iter(there)
    return all(any(one == other for other in rest) for one in wanted)
