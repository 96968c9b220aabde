"""What other readers of YAML, 1.1 and 1.2, take an unquoted word for; in a record every word is text."""

import re
from functools import lru_cache

_NUMBER = re.compile(
    r"""
    [-+]?(?: (?=_*[0-9])[0-9_]+                                # 12, 007, 1_000
           | 0b[01_]+ | 0o[0-7]+ | 0x[0-9a-fA-F_]+
           | (?: [0-9][0-9_]* (?:\.[0-9_]*)? | \.[0-9_]+ ) (?: [eE][-+]?[0-9]+ )?
           | [0-9][0-9_]* (?: :[0-5]?[0-9] )+ (?: \.[0-9_]* )?  # 12:30, counted in sixties
           | \.(?: inf | Inf | INF ) )
    | \.(?: nan | NaN | NAN )
    """,
    re.VERBOSE,
)
_YES_OR_NO = frozenset(
    form for word in ("y", "yes", "n", "no", "true", "false", "on", "off")
    for form in (word, word.capitalize(), word.upper())
)  # fmt: skip
_SHORT = 40
_LONGEST = max(map(len, _YES_OR_NO))
_DATE = re.compile(
    r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?: [Tt] | [ \t]+ ) [0-9]{1,2}:[0-9]{2}:[0-9]{2} (?: \.[0-9]* )?
      (?: [ \t]* (?: Z | [-+][0-9]{1,2} (?: :?[0-9]{2} )? ) )?
    """,
    re.VERBOSE,
)


def taken_for(word: str) -> str:
    """What a reader of YAML may take an unquoted word for: a number, yes or no, a date; empty if for text."""
    if word[:1].isalpha():
        return "yes or no" if len(word) <= _LONGEST and word in _YES_OR_NO else ""
    return _of_short_word(word) if len(word) <= _SHORT else _number_or_date(word)


def _number_or_date(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return "a number"
    return "a date" if _DATE.fullmatch(word) else ""


_of_short_word = lru_cache(maxsize=1024)(_number_or_date)
