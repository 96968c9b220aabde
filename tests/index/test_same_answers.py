"""The index is never a truth: whatever happens to the files, it says what the records say."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from both_ways import EDITS, answered, demand_same_answers, promised, put, put_text
from mrtrack.index import answers


@settings(max_examples=6)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(sorted(EDITS)), max_size=3))
def test_after_any_edits_every_question_has_the_same_answer_with_and_without_the_index(
    seed: int, edits: list[str]
) -> None:
    demand_same_answers(Random(seed), edits, questions=4)  # noqa: S311 - nothing secret


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_after_each_kind_of_edit_the_answers_are_the_same(edit: str) -> None:
    demand_same_answers(Random(edit), ["add", edit], questions=4)  # noqa: S311 - nothing secret


@pytest.mark.parametrize("day", ["2020-12-31", "2028-01-01"])
def test_before_and_after_all_that_is_recorded_the_answers_are_the_same(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MRTRACK_TODAY", day)
    demand_same_answers(Random(day), ["log", "settings", "add"], questions=4)  # noqa: S311 - nothing secret


@pytest.fixture
def questions() -> list[list[str]]:
    """What is asked of a repository that is odd in one way."""
    asked = (["status"], ["status", "a-2020"], ["list"], ["list", "recommendations"], ["list", "evaluations"])
    named = (["status", "--evaluation", "a-2020"], ["history", "a-2020:1.1"], ["list", "--text", "news"])
    return [[*arguments, "--json"] for arguments in (*asked, *named)]


def demand_same(folder: Path, questions: list[list[str]]) -> None:
    """Demand that each question has the same answer both ways, when it is asked again as well."""
    for arguments in questions * 2:
        assert answered(folder, arguments, "on") == answered(folder, arguments, "off"), arguments


@pytest.mark.parametrize("many", [0, 2_000])
def test_a_table_of_the_first_actions_says_the_same_however_many_fit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(answers, "MANY", many)
    periods = ("2019", "0987", "2020-Q1", "2020-Q4", "2021-02", "2021-02-28", "2031")
    for nth, due in enumerate(periods):
        put(
            folder,
            f"z{9 - nth}",
            promised("News.", due=due, responsible="Director"),
            promised(f"Title {due}"),
        )
    put(folder, "a", promised("Done.", status="completed", due="2020"))
    asked = (["--overdue", "--limit", "3"], ["--open", "--limit", "4"], ["--sort", "due", "--limit", "9"])
    questions = [["list"], *(["list", *options] for options in asked)]
    demand_same(folder, [["status"], *questions, *([*one, "--as-of", "2020-01-01"] for one in questions)])


def test_two_records_of_one_id_are_told_of_alike(folder: Path, questions: list[list[str]]) -> None:
    put(folder, "2020/first", promised("News.", due="2022"), id="a-2020", title="First")
    put(folder, "a-2020", promised("More news."), promised("No more."), title="Second")
    put(folder, "z", promised("Late news.", status="completed"), id="a-2020", title="Third")
    demand_same(folder, questions)


def test_a_broken_file_named_like_the_id_of_another_record_is_told_of_alike(
    folder: Path, questions: list[list[str]]
) -> None:
    put(folder, "b", promised("News."), id="a-2020")
    put_text(folder, "2020/a-2020.yaml", "schema: 1\nid: a-2020\nstatus: odd\n")
    demand_same(folder, questions)


def test_what_begins_after_today_is_not_there_today(folder: Path, questions: list[list[str]]) -> None:
    later = {**promised("News to come."), "history": [{"date": "2031-01-01", "status": "initiated"}]}
    put(folder, "a-2020", promised("News.", due="2022"), later)
    put(folder, "b-2031", promised("New news."), report_date="2031-02", history=[{"date": "2031-02-01"}])
    put(folder, "c-2031", later, completed="2031")
    demand_same(folder, questions)


def test_an_evaluation_without_anything_and_a_repository_without_records_are_told_of_alike(
    folder: Path, questions: list[list[str]]
) -> None:
    demand_same(folder, questions)
    put_text(folder, "a-2020.yaml", "schema: 1\nid: a-2020\n")
    demand_same(folder, questions)
