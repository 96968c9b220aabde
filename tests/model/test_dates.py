"""Dates keep the precision they were given, and know their first and last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.model.dates import (
    EntryName,
    Happened,
    PartialDate,
    parse_date,
    parse_day,
    parse_entry_name,
    parse_happened,
    quoted,
)

days = st.dates().map(date.isoformat)
partial_dates = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    days.map(lambda day: day[:4]),
    st.builds("{:04}-Q{}".format, st.integers(1, 9999), st.integers(1, 4)),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021-Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2021-07", date(2021, 7, 1), date(2021, 7, 31)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2021-07-31", date(2021, 7, 31), date(2021, 7, 31)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-Q4", date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_runs_from_its_first_to_its_last_day(text: str, first: date, last: date) -> None:
    assert parse_date(text) == PartialDate(text, first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/12/2021", "“31/12/2021” is not a date"),
        ("2021-7", "“2021-7” is not a date"),
        ("21-07", "“21-07” is not a date"),
        ("2021-Q5", "“2021-Q5” is not a date"),
        ("2021-Q0", "“2021-Q0” is not a date"),
        ("2021-q3", "“2021-q3” is not a date"),
        ("2021-Q3-01", "“2021-Q3-01” is not a date"),
        ("2021-07-1", "“2021-07-1” is not a date"),
        ("2021-07-01T10:00", "“2021-07-01T10:00” is not a date"),
        ("20210701", "“20210701” is not a date"),
        ("٢٠٢١", "“٢٠٢١” is not a date"),
        ("2021-07\n", "“2021-07…” is not a date"),
        ("", "“” is not a date"),
        ("soon", "“soon” is not a date"),
        ("0000", "“0000”: there is no year 0"),
        ("2021-13", "“2021-13”: there is no month 13"),
        ("2021-00-10", "“2021-00-10”: there is no month 00"),
        ("2021-02-29", "“2021-02-29”: February 2021 has 28 days"),
        ("2020-02-30", "“2020-02-30”: February 2020 has 29 days"),
        ("2021-04-00", "“2021-04-00”: April 2021 has 30 days"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^“") as error:
        parse_date(text)
    assert str(error.value) == message


def test_a_day_is_not_guessed_from_a_month() -> None:
    assert parse_day("2021-07-31") == date(2021, 7, 31)
    with pytest.raises(ValueError, match=r"^“2021-07” names no single day$"):
        parse_day("2021-07")
    with pytest.raises(ValueError, match=r"^“2021-07-32”: July 2021 has 31 days$"):
        parse_day("2021-07-32")
    with pytest.raises(ValueError, match=r"^“July” is not a date$"):
        parse_day("July")


def test_until_says_that_a_day_is_only_the_latest_possible() -> None:
    assert parse_happened("until 2021-10-08") == Happened(parse_date("2021-10-08"), until=True)
    assert parse_happened("2021-07") == Happened(parse_date("2021-07"))
    for wrong in ("until", "until then", "before 2021", "until 2021 2022", "2021 until"):
        with pytest.raises(ValueError, match="is not a date"):
            parse_happened(wrong)


def test_an_entry_is_named_by_its_day_and_its_place_within_the_day() -> None:
    assert parse_entry_name("2021-10-08") == EntryName(date(2021, 10, 8), 1)
    assert parse_entry_name("2021-10-08#2") == EntryName(date(2021, 10, 8), 2)
    for wrong in (
        "2021-10",
        "2021-10-08#0",
        "2021-10-08#",
        "2021-10-08 #2",
        "2021-10-08#12345",
        "2021-10-08#2\n",
    ):
        with pytest.raises(ValueError, match="names no entry"):
            parse_entry_name(wrong)
    with pytest.raises(ValueError, match="November 2021 has 30 days"):
        parse_entry_name("2021-11-31")


def test_a_long_text_is_quoted_shortly() -> None:
    assert quoted("soon") == "“soon”"
    assert quoted("x" * 60) == f"“{'x' * 60}”"
    assert quoted("x" * 61) == f"“{'x' * 60}…”"
    assert quoted("one\ntwo") == "“one…”"


@given(partial_dates)
def test_no_date_ends_before_it_begins(text: str) -> None:
    parsed = parse_date(text)
    assert parsed.first <= parsed.last
    assert parsed.first.year == parsed.last.year == int(text[:4])


@given(partial_dates)
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_date(text)) == text
    assert str(parse_happened(text)) == text
    assert str(parse_happened(f"until {text}")) == f"until {text}"


@given(st.dates(), st.integers(1, 9999))
def test_the_name_of_an_entry_is_written_as_it_was_read(day: date, nth: int) -> None:
    name = EntryName(day, nth)
    assert parse_entry_name(str(name)) == name
    assert str(name) == (day.isoformat() if nth == 1 else f"{day.isoformat()}#{nth}")


@given(st.dates(max_value=date(9998, 12, 31)))
def test_the_day_after_a_period_lies_in_the_next(day: date) -> None:
    for text in (
        f"{day.year:04}",
        f"{day.year:04}-Q{(day.month + 2) // 3}",
        day.isoformat()[:7],
        day.isoformat(),
    ):
        parsed = parse_date(text)
        after = parsed.last + timedelta(days=1)
        assert parsed.first <= day <= parsed.last
        assert after.day == 1 or len(text) == 10
        assert (after.month - 1) % 3 == 0 or "Q" not in text


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_is_refused_in_words(text: str) -> None:
    try:
        assert str(parse_date(text)) == text
    except ValueError as error:
        assert str(error).startswith("“")  # noqa: PT017 - either outcome is right
