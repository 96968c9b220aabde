"""When a thing is due, in the words that documents print: a date, a range, or a timeline; nothing is guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mrtrack.importers.vocabulary.written_dates import (
    NUMERIC,
    Found,
    Order,
    dates_in,
    order_of,
    with_year,
)
from mrtrack.model.dates import parse_date
from mrtrack.model.plain import plain

__all__ = ["Order", "When", "proved_order", "read_date", "read_when"]


@dataclass(frozen=True, slots=True)
class When:
    """When something begins and is due, as record text (2021, 2021-Q3, 2021-07, 2021-07-31).

    `timeline` holds the printed words wherever they say more than the dates, or no date at all. `ambiguous`:
    a date of three numbers could be read two ways, and neither the document nor a person said which.
    """

    start: str | None
    due: str | None
    timeline: str | None
    ambiguous: bool = False


_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b,?"
    r"|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b,?"
)
_AROUND = " \t.,;:()[]"
_LEADING = re.compile(
    r"(?:(?:by|until|till|before|no later than|not later than|end|of|the|on|in|avant|d'ici|fin|le|la|en|el|"
    r"au plus tard|jusqu'en|jusqu'a|antes de|antes del|hasta|para|a mas tardar|de|del|d')(?:[ :-]+|$|(?<=')))+"
)
_DATE_WORD = r"(?: date| on| in| by)?"
_START = re.compile(
    rf"(?:(?:planned )?(?:start|starts|starting|begin|begins|beginning|commencing|commences|commencement|debut|inicio)"
    rf"{_DATE_WORD}|from|as of|a partir de|a compter de|date de debut|fecha de inicio)"
)
_END = re.compile(
    rf"(?:(?:planned |expected |estimated |target )?(?:completion|end|ends|ending|finish|finishes|finishing|due|"
    rf"deadline|target|fin|termino){_DATE_WORD}|date de fin|echeance|date d'echeance|fecha de finalizacion|"
    r"fecha limite|plazo|timeline|timeframe)"
)
_JOINER = re.compile(r"(?:-|to|until|till|through|a|au|al|hasta|jusqu'a|jusqu'en|to end of|to the end of)")
_VAGUE = re.compile(
    r"\b(?:ongoing|on-going|on going|continu\w*|permanent\w*|mid|mi|mediados|middle|early|earlier|late|later|"
    r"principios|finales|winter|spring|summer|fall|autumn|hiver|printemps|ete|automne|invierno|primavera|verano|"
    r"otono|season\w*|approx\w*|about|around|circa|ca|environ|vers|aproximad\w*|tentative\w*|tbd|tbc|tba|"
    r"half|semest\w+|h1|h2|week\w*|fy|fiscal|exercice|ejercicio|since|after|onwards?|beyond|not|"
    r"start\w*|begin\w*|commenc\w*|launch\w*|from|depuis|apres|desde|despues|annual\w*|every|each|"
    r"yearly|quarterly|monthly|complet(?:ed|ee|ada|ado)|done|achieved|implemented|initially|originally)\b"
)
_UNREAD_DATE = re.compile(
    r"(?<![0-9])[0-9]{1,4}/[0-9]{1,4}(?![0-9])|(?<![0-9])[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{2}"
)


def read_when(text: str, order: Order | None = None) -> When:
    """What a text says about when: dates where it states them clearly, else its words as a timeline.

    A date of three numbers that can be read two ways takes `order`, else it stays in the timeline and is
    `ambiguous`. An empty text says nothing.
    """
    printed = " ".join(text.split())
    if not printed:
        return When(None, None, None)
    words = " ".join(_WEEKDAY.sub(" ", plain(text)).split())
    found = list(dates_in(words, order))
    if not found or any(one.date is None for one in found):
        unclear = any(one.ambiguous for one in found)
        return When(None, None, printed, ambiguous=unclear)
    dates = _dates(found, words)
    if dates is None:
        return When(None, None, printed)
    start, due, whole = dates
    return When(start, due, None if whole else printed)


def read_date(text: str, order: Order | None = None) -> str | None:
    """The one date that a text consists of, as record text; None where it is none, or says more."""
    when = read_when(text, order)
    return when.due if when.start is None and when.timeline is None else None


def proved_order(texts: Iterable[str]) -> Order | None:
    """The order of day and month that the numeric dates of a document prove; None for none or both."""
    proved = {order_of(plain(match[0])) for text in texts for match in NUMERIC.finditer(text)}
    orders: list[Order] = [order for order in proved if order]
    return orders[0] if len(orders) == 1 else None


_Dates = tuple[str | None, str | None, bool]


def _dates(found: list[Found], words: str) -> _Dates | None:
    """Start, due, and whether the words say no more; None where they are no clear dates."""
    before, after = words[: found[0].start].strip(_AROUND), words[found[-1].end :].strip(_AROUND)
    if len(found) == 1:
        return _one(found[0], before, after)
    if len(found) == 2:
        between = words[found[0].end : found[1].start].strip(_AROUND)
        return _two(found[0], found[1], (before, between, after))
    return None


def _one(date: Found, before: str, after: str) -> _Dates | None:
    if date.part:
        return None
    if not after and _START.fullmatch(before):
        return date.date, None, True
    leads = not before or _LEADING.fullmatch(before) or _END.fullmatch(before)
    if leads and not after:
        return None, date.date, True
    if not _plain(before) or not _plain(after):
        return None
    if date.form == "year" and not (leads and before) and not _ends_leading(before):
        return None
    return None, date.date, False


def _two(first: Found, last: Found, gaps: tuple[str, str, str]) -> _Dates | None:
    before, between, after = gaps
    labelled = _START.fullmatch(before) and _END.fullmatch(between)
    joined = _JOINER.fullmatch(between) or (before in {"between", "entre"} and between in {"and", "et", "y"})
    if last.part or not (labelled or joined):
        return None
    begun = with_year(first.date or "", last.date or "") if first.part else first.date
    if begun is None or last.date is None or parse_date(last.date).last < parse_date(begun).first:
        return None
    framed = labelled or before in {
        "",
        "from",
        "between",
        "entre",
        "de",
        "du",
        "desde",
        "period",
        "in",
        "during",
    }
    if framed and not after:
        return begun, last.date, True
    if (not framed and not _plain(before)) or not _plain(after):
        return None
    return begun, last.date, False


def _plain(words: str) -> bool:
    return not _VAGUE.search(words) and not _UNREAD_DATE.search(words)


def _ends_leading(before: str) -> bool:
    return re.search(r"\b(?:in|by|until|before|end|of|during|avant|en|hasta|antes de)$", before) is not None
