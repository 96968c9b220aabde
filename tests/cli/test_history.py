"""`mrtrack history`: what was recorded, when, by whom and why."""

import json
import shutil
from pathlib import Path

import pytest
from screens_of import DOCUMENT_KEYS, Keys, put_broken

from conftest import ROOT, Run

KEYS = [
    "ref",
    "evaluation",
    "title",
    "entry",
    "date",
    "on",
    "by",
    "status",
    "decision",
    "due",
    "previous_due",
    "responsible",
    "planned_end",
    "verdict",
    "comment",
    "documents",
    "corrects",
    "corrected",
    "text",
]


@pytest.fixture
def life(folder: Path) -> Path:
    """A repository with the evaluation whose one action lived through everything."""
    (folder / "records").mkdir()
    shutil.copy(ROOT / "tests" / "life" / "borehole-2020.yaml", folder / "records")
    return folder


def rows(mrtrack: Run, *arguments: str) -> list[Keys]:
    answer = mrtrack("history", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    document = json.loads(answer.out)
    assert list(document) == DOCUMENT_KEYS
    assert document["kind"] == "history"
    found = document["items"]
    assert isinstance(found, list)
    return found


def days(mrtrack: Run, *arguments: str) -> list[str]:
    return [row["date"] for row in rows(mrtrack, *arguments)]


@pytest.mark.usefixtures("life")
def test_every_entry_is_a_row_with_the_documented_keys(mrtrack: Run) -> None:
    found = rows(mrtrack)
    assert [list(row) for row in found] == [KEYS] * 13
    assert [row["date"] for row in found] == sorted(row["date"] for row in found)
    assert {row["ref"] for row in found} == {"borehole-2020", "borehole-2020:1.1"}


@pytest.mark.usefixtures("life")
def test_each_row_says_in_words_what_changed(mrtrack: Run) -> None:
    assert [row["text"] for row in rows(mrtrack, "borehole-2020:1.1")] == [
        "added, not initiated, due 2021-02, lead Water section",
        "initiated (was not initiated), lead Field operations (was Water section)",
        "completed (was initiated), 1 document",
        "corrects the entry of 2020-08-03",
        "completed (was initiated), 1 document",
        "not confirmed",
        "initiated (was completed), due moved 2021-02 → 2022-04-30",
        "completed (was initiated), 1 document",
        "confirmed",
    ]
    of_evaluation = [row["text"] for row in rows(mrtrack) if row["ref"] == "borehole-2020"]
    assert of_evaluation == [
        "added, planned, planned end 2020-06",
        "planned end moved 2020-06 → 2020-12",
        "planned end moved 2020-12 → 2021-12",
        "cancelled (was planned)",
    ]


@pytest.mark.usefixtures("life")
def test_json_gives_dates_names_and_documents_as_the_record_writes_them(mrtrack: Run) -> None:
    by_day = {row["date"]: row for row in rows(mrtrack, "borehole-2020:1.1")}
    assert by_day["2022-05-20"]["on"] == "until 2022-05-06"
    assert by_day["2021-09-20"]["on"] == "2021-05"
    assert by_day["2021-09-20"]["documents"] == [
        {"title": "Training report", "url": "https://example.org/training"}
    ]
    assert (by_day["2020-08-10"]["entry"], by_day["2020-08-10"]["corrects"]) == ("2020-08-10", "2020-08-03")
    assert by_day["2021-11-02"]["verdict"] == "not-confirmed"


@pytest.mark.usefixtures("life")
def test_an_entry_that_was_corrected_stays_and_is_marked(mrtrack: Run) -> None:
    marked = [row["date"] for row in rows(mrtrack) if row["corrected"]]
    assert marked == ["2020-08-03"]
    screen = mrtrack("history").out
    (line,) = (line for line in screen.splitlines() if "corrected later" in line)
    assert "completed (was initiated)" in line
    assert "corrected later" not in mrtrack("history", "--as-of", "2020-08-09").out


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("--since 2022", ["2022-02-07", "2022-05-20", "2022-06-14"]),
        ("--since 2022-05-20", ["2022-05-20", "2022-06-14"]),
        ("--until 2020-05-18", ["2019-11-04", "2020-03-02", "2020-05-18"]),
        ("--since 2020-06 --until 2020-08", ["2020-06-22", "2020-08-03", "2020-08-10"]),
        ("--by audit", ["2022-06-14"]),
        ("--by PROGRAMME --until 2021", ["2020-03-02", "2020-05-18", "2021-11-16"]),
        ("--since 2023", []),
        ("--limit 2", ["2022-05-20", "2022-06-14"]),
        ("--limit 2 --sort date", ["2019-11-04", "2020-03-02"]),
        ("--sort -date --limit 1", ["2022-06-14"]),
        ("--sort on --limit 2", ["2021-09-20", "2022-05-20"]),
        ("--as-of 2020-01-01", ["2019-11-04"]),
    ],
)
def test_it_is_cut_by_days_by_who_recorded_and_by_number(
    mrtrack: Run, options: str, found: list[str]
) -> None:
    assert days(mrtrack, *options.split()) == found


@pytest.mark.usefixtures("real")
def test_a_ref_narrows_it_to_the_item_and_what_is_below(mrtrack: Run) -> None:
    assert {row["ref"] for row in rows(mrtrack, "unossc-2020:5")} == {"unossc-2020:5.1", "unossc-2020:5.2"}
    assert {row["ref"] for row in rows(mrtrack, "unossc-2020:5.1")} == {"unossc-2020:5.1"}
    assert {row["evaluation"] for row in rows(mrtrack, "unece-2021")} == {"unece-2021"}
    assert rows(mrtrack, "unece-2021", "--evaluation", "unossc-2020") == []


@pytest.mark.usefixtures("real")
def test_filters_choose_whose_entries_are_told_also_those_of_a_view(mrtrack: Run) -> None:
    late = {item["ref"] for item in json.loads(mrtrack("list", "overdue", "--json").out)["items"]}
    assert {row["ref"] for row in rows(mrtrack, "--overdue") if ":" in row["ref"]} == late
    assert {row["ref"] for row in rows(mrtrack, "--view", "overdue") if ":" in row["ref"]} == late


@pytest.mark.usefixtures("life")
def test_the_screen_groups_entries_by_day_and_gives_reasons_and_documents(mrtrack: Run) -> None:
    screen = mrtrack("history", "borehole-2020:1.1").out
    assert [line for line in screen.splitlines() if line[:2] == "20"] == days(mrtrack, "borehole-2020:1.1")
    told = " ".join(screen.split())
    for words in (
        "by Field operations",
        "The training was held in May; the report came late.",
        "happened 2021-05",
        "happened by 2022-05-06",
        "Training report https://example.org/training",
    ):
        assert words in told


@pytest.mark.usefixtures("life")
def test_a_cut_history_says_how_many_entries_there_are(mrtrack: Run) -> None:
    assert mrtrack("history", "--limit", "2").out.endswith("\n13 entries (2 shown)\n")


@pytest.mark.usefixtures("folder")
def test_where_nothing_was_recorded_it_says_so(mrtrack: Run) -> None:
    answer = mrtrack("history")
    assert (answer.code, answer.out) == (0, "Nothing was recorded.\n")


@pytest.mark.usefixtures("life")
def test_a_day_that_is_none_is_wrong_usage(mrtrack: Run) -> None:
    for option in ("--since", "--until"):
        answer = mrtrack("history", option, "May")
        assert (answer.code, answer.out) == (2, "")
        assert option in answer.err


@pytest.mark.usefixtures("life")
def test_as_markdown_and_csv_it_has_every_entry(mrtrack: Run) -> None:
    markdown = mrtrack("history", "--format", "md").out.splitlines()
    assert markdown[0] == "| Recorded | Ref | Change | By | Comment |"
    assert len(markdown) == 2 + 13
    assert mrtrack("history", "--format", "csv").out.splitlines()[0].split(",") == KEYS


def test_with_a_broken_record_the_rest_is_told_and_the_answer_is_called_incomplete(
    life: Path, mrtrack: Run
) -> None:
    put_broken(life)
    answer = mrtrack("history", "--json", "--strict")
    document = json.loads(answer.out)
    assert (answer.code, document["complete"], len(document["items"])) == (1, False, 13)
