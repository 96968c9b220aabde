"""`mrtrack new`: the record of a new evaluation."""

from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, whole

REFUSED = {
    "an id in capitals": ("Water|--title|x", "“Water” is no id of an evaluation", "lower-case letters"),
    "an id with a slash": ("../water|--title|x", "no id of an evaluation"),
    "a title of two lines": ("--title|A\nB", "on one line"),
    "an empty title": ("--title| ", "the text is empty"),
    "a country that is none": ("--title|x|--country|ZZZ", "ZZZ"),
    "what is not on a closed list": ("--title|x|--type|Review", "Review", "Outcome"),
    "an id that is taken": (
        "water-2021|--title|x",
        "there is an evaluation water-2021 already",
        "another id",
    ),
}
WRONG_USAGE = {
    "no title": ("", "--title"),
    "an id alone": ("roads-2026", "--title"),
    "an unknown status": ("--title|x|--status|begun", "--status", "planned, ongoing, completed, cancelled"),
    "an action's status": ("--title|x|--status|initiated", "--status"),
    "no date": ("--title|x|--planned-end|soon", "--planned-end", "2021-Q3"),
    "no day on which it ended": ("--title|x|--completed|2021-13", "--completed"),
    "no day for the response": ("--title|x|--response-due|soon", "--response-due"),
    "no period": ("--title|x|--period|..", "--period", "2018..2021"),
    "a period that is no date": ("--title|x|--period|2018..now", "--period", "“now” is not a date"),
    "a period that ends before it begins": ("--title|x|--period|2021..2018", "--period", "2018..2021"),
    "an empty description": ("--title|x|--description| ", "--description"),
}


def test_a_record_says_what_was_given_in_the_order_of_records(folder: Path, mrtrack: Run) -> None:
    (folder / "records").mkdir()
    told = mrtrack(
        "new",
        "water-2026",
        "--title",
        "Evaluation of the water: programme",
        "--organisation",
        "Example Agency",
        "--type",
        "Outcome",
        "--planned-end",
        "2027-06",
        "--period",
        "2022..2026",
        "--plan",
        "2025-2028",
        "--commissioned-by",
        "Evaluation office",
        "--country",
        "KEN",
        "--country",
        "TZA",
        "--tag",
        "water",
        "--description",
        "What it is about.",
        "--response-due",
        "2027-09",
        "--response-required",
        "--comment",
        "As the plan asks.",
    )
    assert (told.code, told.err) == (0, "")
    assert told.out == 'records/water-2026.yaml begun (planned)\nNext: mrtrack add water-2026 --text "…"\n'
    assert (folder / "records" / "water-2026.yaml").read_text("utf-8") == (
        "schema: 1\n"
        "id: water-2026\n"
        'title: "Evaluation of the water: programme"\n'
        "description: |\n"
        "  What it is about.\n"
        "organisation: Example Agency\n"
        "commissioned_by: Evaluation office\n"
        "type: Outcome\n"
        "status: planned\n"
        "period: {from: 2022, to: 2026}\n"
        'plan: "2025-2028"\n'
        "planned_end: 2027-06\n"
        "countries: [KEN, TZA]\n"
        "tags: [water]\n"
        "management_response:\n"
        "  required: true\n"
        "  due: 2027-09\n"
        "history:\n"
        "  - date: 2026-11-22\n"
        "    by: A. Officer\n"
        "    status: planned\n"
        "    planned_end: 2027-06\n"
        "    comment: |\n"
        "      As the plan asks.\n"
    )
    assert mrtrack("check").err == "1 record checked: no problems\n"


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), "planned"),
        (("--status", "ong"), "ongoing"),
        (("--completed", "2026-05"), "completed"),
        (("--completed", "2026-05", "--status", "comp"), "completed"),
    ],
)
def test_an_evaluation_is_planned_unless_it_is_said_to_be_further(
    folder: Path, mrtrack: Run, options: tuple[str, ...], status: str
) -> None:
    (folder / "records").mkdir()
    assert mrtrack("new", "roads", "--title", "Roads", *options).code == 0
    data = whole(folder / "records" / "roads.yaml")
    assert data["status"] == data["history"][0]["status"] == status
    assert "planned_end" not in data


@pytest.mark.parametrize(
    ("end", "written"),
    [
        (("completed", "--on", "2027-12"), ("completed", "2027-12")),
        (("cancelled", "--comment", "No funds."), ("cancelled", None)),
    ],
)
def test_an_evaluation_goes_its_course(
    folder: Path,
    mrtrack: Run,
    end: tuple[str, ...],
    written: tuple[str, str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "records").mkdir()
    mrtrack("new", "roads", "--title", "Roads", "--planned-end", "2027-03")
    monkeypatch.setenv("MRTRACK_TODAY", "2028-01-15")
    for step in (
        ("ongoing",),
        ("--planned-end", "2027-06", "--comment", "The team came late."),
        ("--planned-end", "2027-12", "--comment", "The rains came early."),
        end,
    ):
        assert mrtrack("update", "roads", *step).code == 0
    data = whole(folder / "records" / "roads.yaml")
    assert (data["status"], data.get("completed"), data["planned_end"]) == (*written, "2027-12")
    assert [entry.get("status") for entry in data["history"]] == [
        "planned",
        "ongoing",
        None,
        None,
        written[0],
    ]
    assert [entry.get("planned_end") for entry in data["history"]] == [
        "2027-03",
        None,
        "2027-06",
        "2027-12",
        None,
    ]
    assert mrtrack("check").code == 0


@pytest.mark.parametrize(
    ("period", "written"),
    [
        ("2018..2021", {"from": "2018", "to": "2021"}),
        ("2018..", {"from": "2018"}),
        ("..2021-06", {"to": "2021-06"}),
        ("2020", {"from": "2020", "to": "2020"}),
        ("2020..2020-06", {"from": "2020", "to": "2020-06"}),
    ],
)
def test_a_period_may_be_open_at_one_end(
    folder: Path, mrtrack: Run, period: str, written: dict[str, str]
) -> None:
    (folder / "records").mkdir()
    assert mrtrack("new", "roads", "--title", "Roads", "--period", period).code == 0
    assert whole(folder / "records" / "roads.yaml")["period"] == written


def test_without_an_id_title_and_year_make_one_that_is_not_taken(folder: Path, mrtrack: Run) -> None:
    (folder / "records" / "2026").mkdir(parents=True)
    for _ in range(3):
        assert mrtrack("new", "--title", "The evaluation of the Water Programme").code == 0
    names = {path.stem for path in (folder / "records").glob("*.yaml")}
    assert names == {f"water-programme-2026{end}" for end in ("", "-2", "-3")}


def test_an_id_taken_in_a_folder_below_is_taken(folder: Path, mrtrack: Run) -> None:
    water = begin(folder)
    (folder / "records" / "old").mkdir()
    water.rename(folder / "records" / "old" / "water-2021.yaml")
    told = mrtrack("new", "water-2021", "--title", "Another")
    assert told.code == 1
    assert "records/old/water-2021.yaml" in told.err


def test_the_records_folder_is_made_where_the_settings_name_one_that_is_not_there(
    folder: Path, mrtrack: Run
) -> None:
    (folder / "mrtrack.toml").write_text('records = "data/evaluations"\n', encoding="utf-8")
    assert mrtrack("new", "roads", "--title", "Roads").code == 0
    assert (folder / "data" / "evaluations" / "roads.yaml").exists()


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_no_valid_record_is_refused(folder: Path, mrtrack: Run, case: str) -> None:
    begin(folder)
    (folder / "mrtrack.toml").write_text('[lists]\ntypes = ["Outcome", "Project"]\n', encoding="utf-8")
    command, *expected = REFUSED[case]
    told = mrtrack("new", *command.split("|"))
    assert (told.code, told.out) == (1, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert changed_files() == ["?? mrtrack.toml"]


@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_names_the_option(folder: Path, mrtrack: Run, case: str) -> None:
    begin(folder)
    command, *expected = WRONG_USAGE[case]
    told = mrtrack("new", *filter(None, command.split("|")) if command else ())
    assert (told.code, told.out) == (2, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert changed_files() == []


def test_a_file_or_link_of_that_name_is_never_overwritten(folder: Path, mrtrack: Run) -> None:
    begin(folder)
    (folder / "records" / "linked.yaml").symlink_to(folder / "elsewhere.yaml")
    (folder / "records" / "held.yaml").mkdir()
    for name in ("linked", "held"):
        told = mrtrack("new", name, "--title", "Another")
        assert (told.code, told.out) == (1, ""), name
        assert f"records/{name}.yaml" in told.err
    assert not (folder / "elsewhere.yaml").exists()


def test_a_records_folder_that_is_a_file_is_refused_without_a_traceback(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").touch()
    (folder / "records").write_text("", encoding="utf-8")
    told = mrtrack("new", "roads", "--title", "Roads")
    assert (told.code, told.out) == (1, "")
    assert "records" in told.err


def test_a_dry_run_shows_the_record_and_writes_nothing(folder: Path, mrtrack: Run) -> None:
    begin(folder)
    told = mrtrack("new", "roads", "--title", "Roads", "--dry-run", "--commit")
    assert told.code == 0
    assert "+title: Roads\n" in told.out
    assert changed_files() == []


def test_commit_commits_the_new_record_only(folder: Path, mrtrack: Run) -> None:
    begin(folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    git("add", "notes.txt")
    assert mrtrack("new", "roads", "--title", "Roads", "--commit").code == 0
    assert git("show", "--name-only", "--format=%s", "HEAD").split("\n") == [
        "Begin roads: Roads",
        "",
        "records/roads.yaml",
        "",
    ]
    assert changed_files() == ["A  notes.txt"]


def test_outside_of_any_repository_it_says_where_to_go(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = mrtrack("new", "roads", "--title", "Roads")
    assert (told.code, told.out) == (1, "")
    assert "there are no records here" in told.err
    assert list(tmp_path.iterdir()) == []
