"""What a newer page changes in a record: as operations, and in lines for people; nothing is overwritten.

A recommendation with an item that could be either of two is left as it is, with both shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Append, Set
from mrtrack.edit.refusal import Refused
from mrtrack.importers.completing import Outcome, complete, new_sources
from mrtrack.importers.matching import Item, Unclear, match, normalised
from mrtrack.importers.newer import EVALUATION_KEYS, action_news, decision_news, evaluation_news, is_stated
from mrtrack.model.dates import quoted
from mrtrack.model.record import Action, Evaluation, Recommendation, Response
from mrtrack.model.shape import Path
from mrtrack.source.reader import Reading

_OF_EVALUATION = ("schema", "id", "sources", "recommendations", "history", "accepted")
_OF_RECOMMENDATION = ("id", "number", "response", "actions", "accepted")
_OF_RESPONSE = ("decision", "history")
_OF_ACTION = ("id", "number", "status", "due", "responsible", "history", "accepted")

Block = Mapping[str, Any]


@dataclass(slots=True)
class Continued(Outcome):
    """What a page comes to in a record, and how many items it concerns.

    `changed` counts the items of the record that get an entry or a field (the evaluation itself is one of
    them), `new` those that are added, `gone` those that the page no longer has, and `unclear` those of the
    page that could not be told apart.
    """

    changed: int = 0
    new: int = 0
    gone: int = 0
    unclear: int = 0

    def take(self, outcome: Outcome) -> None:
        """Take in what the page comes to at one item of the record."""
        self.add(outcome)
        self.changed += bool(outcome.operations)

    def take_part(self, part: "Continued") -> None:
        """Take in what the page comes to at one recommendation with all its actions."""
        self.add(part)
        self.changed += part.changed
        self.new += part.new
        self.gone += part.gone
        self.unclear += part.unclear


def compare(reading: Reading, incoming: Block, recorded: Recorded) -> Continued:
    """What a newly imported page of the same evaluation changes in a record.

    `incoming` are the data of a record as a page states them; `recorded` says the day of the import, and by
    whom it is made is absent. The operations are for `mrtrack.edit.verify.edit`.

    Raises:
        Refused: where the record in the file cannot be read.
        pydantic.ValidationError: where the incoming data are no record.
    """
    if reading.evaluation is None:
        problem = reading.first_problem
        raise Refused(
            f"{reading.path} cannot be read" + (f": {problem.message}" if problem else ""),
            "look at it with mrtrack check, and import again",
        )
    whole = Evaluation.model_validate(incoming, by_alias=True, by_name=False)
    return _Comparison(reading.evaluation, reading.data, whole, incoming, recorded).result()


def same_evaluation(evaluation: Evaluation, incoming: Block) -> bool:
    """Whether a page is about the evaluation of a record: one title, and one plan where both state it."""
    title, plan = incoming.get("title"), incoming.get("plan")
    if not (evaluation.title and title) or not normalised(title):
        return False
    if normalised(evaluation.title) != normalised(title):
        return False
    return not (evaluation.plan and plan) or normalised(evaluation.plan) == normalised(plan)


@dataclass(slots=True)
class _Ids:
    """The ids that an evaluation has given away, and those that come next; none is given twice."""

    taken: set[str]

    def take(self, wanted: Sequence[str], above: str = "") -> list[str]:
        """Each id itself where it is free, else the next number below the item it stands under."""
        free = [self._reserve(name) for name in wanted]
        return [name if kept else self._next(above) for name, kept in zip(wanted, free, strict=True)]

    def _reserve(self, name: str) -> bool:
        free = name.casefold() not in self.taken
        self.taken.add(name.casefold())
        return free

    def _next(self, above: str) -> str:
        start = above.casefold()
        below = [name.removeprefix(start) for name in self.taken if name.startswith(start)]
        last = max((int(name) for name in below if name.isdecimal() and len(name) < 6), default=0)
        found = f"{above}{last + 1}"
        self.taken.add(found.casefold())
        return found


@dataclass(slots=True)
class _Comparison:
    old: Evaluation
    old_data: Block
    new: Evaluation
    new_data: Block
    recorded: Recorded
    done: Continued = field(default_factory=Continued)

    def result(self) -> Continued:
        news = evaluation_news(self.old, self.new, self.recorded)
        news.add(complete((), "", self.old_data, self.new_data, (*_OF_EVALUATION, *_heard(self.old))))
        self.done.take(news)
        self._recommendations()
        self.done.add(
            new_sources(
                self.old_data.get("sources") or (),
                self.new_data.get("sources") or (),
                something_changed=bool(self.done.operations),
            )
        )
        return self.done

    def _recommendations(self) -> None:
        olds, news = self.old.recommendations or (), self.new.recommendations or ()
        matches = match(_items(olds), _items(news))
        ids = _Ids({one.id.casefold() for one in olds})
        ids.taken |= {action.id.casefold() for one in olds for action in one.actions or ()}
        names = {news[other].id: olds[one].id for one, other in matches.pairs}
        given = ids.take([news[other].id for other in matches.added])
        wanted = dict(zip(matches.added, given, strict=True))
        names |= {news[other].id: name for other, name in wanted.items()}
        for unclear in matches.unclear:
            self.done.unclear += 1
            self.done.told.append(f"recommendation {unclear.new.id} of the page: stopped, {_why(unclear)}")
        for one, other in matches.pairs:
            data = _renamed(self.new_data["recommendations"][other], names)
            self.done.take_part(self._recommendation(one, olds[one], news[other], data, ids))
        for other in matches.added:
            data = _renamed(self.new_data["recommendations"][other], names)
            added = _with_id(data, wanted[other])
            if "actions" in added:
                given = ids.take([action["id"] for action in added["actions"]], f"{wanted[other]}.")
                added["actions"] = list(map(_with_id, added["actions"], given))
            self.done.operations.append(Append(("recommendations",), added))
            self.done.told.append(f"recommendation {_is_new(wanted[other], news[other].id)}")
            self.done.new += 1
        self.done.told += [f"recommendation {olds[one].id} {_GONE}" for one in matches.gone]
        self.done.gone += len(matches.gone)

    def _recommendation(
        self, position: int, old: Recommendation, new: Recommendation, new_data: Block, ids: _Ids
    ) -> Continued:
        olds, news = old.actions or (), new.actions or ()
        matches = match(_items(olds), _items(news))
        if matches.unclear:
            told = [f"recommendation {old.id}: stopped, {_why(unclear)}" for unclear in matches.unclear]
            return Continued(told=told, unclear=len(matches.unclear))
        path: Path = ("recommendations", position)
        old_data = self.old_data["recommendations"][position]
        part = Continued()
        part.take(self._answer(path, old, new, old_data, new_data))
        for one, other in matches.pairs:
            part.take(
                self._action(
                    (*path, "actions", one),
                    (olds[one], news[other]),
                    old_data["actions"][one],
                    new_data["actions"][other],
                )
            )
        part.add(_added_actions(path, old, [new_data["actions"][other] for other in matches.added], ids))
        part.new = len(matches.added)
        if any(one.actions for one in self.new.recommendations or ()):
            part.told += [f"{olds[one].id} {_GONE}" for one in matches.gone]
            part.gone = len(matches.gone)
        return part

    def _answer(
        self, path: Path, old: Recommendation, new: Recommendation, old_data: Block, new_data: Block
    ) -> Outcome:
        name = f"recommendation {old.id}"
        outcome = complete(path, name, old_data, new_data, _OF_RECOMMENDATION)
        outcome.add(_number(path, name, old, new))
        if new.response:
            below = (*path, "response")
            stated, said = old_data.get("response") or {}, new_data["response"]
            outcome.add(complete(below, f"{name} response", stated, said, _OF_RESPONSE))
            answer = old.response or Response()
            outcome.add(decision_news(below, old.id, answer, new.response, self.recorded))
        return outcome

    def _action(self, path: Path, pair: tuple[Action, Action], old_data: Block, new_data: Block) -> Outcome:
        old, new = pair
        outcome = action_news(path, old, new, self.recorded)
        outcome.add(complete(path, old.id, old_data, new_data, _OF_ACTION))
        outcome.add(_number(path, old.id, old, new))
        return outcome


_GONE = "is in the record and no longer on the page; left as it is"


def _heard(old: Evaluation) -> Iterable[str]:
    """The fields of an evaluation that change by an entry, as they are stated already."""
    return tuple(key for key in EVALUATION_KEYS if is_stated(old, key))


def _items(things: Iterable[Recommendation | Action]) -> list[Item]:
    return [
        Item(thing.id, thing.number, "\n".join(filter(None, (thing.title, thing.text)))) for thing in things
    ]


def _number(path: Path, name: str, old: Recommendation | Action, new: Recommendation | Action) -> Outcome:
    """What the page prints as the number of an item; the id of the record stays whatever it is."""
    printed = new.number or new.id
    if printed in (old.number, old.id) or (not new.number and new.id.casefold() == old.id.casefold()):
        return Outcome()
    if new.number and not old.number:
        return Outcome([Set((*path, "number"), printed)], [f"{name} number: {quoted(printed)}"])
    return Outcome(told=[f"{name} stands as {printed} on the page; left as it is"])


def _added_actions(path: Path, above: Recommendation, actions: Sequence[Block], ids: _Ids) -> Outcome:
    outcome = Outcome()
    given = ids.take([action["id"] for action in actions], f"{above.id}.")
    for action, name in zip(actions, given, strict=True):
        outcome.operations.append(Append((*path, "actions"), _with_id(action, name)))
        outcome.told.append(_is_new(name, action["id"]))
    return outcome


def _with_id(data: Block, name: str) -> dict[str, Any]:
    """An item under an id that was free; what the page calls it stays as its number."""
    return dict(data) if data["id"] == name else {"number": data["id"], **data, "id": name}


def _renamed(data: Block, names: Mapping[str, str]) -> Block:
    """A recommendation of the page, with the ids that the record has for the others it refers to."""
    result = dict(data)
    if "part_of" in data:
        result["part_of"] = names.get(data["part_of"], data["part_of"])
    if "actions" in data:
        result["actions"] = [
            {**action, "serves": [names.get(one, one) for one in action["serves"]]}
            if "serves" in action
            else action
            for action in data["actions"]
        ]
    return result


def _is_new(name: str, printed: str) -> str:
    return f"{name} is new" if name == printed else f"{name} is new; it stands as {printed} on the page"


def _why(unclear: Unclear) -> str:
    new, *olds = _told_apart([unclear.new, *unclear.candidates])
    if not unclear.equally_near:
        told = f"the page has {new}, the record {' or '.join(olds)}: one number, and unlike texts"
    elif len(olds) > 1:
        told = f"equally near candidates: {new} of the page could be {' or '.join(olds)}"
    else:
        told = f"{new} of the page could be {olds[0]}, and so could another"
    return f"{told}; nothing of it was changed"


def _told_apart(items: Sequence[Item]) -> list[str]:
    """Items by id and text, without the lines that all of them begin with, such as one title."""
    texts = [item.text.strip().split("\n") for item in items]
    while all(len(lines) > 1 for lines in texts) and len({lines[0] for lines in texts}) == 1:
        texts = [lines[1:] for lines in texts]
    return [f"{item.id} {quoted(' '.join(lines))}" for item, lines in zip(items, texts, strict=True)]
