"""The plain list of recommendations that an evaluation page prints, often before it prints them again."""

import re
from collections import defaultdict, deque
from collections.abc import Sequence

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.outlining.headings import list_item, number_alone
from mrtrack.importers.page import Line, Piece
from mrtrack.model.spellings import folded

_WORD = re.compile(r"\w+")
_TELLING = 41


class Listed:
    """Reads the list item by item; at the end, an item that stands elsewhere with its answer is repeated."""

    def __init__(self, evaluation: Draft, outline: Outline) -> None:
        self.evaluation = evaluation
        self.outline = outline
        self.items: list[Draft] = []
        self.alone: bool | None = None

    def line(self, line: Line) -> None:
        """A line of the list: the next number begins an item."""
        item = list_item(line, len(self.items) + 1, alone=self.alone)
        if item:
            number, text = item
            self.alone = not text.text
            draft = Draft("recommendation")
            draft.add("number", [number])
            draft.add("text", [text])
            self.outline.claim(
                line.piece(number.end, text.start if text.text else None), Fate.FURNITURE, "number of an item"
            )
            self.items.append(draft)
        elif not self.items:
            self.outline.note(line.number, "before the first number of the list: left over")
        elif number_alone(line, self.items[-1].text("number")):
            self.outline.claim(line.piece(), Fate.FURNITURE, "number, printed again")
        else:
            self.items[-1].add("text", [line.piece()])

    def take_number(self) -> Piece | None:
        """The number of an item that has no text: its recommendation is headed below it."""
        if not self.items or self.items[-1].text("text"):
            return None
        return self.items.pop().fields["number"][0]

    def last(self) -> Draft:
        """The last item, as a recommendation of the evaluation: its answer follows at once."""
        if not self.items:
            return self.evaluation.begin("recommendation")
        item = self.items.pop()
        self.evaluation.parts.append(item)
        return item

    def finish(self) -> None:
        """Put the items beside the recommendations that were printed with their answers."""
        twins = _Twins(self.evaluation.of("recommendation"))
        alone: list[Draft] = []
        for item in self.items:
            twin = twins.of(item)
            if twin is None:
                alone.append(item)
            elif not twin.text("text"):
                twin.add("text", item.fields.get("text", []))
                self._repeat(item, ["number"])
            elif not item.text("text") or _same(item.text("text"), twin.text("text")):
                self._repeat(item, ["number", "text"])
            else:
                self._repeat(item, ["number"])
                self.outline.note(
                    item.fields["text"][0].line.number,
                    f"recommendation {item.text('number')} is printed twice with other words: the list's are left over",
                )
        self.evaluation.parts[:] = _in_order(self.evaluation.parts, alone)

    def _repeat(self, item: Draft, keys: Sequence[str]) -> None:
        for key in keys:
            for piece in item.fields.get(key, []):
                self.outline.claim(piece, Fate.REPEATED, f"recommendation {item.text('number')}")


class _Twins:
    """The recommendations with their answers, found by the beginning of their texts, else by their numbers."""

    def __init__(self, answered: Sequence[Draft]) -> None:
        self.begun: defaultdict[str, list[Draft]] = defaultdict(list)
        self.numbered: dict[str, Draft] = {}
        for draft in answered:
            self.begun[_words(draft.text("text"))[:_TELLING]].append(draft)
            self.numbered.setdefault(draft.text("number"), draft)

    def of(self, item: Draft) -> Draft | None:
        """The recommendation that an item of the list is printed as once more."""
        text = item.text("text")
        near = self.begun.get(_words(text)[:_TELLING], [])
        same = (draft for draft in near if _same(text, draft.text("text")))
        return next(same, self.numbered.get(item.text("number")))


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same words, or one breaks off before the other ends."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= _TELLING and longer.startswith(shorter)))


def _words(text: str) -> str:
    """The letters and digits of a text, its spaces and marks left out."""
    return "".join(_WORD.findall(folded(text)))


def _in_order(parts: Sequence[Draft], alone: Sequence[Draft]) -> list[Draft]:
    """The parts, recommendations that stand in the list only put where their numbers belong."""
    ordered: list[Draft] = []
    waiting = deque(alone)
    for part in parts:
        while waiting and part.kind == "recommendation" and _number(part) > _number(waiting[0]):
            ordered.append(waiting.popleft())
        ordered.append(part)
    return [*ordered, *waiting]


def _number(draft: Draft) -> int:
    text = draft.text("number").strip(" .)")
    return int(text) if text.isdigit() else 0
