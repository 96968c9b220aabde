"""`mrtrack stats`: figures with their formulas, on a screen of 80 columns and in every format."""

import csv
import io
import json
from pathlib import Path

import pytest
from screens_of import DOCUMENT_KEYS, Keys, plain, promised, put, put_broken, widest

from conftest import Run
from mrtrack.indicators.catalogue import FAMILIES, INDICATORS

KEYS = "id name group value numerator denominator left_out uncertain unit formula reasons note as_of"
NEW_YEAR = ("--as-of", "2024-01-01")


def items_of(mrtrack: Run, *arguments: str) -> list[Keys]:
    answer = mrtrack("stats", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    items = json.loads(answer.out)["items"]
    assert isinstance(items, list)
    return items


def line_of(screen: str, name: str) -> list[str]:
    """The words after the name in the line of an indicator or a group."""
    (line,) = [line for line in screen.splitlines() if line.startswith(f"  {name}  ")]
    return line.removeprefix(f"  {name}").split()


@pytest.mark.usefixtures("real")
def test_every_indicator_is_shown_with_its_formula_under_its_family(mrtrack: Run) -> None:
    screen = mrtrack("stats", *NEW_YEAR).out
    assert screen.startswith("as of 1 January 2024\n")
    lines = screen.splitlines()
    headings = [line for line in lines if line and not line.startswith(" ")][1:]
    assert headings == [family.title for family in FAMILIES]
    flat = " ".join(screen.split())
    assert all(one.name in flat and one.formula in flat for one in INDICATORS)
    assert line_of(screen, "Implementation rate") == ["61.1", "%", "22", "of", "36"]
    assert line_of(screen, "Days late, median") == ["77.5", "days", "over", "6"]
    assert line_of(screen, "Overdue by more than 180 days") == ["7", "7", "of", "14"]
    assert line_of(screen, "On-time rate, by the original date") == ["–", "0", "of", "0"]


@pytest.mark.usefixtures("real")
def test_what_is_uncertain_and_left_out_stands_below_in_words(mrtrack: Run) -> None:
    screen = mrtrack("stats", "on-time", "on-time-rate-original", *NEW_YEAR).out
    assert plain(screen) == (
        "as of 1 January 2024\n"
        "\n"
        "Timeliness\n"
        "  On-time rate                                           72.7 %   16 of 22\n"
        "      completed by the end of the due period ÷ completed\n"
        "      6 uncertain: recorded 3, 61, 69, 86, 191 and 250 days after the due period\n"
        "      (median 77.5, mean 110), the day of completion not stated\n"
        "  On-time rate, by the original date                          –   0 of 0\n"
        "      completed by the end of the original due period ÷ completed\n"
        "      left out: 22 the original due date is not known\n"
    )


@pytest.mark.usefixtures("real")
def test_a_breakdown_shows_the_whole_and_each_group_with_bars(mrtrack: Run) -> None:
    answer = mrtrack(
        "stats", "closure", "--by", "due-year", "--chart", "--evaluation", "unossc-2020", *NEW_YEAR
    )
    assert plain(answer.out) == (
        "as of 1 January 2024\n"
        "\n"
        "Closure rate (WFP C2629.MR12.K06)\n"
        "  closed by the end of the year in which they are due ÷ actions due in that year\n"
        "  all                         ███████████████·····       78.6 %   22 of 28\n"
        "  2021                        ████████████████████      100.0 %   5 of 5\n"
        "  2022                        █████████████████···       89.5 %   17 of 19\n"
        "  2023                        ····················        0.0 %   0 of 4\n"
    )


@pytest.mark.usefixtures("real")
def test_a_trend_has_a_line_for_each_year_as_of_its_own_last_day(mrtrack: Run) -> None:
    asked = ("implementation-rate", "--trend", "year", "--evaluation", "unossc-2020", "--as-of", "2024-12-31")
    items = items_of(mrtrack, *asked)
    assert [(item["group"], item["as_of"], item["numerator"]) for item in items] == [
        ("2020", "2020-12-31", 0),
        ("2021", "2021-12-31", 5),
        ("2022", "2022-12-31", 22),
        ("2023", "2023-12-31", 22),
        ("2024", "2024-12-31", 22),
    ]
    assert {item["denominator"] for item in items} == {28}
    screen = plain(mrtrack("stats", *asked).out)
    assert line_of(screen, "2021") == ["17.9", "%", "5", "of", "28"]


@pytest.mark.usefixtures("real")
def test_a_trend_shows_its_last_periods_and_says_how_many_there_are(mrtrack: Run) -> None:
    asked = ("stats", "implementation-rate", "--trend", "month", *NEW_YEAR)
    answer = mrtrack(*asked)
    assert answer.out.count(" of 36") == 24
    assert answer.err == "The last 24 of 41 months; all of them: --limit 41\n"
    answer = mrtrack(*asked, "--limit", "2")
    assert answer.err == ""
    assert [line.split()[0] for line in answer.out.splitlines()[4:]] == ["2023-12", "2024-01"]


@pytest.mark.usefixtures("real")
def test_the_json_has_the_keys_of_the_contract_in_its_order(mrtrack: Run) -> None:
    document = json.loads(mrtrack("stats", "--json", *NEW_YEAR).out)
    assert list(document) == DOCUMENT_KEYS
    assert (document["kind"], document["as_of"]) == ("indicators", "2024-01-01")
    items = document["items"]
    assert [item["id"] for item in items] == [one.id for one in INDICATORS]
    assert all(" ".join(item) == KEYS for item in items)
    found = {item["id"]: item for item in items}
    assert found["on-time-rate"]["value"] == 16 / 22
    assert (found["on-time-rate"]["uncertain"], found["on-time-rate"]["unit"]) == (6, "ratio")
    assert (found["days-late-mean"]["value"], found["days-late-median"]["value"]) == (110, 77.5)
    assert found["ageing-more"]["value"] == 7
    assert found["on-time-rate-original"]["value"] is None
    assert found["on-time-rate-original"]["left_out"] == 22
    assert found["on-time-rate-original"]["reasons"] == [
        {"count": 22, "reason": "the original due date is not known"}
    ]


@pytest.mark.usefixtures("real")
def test_csv_and_markdown_have_a_row_for_each_figure(mrtrack: Run) -> None:
    text = mrtrack("stats", "overdue-rate", "--by", "due-year", "--format", "csv", *NEW_YEAR).out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert " ".join(rows[0]) == KEYS
    assert [(row["group"], row["numerator"], row["denominator"]) for row in rows] == [
        ("", "14", "36"),
        ("2021", "0", "5"),
        ("2022", "3", "20"),
        ("2023", "11", "11"),
    ]
    lines = mrtrack("stats", "overdue-rate", "--format", "md", *NEW_YEAR).out.splitlines()
    assert lines[0].startswith("| Indicator | Group | Value | Numerator | Denominator |")
    assert lines[2].startswith("| overdue-rate |  | 38.9 % | 14 | 36 | 0 | 0 | overdue ÷ all actions |")


@pytest.mark.usefixtures("real")
def test_filters_choose_what_is_counted(mrtrack: Run) -> None:
    (item,) = items_of(mrtrack, "implementation-rate", "--lead", "Senior management", *NEW_YEAR)
    assert (item["numerator"], item["denominator"]) == (4, 4)
    (item,) = items_of(mrtrack, "closure", "--due-after", "2021", "--due-before", "2023", *NEW_YEAR)
    assert (item["numerator"], item["denominator"]) == (17, 20)
    (item,) = items_of(mrtrack, "acceptance-rate", "--evaluation", "unece-2021", *NEW_YEAR)
    assert (item["numerator"], item["denominator"]) == (7, 8)
    (item,) = items_of(mrtrack, "overdue-rate", "--view", "open", *NEW_YEAR)
    assert (item["numerator"], item["denominator"]) == (14, 14)


def test_a_recommendation_is_not_implemented_because_a_filter_hides_what_is_open(
    folder: Path, mrtrack: Run
) -> None:
    finished = promised(status="completed", responsible="Director", due="2021-12")
    put(folder, "a-2021", finished, promised(responsible="Field office", due="2021-12"))
    (item,) = items_of(mrtrack, "recommendations-implemented", "--lead", "Director")
    assert (item["numerator"], item["denominator"]) == (0, 1)


def test_leads_whose_names_the_settings_join_are_one_group(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").write_text('[units."M&E unit"]\naliases = ["Monitoring"]\n', encoding="utf-8")
    put(folder, "a-2021", promised(responsible="Monitoring"), promised(responsible="m&e unit"), promised())
    items = items_of(mrtrack, "implementation-rate", "--by", "lead")
    assert [(item["group"], item["denominator"]) for item in items] == [
        (None, 3),
        ("M&E unit", 2),
        ("not-stated", 1),
    ]
    assert line_of(mrtrack("stats", "implementation-rate", "--by", "lead").out, "not stated")[-1] == "1"


def test_countries_do_not_add_up_and_the_screen_says_so(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(), countries=["KEN", "PER"])
    screen = mrtrack("stats", "implementation-rate", "--by", "country").out
    assert "the countries do not add up to this" in " ".join(screen.split())
    assert [line_of(screen, group)[-1] for group in ("all", "KEN", "PER")] == ["1", "1", "1"]


def test_groups_are_sorted_and_limited_below_the_whole(folder: Path, mrtrack: Run) -> None:
    late = [promised(due="2022-01", responsible=name) for name in ("A", "B", "B", "C", "C", "C")]
    put(folder, "a-2021", *late, promised(responsible="D"))
    items = items_of(
        mrtrack, "overdue-rate", "long-overdue-rate", "--by", "lead", "--sort", "-numerator", "--limit", "2"
    )
    assert [(item["id"], item["group"]) for item in items] == [
        (name, group) for name in ("overdue-rate", "long-overdue-rate") for group in (None, "C", "B")
    ]
    items = items_of(
        mrtrack,
        "overdue-rate",
        "evidence-rate",
        "implementation-rate",
        "--sort",
        "-denominator,id",
        "--limit",
        "2",
    )
    assert [item["id"] for item in items] == ["implementation-rate", "overdue-rate"]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("overdue-raet",), "did you mean overdue-rate"),
        (("undp",), "begins several indicators"),
        (("acceptance-rate", "--by", "lead"), "is about recommendations, which have no lead"),
        (("overdue-rate", "--by", "lead", "--trend", "year"), "a trend is not broken down"),
        (("overdue-rate", "--by", "colour"), "colour"),
        (("overdue-rate", "--sort", "colour"), "there is no column"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    mrtrack: Run, arguments: tuple[str, ...], told: str
) -> None:
    answer = mrtrack("stats", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in " ".join(answer.err.split())


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("columns", ["60", "80", "200"])
@pytest.mark.parametrize("colour", ["0", "1"])
def test_no_screen_is_wider_than_the_terminal(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, columns: str, colour: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", colour)
    for arguments in ((), ("--chart",), ("--by", "lead", "--chart"), ("undp-score", "--trend", "quarter")):
        screen = mrtrack("stats", *arguments, *NEW_YEAR).out
        assert widest(screen) <= int(columns)
        monkeypatch.setenv("FORCE_COLOR", "0")
        assert plain(screen) == mrtrack("stats", *arguments, *NEW_YEAR).out
        monkeypatch.setenv("FORCE_COLOR", colour)


def test_a_group_from_a_record_is_only_text(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(responsible="[bold]x[/bold] 水の評価" + "W" * 200))
    screen = mrtrack("stats", "overdue-rate", "--by", "lead", "--chart").out
    assert "[bold]x" in screen
    assert widest(screen) <= 80


def test_without_anything_to_count_there_is_one_sentence_and_no_table_of_dashes(
    folder: Path, mrtrack: Run
) -> None:
    told = "There is nothing to count yet: no record is here. mrtrack new or mrtrack import make one."
    for arguments in ((), ("--chart",), ("overdue-rate", "--by", "lead"), ("overdue", "--trend", "year")):
        assert " ".join(mrtrack("stats", *arguments).out.split()) == told
    assert all(item["value"] in (None, 0) for item in items_of(mrtrack))
    put(folder, "a-2021", promised(), history=[{"date": "2021-11-01"}])
    answer = mrtrack("stats", "--organisation", "Nobody")
    assert (answer.code, answer.out) == (
        0,
        "Nothing fits what was asked for, so there is nothing to count.\n",
    )
    answer = mrtrack("stats", "--as-of", "2020-01-01")
    assert answer.out == "There is nothing to count: no record tells of anything by 2020-01-01.\n"


def test_a_broken_record_alone_is_named_and_not_called_an_empty_place(folder: Path, mrtrack: Run) -> None:
    put_broken(folder)
    answer = mrtrack("stats")
    assert "could not be read" in answer.out
    assert "no record is here" not in answer.out


@pytest.mark.usefixtures("real")
def test_a_past_commit_answers_what_was_known_then(mrtrack: Run) -> None:
    (item,) = items_of(mrtrack, "implementation-rate", "--at", "HEAD", *NEW_YEAR)
    assert item["numerator"] == 22


def test_a_record_that_cannot_be_read_is_named(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised())
    put_broken(folder)
    answer = mrtrack("stats", "implementation-rate")
    assert "broken-2021" in answer.err
    assert "could not be read" in answer.out
    assert mrtrack("stats", "implementation-rate", "--strict").code == 1
    assert json.loads(mrtrack("stats", "--json").out)["complete"] is False


@pytest.mark.parametrize("touched", ["", " [Last Updated: 2016/08/09]"], ids=["added", "touched that day"])
def test_a_page_whose_actions_were_entered_as_completed_says_nothing_about_time(
    folder: Path, mrtrack: Run, touched: str
) -> None:
    # Five actions due by June 2014, all entered two years later as completed already: when, nobody wrote down.
    actions = "".join(
        f"Paint wall {number}\n[Added: 2016/08/09]{touched} |\n"
        "Health unit | 2014/06 | Completed | Painted. | |\n"
        for number in range(1, 6)
    )
    (folder / "page.txt").write_text(
        "Commissioning Unit: | Example |\n---|---|\nEvaluation Type: | Project |\nCompletion Date: | 12/2013 |\n"
        "Evaluation Title: | Review of the clinics |\nKeep the clinics open.\n"
        "Management Response: [Added: 2016/08/09] [Last Updated: 2016/08/09]\nThe office agrees.\nKey Actions:\n"
        "Key Action | Responsible | DueDate | Status | Comments | Documents |\n---|---|---|---|---|---|\n"
        f"{actions}",
        encoding="utf-8",
    )
    assert mrtrack("import", "page.txt").code == 0
    found = {item["id"]: item for item in items_of(mrtrack)}
    assert found["implementation-rate"]["numerator"] == found["implementation-rate"]["denominator"] == 5
    for name in ("on-time-rate", "days-late-mean", "closure-rate", "days-to-complete-median"):
        assert (found[name]["denominator"], found[name]["left_out"]) == (0, 5), name
        assert found[name]["reasons"] == [{"count": 5, "reason": "completed already in the first entry"}]
