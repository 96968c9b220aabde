"""The furniture of a page: lines that tell nothing of the evaluation, and footers in the middle of the text.

Known furniture is known by its words. A footer is known by its being printed again where nothing is expected.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from mrtrack.importers.page import Line
from mrtrack.model.spellings import folded

_KNOWN: Mapping[str, str] = {
    "success message": "banner of the site",
    "error message": "banner of the site",
    "warn message": "banner of the site",
    "report cover image": "picture",
    "share": "button",
    "search": "button",
    "login": "button",
    "download": "button",
    "print": "button",
    "expand": "button",
    "history": "button",
    "key action update history": "button",
    "history close": "button",
    "close": "button",
    "back": "button",
    "evaluation information": "heading",
    "management response": "heading",
    "management response and action plan": "heading",
    "management response and action plan (mrap)": "heading",
    "summary of management's response to the recommendations": "heading",
    "action plan": "heading",
    "réponse de la direction": "heading",
    "respuesta de la gerencia": "heading",
}
_FORMS = (
    (re.compile(r"pdf version(?: \([^()]*\))?", re.IGNORECASE), "button"),
    (re.compile(r"(?:page|página)\s+[0-9]+(?:\s+(?:of|de|sur|/)\s+[0-9]+)?", re.IGNORECASE), "page number"),
    (re.compile(r"[-–—\s]*[0-9]{1,4}\s*\|\s*page", re.IGNORECASE), "page number"),
)
_SITE_END = re.compile(
    r"latest evaluations|contact us|related (?:evaluations|documents)|terms of use|follow us|"
    r"copyright\b.*|©.*|all rights reserved\.?|united nations development programme|erc\.support@undp\.org",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"termin\w{0,3}o[lg]\w*y|definitions?(?: of terms)?|legend|glossary|key to (?:the )?columns|notes?",
    re.IGNORECASE,
)
_SENTENCE_END = tuple(".!?;:,")
_LONGEST_FOOTER = 12
_LONGEST_KNOWN = 80


def known_furniture(text: str) -> str | None:
    """What kind of furniture a line is by its words; None where it is none."""
    if len(text) > _LONGEST_KNOWN:
        return None
    plain = folded(text).strip("*•- ").replace("\u2019", "'")
    if plain in _KNOWN:
        return _KNOWN[plain]
    return next((kind for form, kind in _FORMS if form.fullmatch(plain)), None)


def ends_the_page(text: str) -> bool:
    """Whether a line begins what a site prints below every page: its news, its address, its rights."""
    return len(text) <= _LONGEST_KNOWN and _SITE_END.fullmatch(text.strip()) is not None


def begins_a_legend(text: str) -> bool:
    """Whether a line heads an explanation of the document's own terms."""
    return len(text) <= _LONGEST_KNOWN and _LEGEND.fullmatch(text.strip(" :")) is not None


def footers(lines: Sequence[Line], announced: frozenset[int]) -> frozenset[int]:
    """The numbers of the lines that are page footers or headers.

    Such a line is printed at least twice, alone between blank lines or at an end, no sentence, of few words,
    and never where a label announces a value; `announced` are the lines that a label announces, or begins.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    counts = Counter(line.text.strip() for line in lines)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if counts[text] > 1 and text and _could_be_footer(text) and _alone(lines, index):
            places[text].append(line.number)
    return frozenset(
        number
        for text, numbers in places.items()
        if len(numbers) > 1
        and len(numbers) == counts[text]
        and not any(number in announced for number in numbers)
        for number in numbers
    )


def _could_be_footer(text: str) -> bool:
    return (
        len(text.split()) <= _LONGEST_FOOTER
        and not text.endswith(_SENTENCE_END)
        and any(map(str.isalpha, text))
    )


def _alone(lines: Sequence[Line], index: int) -> bool:
    before = index == 0 or lines[index - 1].blank
    after = index + 1 == len(lines) or lines[index + 1].blank
    return before and after
