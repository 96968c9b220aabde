"""Full text of actions, built when words are first asked for; the words themselves stay in the records.

A document is what `query.matching.action_says` looks at, as it stands now. It is identified by a number that is never
given again: what a record said before is left in the full text and no longer pointed at. What is asked for may stand
within a word, so the words that hold it are found in the vocabulary first.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mrtrack import timeline
from mrtrack.config.regular import regular_content
from mrtrack.model.lean import lean_evaluation
from mrtrack.model.spellings import searchable
from mrtrack.store.workers import in_chunks, workers_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mrtrack.model.record import Action, Evaluation

_WORD = re.compile("[a-z0-9\u0080-\U0010ffff]+")
_MOST_WORDS = 400

TABLES = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content='', detail=none, tokenize='ascii')",
    "CREATE TABLE IF NOT EXISTS vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID",
)


class Document(NamedTuple):
    """The searchable words of one action: its position among those of its file, and the text."""

    file: int
    action: int
    text: str


class Said(NamedTuple):
    """Where the actions stand whose words hold a text, as what follows FROM, with `t.file` and `t.action`.

    Where that is not `exact`, their words must be looked at. Up to the number `ordered`, those of the words,
    `w.rowid`, are in the order of the records.
    """

    source: str
    exact: bool
    ordered: int


def missing(database: sqlite3.Connection) -> list[tuple[int, str]]:
    """The files, with their paths, whose words are not in the full text."""
    asked = (
        "SELECT file, path FROM files JOIN records USING (file)"
        " WHERE file NOT IN (SELECT file FROM worded) ORDER BY file"
    )
    return [(file, os.fsdecode(path)) for file, path in database.execute(asked)]


def complete(database: sqlite3.Connection, root: Path, progress: Callable[[int], None]) -> None:
    """Put the words of the files that are missing into the full text; each once, whoever asked for them first."""
    files = missing(database)
    for statement in TABLES:
        database.execute(statement)
    (last,) = database.execute("SELECT coalesce(max(number), 0) FROM texts").fetchone()
    (kept,) = database.execute("SELECT coalesce((SELECT value FROM about WHERE key = 'texts'), 0)").fetchone()
    number = max(last, kept)
    records = [
        (file, path, database.execute("SELECT data FROM records WHERE file = ?", [file]).fetchone()[0])
        for file, path in files
    ]
    workers = workers_for(root, [path for _, path in files])
    for chunk in in_chunks(partial(_documents, root), records, workers):
        numbered = list(enumerate(chunk, number + 1))
        number += len(numbered)
        database.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", ((nth, one.text) for nth, one in numbered)
        )
        database.executemany(
            "INSERT INTO texts VALUES (?, ?, ?)", ((nth, one.file, one.action) for nth, one in numbered)
        )
        words = {word for one in chunk for word in _WORD.findall(one.text)}
        database.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", ((word,) for word in words))
        progress(len({one.file for one in chunk}))
    database.executemany("INSERT OR REPLACE INTO worded VALUES (?)", ((file,) for file, _ in files))
    database.execute("INSERT OR REPLACE INTO about VALUES ('texts', ?)", [number])
    database.execute("INSERT OR IGNORE INTO about VALUES ('texts_in_order', ?)", [number])


def said(database: sqlite3.Connection, wanted: str) -> Said | None:
    """Where the actions stand whose words hold a text; None where every action must be looked at."""
    text = searchable(wanted)
    words = _WORD.findall(text)
    kept = database.execute("SELECT value FROM about WHERE key = 'texts_in_order'").fetchone()
    if not words or not kept:
        return None
    found = []
    for place, word in enumerate(words):
        begins = place > 0 or not text.startswith(word)
        ends = place < len(words) - 1 or not text.endswith(word)
        known = _known(database, word, begins=begins, ends=ends)
        if len(known) > _MOST_WORDS:
            return None
        if not known:
            return Said("words w CROSS JOIN texts t WHERE 0", exact=True, ordered=0)
        found.append(" OR ".join(f'"{one}"' for one in known))
    match = " AND ".join(f"({words})" for words in found)
    source = f"words w CROSS JOIN texts t ON t.number = w.rowid WHERE words MATCH '{match}'"
    return Said(source, exact=text == words[0], ordered=kept[0])


def _known(database: sqlite3.Connection, word: str, *, begins: bool, ends: bool) -> list[str]:
    """The words of the vocabulary that hold a word: at their beginning, at their end, as a whole or anywhere."""
    asked = "SELECT word FROM vocabulary WHERE instr(word, ?)"
    found = (known for (known,) in database.execute(asked, [word]))
    return [
        known
        for known in found
        if (not begins or known.startswith(word)) and (not ends or known.endswith(word))
    ]


def _documents(root: Path, records: Sequence[tuple[int, str, bytes]]) -> list[Document]:
    found: list[Document] = []
    for file, path, data in records:
        content = partial(bytes, regular_content(root / path))
        evaluation = lean_evaluation(json.loads(zlib.decompress(data)), content)
        found += (
            Document(file, nth, "\n".join(map(searchable, _said(action, evaluation))))
            for nth, action in enumerate(
                action for one in evaluation.recommendations or () for action in one.actions or ()
            )
        )
    return found


def _said(action: Action, evaluation: Evaluation) -> Iterator[str]:
    state = timeline.action_on(action, evaluation, timeline.FOREVER - timedelta(1))
    lead = state.responsible if state else None
    comments = (entry.comment for entry in action.history or ())
    places = (action.title, action.text, lead, *(action.supported_by or ()), action.timeline, *comments)
    yield from filter(None, places)
