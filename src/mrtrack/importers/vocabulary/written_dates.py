"""The single dates and the beginnings of ranges in a text, in the forms that documents print; no judgement."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mrtrack.model.dates import parse_date

Order = Literal["dmy", "mdy"]

_MONTH_NAMES = (
    "january jan janvier janv enero ene",
    "february feb fevrier fevr febrero",
    "march mar mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juin junio",
    "july jul juillet juil julio",
    "august aug aout agosto ago",
    "september sept sep septembre septiembre setiembre",
    "october oct octobre octubre",
    "november nov novembre noviembre",
    "december dec decembre diciembre dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_ALSO_OTHER_WORDS = frozenset(
    {"may", "march", "mar", "mars", "mai", "sep", "sept", "ago", "ene", "dic", "jan", "avr"}
)
_QUARTER_NAMES = (
    "1 first premier primer",
    "2 second deuxieme segundo",
    "3 third troisieme tercer",
    "4 fourth quatrieme cuarto",
)
_QUARTERS = {name: number for number, names in enumerate(_QUARTER_NAMES, 1) for name in names.split()}

_M = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_D = r"[0-9]{1,2}(?: ?(?:st|nd|rd|th|er|o)\b)?"
_Y = r"(?:19|20)[0-9]{2}(?![\w])"
_OF = r"(?:,? ?-? ?)(?:of |de |del |d')?(?:the year )?"
_NTH = rf"(?:[1-4](?:st|nd|rd|th|er|e|eme|o|do|to)?|{'|'.join(name for name in _QUARTERS if len(name) > 1)})"
_QUARTER = rf"(?:q[1-4](?![0-9])|{_NTH} (?:quarter|qtr|trimestre)|(?:quarter|trimestre) ?[1-4](?![0-9]))"
_FORMS = {
    "numbers": r"[0-9]{1,2}(?: ?/ ?[0-9]{1,2} ?/ ?|-[0-9]{1,2}-|\.[0-9]{1,2}\.)[0-9]{4}(?![0-9])",
    "year_first": r"[0-9]{4}(?:/[0-9]{1,2}/|-[0-9]{1,2}-|\.[0-9]{1,2}\.)[0-9]{1,2}(?:[t ]00:00(?::00)?)?(?![0-9])",
    "month_last": r"[0-9]{4}[-/.][0-9]{1,2}(?![0-9])",
    "month_first": r"[0-9]{1,2} ?[-/.] ?[0-9]{4}(?![0-9])",
    "day_month_year": rf"{_D}{_OF}{_M}{_OF}{_Y}",
    "month_day_year": rf"{_M} (?:the )?{_D},? {_Y}",
    "month_year": rf"{_M}{_OF}{_Y}",
    "quarter_year": rf"{_QUARTER}[,/]?{_OF}{_Y}",
    "year_quarter": r"(?:19|20)[0-9]{2}[ ,/-]{0,2}q[1-4](?!\w)",
    "year": rf"{_Y}(?![-/.][0-9]{{1,3}}(?![0-9]))",
    "part_days": rf"{_D}(?= ?(?:-|to|au|al|a) ?{_D}{_OF}{_M})",
    "part_day": rf"(?:{_D} (?:of |de )?{_M}|{_M} {_D}(?![\w/]))",
    "part_quarter": rf"{_QUARTER}(?!\w)",
    "part_month": rf"{_M}",
}
_SCAN = re.compile(
    r"(?<!\w)(?<![0-9][/.])(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()) + ")"
)
_BEFORE_ANOTHER = re.compile(rf" ?(?:-|/|&|,|to|through|a|au|and|or|et|ou|y|o) ?(?:{_D} )?{_M}")
NUMERIC = re.compile(rf"(?<![\w./-]){_FORMS['numbers']}(?![\w/-])")
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a plain text: where it stands, and what it says.

    `date` is record text, None where no calendar has it, or where it can be read two ways (`ambiguous`). A date
    without its year is a `part`: `--07`, `--07-31`, `--Q3` or `---31`.
    """

    start: int
    end: int
    form: str
    date: str | None
    ambiguous: bool = False

    @property
    def part(self) -> bool:
        """Whether the date lacks its year."""
        return self.form.startswith("part")


def dates_in(text: str, order: Order | None) -> Iterator[Found]:
    """Every date of a plain text, and what could be the beginning of a range."""
    for match in _SCAN.finditer(text):
        form = match.lastgroup or ""
        words = match[0]
        if (
            form == "part_month"
            and words in _ALSO_OTHER_WORDS
            and not _BEFORE_ANOTHER.match(text, match.end())
        ):
            continue
        numbers = [int(number) for number in _NUMBER.findall(words.partition("00:00")[0])]
        if form == "numbers":
            readings = set(_readings(numbers, order))
            ambiguous = len(readings) > 1
            date = readings.pop() if len(readings) == 1 else None
            yield Found(*match.span(), form, date, ambiguous)
        else:
            yield Found(*match.span(), form, _READERS[form](words, numbers))


def order_of(text: str) -> Order | None:
    """The order that a text of three numbers allows, where it allows one only."""
    first, second, year = (int(number) for number in _NUMBER.findall(text))
    as_dmy, as_mdy = _day(year, second, first), _day(year, first, second)
    if bool(as_dmy) == bool(as_mdy):
        return None
    return "dmy" if as_dmy else "mdy"


def _readings(numbers: list[int], order: Order | None) -> Iterator[str]:
    first, second, year = numbers
    dmy, mdy = _day(year, second, first), _day(year, first, second)
    if dmy and mdy and order:
        yield dmy if order == "dmy" else mdy
    else:
        yield from filter(None, (dmy, mdy))


def _day(year: int, month: int, day: int) -> str | None:
    return _checked(f"{year:04}-{month:02}-{day:02}")


def _checked(text: str) -> str | None:
    try:
        return parse_date(text).text
    except ValueError:
        return None


def _month(words: str) -> int:
    return next(MONTHS[word] for word in _WORD.findall(words) if word in MONTHS)


def _quarter(words: str) -> int:
    return _QUARTERS[re.findall(rf"(?<![0-9])(?:{'|'.join(_QUARTERS)})(?![0-9])", words)[0]]


_READERS: dict[str, Callable[[str, list[int]], str | None]] = {
    "year_first": lambda _, n: _day(n[0], n[1], n[2]),
    "month_last": lambda _, n: _checked(f"{n[0]:04}-{n[1]:02}"),
    "month_first": lambda _, n: _checked(f"{n[1]:04}-{n[0]:02}"),
    "day_month_year": lambda words, n: _day(n[1], _month(words), n[0]),
    "month_day_year": lambda words, n: _day(n[1], _month(words), n[0]),
    "month_year": lambda words, n: _checked(f"{n[0]:04}-{_month(words):02}"),
    "quarter_year": lambda words, n: _checked(f"{n[-1]:04}-Q{_quarter(words)}"),
    "year_quarter": lambda _, n: _checked(f"{n[0]:04}-Q{n[1]}"),
    "year": lambda words, _: _checked(words),
    "part_days": lambda _, n: f"---{n[0]:02}",
    "part_day": lambda words, n: f"--{_month(words):02}-{n[0]:02}",
    "part_quarter": lambda words, _: f"--Q{_quarter(words)}",
    "part_month": lambda words, _: f"--{_month(words):02}",
}


def with_year(part: str, whole: str) -> str | None:
    """The beginning of a range, given what it lacks by the end: `--01` and `2020-03` give `2020-01`."""
    if part.startswith("---"):
        return _checked(f"{whole[:7]}-{part[3:]}")
    return _checked(f"{whole[:4]}{part[1:]}")
