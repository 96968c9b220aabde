"""What tomllib's refusal of a text means, where it stands, and what to write instead."""

import re

from mrtrack.config.locate import Place, place_of

Refusal = tuple[Place, str, str]

_WHERE = re.compile(r"\(at (?:line (?P<line>[0-9]+), column (?P<column>[0-9]+)|end of document)\)$")
_DATE = re.compile(r"=\s*(?P<date>[0-9]{4}-(?:Q[1-4]|[0-9]{1,2}))\s*(?:#.*)?$")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}")
_CURLY = "“”„‟‘’‚‛«»"  # noqa: RUF001 - the quotation marks that word processors write
_YES_AND_NO = frozenset({"yes", "no", "on", "off", "true", "false"})

_NAMED_TWICE = ("this key has its value already", "keep one of the two")
_UNCLOSED_ON_ITS_LINE = ("a quotation mark is not closed on its line", "close it")
_OPENERS = (('Expected "\'"', "'"), ("Expected \"'''\"", "'''"), ("Unterminated", '"""'))
_MEANINGS = (
    ("Expected '='", "the sign = is missing after the key", "write key = value"),
    (
        "Expected newline",
        "something stands where the line should end",
        "begin a new line, or put quotes around a text",
    ),
    ("Invalid date", "no calendar has this day", "write a day that exists: 2021-07-31"),
    ("Cannot overwrite", *_NAMED_TWICE),
    ("Duplicate inline table key", *_NAMED_TWICE),
    ("Cannot mutate", *_NAMED_TWICE),
    ("Cannot declare", "this heading stands above already", "put all its keys under one heading"),
    ("Unterminated string", "a quotation mark is never closed", "close it"),
    ("Illegal character '\\n'", *_UNCLOSED_ON_ITS_LINE),
    ("Found invalid character '\\n'", *_UNCLOSED_ON_ITS_LINE),
    ('Expected "\'"', "a quotation mark is never closed", "close it"),
    ("Expected \"'''\"", "a quotation mark is never closed", "close it"),
    (
        "Unescaped '\\'",
        "a backslash stands between double quotes",
        "write it twice, or use single quotes: 'a\\b'",
    ),
    ("Invalid hex value", "this escape names no character", "write the character itself"),
    ("Escaped character", "this escape names no character", "write the character itself"),
    ("Unclosed array", "the list is not closed here", "put a comma between its items and ] at its end"),
    (
        "Unclosed inline table",
        "the braces are not closed here",
        "put a comma between the keys and } at the end",
    ),
    (
        "Invalid statement",
        "no key begins like this",
        "write key = value; quotes go around a key with other characters",
    ),
    (
        "Invalid initial character",
        "no key begins like this",
        "write letters, digits, - and _, or put quotes around the key",
    ),
    ("Expected ']", "the heading is not closed", "write it in brackets, alone on its line: [days]"),
    ("Found invalid character", "an invisible character stands here", "delete it"),
    ("Illegal character", "an invisible character stands here", "delete it"),
)


def refusal(error: ValueError | RecursionError, text: str) -> Refusal:
    """The place of a refusal by tomllib, what is wrong there, and the remedy."""
    said = str(error)
    where = _WHERE.search(said)
    if isinstance(error, RecursionError):
        return Place(0, 0, 1), "lists are nested too deeply", "no setting takes a list within a list"
    if not where:
        number = _LONG_NUMBER.search(text)
        place = place_of(text, number.start() if number else 0)
        return place, "the number has too many digits", "write a smaller one"
    place = _place(where, text)
    line = text.split("\n")[place.line]
    date = _DATE.search(line)
    if said.startswith("Invalid value"):
        return place, *_no_value(line[place.column :].partition("#")[0].strip())
    if date and said.startswith("Expected newline"):
        quoted = Place(place.line, date.start("date"), len(date["date"]))
        return quoted, f"{date['date']} stands without quotes", f'write "{date["date"]}"'
    if said.startswith("Unescaped"):
        place = Place(place.line, line.rfind("\\", 0, place.column), 2)
    for begins, mark in _OPENERS:
        if said.startswith(begins) and mark in text:
            place = place_of(text, text.rfind(mark), len(mark))
    return place, *_meaning(said)


def _place(where: re.Match[str], text: str) -> Place:
    if where["line"]:
        return Place(int(where["line"]) - 1, int(where["column"]) - 1, 1)
    return place_of(text, len(text.rstrip()))


def _meaning(said: str) -> tuple[str, str]:
    for begins, message, hint in _MEANINGS:
        if said.startswith(begins):
            return message, hint
    said = _WHERE.sub("", said).strip()
    return f"this is not TOML: {said}", "docs/settings.md shows how settings are written"


def _no_value(written: str) -> tuple[str, str]:
    if not written:
        return "there is no value here", "write it after the =, or take the line out"
    if written[0] in _CURLY:
        return f"{written[0]} is no quotation mark of TOML", 'use straight ones: "…"'
    if written.casefold() in _YES_AND_NO:
        return f"“{written}” is no value", "write true or false, in small letters and without quotes"
    return f"“{written}” is no value", 'put quotes around a text: "…"'
