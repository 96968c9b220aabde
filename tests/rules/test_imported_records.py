"""The rules on the records that importing the two source documents gives: what is told, and what is not."""

from datetime import date

import pytest

from conftest import SHARED
from mrtrack.edit.layout import new_record
from mrtrack.importers.assembling.assembly import Given
from mrtrack.importers.formats.catalogue import read_page
from mrtrack.importers.importing import import_page, terms_of
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem, is_error
from mrtrack.rules.checking import check, check_together
from mrtrack.source.reader import Reading, read

SEEDS = SHARED / "seeds"
FIRST, SECOND = "000_9affc7f0a352c595.txt", "004_3763bfb89c92fe9b.txt"
TODAY = date(2026, 11, 22)


def imported(name: str) -> Reading:
    if not SEEDS.is_dir():
        pytest.skip("the source documents are not here")
    page = read_page((SEEDS / name).read_bytes(), name)
    (record,) = import_page(page, terms_of(Settings()), Given(2026)).records
    return read(new_record(record).encode(), f"records/{record['id']}.yaml")


def problems(reading: Reading) -> list[Problem]:
    return [*check(reading, Settings(), TODAY), *check_together([reading], Settings(), TODAY)]


def items(reading: Reading, rule: str) -> list[str]:
    return [problem.ref.rpartition(":")[2] for problem in problems(reading) if problem.rule == rule]


def test_of_all_completions_only_the_one_that_is_a_promise_is_told() -> None:
    assert items(imported(FIRST), "future-tense") == ["4.2"]


def test_every_completion_of_a_page_without_documents_lacks_evidence() -> None:
    assert len(items(imported(FIRST), "completed-without-evidence")) == 22


def test_the_spellings_of_the_communications_team_and_of_senior_management_are_told() -> None:
    told = [problem for problem in problems(imported(FIRST)) if problem.rule == "unit-spelt-differently"]
    variants = {
        problem.excerpt[problem.column - 1 :][: problem.width]: problem.message.split("“")[2].split("”")[0]
        for problem in told
    }
    assert variants["Communications team"] == variants["Communication team"] == "Communications Team"
    assert variants["Senior management"] == "Senior Management"
    assert "Policy, Partnerships and Communications Unit" not in variants
    assert not any("Knowledge" in name for name in variants)


def test_a_partial_acceptance_whose_reason_stands_under_its_action_is_told() -> None:
    assert items(imported(SECOND), "decision-without-reasons") == ["5"]


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_no_error_is_found_in_what_was_imported(name: str) -> None:
    assert [problem.message for problem in problems(imported(name)) if is_error(problem)] == []
