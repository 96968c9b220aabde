"""`mrtrack import`: from published files to records, as a person uses it."""

import json
import re
from pathlib import Path

import pytest
from lighthouses import POINTS, TITLE, evaluation_page, response_page

from conftest import SHARED, Run, git
from waterworks import changed_files, item, whole

RECORD = "records/lighthouse-programme-2020.yaml"
BROKEN = {
    "a picture renamed": ("chart.pdf", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ("chart.pdf", "picture")),
    "an empty file": ("empty.txt", b"", ("empty.txt", "is empty")),
    "an empty table": ("table.csv", b"", ("table.csv", "is empty")),
    "a Word document cut short": ("letter.docx", b"PK\x03\x04\x14\x00", ("letter.docx",)),
    "a table without a mapping": ("list.csv", b"No.,Text\n1,Paint it.\n", ("list.csv", "mapping", "--guess")),
    "a folder": ("folder", None, ("folder",)),
    "a missing file": ("", None, ("elsewhere.html", "No such file")),
}
WRONG_USAGE = {
    "no file": ("", "FILE"),
    "an order of dates that is none": ("page.txt --dates ymd", "--dates"),
    "no day": ("page.txt --retrieved soon", "--retrieved"),
    "nobody's name": ("page.txt --organisation |", "--organisation"),
    "a name of two lines": ("page.txt --organisation A|B", "--organisation"),
    "two results": ("page.txt --explain --json", "--explain"),
    "one id for two pages": ("page.txt other.txt --id lights", "--id"),
    "one address for two pages": ("page.txt other.txt --url https://example.org/a", "--url"),
    "an id for the records of a table": ("page.txt --id lights --mapping table.toml", "--id"),
    "files beside a guess": ("page.txt --guess table.csv", "--guess"),
}


@pytest.fixture
def pages(folder: Path) -> Path:
    """A repository without records, with the response page of an evaluation beside it."""
    (folder / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin")
    (folder / "page.txt").write_text(response_page(), encoding="utf-8")
    return folder


def test_both_published_documents_become_records_without_any_problem(folder: Path, mrtrack: Run) -> None:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the published documents are not here")
    seeds = sorted(str(path) for path in (SHARED / "seeds").glob("*.txt"))
    told = mrtrack("import", *seeds)
    assert told.code == 0
    assert [line.split(" ", 1)[1] for line in told.out.splitlines()] == [
        "new: 7 recommendations, 28 actions",
        "new: 8 recommendations, 8 actions",
    ]
    assert re.findall(r"left over \d+", told.err) == ["left over 0"] * 2
    assert len(list((folder / "records").iterdir())) == 2
    assert mrtrack("check").code == 0


def test_the_record_is_told_on_stdout_and_the_account_on_stderr(pages: Path, mrtrack_process: Run) -> None:
    told = mrtrack_process("import", "page.txt")
    assert (told.code, told.out) == (0, f"{RECORD} new: 2 recommendations, 4 actions\n")
    assert told.err == (
        "page.txt: ERC management response page, 33 lines\n"
        "  in the record 26, furniture 6, withheld 1; left over 0\n"
    )
    data = whole(pages / RECORD)
    assert (data["title"], data["plan"], data["completed"]) == (TITLE, "2018-2022, Benin", "2020-06")
    assert [one["text"].strip() for one in data["recommendations"]] == [point.text for point in POINTS]
    assert item(pages / RECORD, "1.1")["history"][-1] == {
        "date": "2020-11-20",
        "on": "until 2020-11-20",
        "status": "completed",
        "comment": "Surveyed by boat.",
    }
    assert "example.org" not in (pages / RECORD).read_text("utf-8")


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_is_refused_and_the_others_are_imported(
    pages: Path, mrtrack: Run, case: str
) -> None:
    name, content, expected = BROKEN[case]
    if content is not None:
        (pages / name).write_bytes(content)
    elif name:
        (pages / name).mkdir()
    (pages / "other.txt").write_text(response_page(title="Review of the markets"), encoding="utf-8")
    told = mrtrack("import", "page.txt", name or "elsewhere.html", "other.txt")
    assert told.code == 1
    assert [words for words in expected if words not in told.err] == [], told.err
    assert "Traceback" not in told.err
    assert [line.split()[0] for line in told.out.splitlines()] == [RECORD, "records/markets-2020.yaml"]
    assert {path.name for path in (pages / "records").iterdir()} == {
        "lighthouse-programme-2020.yaml",
        "markets-2020.yaml",
    }
    assert mrtrack("check").code == 0


@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_names_what_is_wrong_and_writes_nothing(pages: Path, mrtrack: Run, case: str) -> None:
    (pages / "other.txt").write_text(evaluation_page(), encoding="utf-8")
    command, expected = WRONG_USAGE[case]
    told = mrtrack("import", *(word.replace("|", "\n") for word in command.split()))
    assert (told.code, told.out) == (2, "")
    assert expected in told.err
    assert changed_files() == []


def test_a_page_comes_through_a_pipe_as_well(pages: Path, mrtrack_process: Run) -> None:
    told = mrtrack_process("import", "-", stdin=response_page())
    assert (told.code, told.out) == (0, f"{RECORD} new: 2 recommendations, 4 actions\n")
    piped = (pages / RECORD).read_bytes()
    (pages / RECORD).unlink()
    assert mrtrack_process("import", "page.txt").code == 0
    assert (pages / RECORD).read_bytes() == piped
    nothing = mrtrack_process("import", "-", stdin="")
    assert (nothing.code, nothing.out) == (1, "")
    assert "empty" in nothing.err


def test_what_the_page_does_not_say_is_told_by_options(pages: Path, mrtrack: Run) -> None:
    address = "https://example.org/reviews/7"
    options = (
        "--id",
        "lights",
        "--organisation",
        "Port Agency",
        "--url",
        address,
        "--retrieved",
        "2021-01-15",
    )
    assert mrtrack("import", "page.txt", *options).code == 0
    data = whole(pages / "records/lights.yaml")
    assert (data["id"], data["organisation"]) == ("lights", "Port Agency")
    (source,) = data["sources"]
    assert (source["url"], source["retrieved"]) == (address, "2021-01-15")
    assert mrtrack("check").code == 0


@pytest.mark.parametrize(
    ("options", "due", "timeline"),
    [
        ((), None, "03/04/2021"),
        (("--dates", "dmy"), "2021-04-03", None),
        (("--dates", "mdy"), "2021-03-04", None),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_read_as_the_person_says(
    pages: Path, mrtrack: Run, options: tuple[str, ...], due: str | None, timeline: str | None
) -> None:
    table = "| Recommendation | Action | Deadline |\n|---|---|---|\n| Paint it. | Buy paint | 03/04/2021 |\n"
    (pages / "table.md").write_text(
        f"Management response to the review of the boats\n\n{table}", encoding="utf-8"
    )
    told = mrtrack("import", "table.md", "--id", "boats", *options)
    assert told.code == 0
    action = item(pages / "records/boats.yaml", "1.1")
    assert (action.get("due"), action.get("timeline")) == (due, timeline)
    assert ("03/04/2021" in told.err) == (due is None)


def test_the_order_of_dates_that_a_document_proves_is_taken_before_that_of_the_person(
    pages: Path, mrtrack: Run
) -> None:
    rows = "| Paint it. | Buy paint | 03/04/2021 |\n| Sail it. | Learn | 27/09/2021 |\n"
    table = f"| Recommendation | Action | Deadline |\n|---|---|---|\n{rows}"
    (pages / "table.md").write_text(
        f"Management response to the review of the boats\n\n{table}", encoding="utf-8"
    )
    assert mrtrack("import", "table.md", "--id", "boats", "--dates", "mdy").code == 0
    assert item(pages / "records/boats.yaml", "1.1")["due"] == "2021-04-03"
    assert item(pages / "records/boats.yaml", "2.1")["due"] == "2021-09-27"


def test_a_dry_run_shows_the_record_and_writes_nothing(pages: Path, mrtrack: Run) -> None:
    told = mrtrack("import", "page.txt", "--dry-run", "--commit")
    assert told.code == 0
    added = [line[1:] for line in told.out.splitlines() if line.startswith("+")]
    assert f"title: {TITLE}" in added
    assert f"{RECORD} new: 2 recommendations, 4 actions" in told.out
    assert "Nothing was written (--dry-run)." in told.err
    assert changed_files() == []
    assert mrtrack("import", "page.txt").code == 0
    assert "\n".join(added[1:]) + "\n" == (pages / RECORD).read_text("utf-8")


def test_json_is_one_document_with_each_record_once_as_it_is_then(pages: Path, mrtrack: Run) -> None:
    (pages / "evaluation.txt").write_text(evaluation_page(), encoding="utf-8")
    told = mrtrack("import", "evaluation.txt", "page.txt", "--json")
    assert told.code == 0
    document = json.loads(told.out)
    assert list(document) == ["schema_version", "kind", "as_of", "complete", "unread", "items"]
    assert (document["schema_version"], document["kind"], document["complete"]) == (1, "records", True)
    assert [one["id"] for one in document["items"]] == ["lighthouse-programme-2020"]
    shown = json.loads(mrtrack("show", "lighthouse-programme-2020", "--json").out)
    assert document["items"] == shown["items"]
    actions = [action for one in document["items"][0]["recommendations"] for action in one["actions"]]
    listed = json.loads(mrtrack("list", "--json").out)["items"]
    assert [one["derived"]["ref"] for one in actions] == [
        f"lighthouse-programme-2020:{one['id']}" for one in actions
    ]
    assert {one["ref"]: one for one in listed} == {one["derived"]["ref"]: one["derived"] for one in actions}
    again = mrtrack("import", "page.txt", "--json")
    assert json.loads(again.out)["items"] == shown["items"]
    assert json.loads(mrtrack("import", "page.txt", "--id", "other", "--json", "--dry-run").out)["items"]
    assert not (pages / "records/other.yaml").exists()


def test_every_line_is_explained_within_the_width_of_the_terminal(pages: Path, mrtrack_process: Run) -> None:
    long = "A very long address follows: https://example.org/" + "lighthouse-" * 20
    (pages / "page.txt").write_text(response_page().replace(POINTS[0].answer, long), encoding="utf-8")
    told = mrtrack_process("import", "page.txt", "--explain", "--dry-run", COLUMNS="80")
    assert told.code == 0
    lines = told.out.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    shown = [int(line[:3]) for line in lines if line[:3].strip().isdecimal()]
    source = (pages / "page.txt").read_text("utf-8").splitlines()
    assert shown == [number for number, line in enumerate(source, 1) if line.strip()]
    assert "withheld: e-mail address" in told.out
    assert "keeper@example.org" not in told.out + told.err


def test_the_report_names_every_line_of_the_source_once(pages: Path, mrtrack: Run) -> None:
    source = (pages / "page.txt").read_text("utf-8").splitlines()
    numbers = [number for number, line in enumerate(source, 1) if line.strip()]
    assert mrtrack("import", "page.txt", "--report", "account.json").code == 0
    text = (pages / "account.json").read_text("utf-8")
    document = json.loads(text)
    assert (document["schema_version"], document["kind"]) == (1, "accounts")
    (account,) = document["items"]
    assert [one["line"] for one in account["account"]] == numbers
    assert (account["lines"], sum(account["fates"].values())) == (len(numbers), len(numbers))
    assert all(one["parts"] for one in account["account"])
    assert "keeper@example.org" not in text
    assert mrtrack("import", "page.txt", "--report", "account.text").code == 0
    text = (pages / "account.text").read_text("utf-8")
    listed = text.split("What became of every line\n")[1].splitlines()
    assert [int(line.split()[0]) for line in listed] == numbers
    assert all(source[number - 1] in line for number, line in zip(numbers[:-1], listed[:-1], strict=True))
    assert "keeper@example.org" not in text


def test_a_report_tells_of_all_files(pages: Path, mrtrack: Run) -> None:
    (pages / "evaluation.txt").write_text(evaluation_page(), encoding="utf-8")
    assert mrtrack("import", "page.txt", "evaluation.txt", "--report", "account.json", "--dry-run").code == 0
    items = json.loads((pages / "account.json").read_text("utf-8"))["items"]
    assert [one["source"] for one in items] == ["page.txt", "evaluation.txt"]


def test_a_report_that_cannot_be_written_is_said(pages: Path, mrtrack: Run) -> None:
    told = mrtrack("import", "page.txt", "--report", "nowhere/account.json")
    assert told.code == 1
    assert "there is no folder nowhere" in told.err
    assert (pages / RECORD).exists()


def test_commit_makes_one_commit_of_all_records(pages: Path, mrtrack: Run) -> None:
    (pages / "other.txt").write_text(response_page(title="Review of the markets"), encoding="utf-8")
    (pages / "evaluation.txt").write_text(evaluation_page(), encoding="utf-8")
    assert mrtrack("import", "page.txt", "other.txt", "evaluation.txt", "--commit").code == 0
    assert git("rev-list", "--count", "HEAD") == "2\n"
    shown = git("show", "--name-only", "--format=", "HEAD").split()
    assert shown == [RECORD, "records/markets-2020.yaml"]
    assert changed_files() == []
    assert mrtrack("import", "page.txt", "--commit").code == 0
    assert git("rev-list", "--count", "HEAD") == "2\n"


def test_another_plan_is_another_evaluation_with_an_id_of_its_own(pages: Path, mrtrack: Run) -> None:
    assert mrtrack("import", "page.txt").code == 0
    before = (pages / RECORD).read_bytes()
    (pages / "later.txt").write_text(response_page(plan="2023-2026, Benin"), encoding="utf-8")
    told = mrtrack("import", "later.txt")
    assert told.out == "records/lighthouse-programme-2020-2.yaml new: 2 recommendations, 4 actions\n"
    assert (pages / RECORD).read_bytes() == before


def test_an_id_that_another_evaluation_has_is_refused(pages: Path, mrtrack: Run) -> None:
    assert mrtrack("import", "page.txt", "--id", "lights").code == 0
    before = (pages / "records/lights.yaml").read_bytes()
    (pages / "other.txt").write_text(response_page(title="Review of the markets"), encoding="utf-8")
    told = mrtrack("import", "other.txt", "--id", "lights")
    assert (told.code, told.out) == (1, "")
    assert "lights already" in told.err
    assert "--into lights" in told.err
    assert (pages / "records/lights.yaml").read_bytes() == before
    assert "nothing new" in mrtrack("import", "page.txt", "--id", "lights").out


@pytest.mark.usefixtures("pages")
def test_an_id_that_is_none_is_refused(mrtrack: Run) -> None:
    told = mrtrack("import", "page.txt", "--id", "../Lights")
    assert (told.code, told.out) == (1, "")
    assert "Lights" in told.err
    assert changed_files() == []


@pytest.mark.usefixtures("pages")
def test_a_record_that_nobody_has_is_not_completed(mrtrack: Run) -> None:
    assert mrtrack("import", "page.txt").code == 0
    told = mrtrack("import", "page.txt", "--into", "light")
    assert (told.code, told.out) == (1, "")
    assert "light" in told.err


def test_into_completes_the_record_that_is_named_though_the_titles_differ(pages: Path, mrtrack: Run) -> None:
    assert mrtrack("import", "page.txt", "--id", "lights").code == 0
    (pages / "other.txt").write_text(evaluation_page(title="Lighthouses, a review"), encoding="utf-8")
    told = mrtrack("import", "other.txt", "--into", "lights")
    assert told.code == 0
    data = whole(pages / "records/lights.yaml")
    assert (data["title"], data["planned_end"]) == (TITLE, "2020-05")
    assert "title differs" in told.err
    assert [path.name for path in (pages / "records").iterdir()] == ["lights.yaml"]


def test_outside_of_any_repository_nothing_is_written(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(response_page(), encoding="utf-8")
    told = mrtrack("import", "page.txt")
    assert (told.code, told.out) == (1, "")
    assert "there are no records here" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_a_report_never_takes_the_place_of_a_source(folder: Path, mrtrack: Run) -> None:
    page = folder / "page.txt"
    page.write_text("Recommendation 1: Dig.\n\nManagement Response: Agreed.\n", encoding="utf-8")
    before = page.read_bytes()
    answer = mrtrack("import", "page.txt", "--report", "./page.txt")
    assert (answer.code, page.read_bytes()) == (2, before)
    assert "--report" in answer.err


def test_a_page_is_not_fetched_tomorrow(folder: Path, mrtrack: Run) -> None:
    (folder / "page.txt").write_text(
        "Recommendation 1: Dig.\n\nManagement Response: Agreed.\n", encoding="utf-8"
    )
    answer = mrtrack("import", "page.txt", "--retrieved", "2026-11-23")
    assert answer.code == 2
    assert "lies ahead" in answer.err
