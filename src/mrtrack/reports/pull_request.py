"""What a change of the records means, as Markdown for a pull request: its text, or a comment below it.

Words of a record call nobody and close nothing there: no mention, no reference comes out of them.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from mrtrack.changes.differences import Differences
from mrtrack.changes.telling import clipped, plain
from mrtrack.reports.templates import rendered

_CALLING = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_APART = "\u2060"
_MOST_LINES = 200
_LONGEST_LINE = 250
_LONGEST_LIST = 30


def pull_request(found: Differences, folder: Path, unread: Sequence[str] = ()) -> str:
    """The differences by `pull-request.md.j2`; `unread` are the places of records that could not be read.

    Hosting sites cut what is very long: at most 200 lines are told, and how many more there are.

    Raises:
        Refused: where a template of the repository's `folder` fails.
    """
    room = _MOST_LINES
    sections = []
    for one in found.evaluations:
        lines = [_quiet(clipped(line.text, _LONGEST_LINE)) for line in one.lines[:room]]
        room -= len(lines)
        title = _quiet(clipped(plain(one.title or ""), _LONGEST_LINE))
        if lines:
            sections.append(
                {"evaluation": one.evaluation, "title": title, "fate": one.fate.value, "lines": lines}
            )
    every = sum(len(one.lines) for one in found.evaluations)
    return rendered(
        "pull-request.md.j2",
        folder,
        evaluations=sections,
        records=len(found.evaluations),
        counts=[count.text for count in found.counts],
        more=every - sum(len(section["lines"]) for section in sections),
        unread=[_quiet(clipped(plain(place), _LONGEST_LINE)) for place in unread[:_LONGEST_LIST]],
        unread_more=max(0, len(unread) - _LONGEST_LIST),
    )


def _quiet(text: str) -> str:
    return _CALLING.sub(lambda found: f"{found[0]}{_APART}", text)
