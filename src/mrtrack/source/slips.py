"""What libyaml says of a text that is no YAML, in a person's words, and where the slip was made."""

from typing import NamedTuple

import yaml

from mrtrack.problems import Kind
from mrtrack.source import kinds
from mrtrack.source.tree import Position


class Slip(NamedTuple):
    """A slip of the pen: what is wrong and what to do.

    `began` tells that it is best shown where the unfinished part began, not where the parser gave up.
    """

    message: str
    hint: str
    began: bool = False
    kind: Kind = kinds.SYNTAX


_MARKER = "<<<<<<<"
_MERGE = Slip(
    "a merge stopped here: both sides say something else",
    "keep the entries of both sides and what holds now, then delete the lines with <<<<<<<, ======= and >>>>>>>",
)
_QUOTES = "look at the indentation, and at the quotes in this line and the one above"
_TAB = Slip("a tab indents this line", "indent with spaces")
_UNCLOSED = Slip("a quotation mark is never closed", "close it at the end of the text", began=True)
_ESCAPE = Slip("this backslash means nothing", "write \\\\ for a backslash, or put the text between ' marks")
_DIRECTIVE = Slip(
    "a directive changes how the text is read", "delete the line that begins with %", kind=kinds.DIRECTIVE
)
_SLIPS = {
    "mapping values are not allowed in this context": Slip(
        "a colon stands where no key can be",
        'put the text in quotes ("…") if the colon belongs to it; else look at the indentation',
    ),
    "found character that cannot start any token": Slip(
        "no text begins with this character",
        "put the text in quotes: text that begins with @, ` or % needs them",
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "could not find expected ':'": Slip(
        "a colon is missing after the key", "write key: value, with a space after the colon", began=True
    ),
    "did not find expected key": Slip("a key was expected here", _QUOTES),
    "did not find expected '-' indicator": Slip(
        "an item of the list was expected here", "begin each item with - and indent it like the others"
    ),
    "block sequence entries are not allowed in this context": Slip(
        "a list cannot begin in the line of its key",
        "put each item on a line of its own, or the text in quotes",
    ),
    "found unexpected end of stream": _UNCLOSED,
    "found unexpected document indicator": _UNCLOSED,
    "did not find expected ',' or ']'": Slip(
        "the list in brackets is not closed", "put a comma between the items and ] at the end", began=True
    ),
    "did not find expected ',' or '}'": Slip(
        "the braces are not closed", "put a comma between the keys and } at the end", began=True
    ),
    "did not find expected node content": Slip(
        "a value was expected here",
        "look for a comma, bracket or brace too many, or one that is never closed",
    ),
    "did not find expected comment or line break": Slip(
        "text follows | or > in the same line", "begin the text on the next line, indented"
    ),
    "did not find expected <document start>": Slip(
        "the record has ended, and more text follows", "look at the indentation, and keep one record a file"
    ),
    "found unknown escape character": _ESCAPE,
    "did not find expected hexdecimal number": _ESCAPE,
    "found invalid Unicode character escape code": _ESCAPE,
    "found unknown directive name": _DIRECTIVE,
    "found incompatible YAML document": _DIRECTIVE,
    "found undefined tag handle": Slip(
        "a tag tells a type", "delete the tag, or put the text in quotes", kind=kinds.TAG
    ),
}


def slip_of(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[Slip, Position]:
    """The slip behind a parser's error, and its place in the text; the markers of a merge explain any."""
    marker = next((number for number, line in enumerate(lines) if line.startswith(_MARKER)), None)
    if marker is not None:
        return _MERGE, (marker, 0)
    problem = error.problem or ""
    slip = _SLIPS.get(problem) or Slip(f"this is not YAML: {problem}", _QUOTES)
    mark = (error.context_mark if slip.began else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    if lines[line][column : column + 1] == "\t" and problem == "found character that cannot start any token":
        slip = _TAB
    return slip, (line, column)
