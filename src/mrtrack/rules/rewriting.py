"""History that cannot be rewritten: what a later version of a record has lost or changed unsaid; pure.

The two versions are compared as data. What is only in the later one is new, and none of its business.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mrtrack import timeline
from mrtrack.model.dates import EntryName
from mrtrack.model.record import Action, Entry, Evaluation, Recommendation, Response
from mrtrack.model.settings import HistoryException
from mrtrack.model.shape import Path
from mrtrack.problems import Kind, Problem
from mrtrack.rules import history_kinds as kinds
from mrtrack.rules.alignment import Loss, align
from mrtrack.rules.histories import History, history_of
from mrtrack.rules.pairing import Item, actions, paired, recommendations, same
from mrtrack.source.reader import Reading

_PUT_BACK = "put it back: nothing is removed, and what is void is no-longer-applicable, with a reason"
_HINTS = {
    kinds.ENTRY_REMOVED.name: "put it back; an entry that was wrong stays, and a new one corrects it",
    kinds.ENTRY_CHANGED.name: "put back what it said; what is known now is a new entry",
    kinds.ENTRIES_REORDERED.name: "put the entries back in the order they had",
    kinds.ENTRIES_FUSED.name: "put them back as they were; what is known now is an entry of its own",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing rewritten: where it shows now, and the item and entries of the base that it is about."""

    kind: Kind
    reading: Reading
    path: Path
    message: str
    hint: str
    item: str = ""
    entries: tuple[EntryName, ...] = ()
    at_key: bool = False


def rewritten_history(
    before: Reading,
    after: Reading | None,
    elsewhere: Sequence[Reading] = (),
    exceptions: Iterable[HistoryException] = (),
) -> tuple[Problem, ...]:
    """What a change did to the history of one record, in the order of the lines it shows at.

    `after` is the record of the same evaluation, in whatever file, or the one that it became by `renamed`; None
    where there is none. `elsewhere` are the other records of the change, for what moved there. What an
    exception of the base speaks of is left out. A problem names its item by the reference that it had. A
    record that cannot be read, before or after, has no history to compare.
    """
    old = before.evaluation
    if old is None:
        return ()
    if after is None:
        return _removed_evaluation(before, exceptions)
    new = after.evaluation
    if new is None:
        return ()
    told: list[_Told] = []
    if new.id != old.id:
        message = f"the evaluation {old.id} became {new.id}"
        told.append(_Told(kinds.ITEM_RENUMBERED, after, ("id",), message, f"write id: {old.id} again"))
    others = [reading for reading in elsewhere if reading is not after]
    told += _Versions(old, after, new, others).told()
    excepted = tuple(exceptions)
    problems = {_problem(old.id, one) for one in told if not _is_excepted(old.id, one, excepted)}
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))


def renamed(before: Reading, new: Iterable[Reading]) -> Reading | None:
    """The record that an evaluation became whose id is gone, among those whose ids are new; None where none is.

    It is the one in the same file, of the same title and organisation, or with the same recommendations.
    """
    old = before.evaluation
    items = _all_items(before)
    for reading in new:
        now = reading.evaluation
        if not (old and now):
            continue
        titled = old.title is not None and (old.title, old.organisation) == (now.title, now.organisation)
        there = _all_items(reading)
        held = bool(items) and all(any(same(item, other) for other in there) for item in items)
        if reading.path == before.path or titled or held:
            return reading
    return None


@dataclass(frozen=True)
class _Versions:
    """Two versions of one evaluation."""

    old: Evaluation
    reading: Reading
    new: Evaluation
    elsewhere: Sequence[Reading]

    def told(self) -> Iterator[_Told]:
        olds, news = recommendations(self.old), recommendations(self.new)
        above = paired(olds, news)
        yield from self._items(olds, above, {})
        now = {old.id: above[old.path].id for old in olds if old.path in above}
        below = paired(actions(self.old), actions(self.new))
        yield from self._items(actions(self.old), below, now)
        yield from self._logs("", history_of((), self.old), self.new, ())
        for item in olds:
            if item.path in above:
                yield from self._answers(item, above[item.path])
        for item in actions(self.old):
            other = below.get(item.path)
            if isinstance(item.model, Action) and other and isinstance(other.model, Action):
                history = history_of(item.path, item.model)
                yield from self._logs(item.id, history, other.model, other.path)

    def _answers(self, old: Item, new: Item) -> Iterator[_Told]:
        if isinstance(old.model, Recommendation) and isinstance(new.model, Recommendation):
            before, after = (item.model.response or Response() for item in (old, new))  # type: ignore[union-attr]
            history = history_of((*old.path, "response"), before)
            yield from self._logs(old.id, history, after, (*new.path, "response"))

    def _items(self, olds: Sequence[Item], pairs: dict[Path, Item], above: dict[str, str]) -> Iterator[_Told]:
        last: dict[str | None, Path] = {}
        for old in olds:
            new = pairs.get(old.path)
            if new is None:
                yield from self._gone(old, last, above)
                continue
            last[old.above] = new.path
            if new.id != old.id:
                message = f"{old.name} became {new.id}"
                hint = f'write id: "{old.id}" again; what the source prints now is number: "{new.id}"'
                yield _Told(kinds.ITEM_RENUMBERED, self.reading, (*new.path, "id"), message, hint, old.id)
            elif old.above is not None and new.above != above.get(old.above, old.above):
                message = (
                    f"{old.name} stood under recommendation {old.above}, and stands under {new.above} now"
                )
                hint = f'put it back; serves: ["{new.above}"] says that it answers that one too'
                yield _Told(kinds.ITEM_MOVED, self.reading, (*new.path, "id"), message, hint, old.id)

    def _gone(self, old: Item, last: dict[str | None, Path], above: dict[str, str]) -> Iterator[_Told]:
        for reading in self.elsewhere:
            for item in _all_items(reading):
                if (item.above is None) == (old.above is None) and same(old, item) and reading.evaluation:
                    message = f"{old.name} of {self.old.id} stands in {reading.evaluation.id} now"
                    hint = f"put it back into {self.reading.path}"
                    yield _Told(kinds.ITEM_MOVED, reading, (*item.path, "id"), message, hint, old.id)
                    return
        if old.above is not None and old.above not in above:
            return  # told with its recommendation
        path, at_key = self._nearest(old, last, above)
        count = len(old.model.actions or ()) if isinstance(old.model, Recommendation) else 0
        with_it = f", with {count} action{'s' * (count > 1)}" if count else ""
        message = f"{old.name} is gone{with_it}"
        yield _Told(kinds.ITEM_REMOVED, self.reading, path, message, _PUT_BACK, old.id, at_key=at_key)

    def _nearest(self, old: Item, last: dict[str | None, Path], above: dict[str, str]) -> tuple[Path, bool]:
        """The item above the one that is gone, else the list it stood in, else what is around that."""
        if old.above in last:
            return last[old.above], False
        if old.above is None:
            return ("recommendations",), True
        around = next(item.path for item in recommendations(self.new) if item.id == above[old.above])
        return (*around, "actions"), True

    def _logs(
        self, item: str, old: History, present: Evaluation | Response | Action, path: Path
    ) -> Iterator[_Told]:
        new = history_of(path, present)
        aligned = align(old.entries, new.entries)
        for loss in aligned.losses:
            names = tuple(name for name, _ in timeline.names(old.entries))
            told = tuple(names[index] for index in loss.entries)
            place, at_key = _place(new, loss)
            message = _message(old, new, loss)
            hint = _HINTS[loss.kind.name]
            yield _Told(loss.kind, self.reading, place, message, hint, item, told, at_key)
        for index in aligned.late if not aligned.losses else ():
            last = old.names[-1]
            message = f"the entry of {new.names[index]} is new, and stands above that of {last}"
            hint = "nothing is to be done; whoever read the record before has not seen it"
            place = new.at(index, "date")
            late = tuple(name for name, _ in timeline.names(new.entries))[index]
            yield _Told(kinds.ARRIVED_LATE, self.reading, place, message, hint, item, (late,))
        for key in new.keys:
            yield from self._unsaid(item, old, new, key, [new.entries[index] for index in aligned.added])

    def _unsaid(
        self, item: str, old: History, new: History, key: str, added: Sequence[Entry]
    ) -> Iterator[_Told]:
        was, is_now = getattr(old.present, key), getattr(new.present, key)
        if was == is_now or _is_said(old, new, key, added):
            return
        if is_now is None:
            message = f"{key} was “{was}”, and is gone without an entry that says so"
        elif was is None:
            message = f"{key} was not stated, and is “{is_now}” now without an entry that says so"
        else:
            message = f"{key} was “{was}”, and is “{is_now}” now without an entry that says so"
        command = "respond" if key == "decision" else "update"
        back = f"write {key}: {was} again" if was is not None else f"take {key} out"
        hint = f"{back}, and record the change with mrtrack {command}"
        yield _Told(kinds.CHANGED_WITHOUT_ENTRY, self.reading, (*new.item, key), message, hint, item)


def _is_said(old: History, new: History, key: str, added: Sequence[Entry]) -> bool:
    """Whether the log tells of a present that changed: names it last, or names none since a correction."""
    named, value = timeline.last_value(new.live_until(len(new.entries)), key)
    if named:
        return bool(value == getattr(new.present, key))
    if any(key in entry.model_fields_set for entry in new.entries):
        return any(getattr(entry, "corrects", None) for entry in added)
    return isinstance(new.present, Evaluation) and getattr(old.present, key) is None


def _place(new: History, loss: Loss) -> tuple[Path, bool]:
    if loss.at is None:
        return (*new.item, "history"), True
    if loss.kind is kinds.ENTRY_CHANGED and loss.keys:
        present = (key for key in loss.keys if key in new.entries[loss.at].model_fields_set)
        return new.at(loss.at, *tuple(present)[:1]), False
    return new.at(loss.at), False


def _message(old: History, new: History, loss: Loss) -> str:
    names = [old.names[index] for index in loss.entries]
    match loss.kind:
        case kinds.ENTRY_REMOVED:
            return f"the entry of {names[0]} is gone"
        case kinds.ENTRIES_REORDERED:
            return f"the entry of {names[0]} stands in another place among the entries of the base"
        case kinds.ENTRIES_FUSED:
            return f"the entries of {' and '.join(names)} were made one"
    entry = old.entries[loss.entries[0]]
    if loss.keys == ("corrects",) and loss.at is not None and new.entries[loss.at] == entry:
        return f"the entry of {names[0]} corrects another entry than it did: one of that day was put above"
    return f"the entry of {names[0]} was changed: {', '.join(loss.keys)}"


def _all_items(reading: Reading) -> list[Item]:
    evaluation = reading.evaluation
    return [*recommendations(evaluation), *actions(evaluation)] if evaluation else []


def _removed_evaluation(before: Reading, exceptions: Iterable[HistoryException]) -> tuple[Problem, ...]:
    kind, name = kinds.ITEM_REMOVED, before.evaluation.id if before.evaluation else ""
    told = _Told(kind, before, (), f"the evaluation {name} is gone", _PUT_BACK)
    if _is_excepted(name, told, tuple(exceptions)):
        return ()
    place = (before.path, 0, 0, kind.code, kind.name, kind.severity)
    return (
        Problem(*place, told.message, "put the file back; an evaluation that was stopped is cancelled", name),
    )


def _problem(evaluation: str, told: _Told) -> Problem:
    problem = told.reading.problem(told.kind, told.path, told.message, told.hint, at_key=told.at_key)
    return replace(problem, ref=f"{evaluation}:{told.item}" if told.item else evaluation)


def _is_excepted(evaluation: str, told: _Told, exceptions: Iterable[HistoryException]) -> bool:
    return any(
        exception.record == evaluation
        and exception.rule in (None, told.kind.name)
        and exception.item in (None, told.item)
        and (exception.entry is None or exception.entry in told.entries)
        for exception in exceptions
    )
