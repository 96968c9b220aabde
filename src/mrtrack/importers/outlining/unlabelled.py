"""The head of a page whose labels a capture has lost, so that its values begin with a bare colon.

Each value is known by what it is: years and an office are the plan, the office's name is the unit.
"""

import re
from collections.abc import Iterator, Sequence

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.page import Line
from mrtrack.model.spellings import folded

_PLAN = re.compile(r"[0-9]{4}\s*[-–]\s*[0-9]{4}\s*,.*")
_SUBJECT = re.compile(
    r"evaluation|review|assessment|évaluation|evaluación|examen|contribution", re.IGNORECASE
)
_STATES = {"approved", "draft", "submitted", "pending", "not approved", "rejected"}


def read_unlabelled(lines: Sequence[Line], evaluation: Draft, outline: Outline) -> list[Line]:
    """Read values that begin with a colon; the lines that are none of these come back."""
    values = [line for line in lines if line.text.lstrip().startswith(":")]
    plan = next((line for line in values if _PLAN.fullmatch(_words(line))), None)
    if plan is None:
        return list(lines)
    valued = {line.number for line in values}
    fields = dict(_fields(values, plan, evaluation))
    prose = [line for line in lines if line.number not in valued and values[0].number < line.number]
    fields |= {line.number: "management_response.text" for line in prose}
    rest = []
    for line in lines:
        start = line.text.index(":") + 1 if line.number in valued else 0
        if line.number in fields:
            outline.claim(line.piece(0, start), Fate.FURNITURE, "a colon whose label is not there")
            evaluation.add(fields[line.number], [line.piece(start)])
            outline.note(line.number, f"its label is not there; read as {fields[line.number]} by what it is")
        elif line.number in valued and not _words(line):
            outline.claim(line.piece(), Fate.FURNITURE, "a colon whose label and value are not there")
        else:
            rest.append(line)
    return rest


def _fields(values: Sequence[Line], plan: Line, evaluation: Draft) -> Iterator[tuple[int, str]]:
    free = [key for key in ("commissioned_by", "management_response.unit") if not evaluation.text(key)]
    titled = bool(evaluation.text("title"))
    for line in values:
        words = folded(_words(line))
        if line is plan:
            yield line.number, "plan"
        elif words in _STATES:
            yield line.number, "extra.management_response_status"
        elif words and words in folded(plan.text) and free:
            yield line.number, free.pop(0)
        elif _SUBJECT.search(words) and not titled:
            titled = True
            yield line.number, "title"


def _words(line: Line) -> str:
    return line.text.strip().removeprefix(":").strip()
