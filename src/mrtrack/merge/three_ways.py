"""The three-way merge of a record's plain data: what both sides say, and where they contradict each other; no text.

Where they do, the data hold what our side says, else what theirs says; markers are put there later.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mrtrack.merge.histories import Side, contradictions, unite
from mrtrack.merge.order import clash, united
from mrtrack.merge.values import ABSENT, BY_ID, Key, Named, Route, keys_of, same
from mrtrack.model.record import ActionEntry, Entry, EvaluationEntry, ResponseEntry

Value = Any
Block = dict[str, Any]
Three = tuple[Value, Value, Value]

_WHOLE = {"period", "budget", "expenditure", "quality", "prepared_by", "approved_by"}
_ACTION = ("status", "due", "responsible")
_EVALUATION = ("status", "planned_end")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where both sides changed the same thing differently, and what to tell a person about it."""

    route: Route
    message: str

    @property
    def place(self) -> str:
        """The place in words: `1.1 text`; the keys alone where it is no part of a recommendation or action."""
        ids = [index for index, step in enumerate(self.route) if isinstance(step, Named)]
        shown = self.route[ids[-1] :] if ids else self.route
        return " ".join(step.id if isinstance(step, Named) else step for step in shown) or "the record"


@dataclass(frozen=True)
class Walk:
    """One merge on its way through a record; `decreed` are places that are conflicts for a reason found before."""

    decreed: Mapping[Route, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self, three: Three, route: Route = ()) -> Value:
        """What stands at a place, as base, ours and theirs have it; `ABSENT` where nothing does."""
        base, ours, theirs = three
        if route in self.decreed and ours is not ABSENT and theirs is not ABSENT:
            return self._conflict(three, route, self.decreed[route])
        if same(ours, theirs) or same(base, theirs) or same(base, ours):
            return theirs if same(base, ours) else ours
        if ABSENT in (ours, theirs):
            return self._conflict(three, route, "one side takes it out, the other changes it")
        is_whole = bool(route) and route[-1] in _WHOLE
        if isinstance(ours, dict) and isinstance(theirs, dict) and not is_whole:
            return self._block((base if isinstance(base, dict) else {}, ours, theirs), route)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._list((base if isinstance(base, list) else [], ours, theirs), route)
        return self._conflict(three, route, f"both sides change it{_both(ours, theirs)}")

    def _conflict(self, three: Three, route: Route, message: str) -> Value:
        self.conflicts[:] = [found for found in self.conflicts if found.route[: len(route)] != route]
        self.conflicts.append(Conflict(route, message))
        _, ours, theirs = three
        return theirs if ours is ABSENT else ours

    def _block(self, three: Three, route: Route) -> Block:
        match route:
            case ():
                return self._evaluation(three)
            case (*_, "actions", Named()):
                return self._logged(three, route, ActionEntry, _ACTION)
            case ("recommendations", Named(), "response"):
                return self._logged(three, route, ResponseEntry, ("decision",))
            case _:
                return self._keys(three, route)

    def _keys(self, three: Three, route: Route, but: Sequence[str] = ()) -> Block:
        base, ours, theirs = three
        found = {
            key: self.merged(_below(three, key), (*route, key))
            for key in {**ours, **theirs, **base}
            if key not in but
        }
        return {key: value for key, value in found.items() if value is not ABSENT}

    def _logged(self, three: Three, route: Route, model: type[Entry], keys: Sequence[str]) -> Block:
        """An action or a response: its history united, its present as that tells it; else a conflict of the whole."""
        result = self._keys(three, route, (*keys, "history"))
        sides = _sides(three, model)
        against = list(_against(three, sides, keys))
        log = unite(*sides)
        if against or log is None:
            told = "; ".join(against) or "the two histories cannot be united"
            return self._conflict(three, route, told)  # type: ignore[no-any-return]
        return result | self._present(three, route, keys, log)

    def _evaluation(self, three: Three) -> Block:
        """The whole record; where both sides say where the evaluation stands, just those keys are the conflict."""
        result = self._keys(three, (), (*_EVALUATION, "history"))
        sides = _sides(three, EvaluationEntry)
        against = list(_against(three, sides, _EVALUATION))
        log = unite(*sides)
        if not against and log is not None:
            return result | self._present(three, (), _EVALUATION, log)
        told = "; ".join(against) or "the two histories cannot be united"
        for key in (*_EVALUATION, "history"):
            below = _below(three, key)
            value = below[1] if same(*below[1:]) else self._conflict(below, (key,), told)
            result |= {} if value is ABSENT else {key: value}
        return result

    def _present(self, three: Three, route: Route, keys: Sequence[str], log: Side[Any]) -> Block:
        found: Block = {}
        for key in keys:
            named, value = log.last(key)
            found[key] = value if named else self.merged(_below(three, key), (*route, key))
            if found[key] is None and named:
                del found[key]
        if log.entries:
            found["history"] = list(log.entries)
        return {key: value for key, value in found.items() if value is not ABSENT}

    def _list(self, three: Three, route: Route) -> Value:
        if route[-1] in BY_ID:
            return self._by_id(three, route)
        base, ours, theirs = ([*keys_of(items, by_id=False)] for items in three)
        if clash(base, ours, theirs):
            return self._conflict(three, route, "both sides change the same item of the list")
        value_of = {key: item for items in (three[2], three[1]) for key, item in _with_keys(items)}
        return [value_of[key] for key in united(base, ours, theirs, _rank)] or ABSENT

    def _by_id(self, three: Three, route: Route) -> Value:
        sides = [dict(zip(keys_of(one, by_id=True), one, strict=True)) for one in three]
        found: dict[Key, Value] = {}
        for key in {**sides[1], **sides[2]}:
            base, ours, theirs = (side.get(key, ABSENT) for side in sides)
            below = (*route, Named(key.told))
            if base is ABSENT and ABSENT not in (ours, theirs):
                found[key] = self._added_twice((base, ours, theirs), below)
            else:
                found[key] = self.merged((base, ours, theirs), below)
        known = {key: value for key, value in found.items() if value is not ABSENT}
        settled = [key for key in sides[0] if key in sides[1] and key in sides[2]]
        here, there = ([key for key in side if key in known] for side in sides[1:])
        order = united(settled, here, there, _natural)
        return [known[key] for key in order] or ABSENT

    def _added_twice(self, three: Three, route: Route) -> Value:
        apart = Walk(self.decreed)
        value = apart.merged(three, route)
        if apart.conflicts:
            told = "both sides add an item of this id; give one of them another"
            return self._conflict(three, route, told)
        return value


def _against(
    three: Three, sides: tuple[Side[Any], Side[Any], Side[Any]], keys: Sequence[str]
) -> Iterator[str]:
    """What the two sides say against each other about where a thing stands."""
    told = {key: (here, there) for key, here, there in contradictions(*sides, (*keys, "verdict"))}
    for key in keys:
        base, here, there = _below(three, key)
        is_logged = all(side.last(key)[0] for side in sides[1:])
        if not is_logged and not (same(here, there) or same(base, here) or same(base, there)):
            told.setdefault(key, ("none" if here is ABSENT else here, "none" if there is ABSENT else there))
    for key, (ours, theirs) in told.items():
        yield f"{key} is “{ours}” on our side and “{theirs}” on theirs"


def _sides(three: Three, model: type[Entry]) -> tuple[Side[Any], Side[Any], Side[Any]]:
    base, ours, theirs = (Side(one.get("history") or [], model) for one in three)
    return base, ours, theirs


def _below(three: Three, key: str) -> Three:
    base, ours, theirs = (one.get(key, ABSENT) for one in three)
    return base, ours, theirs


def _with_keys(items: Sequence[Value]) -> Iterator[tuple[Key, Value]]:
    return zip(keys_of(items, by_id=False), items, strict=True)


def _rank(keys: Sequence[Key]) -> tuple[object, ...]:
    return ([key.told for key in keys],)


def _natural(keys: Sequence[Key]) -> tuple[object, ...]:
    """Ids in the order in which a person counts: 1.9 before 1.10."""
    return ([[(part.isdecimal(), len(part), part) for part in key.told.split(".")] for key in keys],)


def _both(ours: Value, theirs: Value) -> str:
    texts = [one.rstrip("\n") for one in (ours, theirs) if isinstance(one, str)]
    if len(texts) < 2 or any(len(text) > 40 or "\n" in text for text in texts):
        return ""
    return f": “{texts[0]}” on our side, “{texts[1]}” on theirs"
