"""How people are reached: the e-mail addresses and telephone numbers of a text, which no record keeps."""

import re

_EMAIL = re.compile(
    r"""
    (?: (?<!\w) (?: e-?mail | courriel | correo (?: \s electr[oó]nico )? ) (?: \s address )? \s? : \s{0,3} | mailto: )?
    <? (?<! [\w.+%-] ) (?<! // )
    (?: [\w.+%-]{1,64} (?: @ | \s? [\[(] at [\])] \s? ) (?: [\w-]{1,63} \. ){1,8} [^\W\d_]{2,24} )+ >?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = r"""
    (?<!\w)
    (?: tel | tél | telephone | téléphone | teléfono | telefono | phone | mobile | móvil | movil | cell | fax )
    (?: \s? / \s? (?: fax | mobile | mob | cell ) )?
    (?: \s? (?: no | nr | number | numbers )\b )?
"""
_SEPARATED = r"[ \u00a0()./-]{0,2}"
_LABELLED = re.compile(
    rf"""
    {_LABEL} \s{{0,2}} (?: [.:]{{1,2}} (?: \s? : )? \s{{0,2}} | (?= [+] ) )
    (?! [12][0-9]{{3}} [/-] [0-9]{{1,2}} (?: [/-] [0-9]{{1,2}} )? (?! [\w/-] ) )
    (?! [0-9]{{1,2}} / (?: [0-9]{{1,2}} / )? [0-9]{{4}} (?! [0-9] ) )
    [+]? [(]? [0-9] (?: {_SEPARATED} [0-9] ){{5,16}} (?: \s? ext\.? \s? [0-9]{{1,5}} )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_INTERNATIONAL = re.compile(
    r"(?<! [\w+] ) [+] [1-9] (?: [ \u00a0().-]{0,2} [0-9] ){7,14} (?! [\w] )", re.VERBOSE
)
_DIGITS = re.compile(rf"[0-9](?:{_SEPARATED}[0-9]){{5}}")


def withheld_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where contact details stand in a text, and what they are; a label before them belongs to them.

    A number is that of a telephone where a label says so, or where it is written for dialling from abroad.
    """
    spans: list[tuple[int, int, str]] = []
    if "@" in text or "at]" in text or "at)" in text:
        spans += [(*found.span(), "e-mail address") for found in _EMAIL.finditer(text)]
    if _DIGITS.search(text):
        numbers = [
            found.span() for pattern in (_LABELLED, _INTERNATIONAL) for found in pattern.finditer(text)
        ]
        spans += [(start, end, "telephone number") for start, end in numbers]
    apart: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        start, end, what = apart[-1] if apart else (0, 0, "")
        if span[0] >= end:
            apart.append(span)
        else:
            apart[-1] = start, max(end, span[1]), what
    return tuple(apart)
