"""Made-up records to measure with: the same for the same seed, as large as real ones, in a real vocabulary.

The words and how often each comes are those of Python's own reference, which every Python carries, so that
full text is as dear as it is in life.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

_WORD = re.compile(r"[A-Za-z]{2,14}")
_STATUSES = ("completed", "completed", "completed", "initiated", "not-initiated", "no-longer-applicable")
_DECISIONS = ("accepted", "accepted", "accepted", "partially-accepted", "rejected")
_PER_FOLDER = 200
_RECOMMENDATIONS = 5
_ACTIONS_EACH = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, and the sums of their frequencies up to each."""

    words: tuple[str, ...]
    sums: tuple[int, ...]

    def some(self, rnd: random.Random, count: int) -> list[str]:
        """So many words, each as often as it comes."""
        return rnd.choices(self.words, cum_weights=self.sums, k=count)


def build(folder: Path, size: int, *, seed: int = 1, warned: bool = False) -> None:
    """Write so many records below a folder, in folders of two hundred.

    Every record has 5 recommendations of 5 actions and about 45 kB. With `warned`, each has one completed
    action without evidence; without, there is nothing to report.
    """
    rnd = random.Random(seed)  # noqa: S311 - made-up records, no secret
    for number in range(size):
        name = f"evaluation-{number:06}"
        place = folder / f"{number // _PER_FOLDER:04}"
        place.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{line}\n" for line in _record(name, rnd, warned=warned))
        (place / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")


@cache
def vocabulary() -> Vocabulary:
    """The words of Python's reference, in lower case, with their frequencies."""
    from pydoc_data.topics import topics  # noqa: PLC0415 - large, and only a corpus needs it

    counted = Counter(word.lower() for text in topics.values() for word in _WORD.findall(text))
    pairs = counted.most_common()
    return Vocabulary(tuple(word for word, _ in pairs), tuple(accumulate(count for _, count in pairs)))


def _record(name: str, rnd: random.Random, *, warned: bool) -> Iterator[str]:
    begun = date(2012, 1, 1) + timedelta(days=rnd.randrange(4_500))
    answered = begun + timedelta(days=60)
    yield "schema: 1"
    yield f"id: {name}"
    yield f"title: Evaluation of {' '.join(vocabulary().some(rnd, 6))}"
    yield from _prose("description", 90, 0, rnd)
    yield f"organisation: Agency {rnd.randrange(40)}"
    yield f"type: {rnd.choice(('Outcome', 'Project', 'Thematic'))}"
    yield "status: completed"
    yield f"completed: {begun.isoformat()}"
    yield f"countries: [{rnd.choice(('KEN', 'PER', 'NPL', 'MLI', 'GLOBAL'))}]"
    yield "management_response:"
    yield "  required: true"
    yield f"  submitted: {answered.isoformat()}"
    yield "recommendations:"
    for number in range(1, _RECOMMENDATIONS + 1):
        yield f'  - id: "{number}"'
        yield from _prose("text", 260, 4, rnd)
        yield "    response:"
        yield f"      decision: {rnd.choice(_DECISIONS)}"
        yield f"      date: {answered.isoformat()}"
        yield from _prose("text", 160, 6, rnd)
        yield "    actions:"
        for nth in range(1, _ACTIONS_EACH + 1):
            yield from _action(f"{number}.{nth}", answered, rnd, bare=warned and (number, nth) == (1, 1))


def _action(name: str, answered: date, rnd: random.Random, *, bare: bool) -> Iterator[str]:
    status = "completed" if bare else rnd.choice(_STATUSES)
    lead = f"Unit {rnd.randrange(300)}"
    due = answered + timedelta(days=rnd.randrange(200, 900))
    yield f'      - id: "{name}"'
    yield from _prose("text", 30, 8, rnd)
    yield f"        responsible: {lead}"
    yield f"        due: {due:%Y-%m}"
    if status != "not-initiated":
        yield f"        status: {status}"
    yield "        history:"
    yield f"          - date: {answered.isoformat()}"
    yield f"            due: {due:%Y-%m}"
    yield f"            responsible: {lead}"
    if status == "not-initiated":
        return
    told = answered + timedelta(days=rnd.randrange(100, 800))
    yield f"          - date: {told.isoformat()}"
    yield f"            by: {lead}"
    yield f"            status: {status}"
    yield from _prose("comment", 70, 12, rnd, begun="The work was done in May.")
    if status == "completed" and not bare:
        yield "            documents:"
        yield "              - title: Minutes"
        yield f"                url: https://example.org/{rnd.randrange(10**9)}"


def _prose(key: str, words: int, indent: int, rnd: random.Random, begun: str = "") -> Iterator[str]:
    yield f"{' ' * indent}{key}: |"
    if begun:
        yield f"{' ' * indent}  {begun}"
    said = vocabulary().some(rnd, words)
    for start in range(0, words, 12):
        yield f"{' ' * indent}  {' '.join(said[start : start + 12])}."
