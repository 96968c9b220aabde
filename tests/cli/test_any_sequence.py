"""Laws of all writing commands: whatever is typed, in whatever order, the records stay valid and lose nothing."""

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mrtrack.cli.main import main
from mrtrack.model.record import Action, Entry, Evaluation, Recommendation
from mrtrack.model.settings import Settings
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.rules.rewriting import rewritten_history
from mrtrack.source.reader import read
from strategies import lines, prose
from waterworks import HARBOUR, WATER

Item = Evaluation | Recommendation | Action

FIRST_DAY = date(2026, 1, 5)
UNITS = ["M&E unit", "Evaluation office", "Director: North # 2", "Équipe « eau »"]

# What `check` says where the written present is not what the log says: no command may come so far.
PRESENT_LEFT_BEHIND = ("here, but the entry of", "but none is written above the history")

nth = st.integers(0, 30)
maybe = st.none()
days = st.integers(-400, 500).map(lambda number: FIRST_DAY + timedelta(number))
dates = days.flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-Q{(day.month + 2) // 3}"])
)
units = st.one_of(st.sampled_from(UNITS), lines)
by = st.sampled_from(UNITS)
comments = st.one_of(maybe, st.sampled_from(["It was so.", "No money."]), prose)


def one_of(words: type[Any]) -> st.SearchStrategy[str | None]:
    return st.one_of(maybe, st.sampled_from([str(word) for word in words]))


class Year(RuleBasedStateMachine):
    """A year's work with two records, whatever happens in it."""

    written: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.records = Path(self.place.name) / "records"
        self.records.mkdir()
        (self.records / "water-2021.yaml").write_text(WATER, encoding="utf-8")
        (self.records / "harbour-2022.yaml").write_text(HARBOUR, encoding="utf-8")
        self.writes: list[dict[str, bytes]] = []
        self.today = FIRST_DAY

    def teardown(self) -> None:
        self.place.cleanup()

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.records.iterdir()}

    def evaluations(self) -> list[Evaluation]:
        found = []
        for name, content in sorted(self.contents().items()):
            evaluation = read(content, f"records/{name}").evaluation
            assert evaluation, content.decode()
            found.append(evaluation)
        return found

    def run(self, *words: str, **options: str | Sequence[str] | None) -> int:
        """Run a command; what refuses must change nothing, and what writes must keep what was there."""
        before, evaluations = self.contents(), self.evaluations()
        code, told = self.typed(*words, **options)
        after = self.contents()
        if code:
            assert after == before
            assert code in (1, 2)
            assert told.startswith(("mrtrack: ", "Usage: "))
            assert not any(words in told for words in PRESENT_LEFT_BEHIND)
        elif words[0] != "undo":
            Year.written += 1
            self.writes.append(before)
            lost = list(_lost(evaluations, self.evaluations()))
            assert not lost
            assert not [told for name in before for told in _rewritten(name, before[name], after[name])]
            assert after != before
        return code

    def typed(self, *words: str, **options: str | Sequence[str] | None) -> tuple[int, str]:
        typed = ["mrtrack", "-C", self.place.name, *words]
        for option, value in options.items():
            texts = [value] if isinstance(value, str) else value or ()
            typed += [f"--{option.replace('_', '-')}={text}" for text in texts]
        os.environ["MRTRACK_TODAY"] = str(self.today)
        here, argv = Path.cwd(), sys.argv
        out, err = io.StringIO(), io.StringIO()
        sys.argv = typed
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                main()
        except SystemExit as left:
            return int(left.code or 0), err.getvalue()
        finally:
            sys.argv = argv
            os.chdir(here)
        return 0, err.getvalue()

    def pick(self, kind: type[Any], number: int) -> tuple[str, Any]:
        found = [
            (ref, one)
            for evaluation in self.evaluations()
            for ref, one in _items(evaluation)
            if isinstance(one, kind)
        ]
        return found[number % len(found)]

    @rule(number=st.integers(1, 200))
    def pass_days(self, number: int) -> None:
        self.today += timedelta(number)

    @rule(
        title=lines,
        status=one_of(EvaluationStatus),
        planned_end=st.one_of(maybe, dates),
        description=st.one_of(maybe, prose),
        by=by,
    )
    def new(self, **options: str | None) -> None:
        self.run("new", **options)

    @rule(
        number=nth, text=prose, title=st.one_of(maybe, lines), addressed_to=st.lists(units, max_size=2), by=by
    )
    def add_recommendation(self, number: int, **options: Any) -> None:
        self.run("add", self.pick(Evaluation, number)[0], **options)

    @rule(
        number=nth,
        text=prose,
        lead=st.one_of(maybe, units),
        support=st.lists(units, max_size=2),
        due=st.one_of(maybe, dates),
        status=one_of(Status),
        by=by,
    )
    def add_action(self, number: int, **options: Any) -> None:
        self.run("add", self.pick(Recommendation, number)[0], **options)

    @rule(number=nth, decision=one_of(Decision), text=st.one_of(maybe, prose), comment=comments, by=by)
    def respond(self, number: int, decision: str | None, **options: str | None) -> None:
        self.run("respond", self.pick(Recommendation, number)[0], *filter(None, [decision]), **options)

    @rule(
        number=nth,
        other=st.one_of(maybe, nth),
        status=one_of(Status),
        due=st.one_of(maybe, dates, st.just("none")),
        lead=st.one_of(maybe, units),
        verdict=one_of(Verdict),
        comment=comments,
        on=st.one_of(maybe, dates, dates.map("until {}".format)),
        document=st.lists(lines, max_size=1),
        by=by,
    )
    def update(self, number: int, other: int | None, status: str | None, **options: Any) -> None:
        refs = [self.pick(Action, index)[0] for index in (number, other) if index is not None]
        self.run("update", *refs, *filter(None, [status]), **options)

    @rule(
        number=nth,
        status=one_of(EvaluationStatus),
        planned_end=st.one_of(maybe, dates),
        comment=comments,
        by=by,
    )
    def course(self, number: int, status: str | None, **options: str | None) -> None:
        self.run("update", self.pick(Evaluation, number)[0], *filter(None, [status]), **options)

    @rule(
        number=nth,
        entry=nth,
        status=one_of(Status),
        due=st.one_of(maybe, dates, st.just("none")),
        lead=st.one_of(maybe, units),
        comment=st.sampled_from(["Another action was meant.", "A slip."]),
        by=by,
    )
    def correct_action(self, number: int, entry: int, status: str | None, **options: str | None) -> None:
        ref, action = self.pick(Action, number)
        self.run("update", ref, *filter(None, [status]), corrects=_name(action.history, entry), **options)

    @rule(number=nth, entry=nth, comment=st.just("A slip."), by=by)
    def correct_course(self, number: int, entry: int, **options: str) -> None:
        ref, evaluation = self.pick(Evaluation, number)
        self.run("update", ref, corrects=_name(evaluation.history, entry), **options)

    @rule(number=nth, entry=nth, comment=st.just("A slip."), by=by)
    def correct_answer(self, number: int, entry: int, **options: str) -> None:
        ref, recommendation = self.pick(Recommendation, number)
        history = recommendation.response.history if recommendation.response else None
        self.run("respond", ref, corrects=_name(history, entry), **options)

    @rule()
    def undo(self) -> None:
        code = self.run("undo")
        assert (code == 0) is bool(self.writes)
        if self.writes:
            before = self.contents()
            expected = self.writes.pop()
            changed = [name for name in {*before, *expected} if before.get(name) != expected.get(name)]
            while changed and self.run("undo") == 0:
                changed = [name for name in changed if self.contents().get(name) != expected.get(name)]
            assert self.contents() == expected

    @invariant()
    def records_are_valid_and_their_present_is_what_the_log_says(self) -> None:
        for name, content in self.contents().items():
            reading = read(content, f"records/{name}")
            assert not [problem for problem in check(reading, Settings()) if is_error(problem)]
            assert reading.evaluation
            for _, item in _items(reading.evaluation):
                _agrees(item)


def _items(evaluation: Evaluation) -> Iterator[tuple[str, Item]]:
    yield evaluation.id, evaluation
    for recommendation in evaluation.recommendations or ():
        yield f"{evaluation.id}:{recommendation.id}", recommendation
        for action in recommendation.actions or ():
            yield f"{evaluation.id}:{action.id}", action


def _logged(item: Item) -> tuple[Any, Sequence[Entry]]:
    present: Any = item.response if isinstance(item, Recommendation) else item
    return present, (present.history or ()) if present else ()


def _rewritten(name: str, before: bytes, after: bytes) -> Iterator[str]:
    """What `check --base` would refuse of a write."""
    for problem in rewritten_history(read(before, f"records/{name}"), read(after, f"records/{name}")):
        yield problem.message


def _lost(before: Sequence[Evaluation], after: Sequence[Evaluation]) -> Iterator[str]:
    now = {ref: item for evaluation in after for ref, item in _items(evaluation)}
    for evaluation in before:
        for ref, item in _items(evaluation):
            entries = _logged(item)[1]
            if ref not in now or _logged(now[ref])[1][: len(entries)] != entries:
                yield ref


def _name(entries: Sequence[Entry] | None, number: int) -> str:
    if not entries:
        return "2020-01-01"
    index = number % len(entries)
    same_day = [entry.date for entry in entries[: index + 1]].count(entries[index].date)
    return f"{entries[index].date}#{same_day}" if same_day > 1 else f"{entries[index].date}"


def _agrees(item: Item) -> None:
    """The present is the last value of the entries that no standing correction has struck, by another reckoning."""
    present, entries = _logged(item)
    stands = [True] * len(entries)
    for index in reversed(range(len(entries))):
        target = getattr(entries[index], "corrects", None)
        if stands[index] and target:
            of_day = [number for number, entry in enumerate(entries) if entry.date == target.day]
            stands[of_day[target.nth - 1]] = False
    for key in ("status", "due", "responsible", "decision", "planned_end"):
        named = [
            entry
            for entry, counts in zip(entries, stands, strict=True)
            if counts and key in entry.model_fields_set
        ]
        if named:
            assert getattr(present, key) == getattr(named[-1], key), (item.id, key)


@pytest.mark.usefixtures("_alone")
def test_whatever_is_typed_the_records_stay_valid_and_lose_nothing() -> None:
    Year.written = 0
    run_state_machine_as_test(Year, settings=settings(max_examples=6, stateful_step_count=25, deadline=None))
    assert Year.written > 50
