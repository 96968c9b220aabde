"""`stats --why FROM TO`: the change of a figure in parts, on the screen and in every format."""

import csv
import io
import json
from pathlib import Path

import pytest
from screens_of import Keys, plain, promised, put, widest

from conftest import Run

YEARS = ("2021-06-30", "2024-01-01")
MINUS = "\N{MINUS SIGN}"


def later(action: Keys, **entry: str) -> Keys:
    """The action with a second entry of 2022-01-20."""
    action["history"].append({"date": "2022-01-20", "by": "M&E unit", **entry})
    return {**action, **{key: value for key, value in entry.items() if key in ("status", "due")}}


@pytest.fixture
def moved(folder: Path) -> Path:
    """Thirteen actions, of which three become due in January 2022, one is completed and two are moved."""
    put(
        folder,
        "a-2021",
        later(promised(due="2021-12-20"), status="completed"),
        later(promised(due="2021-12-20"), due="2023", comment="Later."),
        promised(due="2022-01-10"),
        promised(due="2022-01-10"),
        later(promised(due="2022-01-10"), due="2023", comment="Later."),
        *[promised(due="2023")] * 8,
    )
    return folder


@pytest.mark.usefixtures("moved")
def test_one_sentence_and_the_parts_below_it(mrtrack: Run) -> None:
    answer = mrtrack("stats", "--why", "2022-01-01", "2022-01-31", "overdue-rate")
    assert (answer.code, answer.err) == (0, "")
    assert plain(answer.out) == (
        "Overdue rate\n"
        "  overdue ÷ all actions\n"
        f"  +3 became due, {MINUS}1 completed, {MINUS}2 moved: without the moves 30.8 %\n"
        "\n"
        "                                                     numerator  denominator\n"
        "  1 January 2022                           15.4 %            2           13\n"
        "    became due                                              +3\n"
        f"    completed                                               {MINUS}1\n"
        f"    moved                                                   {MINUS}2\n"
        "  31 January 2022                          15.4 %            2           13\n"
        "  without the moves                        30.8 %            4           13\n"
    )
    named = mrtrack("stats", "--why", "2022-01-01", "2022-01-31", "overdue-rate", "--refs").out
    assert "      a-2021:1.2, a-2021:1.5\n" in named


@pytest.mark.usefixtures("moved")
def test_json_names_the_references_of_each_part(mrtrack: Run) -> None:
    document = json.loads(mrtrack("stats", "--why", "2022-01-01", "2022-01-31", "overdue-rate", "--json").out)
    assert (document["kind"], document["as_of"]) == ("indicator-changes", "2022-01-31")
    (item,) = document["items"]
    assert [(part["change"], part["kind"], part["numerator"], part["refs"]) for part in item["parts"]] == [
        ("became due", "time", 3, ["a-2021:1.3", "a-2021:1.4", "a-2021:1.5"]),
        ("completed", "record", -1, ["a-2021:1.1"]),
        ("moved", "move", -2, ["a-2021:1.2", "a-2021:1.5"]),
    ]
    assert item["without_moves"]["numerator"] == 4


@pytest.mark.usefixtures("moved")
def test_csv_has_a_row_for_each_part_between_the_two_days(mrtrack: Run) -> None:
    text = mrtrack("stats", "--why", "2022-01-01", "2022-01-31", "overdue", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["change"], row["numerator"]) for row in rows] == [
        ("as of 2022-01-01", "2"),
        ("became due", "3"),
        ("completed", "-1"),
        ("moved", "-2"),
        ("as of 2022-01-31", "2"),
        ("without the moves", "4"),
    ]


@pytest.mark.usefixtures("moved")
def test_where_nothing_changed_it_says_so(mrtrack: Run) -> None:
    assert (
        "nothing of it changed" in mrtrack("stats", "--why", "2022-03-01", "2022-04-01", "overdue-rate").out
    )


@pytest.mark.usefixtures("real")
def test_the_first_record_between_june_2021_and_new_year_2024(mrtrack: Run) -> None:
    # Two were overdue, 25 more fell due; 21 were completed and 6 of 28 are overdue in the end.
    screen = mrtrack("stats", "--why", *YEARS, "overdue-rate", "--evaluation", "unossc-2020").out
    assert f"+25 became due, {MINUS}21 completed\n" in screen
    assert widest(screen) <= 80


def test_what_comes_into_a_filter_is_told_apart_from_what_is_new(folder: Path, mrtrack: Run) -> None:
    put(
        folder,
        "a-2021",
        later(promised(due="2021-12", responsible="Unit"), responsible="Director"),
        later(promised(due="2021-12", responsible="Director"), responsible="Unit"),
    )
    text = mrtrack("stats", "--why", "2022-01-01", "2022-02-01", "overdue-rate", "--lead", "Director").out
    assert f"{MINUS}1 left what the filters ask for" in text
    assert "+1 came into what the filters ask for" in text


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (YEARS, "say which indicator"),
        ((*reversed(YEARS), "overdue-rate"), "the second day comes after the first"),
        (("May", "2024", "overdue-rate"), "2021-07-31"),
        ((*YEARS, "days-late-mean"), "which no count of actions explains"),
        ((*YEARS, "overdue-rate", "--by", "lead"), "leave out --by"),
        ((*YEARS, "overdue-rate", "--as-of", "2024"), "leave out --as-of"),
    ],
)
def test_what_cannot_be_explained_is_refused(mrtrack: Run, arguments: tuple[str, ...], told: str) -> None:
    answer = mrtrack("stats", "--why", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in " ".join(answer.err.split())
