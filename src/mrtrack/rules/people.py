"""Rules that protect people: what a record must not hold about them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule

_EMAIL = re.compile(r"(?<![\w.+%-])(?<!//)[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_SHORT = 60
_DIGITS = re.compile(r"[0-9](?:[ ()./-]{0,2}[0-9]){5}")
_TELEPHONE = re.compile(
    r"""
    \b(?: tel | tél | telephone | téléphone | teléfono | telefono | phone | mobile | móvil | cell | fax )\b
    (?: \s? (?: no | nr | number )\b )? \s{0,2}
    (?: [.:]{1,2} \s{0,2} | (?=\+) )
    (?P<number> \+? \(? [0-9] (?: [ ()./-]{0,2} [0-9] ){5,16} )
    """,
    re.IGNORECASE | re.VERBOSE,
)


@rule("S360", "contact-detail", Severity.ERROR, "contact details stand in the records")
def contact_detail(record: RecordUnderCheck) -> Iterator[Finding]:
    """An e-mail address or a telephone number stands in the record.

    Records are shared and published, and their history keeps what was once in them. Roles and units say who
    answers for what; how to reach a person stands elsewhere. A number counts where it is marked as that of a
    telephone.

    Bad:

    ```yaml
    responsible: Jo Field, jo.field@example.org
    ```

    Good:

    ```yaml
    responsible: Head of the Water Unit
    ```
    """
    for block, step, value, _ in record.values:
        has_digits = _has_digits if len(value) <= _SHORT else _prose_has_digits
        if "@" in value or has_digits(value):
            for what, word in dict.fromkeys(_contacts(value)):
                told = f"{what} stands here"
                hint = "take it out; a role or a unit says who answers"
                yield Finding((*block, step), told, hint, word=word)


@lru_cache(maxsize=4096)
def _has_digits(text: str) -> bool:
    """Whether a text has the digits of a telephone; short ones, such as names of units, come again and again."""
    return _DIGITS.search(text) is not None


def _prose_has_digits(text: str) -> bool:
    """The same of a long text: each digit is first looked for by itself, which is fast."""
    return any(map(text.__contains__, "0123456789")) and _DIGITS.search(text) is not None


def _contacts(text: str) -> Iterator[tuple[str, str]]:
    for address in _EMAIL.findall(text) if "@" in text else ():
        yield "an e-mail address", address
    for found in _TELEPHONE.finditer(text):
        yield "a telephone number", found["number"]
