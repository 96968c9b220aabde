"""A value that was only written is not lost when the first entry about it is recorded, nor for the days before."""

from pathlib import Path

import pytest

from conftest import Run
from mrtrack.source.reader import read


@pytest.fixture
def kept(real: Path) -> tuple[bytes, bytes]:
    """Both real records as they were; what they state of decisions, leads and courses has no entry."""
    return (real / "records/unece-2021.yaml").read_bytes(), (real / "records/unossc-2020.yaml").read_bytes()


@pytest.mark.usefixtures("kept")
def test_a_decision_that_changes_leaves_the_earlier_one_to_the_days_before(mrtrack: Run) -> None:
    told = mrtrack("respond", "unece-2021:1", "rejected", "--comment", "The mandate changed.")
    assert "rejected (was accepted)" in told.out
    for day, decision in (("2022-06-01", "accepted"), ("2026-11-22", "rejected")):
        screen = mrtrack("status", "unece-2021", "--as-of", day).out
        assert next(line for line in screen.splitlines() if line.startswith("1 ")).endswith(decision)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("news", ["rejected", "--by=Evaluation office"])
def test_before_it_was_approved_and_after_there_is_the_same_answer_as_without_the_news(
    mrtrack: Run, news: str
) -> None:
    days = ("2021-10-01", "2021-12-21", "2021-12-22", "2022-06-01")
    before = [mrtrack("status", "unece-2021", "--as-of", day).out for day in days]
    assert mrtrack("respond", "unece-2021:1", news, "--comment", "The mandate changed.").code == 0
    assert [mrtrack("status", "unece-2021", "--as-of", day).out for day in days] == before
    assert '"unece-2021:1"' not in mrtrack("list", "no-response", "--as-of", "2022-06-01", "--json").out


@pytest.mark.usefixtures("kept")
def test_a_lead_that_changes_leaves_the_earlier_one_to_the_days_before(mrtrack: Run) -> None:
    told = mrtrack("update", "unossc-2020:3.1", "--lead", "Planning Unit")
    assert "lead Planning Unit (was Director)" in told.out
    assert "Lead: Director\n" in mrtrack("show", "unossc-2020:3.1", "--as-of", "2023-01-01").out
    assert "Lead: Planning Unit\n" in mrtrack("show", "unossc-2020:3.1").out


def test_a_slip_that_is_corrected_leaves_the_present_as_it_was(
    real: Path, mrtrack: Run, kept: tuple[bytes, bytes]
) -> None:
    for command in (
        "respond unece-2021:1 rejected --comment x",
        "respond unece-2021:1 --corrects 2026-11-22 --comment y",
        "update unossc-2020 ongoing --planned-end 2027 --comment x",
        "update unossc-2020 --corrects 2026-11-22 --comment y",
        "update unossc-2020:3.1 --lead PMU --due 2027 --comment x",
        "update unossc-2020:3.1 --corrects 2026-11-22 --comment y",
    ):
        assert mrtrack(*command.split()).code == 0, command
    for name, before in zip(("unece-2021", "unossc-2020"), kept, strict=True):
        path = real / f"records/{name}.yaml"
        was, now = read(before, name).evaluation, read(path.read_bytes(), name).evaluation
        assert was
        assert now
        assert now.completed == was.completed
        assert (now.status, now.planned_end) == (was.status, was.planned_end)
        for one, other in zip(was.recommendations or (), now.recommendations or (), strict=True):
            assert one.response
            assert other.response
            assert other.response.decision is one.response.decision
            present = [(action.due, action.responsible, action.status) for action in one.actions or ()]
            assert [
                (action.due, action.responsible, action.status) for action in other.actions or ()
            ] == present


@pytest.mark.usefixtures("kept")
def test_news_about_an_imported_evaluation_does_not_add_it_on_that_day(mrtrack: Run) -> None:
    assert mrtrack("update", "unossc-2020", "--comment", "The site was moved.").code == 0
    assert "added" not in mrtrack("history", "unossc-2020", "--since", "2026").out
    assert "28 actions" in mrtrack("status", "--as-of", "2021-06-30").out


@pytest.mark.usefixtures("kept")
def test_what_was_kept_needs_no_declaration(real: Path, mrtrack: Run) -> None:
    (real / "mrtrack.toml").write_text('[extra.entry]\nticket = "number"\n', encoding="utf-8")
    assert mrtrack("update", "unossc-2020:3.1", "--lead", "Planning Unit").code == 0
    assert mrtrack("check").code == 0


def test_a_comment_leaves_the_end_of_an_evaluation_alone(folder: Path, mrtrack: Run) -> None:
    path = folder / "records" / "roads-2020.yaml"
    path.parent.mkdir()
    path.write_text("schema: 1\nid: roads-2020\nstatus: ongoing\ncompleted: 2020-09\n", encoding="utf-8")
    assert mrtrack("update", "roads-2020", "--comment", "The report is being printed.").code == 0
    assert "completed: 2020-09\n" in path.read_text(encoding="utf-8")
