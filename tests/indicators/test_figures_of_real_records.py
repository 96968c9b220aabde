"""The figures of the two evaluations in records/, worked by hand from their sources.

unossc-2020 has 28 actions without an original due date, all recorded on 2020-11-23. 22 are completed; their pages
only show that each was by the day of its stamp. 16 stamps lie within the due period. The other six:

    1.1  due 2021-01, stamped 2021-04-27:  86 days after 2021-01-31
    1.2  due 2021-01, stamped 2021-10-08: 250 days after 2021-01-31
    1.3  due 2021-07, stamped 2021-10-08:  69 days after 2021-07-31
    1.5  due 2021-03, stamped 2021-10-08: 191 days after 2021-03-31
    3.2  due 2022-10, stamped 2022-11-03:   3 days after 2022-10-31
    4.1  due 2022-08, stamped 2022-10-31:  61 days after 2022-08-31

Together 660 days; the middle two are 69 and 86. Six are open: 2.3 and 4.5 due 2022-12, and 3.1, 3.3, 3.4 and 3.5 due
2023-03; the youngest is 276 days overdue on 2024-01-01. Five actions were due in 2021, 19 in 2022, four in 2023.

unece-2021 has eight actions without a status, seven due 2023-12-31 and 6.1 due 2022-12-31.
"""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from counted import chosen, counts, figure, groups

from mrtrack.indicators.catalogue import BY_ID
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.measuring import measure
from mrtrack.indicators.trend import Step, begins, points
from mrtrack.model.record import Evaluation
from mrtrack.source.reader import read

RECORDS = Path(__file__).parents[2] / "records"
NEW_YEAR = date(2024, 1, 1)


def record(name: str) -> Evaluation:
    found = read((RECORDS / f"{name}.yaml").read_bytes(), f"records/{name}.yaml").evaluation
    assert found
    return found


@pytest.fixture(scope="module")
def unossc() -> Evaluation:
    return record("unossc-2020")


@pytest.fixture(scope="module")
def unece() -> Evaluation:
    return record("unece-2021")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("implementation-rate", Fraction(22, 28), (22, 28, 0, 0)),
        ("implementation-rate-applicable", Fraction(22, 28), (22, 28, 0, 0)),
        ("on-time-rate", Fraction(16, 22), (16, 22, 0, 6)),
        ("on-time-rate-original", None, (0, 0, 22, 0)),
        ("days-late-mean", 110, (660, 6, 0, 6)),
        ("days-late-median", Fraction(155, 2), (None, 6, 0, 6)),
        ("overdue-rate", Fraction(6, 28), (6, 28, 0, 0)),
        ("overdue-rate-open", 1, (6, 6, 0, 0)),
        ("long-overdue-rate", Fraction(6, 28), (6, 28, 0, 0)),
        ("long-overdue-rate-open", 1, (6, 6, 0, 0)),
        ("ageing-30", 0, (0, 6, 0, 0)),
        ("ageing-90", 0, (0, 6, 0, 0)),
        ("ageing-180", 0, (0, 6, 0, 0)),
        ("ageing-more", 6, (6, 6, 0, 0)),
        ("closure-rate", Fraction(22, 28), (22, 28, 0, 0)),
        ("evidence-rate", 0, (0, 22, 0, 0)),
        ("confirmed-rate", 0, (0, 22, 0, 0)),
        ("postponements", 0, (0, 28, 0, 0)),
        # 2, 3 and 4 have open actions; 1, 5, 6 and 7 have none.
        ("recommendations-implemented-rate", Fraction(4, 7), (4, 7, 0, 0)),
        ("recommendations-partly-implemented-rate", Fraction(3, 7), (3, 7, 0, 0)),
        # The response was approved on 2020-11-23, within six weeks after September 2020 or not: it is there.
        ("undp-responses", 1, (1, 1, 0, 0)),
        ("undp-planning", 1, (1, 1, 0, 0)),
        ("undp-actions", Fraction(22, 28), (44, 56, 0, 0)),
    ],
)
def test_the_first_record_on_new_years_day_2024(
    name: str, value: Fraction | None, expected: tuple[int, ...], unossc: Evaluation
) -> None:
    found = figure(name, unossc, as_of=NEW_YEAR)
    assert (found.value, counts(found)) == (value, expected)


def test_what_is_uncertain_about_the_first_record_is_said(unossc: Evaluation) -> None:
    found = figure("on-time-rate", unossc, as_of=NEW_YEAR)
    assert found.note == (
        "6 uncertain: recorded 3, 61, 69, 86, 191 and 250 days after the due period (median 77.5, mean 110), "
        "the day of completion not stated"
    )
    assert [ref.removeprefix("unossc-2020:") for ref in found.uncertain] == [
        "1.1",
        "1.2",
        "1.3",
        "1.5",
        "3.2",
        "4.1",
    ]


def test_closure_by_due_year(unossc: Evaluation) -> None:
    found = groups("closure-rate", Dimension.DUE_YEAR, unossc, as_of=NEW_YEAR)
    assert {group: counts(one)[:2] for group, one in found.items()} == {
        None: (22, 28),
        "2021": (5, 5),
        "2022": (17, 19),
        "2023": (0, 4),
    }


def test_the_first_record_in_june_2021(unossc: Evaluation) -> None:
    day = date(2021, 6, 30)
    assert counts(figure("implementation-rate", unossc, as_of=day)) == (1, 28, 0, 0)
    assert counts(figure("overdue-rate", unossc, as_of=day)) == (2, 28, 0, 0)


def test_the_years_2020_to_2024(unossc: Evaluation) -> None:
    years = points(begins(chosen([unossc], date(2024, 12, 31))), date(2024, 12, 31), Step.YEAR)
    assert [(year.name, year.as_of) for year in years] == [
        (str(year), date(year, 12, 31)) for year in range(2020, 2025)
    ]
    done = [counts(figure("implementation-rate", unossc, as_of=year.as_of))[:2] for year in years]
    assert done == [(0, 28), (5, 28), (22, 28), (22, 28), (22, 28)]
    # Every month named as due was over before the year was; December 2022 and 2023 end with it.
    late = [counts(figure("overdue-rate", unossc, as_of=year.as_of))[0] for year in years]
    assert late == [0, 0, 0, 6, 6]


def test_both_records_together(unossc: Evaluation, unece: Evaluation) -> None:
    both = [BY_ID[name] for name in ("acceptance-rate", "acceptance-rate-stated", "partial-acceptance-rate")]
    both += [
        BY_ID[name] for name in ("decision-not-stated-rate", "implementation-rate", "on-time-rate-original")
    ]
    found = {one.of.id: counts(one)[:3] for one in measure(chosen([unossc, unece], NEW_YEAR), both)}
    assert found == {
        "acceptance-rate": (7, 15, 0),
        "acceptance-rate-stated": (7, 8, 7),
        "partial-acceptance-rate": (1, 15, 0),
        "decision-not-stated-rate": (7, 15, 0),
        "implementation-rate": (22, 36, 0),
        "on-time-rate-original": (0, 0, 22),
    }


def test_the_second_record_is_not_there_before_it_was_approved(unece: Evaluation) -> None:
    assert counts(figure("implementation-rate", unece, as_of=date(2021, 12, 21))) == (0, 0, 0, 0)
    assert counts(figure("acceptance-rate", unece, as_of=date(2021, 12, 21))) == (0, 8, 0, 0)
    assert counts(figure("acceptance-rate", unece, as_of=date(2021, 12, 22))) == (7, 8, 0, 0)
