"""What a receipt finds where the figures, the records or the history are no longer those it names."""

from datetime import date
from typing import Any

import pytest
from counted import Keys, evaluation

from mrtrack.indicators.receipts import Data, digest, entries_by, places
from mrtrack.indicators.verifying import Finding, figure_findings, history_findings, record_findings, seal
from mrtrack.model.record import Evaluation

ADDED = {"date": "2021-01-10", "due": "2021-03"}
MOVED = {"date": "2021-02-01", "due": "2021-06", "comment": "Later."}
NEW = {"date": "2021-02-01", "comment": "Between."}
AFTER = {"date": "2022-02-01", "comment": "After the day."}
DAY = date(2022, 1, 1)


def told(*findings: Finding) -> list[tuple[str, str, str | None, str | None, tuple[str, ...]]]:
    return [(one.kind.value, one.text, one.indicator, one.group, one.refs) for one in findings]


def figure(value: str = "50.0 %", group: str | None = None, **keys: Any) -> Data:
    start = {"indicator": "overdue-rate", "value": value, "exact": value, "made_of": "1 of 2"}
    return start | ({"group": group} if group else {}) | keys


def water(*entries: Keys) -> Evaluation:
    return evaluation({"history": list(entries)})


def receipt_of(*records: Evaluation, figures: tuple[Data, ...] = ()) -> Data:
    listed = [
        {
            "evaluation": one.id,
            "path": f"records/{one.id}.yaml",
            "sha256": "a" * 64,
            "entries": {ref: ", ".join(marks) for ref, marks in entries_by(one, DAY).items() if marks},
        }
        for one in records
    ]
    data = {"as_of": DAY.isoformat(), "figures": list(figures), "records": listed}
    return {**data, "digest": digest(data)}


def test_a_receipt_that_was_changed_after_it_was_made_is_told() -> None:
    held = receipt_of(water(ADDED))
    assert list(seal(held)) == []
    assert told(*seal({**held, "as_of": "2022-01-02"})) == [
        (
            "receipt",
            "the receipt was changed after it was made: its digest does not fit what it says",
            None,
            None,
            (),
        )
    ]


def test_the_mark_of_an_entry_stays_what_receipts_of_earlier_days_say() -> None:
    entry = {
        "date": "2021-07-10",
        "on": "until 2021-07",
        "by": "M&E unit",
        "status": "completed",
        "due": "2021-Q3",
        "documents": [{"title": "Compte rendu d’été", "url": "https://example.org/m"}],
    }
    marks = entries_by(water(entry, AFTER), DAY)
    assert marks == {"water-2021": [], "water-2021:1": [], "water-2021:1.1": ["2021-07-10 2b2f46177e39"]}


def test_a_figure_that_comes_out_otherwise_is_told_with_each_row_that_moved() -> None:
    before = figure(in_numerator={"water-2021": "1.1"}, only_in_denominator={"water-2021": "1.2"})
    after = figure("100.0 %", made_of="2 of 2", in_numerator={"water-2021": "1.1, 1.2"})
    words = "overdue-rate: the receipt says 50.0 % (1 of 2), computed again it is 100.0 % (2 of 2)"
    change = "water-2021:1.2: was in the denominator only, is in the numerator"
    assert told(*figure_findings({"figures": [before]}, {"figures": [after]})) == [
        ("figure", words, "overdue-rate", None, ("water-2021:1.2",)),
        ("figure", change, "overdue-rate", None, ("water-2021:1.2",)),
    ]
    assert list(figure_findings({"figures": [before]}, {"figures": [before]})) == []
    grouped = figure_findings(*({"figures": [{**one, "group": "Director"}]} for one in (before, after)))
    assert [one.group for one in grouped] == ["Director", "Director"]


def test_a_figure_of_one_side_only_is_told_with_its_group() -> None:
    held, anew = {"figures": [figure(group="Director")]}, {"figures": [figure()]}
    assert told(*figure_findings(held, anew)) == [
        ("figure", "overdue-rate in Director is in the receipt only", "overdue-rate", "Director", ()),
        ("figure", "overdue-rate is not in the receipt", "overdue-rate", None, ()),
    ]
    (alike,) = figure_findings({"figures": [figure(made_of="")]}, {"figures": [figure("1.0 %")]})
    assert alike.text == "overdue-rate: the receipt says 50.0 %, computed again it is 1.0 % (1 of 2)"


def test_records_of_the_commit_that_are_not_those_of_the_receipt_are_told() -> None:
    held, roads = receipt_of(water(ADDED)), evaluation(name="roads-2021")
    assert list(record_findings(held, held)) == []
    other = {"records": [{**held["records"][0], "sha256": "b" * 64}]}
    assert told(*record_findings(held, other)) == [
        (
            "receipt",
            "records/water-2021.yaml: the commit holds another content than the receipt says",
            None,
            None,
            ("water-2021",),
        )
    ]
    assert told(*record_findings(held, receipt_of(roads))) == [
        (
            "receipt",
            "records/water-2021.yaml: the commit has no such record, or nothing of it was counted",
            None,
            None,
            ("water-2021",),
        )
    ]


ENTRY_GONE = "water-2021:1.1: the entry of 2021-02-01 was changed or removed"


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ([water(ADDED, MOVED)], []),
        ([water(ADDED, MOVED, AFTER)], []),
        ([water(ADDED)], [("history", ENTRY_GONE, "water-2021:1.1")]),
        (
            [water(ADDED, {**MOVED, "comment": "Much later."})],
            [
                ("history", ENTRY_GONE, "water-2021:1.1"),
                ("note", "water-2021:1.1: recorded since, for that day: 2021-02-01", "water-2021:1.1"),
            ],
        ),
        (
            [water(ADDED, NEW, MOVED)],
            [("note", "water-2021:1.1: recorded since, for that day: 2021-02-01", "water-2021:1.1")],
        ),
        ([evaluation()], [("history", "water-2021:1.1 is no longer there", "water-2021:1.1")]),
        ([], [("history", "water-2021 is no longer there, with all that was recorded of it", "water-2021")]),
    ],
)
def test_what_became_of_the_history_of_the_day_is_told(
    now: list[Evaluation], found: list[tuple[str, str, str]]
) -> None:
    findings = history_findings(receipt_of(water(ADDED, MOVED)), now, None, ())
    assert [(kind, text, *refs) for kind, text, _, _, refs in told(*findings)] == found


def test_a_record_that_cannot_be_read_now_is_no_record_that_is_gone() -> None:
    (one,) = history_findings(receipt_of(water(ADDED)), [], None, {"records/water-2021.yaml"})
    assert one.text == "water-2021 cannot be read now, so that nothing of it can be compared"


@pytest.mark.parametrize(("name", "kind"), [("overdue-rate", "history"), ("acceptance-rate", "note")])
def test_what_counts_otherwise_without_an_entry_is_a_fault_of_actions_alone(name: str, kind: str) -> None:
    before = figure(indicator=name, in_numerator={"water-2021": "1.1"})
    after = figure(indicator=name, only_in_denominator={"water-2021": "1.1", "roads-2021": "1.1"})
    held, now = (
        receipt_of(water(ADDED), figures=(one, {**one, "indicator": "closure-rate"}))
        for one in (before, after)
    )
    text = "water-2021:1.1: was in the numerator, is in the denominator only, in {}; no entry of that day says why"
    assert told(*history_findings(held, [water(ADDED)], now, ())) == [
        (kind, text.format(name), name, None, ("water-2021:1.1",))
    ]
    with_news = history_findings(held, [water(ADDED, NEW)], now, ())
    assert [one.kind.value for one in with_news] == ["note"]
    assert with_news[0].text.startswith("water-2021:1.1: recorded since")


def test_where_a_reference_stands_is_told_with_what_it_adds() -> None:
    held = {
        "counted": {"water-2021": "1.1 (34), 1.2 (1)"},
        "uncertain": {"water-2021": "1.2"},
        "left_out": [{"reason": "no due date", "refs": "roads-2021"}],
    }
    assert places(held) == {
        "water-2021:1.1": "counted with 34",
        "water-2021:1.2": "counted with 1, uncertain",
        "roads-2021": "left out: no due date",
    }
