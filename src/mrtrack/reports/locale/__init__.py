"""What a report says of itself in English, French or Spanish, with dates and numbers as the language writes them.

Not the words of a record: these stay as they are.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import PartialDate

if TYPE_CHECKING:
    from babel import Locale
    from babel.support import NullTranslations

CATALOGUES = Path(__file__).parent


def marked(text: str) -> str:
    """A text that is translated where it is shown; the mark lets the catalogues find it."""
    return text


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts, dates and numbers of one language; each is looked up once."""

    language: str
    locale: "Locale"
    catalogue: "NullTranslations"
    _said: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _days: dict[date, str] = field(default_factory=dict, init=False, repr=False)
    _periods: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _numbers: dict[float, str] = field(default_factory=dict, init=False, repr=False)
    _shares: dict[float, str] = field(default_factory=dict, init=False, repr=False)

    def gettext(self, text: str) -> str:
        """A text in this language."""
        known = self._said.get(text)
        if known is None:
            known = self._said[text] = str(self.catalogue.gettext(text))
        return known

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A text that depends on a count, in this language; the count is not put in."""
        return str(self.catalogue.ngettext(one, many, count))

    def day(self, day: date) -> str:
        """A whole day: 22 November 2026."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = _day(day, self.locale)
        return known

    def when(self, period: PartialDate) -> str:
        """A date as precise as it was given: 2021, Q3 2021, July 2021, 31 July 2021."""
        known = self._periods.get(period.text)
        if known is None:
            known = self._periods[period.text] = _when(period.text, period.last, self.locale)
        return known

    def number(self, number: float) -> str:
        """A number with its thousands apart."""
        known = self._numbers.get(number)
        if known is None:
            known = self._numbers[number] = _number(number, self.locale)
        return known

    def percent(self, part: float, whole: float) -> str:
        """A share without decimals; a dash where there is nothing to share."""
        if not whole:
            return "–"
        known = self._shares.get(part / whole)
        if known is None:
            known = self._shares[part / whole] = _percent(part / whole, self.locale)
        return known


@cache
def texts(language: str) -> Texts:
    """The texts of a language: `en`, `fr` or `es`.

    Raises:
        Refused: where Babel is not installed.
    """
    try:
        from babel import Locale
        from babel.support import NullTranslations, Translations
    except ImportError:
        raise Refused("the part that writes dates is not installed", "pip install 'mrtrack[site]'") from None
    locale = Locale("en", "GB") if language == "en" else Locale(language)
    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return Texts(language, locale, NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Texts(language, locale, Translations(compiled))


def _day(day: date, locale: "Locale") -> str:
    from babel.dates import format_date

    return str(format_date(day, "long", locale=locale))


def _when(text: str, day: date, locale: "Locale") -> str:
    from babel.dates import format_skeleton

    if "Q" in text:
        return str(format_skeleton("yQQQ", day, locale=locale))
    if len(text) == 4:
        return text
    return str(format_skeleton("yMMMM", day, locale=locale)) if len(text) == 7 else _day(day, locale)


def _number(number: float, locale: "Locale") -> str:
    from babel.numbers import format_decimal

    return re.sub(r"\s", "\u00a0", str(format_decimal(number, locale=locale)))


def _percent(share: float, locale: "Locale") -> str:
    from babel.numbers import format_percent

    return str(format_percent(share, "#,##0%", locale=locale))
