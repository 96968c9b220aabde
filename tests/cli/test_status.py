"""`mrtrack status`: the numbers, and a screen that tells them at any width, with colour and without."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from screens_of import DOCUMENT_KEYS, Keys, plain, promised, put, put_broken, widest

from conftest import Run

ITEM = {
    "evaluations": "total planned ongoing completed cancelled not-stated overdue",
    "responses": "required submitted due overdue",
    "recommendations": "",
    "decisions": "accepted partially-accepted rejected not-stated",
    "actions": "total not-initiated initiated completed no-longer-applicable not-stated open overdue "
    "long_overdue due_soon stale disputed",
    "by_evaluation": "",
    "by_lead": "",
}


def status_of(mrtrack: Run, *arguments: str) -> Keys:
    answer = mrtrack("status", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    (item,) = json.loads(answer.out)["items"]
    assert isinstance(item, dict)
    return item


def progress(screen: str) -> list[str]:
    """The lines of the table of evaluations, the total last."""
    return [line for line in screen[screen.index("Progress") :].splitlines() if "/" in line]


def many(folder: Path) -> None:
    """Fifteen evaluations of which the later are the worse: evaluation NN has NN overdue actions of 15."""
    for number in range(1, 16):
        late = [promised(due="2022-01", responsible=f"Unit {number}") for _ in range(number)]
        done = [promised(status="completed", responsible="Director") for _ in range(15 - number)]
        put(folder, f"evaluation-{number:02}", *late, *done, status="completed")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2021-06-30", {"total": 28, "completed": 1, "overdue": 2}),
        ("2022-12-31", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 0}),
        ("2023-01-01", {"total": 36, "overdue": 3}),
        ("2023-04-01", {"total": 36, "overdue": 7}),
        ("2024-01-01", {"total": 36, "completed": 22, "initiated": 6, "overdue": 14}),
    ],
)
def test_the_real_records_stand_where_their_sources_say(mrtrack: Run, day: str, counts: Keys) -> None:
    actions = status_of(mrtrack, "--as-of", day)["actions"]
    assert {key: actions[key] for key in counts} == counts


@pytest.mark.usefixtures("real")
def test_the_json_has_the_keys_of_the_contract_in_its_order(mrtrack: Run) -> None:
    document = json.loads(mrtrack("status", "--json").out)
    assert list(document) == DOCUMENT_KEYS
    assert (document["schema_version"], document["kind"], document["as_of"]) == (1, "status", "2026-11-22")
    (item,) = document["items"]
    assert list(item) == list(ITEM)
    for key, keys in ITEM.items():
        assert keys == "" or list(item[key]) == keys.split()


@pytest.mark.usefixtures("real")
def test_what_needs_attention_comes_first_then_progress_then_who_is_behind(mrtrack: Run) -> None:
    lines = mrtrack("status").out.splitlines()
    begins = ["2 evaluations", "Needs attention", "Longest overdue", "Progress", "Who is behind", "More:"]
    assert [line for line in lines if any(line.startswith(begin) for begin in begins)] == [
        line for begin in begins for line in lines if line.startswith(begin)
    ]
    assert sum(line.startswith(tuple(begins)) for line in lines) == len(begins)


@pytest.mark.usefixtures("real")
def test_the_first_screen_fits_a_terminal_of_80_by_40(mrtrack: Run) -> None:
    assert len(mrtrack("status").out.splitlines()) <= 40


@pytest.mark.usefixtures("real")
def test_a_low_terminal_gets_shorter_lists_that_say_so(mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    high = mrtrack("status").out
    monkeypatch.setenv("LINES", "24")
    low = mrtrack("status").out
    assert len(low.splitlines()) < len(high.splitlines())
    assert "of 14" in low


@pytest.mark.usefixtures("real")
def test_the_screen_tells_the_numbers_of_the_json(mrtrack: Run) -> None:
    screen = mrtrack("status").out
    assert "2 evaluations, 15 recommendations, 36 actions" in screen
    assert "as of 22 November 2026" in screen
    assert "14 overdue, all by more than 180 days" in screen
    _, first, whole = (line.split() for line in progress(screen))
    assert first[-4:] == ["22/28", "78", "%", "6"]
    assert whole[-4:] == ["22/36", "61", "%", "14"]
    assert "█ 22 completed  ▓ 6 initiated  ░ 8 not stated" in screen
    assert "█ 7 accepted  ▓ 1 partially accepted  ░ 7 not stated" in screen
    assert "8 overdue of 8 open  Deputy-Executive Secretary" in screen


def test_no_line_is_wider_than_the_terminal(
    real: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(
        real,
        "water-2021",
        promised("試験" * 40, due="2022", responsible="評価室" * 20),
        title="水の評価" * 30,
    )
    for columns in (10, 40, 80, 100, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        for arguments in (["status"], ["status", "unossc-2020"], ["status", "water-2021"]):
            answer = mrtrack(*arguments)
            assert answer.code == 0
            assert widest(answer.out) <= columns


@pytest.mark.usefixtures("real")
def test_a_wide_terminal_names_the_leads_beside_what_is_overdue(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line() -> str:
        return next(
            line for line in mrtrack("status").out.splitlines() if line.startswith("  unece-2021:6.1 ")
        )

    assert "Deputy" not in line()
    monkeypatch.setenv("COLUMNS", "120")
    assert line().endswith("Deputy-Executive Secretary")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("status", "unece-2021"),
        ("list",),
        ("list", "evaluations"),
        ("show", "unossc-2020"),
        ("history",),
    ],
)
def test_the_same_is_said_with_colour_and_without(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    without = mrtrack(*arguments).out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = mrtrack(*arguments).out
    assert "\x1b" not in without
    assert "\x1b[" in coloured
    assert plain(coloured) == plain(without)


def test_of_fifteen_evaluations_the_worst_ten_and_a_total_are_shown(folder: Path, mrtrack: Run) -> None:
    many(folder)
    screen = mrtrack("status").out
    *lines, whole = progress(screen)
    assert [line.split()[0] for line in lines] == [f"evaluation-{number:02}" for number in range(15, 5, -1)]
    assert "  all 15 " in whole
    assert "more: mrtrack list evaluations" in screen
    assert whole.split()[-4:] == ["105/225", "46", "%", "120"]
    assert "5 of 15 leads" in screen
    assert "Unit 15" in screen
    assert "Unit 10" not in screen


def test_a_share_is_100_percent_only_where_all_is_done(folder: Path, mrtrack: Run) -> None:
    put(
        folder, "nearly-2021", *[promised(status="completed")] * 299, promised(status="initiated", due="2030")
    )
    put(folder, "wholly-2021", *[promised(status="completed")] * 2, promised(status="no-longer-applicable"))
    nearly, wholly, _ = progress(mrtrack("status").out)
    assert nearly.split()[-4:-1] == ["299/300", "99", "%"]
    assert wholly.split()[-4:-1] == ["2/2", "100", "%"]


def test_a_bar_shows_one_overdue_action_among_many_that_are_done(folder: Path, mrtrack: Run) -> None:
    put(folder, "water-2021", *[promised(status="completed")] * 99, promised(due="2022"))
    line, _ = progress(mrtrack("status").out)
    assert line.count("▒") == 1
    assert line.count("█") > 10


def test_the_day_limits_of_the_repository_are_the_ones_that_the_screen_names(
    folder: Path, mrtrack: Run
) -> None:
    (folder / "mrtrack.toml").write_text(
        "[days]\nlong_overdue = 7\ndue_soon = 3\nstale = 9\n", encoding="utf-8"
    )
    put(folder, "water-2021", promised(due="2022"), promised(due="2026-11-24"))
    screen = mrtrack("status").out
    assert "1 overdue, all by more than 7 days" in screen
    assert "1 due within 3 days" in screen
    assert "2 open without news for 9 days" in screen


def test_every_concern_has_its_line(folder: Path, mrtrack: Run) -> None:
    put(
        folder, "late-2021", status="completed", completed="2021-01", management_response={"required": "true"}
    )
    put(folder, "running-2021", status="ongoing", planned_end="2021-06")
    disputed = promised(status="completed")
    disputed["history"].append({"date": "2022-01-01", "by": "Audit", "verdict": "not-confirmed"})
    put(folder, "water-2021", disputed, promised(due="2026-12-01"), promised(due="2026-10-31"))
    screen = mrtrack("status").out
    attention = screen[screen.index("Needs attention") : screen.index("Longest overdue")].splitlines()[1:-1]
    assert [line.strip() for line in attention] == [
        "1 overdue",
        "1 without the management response that is due",
        "1 past the planned end of the evaluation",
        "1 called completed and not confirmed",
        "1 due within 30 days",
        "2 open without news for 180 days",
    ]


def test_where_nothing_is_wrong_the_screen_says_so(folder: Path, mrtrack: Run) -> None:
    put(folder, "water-2021", promised(status="completed"))
    screen = mrtrack("status").out
    assert "Nothing is overdue, due soon, stale or disputed." in screen
    assert "Who is behind" not in screen


@pytest.mark.usefixtures("folder")
def test_an_empty_repository_says_how_to_begin(mrtrack: Run) -> None:
    answer = mrtrack("status")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("No evaluations yet.\nBegin with one:  mrtrack new --title ")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("options", "counts"),
    [
        (("--unit", "regional offices"), {"total": 16, "overdue": 4}),
        (("--lead", "regional offices"), {"total": 2, "overdue": 1}),
        (("--lead", "director", "--lead", "regional offices", "--overdue"), {"total": 3}),
        (("--evaluation", "unece-2021"), {"total": 8, "overdue": 8}),
        (("--status", "initiated"), {"total": 6, "initiated": 6}),
        (("--decision", "partially-accepted"), {"total": 1}),
        (("--organisation", "south-south"), {"total": 28}),
        (("--tag", "nowhere"), {"total": 0}),
    ],
)
def test_filters_narrow_what_is_counted(mrtrack: Run, options: tuple[str, ...], counts: Keys) -> None:
    actions = status_of(mrtrack, *options)["actions"]
    assert {key: actions[key] for key in counts} == counts


@pytest.mark.usefixtures("real")
def test_the_rows_of_status_as_csv_are_its_evaluations(mrtrack: Run) -> None:
    header, *rows = mrtrack("status", "--format", "csv").out.splitlines()
    assert header.startswith("evaluation,title,total,not-initiated,")
    assert [row.split(",")[0] for row in rows] == ["unece-2021", "unossc-2020"]
    assert mrtrack("status", "--format", "md").out.count("\n| u") == 2


@pytest.mark.usefixtures("real")
def test_the_screen_of_one_evaluation_names_each_recommendation_and_action_with_its_state(
    mrtrack: Run,
) -> None:
    screen = mrtrack("status", "unossc-2020").out
    lines = screen.splitlines()
    assert lines[0].startswith("unossc-2020  Mid Term Review")
    assert "completed 2020-09" in screen
    assert "response 2020-11-23" in " ".join(screen.split())
    assert "22 of 28 completed (78 %), 6 overdue, 6 open" in screen
    heads = [line for line in lines if line.endswith("no decision stated")]
    assert [head.split()[0] for head in heads] == list("1234567")
    assert all(cell_len(head) == 80 for head in heads)
    (late,) = (line for line in lines if line.split()[:1] == ["3.1"])
    assert "1,332 days overdue" in late
    assert sum(line.split()[1:2] == ["completed"] for line in lines if line.startswith("   ")) == 22


@pytest.mark.usefixtures("real")
def test_the_screen_of_one_evaluation_shows_its_decisions(mrtrack: Run) -> None:
    lines = mrtrack("status", "unece-2021").out.splitlines()
    assert sum(line.endswith("  accepted") for line in lines) == 7
    assert sum(line.endswith("  partially accepted") for line in lines) == 1


def test_the_screen_of_an_evaluation_tells_what_is_missing(folder: Path, mrtrack: Run) -> None:
    put(
        folder,
        "water-2021",
        organisation="Example Agency",
        status="ongoing",
        planned_end="2021-06",
        management_response={"required": "true", "due": "2022-01"},
        recommendations=[{"id": "1", "title": "Plan together"}],
    )
    screen = mrtrack("status", "water-2021").out
    for told in (
        "Example Agency",
        "planned end 2021-06 is past",
        "RESPONSE OVERDUE since",
        "no response",
        "no actions",
    ):
        assert told in screen


def test_each_action_on_the_screen_of_its_evaluation_says_how_it_stands(folder: Path, mrtrack: Run) -> None:
    disputed = promised(status="completed")
    disputed["history"].append({"date": "2022-01-01", "by": "Audit", "verdict": "not-confirmed"})
    put(
        folder,
        "water-2021",
        disputed,
        promised(status="initiated", due="2027-03"),
        promised(status="initiated"),
        promised(timeline="as requested"),
        promised(status="no-longer-applicable"),
        promised(due="2026-11-21"),
        management_response={"required": "true", "due": "2027-01"},
    )
    screen = mrtrack("status", "water-2021").out
    told = [line.split("  Do it.")[0].strip() for line in screen.splitlines() if line.startswith("   ")]
    assert [" ".join(line.split()[1:]) for line in told] == [
        "disputed",
        "initiated, due 2027-03",
        "initiated",
        "not stated, as requested",
        "no longer applicable",
        "1 day overdue",
    ]
    assert "response due 2027-01-31" in screen


@pytest.mark.usefixtures("real")
def test_before_its_day_an_evaluation_has_nothing_to_show(mrtrack: Run) -> None:
    answer = mrtrack("status", "unece-2021", "--as-of", "2021-06-30")
    assert answer.code == 0
    assert "unece-2021: nothing to show as of 30 June 2021" in answer.out


@pytest.mark.usefixtures("real")
def test_a_ref_and_a_filter_about_another_evaluation_have_nothing_in_common(mrtrack: Run) -> None:
    assert status_of(mrtrack, "unece-2021", "--evaluation", "unossc-2020")["actions"]["total"] == 0


def test_columns_stay_aligned_beside_wide_and_long_text(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(due="2022"), title="水と衛生の評価" * 9)
    put(folder, "b-2021", promised(due="2022"), title="W" * 300)
    put(folder, "c-2021", promised(due="2022"), title="[bold]plain[/bold] :smile:")
    screen = mrtrack("status").out
    rows = progress(screen)
    assert len(rows) == 4
    assert {cell_len(row[: row.index("0/")]) for row in rows} == {cell_len(rows[0][: rows[0].index("0/")])}
    assert {cell_len(row) for row in rows} == {cell_len(rows[0])}
    assert "[bold]plain[/bold] :smile:" in screen


def test_decisions_stand_at_the_end_of_their_line_also_beside_wide_titles(folder: Path, mrtrack: Run) -> None:
    titles = ("水の評価", "水" * 90, "Plan", "W" * 200)
    answers = [
        {"id": str(number), "title": title, "response": {"decision": "accepted"}}
        for number, title in enumerate(titles)
    ]
    put(folder, "a-2021", recommendations=answers)
    lines = [line for line in mrtrack("status", "a-2021").out.splitlines() if line.endswith("accepted")]
    assert [cell_len(line) for line in lines] == [80] * 4


def test_a_record_that_cannot_be_read_is_named_at_the_end_of_the_screen(real: Path, mrtrack: Run) -> None:
    put_broken(real)
    answer = mrtrack("status")
    assert answer.code == 0
    *_, last = answer.out.rstrip("\n").split("\n\n")
    assert " ".join(last.split()).endswith(
        "1 file could not be read and is not counted here: broken-2021.yaml (mrtrack check tells why)"
    )
    assert "36 actions" in answer.out


def test_an_id_that_takes_half_the_line_leaves_room_for_the_numbers(folder: Path, mrtrack: Run) -> None:
    name = "evaluation-of-the-water-programme-2021"
    put(folder, name, promised(due="2022"))
    line, _ = progress(mrtrack("status").out)
    assert line.split()[-4:] == ["0/1", "0", "%", "1"]
    assert name in line


@pytest.mark.usefixtures("real")
def test_on_a_terminal_of_24_lines_nothing_of_the_screen_and_the_next_prompt_is_scrolled_away(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINES", "24")
    assert len(mrtrack("status").out.splitlines()) <= 23
