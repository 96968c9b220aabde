"""Rules that protect people: what a record must not hold about them."""

import re
from collections.abc import Iterator

from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule

_EMAIL = re.compile(r"(?<![\w.+%-])(?<!//)[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_DIGIT = re.compile(r"[0-9]")
_LONG = 60
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
        if "@" in value or (_has_digit(value) and _DIGITS.search(value)):
            for what, word in dict.fromkeys(_contacts(value)):
                told = f"{what} stands here"
                yield Finding(
                    (*block, step), told, "take it out; a role or a unit says who answers", word=word
                )


def _has_digit(text: str) -> bool:
    """Whether a text has a digit: in long texts each is looked for by itself, which is many times faster."""
    if len(text) < _LONG:
        return _DIGIT.search(text) is not None
    return any(map(text.__contains__, "0123456789"))


def _contacts(text: str) -> Iterator[tuple[str, str]]:
    for address in _EMAIL.findall(text):
        yield "an e-mail address", address
    for found in _TELEPHONE.finditer(text):
        yield "a telephone number", found["number"]
