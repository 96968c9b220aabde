"""Rules that protect people: what a record must not hold about them."""

import re
from collections.abc import Iterator

from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule

_EMAIL = re.compile(r"(?<![\w.+%-])(?<!//)[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_MARKS = ("tel", "tél", "phone", "mobile", "móvil", "cell", "fax")
"""What stands in every word below that marks a telephone number."""
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
    words, prose = record.texts
    if _may_tell(words) or (_has_a_sign("".join(prose)) and any(map(_may_tell, prose))):
        for block, step, value, _ in record.values:
            for what, word in dict.fromkeys(_contacts(value)) if _may_tell(value) else ():
                told = f"{what} stands here"
                hint = "take it out; a role or a unit says who answers"
                yield Finding((*block, step), told, hint, word=word)


def _may_tell(text: str) -> bool:
    """Whether a text may hold contact details; what they cannot do without is looked for, the rarest last."""
    if "@" in text:
        return True
    is_marked = _has_a_sign(text) and any(map(text.lower().__contains__, _MARKS))
    return is_marked and _DIGITS.search(text) is not None


def _has_a_sign(text: str) -> bool:
    return any(map(text.__contains__, "@0123456789"))


def _contacts(text: str) -> Iterator[tuple[str, str]]:
    for address in _EMAIL.findall(text) if "@" in text else ():
        yield "an e-mail address", address
    for found in _TELEPHONE.finditer(text):
        yield "a telephone number", found["number"]
