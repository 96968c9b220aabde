"""`mrtrack list`: which rows, in which order, how many of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from screens_of import ACTION_KEYS, DOCUMENT_KEYS, Keys, promised, put, put_broken

from conftest import Run

RECOMMENDATION_KEYS = [
    "ref",
    "evaluation",
    "recommendation",
    "number",
    "title",
    "text",
    "addressed_to",
    "part_of",
    "priority",
    "decision",
    "responded",
    "response",
    "actions",
]
EVALUATION_KEYS = [
    "evaluation",
    "title",
    "organisation",
    "type",
    "status",
    "planned_end",
    "completed",
    "report_date",
    "overdue",
    "response_required",
    "response_submitted",
    "response_due",
    "response_overdue",
    "countries",
    "tags",
    "updated",
]


@pytest.fixture
def water(folder: Path) -> Path:
    """One evaluation with an action for each view, and one with recommendations of every decision."""
    disputed = promised("Disputed.", status="completed", responsible="Field Operations")
    disputed["history"].append({"date": "2026-11-01", "by": "Audit", "verdict": "not-confirmed"})
    disputed["history"].append(
        {
            "date": "2026-11-02",
            "by": "M&E unit",
            "documents": [{"title": "Plan", "url": "https://example.org"}],
        }
    )
    put(
        folder,
        "water-2021",
        promised("Late.", due="2022-03-31", status="initiated", responsible="Field Operations"),
        promised("Soon.", due="2026-12-01", status="initiated", supported_by=["Field Operations"]),
        disputed,
        promised("Unproven.", status="completed", responsible="Director"),
        promised("Void.", status="no-longer-applicable", responsible="Director"),
        promised("Unsaid.", due="2027-Q1"),
    )
    put(
        folder,
        "health-2022",
        recommendations=[
            {"id": "1", "title": "Unanswered"},
            {"id": "2", "title": "Taken", "priority": "High", "response": {"decision": "accepted"}},
            {"id": "3", "title": "Partly", "response": {"decision": "partially-accepted"}},
            {"id": "4", "title": "Not said", "response": {"text": "Noted."}},
        ],
        countries=["KEN"],
        tags=["rural"],
    )
    return folder


def items(mrtrack: Run, *arguments: str) -> list[Keys]:
    answer = mrtrack("list", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)["items"]
    assert isinstance(found, list)
    return found


def refs(mrtrack: Run, *arguments: str) -> list[str]:
    return [item.get("ref") or item["evaluation"] for item in items(mrtrack, *arguments)]


def numbers(found: Sequence[str]) -> str:
    """The refs of water-2021's actions, in short: 1.1 and 1.2 are "12"."""
    return "".join(ref.removeprefix("water-2021:1.") for ref in found)


@pytest.mark.usefixtures("real")
def test_bare_it_lists_all_actions_with_the_keys_of_the_contract(mrtrack: Run) -> None:
    document = json.loads(mrtrack("list", "--json").out)
    assert list(document) == DOCUMENT_KEYS
    assert (document["kind"], document["complete"], document["unread"]) == ("actions", True, [])
    assert [list(item) for item in document["items"]] == [ACTION_KEYS] * 36
    assert len(mrtrack("list").out.splitlines()) == 1 + 36 + 1


@pytest.mark.usefixtures("real")
def test_rows_of_the_real_records_say_what_their_sources_say(mrtrack: Run) -> None:
    found = {item["ref"]: item for item in items(mrtrack)}
    done = found["unossc-2020:1.2"]
    assert (done["status"], done["completed_on"], done["completed_on_basis"]) == (
        "completed",
        "2021-10-08",
        "recorded",
    )
    assert (done["responsible"], done["overdue"]) == ("Director and Deputy Directors", False)
    late = found["unece-2021:6.1"]
    assert (late["due"], late["status"], late["days_overdue"], late["decision"]) == (
        "2022-12-31",
        None,
        1422,
        "accepted",
    )


@pytest.mark.usefixtures("water")
def test_recommendations_and_evaluations_are_lists_too(mrtrack: Run) -> None:
    assert [list(item) for item in items(mrtrack, "recommendations")] == [RECOMMENDATION_KEYS] * 5
    assert [list(item) for item in items(mrtrack, "evaluations")] == [EVALUATION_KEYS] * 2
    assert mrtrack("list", "recommendations").out.splitlines()[-1] == "5 recommendations"
    assert mrtrack("list", "evaluations").out.splitlines()[-1] == "2 evaluations"


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("overdue", "1"),
        ("due-soon", "2"),
        ("stale", "126"),
        ("open", "126"),
        ("disputed", "3"),
        ("no-evidence", "4"),
    ],
)
def test_each_built_in_view_finds_its_actions(mrtrack: Run, view: str, found: str) -> None:
    assert numbers(refs(mrtrack, view)) == found
    assert numbers(refs(mrtrack, "--view", view)) == found


@pytest.mark.usefixtures("water")
def test_no_response_finds_recommendations_without_an_answer(mrtrack: Run) -> None:
    assert refs(mrtrack, "no-response") == ["health-2022:1", "water-2021:1"]


def test_overdue_begins_with_the_longest_overdue(folder: Path, mrtrack: Run) -> None:
    put(folder, "water-2021", *(promised(due=due) for due in ("2024", "2022", "2023-Q1")))
    assert numbers(refs(mrtrack, "overdue")) == "231"


def test_a_view_of_the_settings_filters_sorts_and_cuts(water: Path, mrtrack: Run) -> None:
    (water / "mrtrack.toml").write_text(
        '[views.ours]\nunit = ["field operations", "director"]\nstatus = "compl"\n'
        '[views.first]\nopen = true\nsort = "-due"\nlimit = 1\n'
        '[views.partly]\nkind = "recommendations"\ndecision = ["partially-accepted", "not-stated"]\n',
        encoding="utf-8",
    )
    assert numbers(refs(mrtrack, "ours")) == "34"
    assert numbers(refs(mrtrack, "--view", "ours")) == "34"
    assert numbers(refs(mrtrack, "first")) == "6"
    assert numbers(refs(mrtrack, "--view", "first")) == "6"
    assert refs(mrtrack, "partly") == ["health-2022:1", "health-2022:3", "health-2022:4", "water-2021:1"]


def test_an_option_says_more_than_the_view(water: Path, mrtrack: Run) -> None:
    (water / "mrtrack.toml").write_text(
        '[views.first]\nstatus = "initiated"\nsort = "-due"\nlimit = 1\n', encoding="utf-8"
    )
    assert numbers(refs(mrtrack, "first")) == "2"
    assert numbers(refs(mrtrack, "first", "--status", "completed")) == "3"
    assert numbers(refs(mrtrack, "first", "--sort", "due", "--limit", "5")) == "12"


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("--status completed", "34"),
        ("--status completed --status no-longer-applicable", "345"),
        ("--status completed --lead director", "4"),
        ("--status completed --status initiated --unit field", "123"),
        ("--lead field", "13"),
        ("--no-lead", "26"),
        ("--status not-stated", "6"),
        ("--due-before 2026", "1"),
        ("--due-after 2026-12", "6"),
        ("--completed-after 2021-11", "34"),
        ("--completed-before 2021-12", ""),
        ("--updated-before 2026", "12456"),
        ("--text UNPROVEN", "4"),
        ("--open --overdue", "1"),
        ("--evaluation water-2021 --evaluation health-2022 --disputed", "3"),
        ("--country KEN", ""),
        ("--as-of 2021-11-30", ""),
    ],
)
def test_one_option_twice_means_or_and_two_options_mean_and(mrtrack: Run, options: str, found: str) -> None:
    assert numbers(refs(mrtrack, *options.split())) == found


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("--decision accepted", ["2"]),
        ("--decision PART", ["3"]),
        ("--decision not-stated --evaluation health-2022", ["1", "4"]),
        ("--no-response --country ken", ["1"]),
        ("--tag rural --priority high", ["2"]),
    ],
)
def test_recommendations_are_filtered_too(mrtrack: Run, options: str, found: list[str]) -> None:
    assert refs(mrtrack, "recommendations", *options.split()) == [f"health-2022:{number}" for number in found]


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("word", ["compl", "COMPLETED", "c", "Completed"])
def test_a_status_is_typed_as_any_unique_beginning_in_any_case(mrtrack: Run, word: str) -> None:
    assert numbers(refs(mrtrack, "--status", word)) == "34"


def test_a_status_is_typed_and_shown_by_the_label_of_the_organisation(water: Path, mrtrack: Run) -> None:
    (water / "mrtrack.toml").write_text(
        '[labels.status]\ncompleted = "Implemented"\n[aliases.status]\n"ouvert" = "initiated"\n',
        encoding="utf-8",
    )
    assert numbers(refs(mrtrack, "--status", "impl")) == "34"
    assert numbers(refs(mrtrack, "--status", "ouvert")) == "12"
    assert "Implemented" in mrtrack("list", "--status", "completed").out


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--status done", "not-initiated, initiated, completed, no-longer-applicable, not-stated"),
        ("--status not", "could be not-initiated or not-stated"),
        ("--decision maybe", "accepted, partially-accepted, rejected, not-stated"),
        ("--evaluation-status over", "planned, ongoing, completed, cancelled, not-stated"),
        ("--due-before soon", "2021, 2021-Q3, 2021-07 or 2021-07-31"),
        ("--as-of 2021-13", "there is no month 13"),
        ("--sort lateness", "there are: ref, evaluation, recommendation"),
        ("--sort lateness --tag nowhere", "there are: ref, evaluation, recommendation"),
        ("--limit 0", "--limit"),
        ("--limit many", "--limit"),
        ("--format xml", "'table', 'csv', 'md', 'json'"),
        ("--view nosuch", "there are: actions, recommendations, evaluations, overdue, due-soon, stale, open"),
        ("overdu", "did you mean overdue?"),
        ("--statsu completed", "--status"),
    ],
)
def test_an_unknown_word_is_wrong_usage_and_the_known_ones_are_listed(
    mrtrack: Run, options: str, told: str
) -> None:
    answer = mrtrack("list", *options.split())
    assert (answer.code, answer.out) == (2, "")
    assert told in " ".join(answer.err.split())


@pytest.mark.usefixtures("water")
def test_an_unknown_evaluation_is_bad_news_and_near_ones_are_named(mrtrack: Run) -> None:
    answer = mrtrack("list", "--evaluation", "watr-2021")
    assert (answer.code, answer.out) == (1, "")
    assert "there is no evaluation “watr-2021”" in answer.err
    assert "did you mean water-2021" in answer.err


@pytest.mark.usefixtures("water")
def test_the_evaluation_of_a_ref_is_what_the_option_means(mrtrack: Run) -> None:
    assert numbers(refs(mrtrack, "--evaluation", "water-2021:1.1")) == "123456"


def test_dates_are_sorted_by_their_last_day_whatever_their_precision(folder: Path, mrtrack: Run) -> None:
    given = ("2024", "2023-12-31", "2024-02", "2024-Q1", None, "2024-02-10")
    put(folder, "water-2021", *(promised(**({"due": due} if due else {})) for due in given))
    assert numbers(refs(mrtrack, "--sort", "due")) == "263415"
    assert numbers(refs(mrtrack, "--sort", "-due")) == "143625"


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("status", "341256"),
        ("-status", "512346"),
        ("status,-due", "342156"),
        ("status, -text", "432156"),
        ("responsible,-text", "541362"),
        ("-supported-by", "213456"),
        ("overdue,ref", "234561"),
    ],
)
def test_several_columns_sort_together_and_what_is_absent_comes_last(
    mrtrack: Run, keys: str, found: str
) -> None:
    assert numbers(refs(mrtrack, "--evaluation", "water-2021", "--sort", keys)) == found


@pytest.mark.usefixtures("real")
def test_a_cut_list_says_how_many_there_are(mrtrack: Run) -> None:
    lines = mrtrack("list", "--limit", "3").out.splitlines()
    assert len(lines) == 1 + 3 + 1
    assert lines[-1] == "36 actions (3 shown)"
    assert len(items(mrtrack, "--limit", "3")) == 3


@pytest.mark.usefixtures("water")
def test_the_table_marks_what_is_late_disputed_or_not_stated(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = {line.split()[0]: line for line in mrtrack("list").out.splitlines()}
    assert narrow["water-2021:1.1"].endswith("1,697 d late")
    assert narrow["water-2021:1.3"].endswith("disputed")
    assert narrow["water-2021:1.6"].endswith("not stated")
    monkeypatch.setenv("COLUMNS", "120")
    wide = {line.split()[0]: line for line in mrtrack("list").out.splitlines()}
    assert wide["water-2021:1.1"].split()[-4:] == ["initiated", "1,697", "d", "2021-12-01"]


def test_evaluations_tell_what_became_of_their_management_response(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", status="completed", management_response={"submitted": "2021-05-10"})
    put(folder, "b-2021", status="completed", management_response={"required": "true", "due": "2021-12"})
    put(folder, "c-2021", status="planned", management_response={"required": "true", "due": "2027-02"})
    put(folder, "d-2021", status="ongoing", planned_end="2021", management_response={"required": "false"})
    put(folder, "e-2021")
    ends = [" ".join(line.split()[3:]) for line in mrtrack("list", "evaluations").out.splitlines()[1:-1]]
    assert ends == [
        "completed 2021-05-10",
        "completed overdue",
        "planned due 2027-02-28",
        "ongoing, late not required",
        "not stated –",
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("kind", ["actions", "recommendations", "evaluations"])
def test_where_nothing_fits_the_list_says_so(mrtrack: Run, kind: str) -> None:
    answer = mrtrack("list", kind)
    assert (answer.code, answer.out) == (0, f"No {kind} fit.\n")


def test_a_list_asked_by_its_files_of_a_commit_answers_from_them(real: Path, mrtrack: Run) -> None:
    (real / "records" / "unece-2021.yaml").unlink()
    assert len(items(mrtrack)) == 28
    assert len(items(mrtrack, "--at", "HEAD")) == 36


def test_with_a_broken_record_the_good_ones_are_listed_and_the_answer_is_called_incomplete(
    real: Path, mrtrack: Run
) -> None:
    put_broken(real)
    answer = mrtrack("list", "--json")
    document = json.loads(answer.out)
    assert answer.code == 0
    assert len(document["items"]) == 36
    assert document["complete"] is False
    assert document["unread"] == [
        {"path": "records/broken-2021.yaml", "line": 3, "problem": document["unread"][0]["problem"]}
    ]
    assert "finished" in document["unread"][0]["problem"]
    assert answer.err.startswith("records/broken-2021.yaml:3:9: ")
