"""Dates: whatever words stand for one, they are refused, or mean days that the words name."""

import re
from collections.abc import Callable, Iterator

from fuzz.target import Target, demand
from mrtrack.importers.vocabulary.when import proved_order, read_date, read_when
from mrtrack.importers.vocabulary.written_dates import Order
from mrtrack.model.dates import parse_date, parse_day, parse_entry_name, parse_happened
from mrtrack.model.plain import plain

ORDERS: tuple[Order | None, ...] = (None, "dmy", "mdy")
WORDS = (
    "2021", "2021-07", "2021-Q3", "2021-07-31", "2021-02-29", "31/12/2020", "12/31/2020", "01/02/2020", "until ",
    "end of ", "from ", " to ", " - ", "–", "July", "juillet", "julio", "Q3 ", "third quarter of ", "by ", "mid ",
    "ongoing", "1st ", "st", "décembre 2021", "fin 2022", "#2", "0000", "9999", "10000", "20", "٢٠٢١", "２０２１", "²",
    "\u00a0", "\u200b", "T00:00:00Z", "00:00", ".", ",", "/", "-", "(", ")", "Sept", "may", "mars", "sept.", "12",
)  # fmt: skip


def run(content: bytes) -> None:
    """What holds of any text that is read as a date."""
    text = content.decode("utf-8", "replace")
    for parse in (parse_date, parse_day, parse_happened, parse_entry_name):
        _demand_value_or_reason(parse, text)
    for order in ORDERS:
        _demand_named(text, order)
    demand(proved_order(text.splitlines()) in ORDERS, "an order of dates that there is not")


def _demand_value_or_reason(parse: Callable[[str], object], text: str) -> None:
    try:
        value = parse(text)
    except ValueError as refused:
        reason = str(refused)
        demand(reason and "\n" not in reason, f"{parse.__name__} gives no reason on one line")
        demand(len(reason) < 300, f"{parse.__name__} gives a reason of {len(reason)} letters")
        return
    demand(text.isascii(), f"{parse.__name__} takes {text!a}")
    demand(parse(str(value)) == value, f"{parse.__name__} does not read what it wrote: {value}")


def _demand_named(text: str, order: Order | None) -> None:
    when = read_when(text, order)
    digits = {int(number) for number in re.findall(r"[0-9]{1,30}", plain(text))}
    for found in (when.start, when.due):
        if found is not None:
            date = parse_date(found)
            year = date.first.year
            demand({year, year % 100} & digits, f"the year of {found} is not named")
            demand(read_date(found) == found, f"{found} is not read as itself")
    if when.start and when.due:
        demand(parse_date(when.start).first <= parse_date(when.due).last, f"{when} ends before it starts")
    demand(when.due or when.start or when.timeline or not text.split(), "words were lost")
    only = read_date(text, order)
    demand(only is None or only == when.due, f"{only} is not {when.due}")


def corpus() -> Iterator[bytes]:
    """Dates as people write them."""
    for text in (
        "2021", "2021-Q3", "2021-07", "2021-07-31", "until 2021-07", "2021-10-08#2", "31 December 2020",
        "December 31, 2020", "31/12/2020", "01/02/2020 - 03/04/2021", "from July 2020 to end of 2021", "Q3 2021",
        "third quarter of 2021", "fin décembre 2021", "1er juillet 2021", "julio de 2021 a diciembre de 2022",
        "mid 2021", "ongoing, as requested", "by Friday, 1st May 2020", "2020/2021", "Jan-Mar 2021", "2021年7月",
        "Start: 2020-01 End: 2020-03", "٣١/١٢/٢٠٢٠",
    ):  # fmt: skip
        yield text.encode()


DATES = Target("dates", "words that stand for a date", run, corpus, tuple(word.encode() for word in WORDS))
