"""A mapping to start from: what a table's columns and words look like, for a person to read and correct.

The text is a mapping file. What was judged, and what is left to decide, stands in its comments.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from mrtrack.importers.tables.mapping import key_of, target_of, valid_id
from mrtrack.importers.tables.sheets import Sheet
from mrtrack.importers.tables.usual_columns import usual_field
from mrtrack.importers.vocabulary.statuses import status_word
from mrtrack.model.decisions import decision_word
from mrtrack.model.spellings import folded
from mrtrack.model.words import NOT_STATED, Decision, Status

_MOST_WORDS = 40
_LONGEST_WORD = 80
_MOSTLY = 0.9
_CODE = re.compile(r"(?=\S*[0-9])\S+")
_BRACES = re.compile(r"[{}]")


@dataclass(slots=True)
class _Guess:
    """What was found about the columns of a sheet, by their positions."""

    sheet: Sheet
    fields: dict[int, str] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)

    def holding(self, *names: str) -> list[int]:
        return [place for place, name in self.fields.items() if name in names]

    def values(self, place: int) -> list[str]:
        return list(self.sheet.values(place))

    def named(self, place: int) -> str:
        return _quoted(self.sheet.columns[place])


def guess_mapping(sheet: Sheet) -> str:
    """The text of a mapping file for a sheet, judged by the names of its columns and by their values."""
    guess = _Guess(sheet)
    _judge_columns(guess)
    by = _tells_apart(guess)
    blank = [place for place in _identities(guess) + by if _has_blanks(guess, place)]
    rows = "actions" if _is_of_actions(guess, by, blank) else "recommendations"
    parts = [
        _introduction(sheet.page.name),
        _rows(guess, rows, blank),
        _evaluations(guess, by, fills=rows == "actions"),
        _columns(guess),
        _words(guess, "status", "action.status", Status, status_word),
        _words(guess, "decision", "response.decision", Decision, decision_word),
    ]
    blocks = ("".join(f"{line}\n" for line in part) for part in parts)
    return "\n".join(block for block in blocks if block)


def _judge_columns(guess: _Guess) -> None:
    taken: dict[str, int] = {}
    for place, column in enumerate(guess.sheet.columns):
        values = {folded(value) for value in guess.values(place) if value}
        found = usual_field(column) if values else None
        if not values:
            guess.doubts[place] = "this column is empty"
        if found in ("action.status", "response.decision") and not _are_words(values):
            told = "a status" if found == "action.status" else "a decision"
            guess.doubts[place] = f"its name speaks of {told}, its cells hold sentences"
            found = None
        if found is None and values and _are_words(values) and all(map(status_word, values)):
            found = "action.status"
        target = target_of(found) if found else None
        if found and target and not target.several and found in taken:
            guess.doubts[place] = f"looks like {found} too, as “{guess.sheet.columns[taken[found]]}” does"
        elif found:
            taken.setdefault(found, place)
            guess.fields[place] = found
    if not guess.holding(
        "recommendation.text", "recommendation.title", "recommendation.number", "action.text"
    ):
        _settle_text(guess)
    _settle_titles(guess)
    _settle_response(guess)


def _settle_text(guess: _Guess) -> None:
    """Where no name tells the recommendation, it is taken to stand in the column with the longest cells."""
    lengths = {place: sum(map(len, guess.values(place))) for place in range(len(guess.sheet.columns))}
    longest = max(
        (place for place in lengths if place not in guess.fields), key=lengths.__getitem__, default=None
    )
    if longest is not None:
        guess.fields[longest] = "recommendation.text"
        guess.doubts[longest] = "the column with the longest cells; nothing in its name says so"


def _settle_titles(guess: _Guess) -> None:
    """A title that comes again is that of an evaluation; one that is a code is a number of theirs."""
    if not guess.holding("evaluation.title"):
        for place in guess.holding("recommendation.title"):
            values = [value for value in guess.values(place) if value]
            if len(set(values)) < len(values):
                guess.fields[place] = "evaluation.title"
    numbers = guess.holding("evaluation.extra.number")
    for place in guess.holding("evaluation.title"):
        values = [value for value in guess.values(place) if value]
        if sum(bool(_CODE.fullmatch(value)) for value in values) > _MOSTLY * len(values):
            numbers.append(place)
    for place in numbers:
        guess.fields[place] = f"evaluation.extra.{key_of(guess.sheet.columns[place])}"


def _settle_response(guess: _Guess) -> None:
    """A response whose cells are nothing but decisions is the decision."""
    if guess.holding("response.decision"):
        return
    for place in guess.holding("response.text"):
        values = [value for value in guess.values(place) if value]
        if values and all(decision_word(value) for value in values):
            guess.fields[place] = "response.decision"
            return


def _tells_apart(guess: _Guess) -> list[int]:
    """The column that tells evaluations apart: a number of theirs, else their title."""
    extra = [place for place, name in guess.fields.items() if name.startswith("evaluation.extra.")]
    found = [*extra, *guess.holding("evaluation.title")]
    return [place for place in found if not _BRACES.search(guess.sheet.columns[place])][:1]


def _identities(guess: _Guess) -> list[int]:
    return guess.holding("recommendation.number", "recommendation.text")


def _has_blanks(guess: _Guess, place: int) -> bool:
    return not all(guess.values(place))


def _is_of_actions(guess: _Guess, by: Sequence[int], blank: Sequence[int]) -> bool:
    """Whether several rows belong to one recommendation: it is printed again, or its cells are left blank."""
    if not guess.holding("action.text"):
        return False
    whole = _identities(guess)
    if any(place in whole for place in blank):
        return True
    rows = list(zip(*(guess.values(place) for place in (*by, *whole)), strict=True))
    return bool(whole) and len(set(rows)) < len(rows)


def _introduction(name: str) -> list[str]:
    return [
        f"# A first mapping for {_on_one_line(name)}, guessed from the names of its columns and their words.",
        "# Read each line, correct it, then import the table with it. What stands behind a # is not used.",
    ]


def _rows(guess: _Guess, rows: str, blank: Sequence[int]) -> Iterator[str]:
    yield '# What one row is: "recommendations", or "actions" where several rows may belong to one recommendation.'
    yield f'rows = "{rows}"'
    if rows == "actions" and blank:
        yield ""
        yield "# A blank cell in these columns says what the cell above it says."
        yield f"fill_down = [{', '.join(guess.named(place) for place in sorted(blank))}]"


def _evaluations(guess: _Guess, by: Sequence[int], *, fills: bool) -> Iterator[str]:
    yield "# How rows group into evaluations, which become one file each."
    yield "[evaluations]"
    if not by:
        stem = valid_id(PurePath(guess.sheet.page.name).stem) or "table"
        yield "# No column was found that tells evaluations apart, so the whole table is one evaluation. To decide:"
        yield '# by = "Column"           # each value of this column is an evaluation; id = "{Column}" then'
        yield f"id = {_quoted(stem)}"
        yield '# title = "…"'
    else:
        column = guess.sheet.columns[by[0]]
        values = {folded(value): value for value in guess.values(by[0]) if value}
        plain = all(value[:1].isalpha() for value in values)
        yield f"by = {_quoted(column)}    # {_counted(len(values), 'different value')}, each an evaluation"
        yield f"id = {_quoted(f'{{{column}}}' if plain else f'evaluation-{{{column}}}')}"
        blanks = guess.values(by[0]).count("")
        first_is_blank = not guess.values(by[0])[0]
        if blanks and (not fills or first_is_blank):
            without = valid_id(f"no-{column}")
            yield f"without = {_quoted(without)}    # the record for rows that name none: {blanks} here"
    yield ""
    yield "# What is the same for every record, though the table does not print it."
    yield "[evaluations.fields]"
    yield '# organisation = "…"'


def _columns(guess: _Guess) -> Iterator[str]:
    yield "# Column of the table = field of the record. Fields begin with evaluation., recommendation., response."
    yield "# or action.; what a record has no field for goes to recommendation.extra.NAME or action.extra.NAME;"
    yield '# "ignore" leaves a column out.'
    yield "[columns]"
    for place in range(len(guess.sheet.columns)):
        if place in guess.fields:
            doubt = guess.doubts.get(place)
            remark = f"    # {doubt}" if doubt else ""
            yield f"{guess.named(place)} = {_quoted(guess.fields[place])}{remark}"
    unknown = [place for place in range(len(guess.sheet.columns)) if place not in guess.fields]
    if unknown:
        yield "# To decide: without a field, these columns are reported as left over."
    for place in unknown:
        doubt = guess.doubts.get(place)
        yield f'# {guess.named(place)} = ""' + (f"    # {doubt}" if doubt else "")


def _words(
    guess: _Guess, table: str, name: str, kind: type[StrEnum], meant: Callable[[str], StrEnum | None]
) -> Iterator[str]:
    for place in guess.holding(name):
        counted: dict[str, tuple[str, int]] = {}
        for value in guess.values(place):
            if value:
                first, times = counted.get(folded(value), (value, 0))
                counted[folded(value)] = (first, times + 1)
        yield f"# The words under {guess.named(place)}, and what each means:"
        yield f"# {', '.join(kind)}, or {NOT_STATED},"
        yield f'# and then the printed word is kept under extra. Look at those that say "{NOT_STATED}".'
        yield f"[{table}]"
        for value, times in sorted(counted.values(), key=lambda pair: -pair[1]):
            yield f'{_quoted(value)} = "{meant(value) or NOT_STATED}"    # {_counted(times, "row")}'


def _are_words(values: set[str]) -> bool:
    return len(values) <= _MOST_WORDS and all(len(value) <= _LONGEST_WORD for value in values)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _on_one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)
