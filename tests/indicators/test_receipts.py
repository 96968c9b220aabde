"""What a receipt says is what was counted, and comes back from its YAML as it was."""

from datetime import date

from counted import chosen, evaluation
from hypothesis import given, settings
from hypothesis import strategies as st
from test_indicator_laws import moments, portfolios

from mrtrack.edit.layout import new_record
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.measuring import measure
from mrtrack.indicators.receipt_files import read_receipt, receipt_text
from mrtrack.indicators.receipts import (
    Circumstances,
    Data,
    digest,
    entries_by,
    entries_told,
    places,
    receipt,
)
from mrtrack.indicators.verifying import Kind, figure_findings, history_findings, seal
from mrtrack.model.record import Evaluation
from mrtrack.source.reader import Reading, read
from strategies import lines


def circumstances(day: date, *leads: str) -> Circumstances:
    return Circumstances(
        commit="a" * 40,
        version="1.0",
        made=day,
        as_of=day,
        indicators=["overdue-rate"],
        by=None,
        view=None,
        filters={"lead": leads} if leads else {},
        unread=[],
    )


def readings(portfolio: list[Evaluation]) -> list[Reading]:
    """The evaluations as files."""
    found = []
    for one in portfolio:
        data = one.model_dump(mode="json", by_alias=True, exclude_unset=True)
        found.append(read(new_record({**data, "schema": "1"}).encode(), f"records/{one.id}.yaml"))
    assert all(reading.evaluation for reading in found)
    return found


def of(portfolio: list[Evaluation], day: date, by: Dimension | None = None) -> Data:
    """The receipt of all indicators."""
    return receipt(
        measure(chosen(portfolio, day), by=by, named=True), readings(portfolio), circumstances(day)
    )


@settings(max_examples=15)
@given(portfolios, moments, st.sampled_from((None, Dimension.LEAD, Dimension.COUNTRY)))
def test_a_receipt_comes_back_from_its_text_and_holds(
    portfolio: list[Evaluation], day: date, by: Dimension | None
) -> None:
    told = of(portfolio, day, by)
    back = read_receipt(receipt_text(told).encode())
    assert back == told
    assert [*seal(back), *figure_findings(back, told)] == []
    assert history_findings(back, portfolio, told, ()) == []
    for record in back["records"]:
        (one,) = [one for one in portfolio if one.id == record["evaluation"]]
        kept = {ref: marks for ref, marks in entries_by(one, day).items() if marks}
        assert entries_told(record) == kept


@settings(max_examples=15)
@given(portfolios, moments)
def test_the_references_of_a_receipt_are_all_that_was_counted_and_left_out(
    portfolio: list[Evaluation], day: date
) -> None:
    figures = measure(chosen(portfolio, day), named=True)
    for figure, data in zip(figures, of(portfolio, day)["figures"], strict=True):
        expected = {ref for ref, _ in figure.counted} | {ref for one in figure.left_out for ref in one.refs}
        found = places(data)
        assert set(found) == expected
        assert {ref for ref, words in found.items() if words.endswith("uncertain")} == set(figure.uncertain)


@settings(max_examples=25)
@given(st.lists(lines, min_size=1, max_size=3))
def test_whatever_a_filter_says_comes_back(leads: list[str]) -> None:
    told = receipt([], [], circumstances(date(2022, 1, 1), *leads))
    assert read_receipt(receipt_text(told).encode())["asked"]["filters"] == {"lead": leads}


def test_the_digest_is_of_what_is_said_and_not_of_its_layout() -> None:
    told = of([evaluation({"history": [{"date": "2021-01-10", "due": "2021-03"}]})], date(2022, 1, 1))
    shuffled = dict(reversed(told.items()))
    assert digest(shuffled) == told["digest"]
    windows = receipt_text(told).replace("\n", "\r\n").encode()
    assert list(seal(read_receipt(windows))) == []
    assert [one.kind for one in seal({**told, "commit": "b" * 40})] == [Kind.RECEIPT]


def test_many_references_are_broken_into_lines_and_none_is_lost() -> None:
    action = {"history": [{"date": "2021-01-10", "due": "2021-03"}]}
    told = of([evaluation(*[action] * 300)], date(2022, 1, 1))
    text = receipt_text(told)
    assert max(map(len, text.splitlines())) < 200
    (figure,) = [one for one in told["figures"] if one["indicator"] == "overdue-rate"]
    back = read_receipt(text.encode())["figures"]
    assert places(next(one for one in back if one["indicator"] == "overdue-rate")) == places(figure)
    assert len(places(figure)) == 300


def test_a_receipt_names_each_row_with_what_it_adds_and_a_row_left_out_by_its_reason() -> None:
    late = [
        {"history": [{"date": "2021-01-10", "due": due}, {"date": "2021-05-01", "status": "completed"}]}
        for due in ("2021-03", "2021-04-30")
    ]
    moved = {"history": [{"date": "2021-01-10", "due": "2021-03"}, {"date": "2021-02-01", "due": "2021-09"}]}
    moved["history"].append({"date": "2021-08-01", "due": "2022-09"})
    dateless = {"history": [{"date": "2021-01-10"}, {"date": "2021-05-01", "status": "completed"}]}
    portfolio = [evaluation(*late, moved, dateless)]
    figures = {one["indicator"]: one for one in of(portfolio, date(2022, 1, 1))["figures"]}
    assert figures["on-time-rate"]["made_of"] == "0 of 2"
    assert figures["days-late-median"]["counted"] == {"water-2021": "1.1 (31), 1.2 (1)"}
    assert figures["postponements"]["in_numerator"] == {"water-2021": "1.3 (2)"}
    assert figures["postponements"]["only_in_denominator"] == {"water-2021": "1.1, 1.2, 1.4"}
    assert figures["on-time-rate"]["left_out"] == [{"reason": "no due date", "refs": {"water-2021": "1.4"}}]
