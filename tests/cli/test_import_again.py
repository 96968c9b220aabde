"""`mrtrack import` of a page whose record is there: what changed becomes entries, and nothing is overwritten."""

import re
from pathlib import Path

import pytest
from lighthouses import (
    BUILDER,
    KEEPERS,
    POINTS,
    SCHOOL,
    SURVEY,
    Point,
    Row,
    answers,
    evaluation_page,
    response_page,
)

from conftest import Run, git
from waterworks import changed_files, changed_lines, item, whole

ID = "lighthouse-programme-2020"
BUILT = BUILDER.now("Port authority 2021/03 Completed Both towers stand.", "2021/04/02")
TAUGHT = SCHOOL.now("Training unit 2021/06 Initiated", "2021/04/09")


@pytest.fixture
def record(folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The committed record of a response page, and the day on which it is imported again."""
    (folder / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    (folder / "page.txt").write_text(response_page(), encoding="utf-8")
    assert mrtrack("import", "page.txt").code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "Import")
    monkeypatch.setenv("MRTRACK_TODAY", "2021-04-20")
    return folder / "records" / f"{ID}.yaml"


def later(*points: Point) -> None:
    Path("later.txt").write_text(response_page(points), encoding="utf-8")


def point(number: int, *rows: Row) -> Point:
    return Point(POINTS[number - 1].text, POINTS[number - 1].answer, rows)


def test_the_same_page_changes_nothing_at_all(record: Path, mrtrack: Run) -> None:
    before = (record.read_bytes(), record.stat().st_mtime_ns)
    told = mrtrack("import", "page.txt")
    assert (told.code, told.out) == (0, f"records/{ID}.yaml nothing new\n")
    assert (record.read_bytes(), record.stat().st_mtime_ns) == before


def test_rows_in_another_order_change_nothing_but_the_name_of_the_source(record: Path, mrtrack: Run) -> None:
    later(point(1, BUILDER, SURVEY), point(2, KEEPERS, SCHOOL))
    told = mrtrack("import", "later.txt")
    assert told.code == 0
    before = git("show", f"HEAD:records/{ID}.yaml")
    without = re.sub(r"sources:\n(  .*\n)+", "", record.read_text("utf-8"))
    assert without == re.sub(r"sources:\n(  .*\n)+", "", before)


def test_two_statuses_that_changed_on_a_page_sorted_anew_are_two_entries_on_those_actions(
    record: Path, mrtrack: Run
) -> None:
    before = whole(record)
    later(point(1, BUILT, SURVEY), point(2, KEEPERS, TAUGHT))
    told = mrtrack("import", "later.txt")
    assert told.code == 0
    after = whole(record)
    for old, new in zip(before["recommendations"], after["recommendations"], strict=True):
        for one, other in zip(old["actions"], new["actions"], strict=True):
            added = other["history"][len(one["history"]) :]
            assert other["history"][: len(one["history"])] == one["history"]
            assert added == {
                "1.2": [
                    {
                        "date": "2021-04-20",
                        "on": "until 2021-04-02",
                        "status": "completed",
                        "comment": "Both towers stand.",
                    }
                ],
                "2.1": [{"date": "2021-04-20", "on": "until 2021-04-09", "status": "initiated"}],
            }.get(one["id"], [])
    assert f"records/{ID}.yaml 2 items changed, 0 new, 0 no longer on the page" in told.out
    assert [line for line in changed_lines() if line not in told.out.splitlines()] == []
    assert (item(record, "1.2")["status"], item(record, "2.1")["status"]) == ("completed", "initiated")
    assert mrtrack("import", "later.txt").out == f"records/{ID}.yaml nothing new\n"
    assert mrtrack("check").code == 0


def test_a_dry_run_shows_what_an_import_again_would_change(record: Path, mrtrack: Run) -> None:
    later(point(1, BUILT, SURVEY), point(2, SCHOOL, KEEPERS))
    shown = mrtrack("import", "later.txt", "--dry-run")
    assert shown.code == 0
    assert changed_files() == []
    told = mrtrack("import", "later.txt")
    assert told.out == shown.out
    assert "+        status: completed" in told.out
    assert record.read_text("utf-8") != git("show", f"HEAD:records/{ID}.yaml")


def test_a_row_that_is_gone_is_told_and_left(record: Path, mrtrack: Run) -> None:
    later(point(1, SURVEY, BUILDER), point(2, SCHOOL))
    told = mrtrack("import", "later.txt")
    assert told.code == 0
    assert f"{ID}: 2.2 is in the record and no longer on the page; left as it is" in told.err
    assert "1 no longer on the page" in told.out
    assert [line for line in changed_lines() if line.startswith("-")] == []
    assert item(record, "2.2")["responsible"] == "Finance"


def test_a_row_and_a_recommendation_that_are_new_are_added(record: Path, mrtrack: Run) -> None:
    course = Row("2.3", "Print the handbook of the course", "Training unit 2021/12 Not Initiated")
    paint = Row("3.1", "Buy white paint", "Port authority 2022/01 Not Initiated")
    extra = Point("Paint all towers white.", "Agreed.", (paint,))
    later(point(1, SURVEY, BUILDER), point(2, SCHOOL, course, KEEPERS), extra)
    told = mrtrack("import", "later.txt")
    assert told.code == 0
    assert "2.3 is new" in told.err
    assert "recommendation 3 is new" in told.err
    assert [line for line in changed_lines() if line.startswith("-")] == []
    assert item(record, "2.3")["text"] == "Print the handbook of the course"
    assert item(record, "3.1")["due"] == "2022-01"
    assert mrtrack("check").code == 0


def test_two_equally_near_actions_stop_their_recommendation_alone_and_are_both_shown(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = Row("", "Paint the lamp room of the tower in the north", "Port authority 2021/03 Initiated")
    south = Row("", "Paint the lamp room of the tower in the south", "Port authority 2021/03 Initiated")
    Path("page.txt").write_text(response_page([point(1, north, south), POINTS[1]]), encoding="utf-8")
    assert mrtrack("import", "page.txt").code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "Import")
    record = folder / "records" / f"{ID}.yaml"
    before = item(record, "1")
    monkeypatch.setenv("MRTRACK_TODAY", "2021-04-20")
    which = Row(
        "", "Paint the lamp room of the tower in the", "Port authority 2021/03 Completed", "2021/04/02"
    )
    later(Point(POINTS[0].text, "The office now answers otherwise.", (which,)), point(2, TAUGHT, KEEPERS))
    told = mrtrack("import", "later.txt")
    assert told.code == 1
    assert "recommendation 1: stopped" in told.err
    assert north.text in told.err
    assert south.text in told.err
    assert item(record, "1") == before
    assert item(record, "2.1")["history"][-1]["on"] == "until 2021-04-09"


@pytest.mark.parametrize("order", [("evaluation.txt", "page.txt"), ("page.txt", "evaluation.txt")])
@pytest.mark.parametrize("together", [False, True])
def test_the_two_pages_of_one_evaluation_complete_one_record(
    folder: Path, mrtrack: Run, order: tuple[str, str], *, together: bool
) -> None:
    Path("evaluation.txt").write_text(evaluation_page(), encoding="utf-8")
    Path("page.txt").write_text(response_page(), encoding="utf-8")
    if together:
        assert mrtrack("import", *order).code == 0
    else:
        assert [mrtrack("import", page).code for page in order] == [0, 0]
    assert [path.name for path in (folder / "records").iterdir()] == [f"{ID}.yaml"]
    record = folder / "records" / f"{ID}.yaml"
    data = whole(record)
    sources = [source["title"] for source in data.pop("sources")]
    assert sorted(sources) == ["ERC evaluation page", "ERC management response page"]
    assert (data["planned_end"], data["lessons"]) == ("2020-05", ["Lamps need keepers."])
    assert data["management_response"] == {"required": True, "unit": "Benin"}
    assert "history" not in data
    assert [len(one["actions"]) for one in data["recommendations"]] == [2, 2]
    assert all(len(action["history"]) == 2 for one in data["recommendations"] for action in one["actions"])
    complete = Path("complete.txt")
    complete.write_text(evaluation_page() + answers(POINTS), encoding="utf-8")
    assert mrtrack("import", "complete.txt", "--id", "complete", "--dry-run").code == 0
    written = record.read_bytes()
    for page in order:
        assert mrtrack("import", page).out == f"records/{ID}.yaml nothing new\n"
    assert record.read_bytes() == written
    assert mrtrack("check").code == 0


def test_a_dry_run_of_both_pages_shows_one_record_that_both_complete(folder: Path, mrtrack: Run) -> None:
    Path("evaluation.txt").write_text(evaluation_page(), encoding="utf-8")
    Path("page.txt").write_text(response_page(), encoding="utf-8")
    shown = mrtrack("import", "evaluation.txt", "page.txt", "--dry-run")
    assert shown.code == 0
    assert [line for line in shown.out.splitlines() if line.startswith("records/")] == [
        f"records/{ID}.yaml new: 2 recommendations, 0 actions",
        f"records/{ID}.yaml 3 items changed, 4 new, 0 no longer on the page",
    ]
    assert not (folder / "records").exists()


def test_a_page_that_could_belong_to_two_records_asks_for_which(record: Path, mrtrack: Run) -> None:
    twin = record.read_text("utf-8").replace(f"id: {ID}", "id: twin")
    (record.parent / "twin.yaml").write_text(twin, encoding="utf-8")
    told = mrtrack("import", "page.txt")
    assert (told.code, told.out) == (1, "")
    assert f"{ID} or twin" in told.err
    assert "--into ID" in told.err
    assert mrtrack("import", "page.txt", "--into", "twin").out == "records/twin.yaml nothing new\n"


def test_what_a_person_wrote_since_stays_whatever_the_page_says(record: Path, mrtrack: Run) -> None:
    assert (
        mrtrack("update", f"{ID}:2.2", "completed", "--by", "Finance", "--comment", "All are paid.").code == 0
    )
    before = item(record, "2.2")
    told = mrtrack("import", "page.txt")
    assert told.code == 0
    assert item(record, "2.2") == before
