import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.importers.vocabulary.when import Order, When, proved_order, read_date, read_when
from mrtrack.model.dates import parse_date

SINGLE = {
    "2021/07": "2021-07",
    "2021-07": "2021-07",
    "2021/07/31": "2021-07-31",
    "2021-07-31T00:00:00": "2021-07-31",
    "09/2020": "2020-09",
    "9/2020": "2020-09",
    "27/09/2021": "2021-09-27",
    "27.09.2021": "2021-09-27",
    "27-09-2021": "2021-09-27",
    "09/27/2021": "2021-09-27",
    "05/05/2021": "2021-05-05",
    "31 December 2023": "2023-12-31",
    "31st of December, 2023": "2023-12-31",
    "31-Dec-2023": "2023-12-31",
    "March 31, 2016": "2016-03-31",
    "March 31st 2016.": "2016-03-31",
    "Dec 2023": "2023-12",
    "Dec. 2023": "2023-12",
    "DECEMBER 2023": "2023-12",
    "1st Quarter, 2018": "2018-Q1",
    "Q1 2018": "2018-Q1",
    "2018 Q1": "2018-Q1",
    "2018-Q1": "2018-Q1",
    "first quarter of 2018": "2018-Q1",
    "2023": "2023",
    "Friday, 31 March 2023": "2023-03-31",
    "by December 2023": "2023-12",
    "By the end of December 2023": "2023-12",
    "until 3 May 2021": "2021-05-03",
    "before Q2 2022": "2022-Q2",
    "no later than 3 May 2021": "2021-05-03",
    "end of 2023": "2023",
    "end-2023": "2023",
    "in 2023": "2023",
    "Deadline: May 2023": "2023-05",
    "décembre 2023": "2023-12",
    "1er février 2023": "2023-02-01",
    "d’ici août 2023": "2023-08",
    "31 de diciembre de 2023": "2023-12-31",
    "viernes, 31 de marzo de 2023": "2023-03-31",
    "1er trimestre 2018": "2018-Q1",
    "primer trimestre de 2018": "2018-Q1",
    "  31\u00a0May\n2021 ": "2021-05-31",
}
RANGES = {
    "2018-2021": ("2018", "2021"),
    "2018 – 2021": ("2018", "2021"),
    "from 2018 to 2021": ("2018", "2021"),
    "between May 2018 and June 2019": ("2018-05", "2019-06"),
    "January - March 2020": ("2020-01", "2020-03"),
    "May–July 2020": ("2020-05", "2020-07"),
    "Q1 - Q3 2020": ("2020-Q1", "2020-Q3"),
    "1-15 March 2020": ("2020-03-01", "2020-03-15"),
    "30 June - 2 July 2020": ("2020-06-30", "2020-07-02"),
    "Jan 2019 to Dec 2020": ("2019-01", "2020-12"),
    "2021/01 - 2021/07": ("2021-01", "2021-07"),
    "15/03/2020-30/04/2020": ("2020-03-15", "2020-04-30"),
    "du 1er janvier 2020 au 3 mars 2020": ("2020-01-01", "2020-03-03"),
    "Start date: May 2018 Completion: July 2018": ("2018-05", "2018-07"),
    "Start date:May 2018; End date: July 2018": ("2018-05", "2018-07"),
}
TIMELINES = (
    "ongoing",
    "mid-2019",
    "Fall of 2016",
    "Starting in spring 2016 and ongoing when asked",
    "continuous",
    "TBD",
    "No due date",
    "approximately May 2020",
    "after December 2023",
    "first half of 2020",
    "FY 2020",
    "every June 2020 onwards",
    "Completed June 2020",
    "May and December 2023",
    "June 2023 / January 2024",
    "2021-2018",
    "December - January 2020",
    "31/02/2021",
    "2021/13",
    "13/2021",
    "2021-00-10",
    "the fifth quarter 2020",
    "01/02/21",
    "2018-21",
    "3 May 21",
    "Resolution 2021 of the board",
    "work starts in March 2020",
    "phase 1/2 May 2020 - June 2020, ongoing",
    "until mid May 2020 - June 2020",
    "May 2020, June 2020 and July 2020",
    "1 May",
    "0000/01",
)


@pytest.mark.parametrize(("printed", "due"), SINGLE.items())
def test_a_date_is_read_in_every_usual_form(printed: str, due: str) -> None:
    assert read_when(printed) == When(None, due, None)
    assert read_date(printed) == due


@pytest.mark.parametrize(("printed", "ends"), RANGES.items())
def test_a_range_gives_start_and_due(printed: str, ends: tuple[str, str]) -> None:
    assert read_when(printed) == When(*ends, None)
    assert read_date(printed) is None


@pytest.mark.parametrize("printed", TIMELINES)
def test_what_is_no_clear_date_stays_a_timeline_as_printed(printed: str) -> None:
    assert read_when(printed) == When(None, None, printed)


def test_a_start_that_is_labelled_is_no_due_date() -> None:
    assert read_when("Start date:December 2018") == When("2018-12", None, None)
    assert read_when("Commencing May 2018") == When("2018-05", None, None)
    assert read_when("from 2021") == When("2021", None, None)


def test_words_that_go_beyond_the_date_are_kept_beside_it() -> None:
    printed = "December 2023, subject to funds"
    assert read_when(printed) == When(None, "2023-12", printed)
    printed = "2018-2021, subject to funds"
    assert read_when(printed) == When("2018", "2021", printed)
    printed = "to be ready in 2023 with partners"
    assert read_when(printed) == When(None, "2023", printed)


def test_nothing_printed_says_nothing() -> None:
    assert read_when(" \n") == When(None, None, None)


def test_a_numeric_date_of_two_readings_takes_the_order_given_or_stays_as_printed() -> None:
    assert read_when("03/04/2021", "dmy").due == "2021-04-03"
    assert read_when("03/04/2021", "mdy").due == "2021-03-04"
    assert read_when("03/04/2021") == When(None, None, "03/04/2021", ambiguous=True)
    assert read_when("by 03/04/2021 - 27/09/2021").ambiguous


def test_a_numeric_date_of_one_reading_is_read_against_the_order_given() -> None:
    assert read_date("27/09/2021", "mdy") == "2021-09-27"
    assert read_date("09/27/2021", "dmy") == "2021-09-27"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["Approved 27/09/2021", "03/04/2021"], "dmy"),
        (["Approved 9/27/2021."], "mdy"),
        (["03/04/2021", "05.05.2021"], None),
        (["27/09/2021", "09/27/2021"], None),
        (["99/99/2021", "v1.27/09/2021/3"], None),
        ([], None),
    ],
)
def test_a_document_proves_the_order_of_its_dates_unless_it_contradicts_itself(
    texts: list[str], order: Order | None
) -> None:
    assert proved_order(texts) == order


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_whatever_form_it_is_printed(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day.year}", "dmy") == day.isoformat()
    assert read_date(f"{day.month}/{day.day}/{day.year}", "mdy") == day.isoformat()
    assert read_date(f"{day:%Y/%m/%d}") == day.isoformat()
    assert read_date(f"{day.day} {calendar.month_name[day.month]} {day.year}") == day.isoformat()
    assert read_date(f"{calendar.month_abbr[day.month]} {day.day}, {day.year}") == day.isoformat()


NUMBERS = st.sampled_from(["2020", "2021", "31", "1st", "Q3", "3/4/2021", "2020/01", "-", ",", "/"])
WORDS = st.sampled_from(
    ["May", "march", "août", "quarter", "of", "to", "from", "by", "end", "start:", "ongoing"]
)


@given(st.one_of(st.text(), st.lists(NUMBERS | WORDS).map(" ".join)))
def test_whatever_is_printed_dates_are_dates_in_order_and_no_words_are_lost(text: str) -> None:
    when = read_when(text)
    for given_date in filter(None, (when.start, when.due)):
        assert parse_date(given_date).text == given_date
    if when.start and when.due:
        assert parse_date(when.start).first <= parse_date(when.due).last
    assert when.timeline in {None, " ".join(text.split())}
    assert bool(when.start or when.due or when.timeline) == bool(text.split())


@pytest.mark.parametrize(
    "part",
    ["1", "1/", "2021-", "2021 ", "may ", "may-", "by the ", "1 de ", "first ", "é", "jan 1 ", "end of "],
)
def test_long_noise_is_no_date_and_proves_no_order(part: str) -> None:
    noise = part * (100_000 // len(part))
    for text in (noise, noise + "x 2021"):
        assert read_when(text) == When(None, None, " ".join(text.split()))
    assert proved_order([noise]) is None
