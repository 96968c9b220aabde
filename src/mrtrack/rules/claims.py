"""Rules of claims: what a record says was done, held against what it shows for it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from mrtrack import timeline
from mrtrack.model.dates import quoted
from mrtrack.model.record import Action, ActionEntry
from mrtrack.model.shape import Path
from mrtrack.model.words import Status
from mrtrack.problems import Severity
from mrtrack.rules.histories import History
from mrtrack.rules.rule import Finding, FoundAcross, RecordUnderCheck, at_first, rule, rule_across
from mrtrack.rules.sketch import Sketch, fingerprint, proofs_in
from mrtrack.source.places import ref_at

_MANY = 3
_NAMED = 6
_PLACES = 1_000_003


@rule("P801", "completed-without-evidence", Severity.WARNING, "completed actions carry no document")
def completed_without_evidence(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action is completed, and no document shows it.

    A document proves a completion from the day it was recorded until the action is opened again; `mrtrack
    list no-evidence` lists the same actions.

    Bad:

    ```yaml
    - date: 2021-10-08
      status: completed
    ```

    Good:

    ```yaml
    - date: 2021-10-08
      status: completed
      documents:
        - title: Minutes
          url: https://example.org/minutes
    ```
    """
    for path, action in record.valid_actions:
        if action.status is Status.COMPLETED and not timeline.proof(timeline.standing(action.history)):
            told = f"action {action.id} is completed, and no document shows it"
            hint = f"mrtrack update {record.text('id')}:{action.id} --document TITLE=URL"
            yield Finding(_completion(path, action), told, hint)


@rule("P802", "future-tense", Severity.WARNING, "completed actions tell only of what will be done")
def future_tense(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action is completed, but its comment only says what will be done.

    Looked at is the comment of the entry that completed the action, clause by clause, in English, French and
    Spanish: one clause puts something off, and none tells of something done. What was done may be told in
    the same comment, or in that of a later entry.

    Bad:

    ```yaml
    - date: 2021-10-08
      status: completed
      comment: |
        The Agency will take this up in the next review.
    ```

    Good:

    ```yaml
    - date: 2021-10-08
      status: completed
      comment: |
        The review was held in May. The Agency will take its findings up in the next plan.
    ```
    """
    from mrtrack.rules.tense import only_promise, tells_of_something_done  # noqa: PLC0415 - a write asks no claims

    for history in record.histories:
        index = _completed_at(history)
        comment = _comment(history, index) if index is not None else None
        promise = only_promise(comment) if comment else None
        if index is None or promise is None:
            continue
        later = (_comment(history, after) for after in history.live if after > index)
        if not any(other and tells_of_something_done(other) for other in later):
            told = f"completed, but the comment only says what is to come: {quoted(promise.clause)}"
            ref = ref_at(record.data, history.item)
            hint = f"record what was done: mrtrack update {ref} --comment TEXT; or the status as it is"
            first = promise.words.splitlines()[0].rstrip()
            yield Finding(history.at(index, "comment"), told, hint, word=first)


@rule("P803", "due-moved-without-reason", Severity.WARNING, "due dates were moved without a reason")
def due_moved_without_reason(record: RecordUnderCheck) -> Iterator[Finding]:
    """The due date was moved, or taken away, and no comment in that entry says why.

    Bad:

    ```yaml
    history:
      - date: 2020-11-23
        due: 2021-01
      - date: 2021-03-02
        due: 2021-07
    ```

    Good:

    ```yaml
    history:
      - date: 2020-11-23
        due: 2021-01
      - date: 2021-03-02
        due: 2021-07
        comment: |
          The meeting was moved to follow the budget.
    ```
    """
    for history in record.histories_naming("due"):
        for index, entry, _, known in history.with_known("due"):
            if not isinstance(entry, ActionEntry) or "due" not in history.keys_of[index] or entry.comment:
                continue
            before = known or entry.previous_due
            if before and (entry.due is None or entry.due.last != before.last):
                moved = (
                    f"was moved from {before} to {entry.due}" if entry.due else f"({before}) was taken away"
                )
                told = f"the due date {moved}, and no comment says why"
                hint = "write the reason in comment: of this entry"
                yield Finding(history.at(index, "due"), told, hint, at_key=entry.due is None)


@rule_across("P804", "document-proves-many", Severity.INFO, "documents are each to prove many actions")
def document_proves_many(sketches: Sequence[Sketch]) -> FoundAcross:
    """One document is to prove the completion of more than three actions.

    That may be right, as with an annual report that has a chapter on each; or one link was put wherever one
    was asked for. It is told once in each record.

    Bad:

    ```yaml
    - id: "1.4"
      status: completed
      history:
        - date: 2021-10-08
          status: completed
          documents:
            - url: https://example.org/annual-report
    ```

    Good:

    ```yaml
    - id: "1.4"
      status: completed
      history:
        - date: 2021-10-08
          status: completed
          documents:
            - url: https://example.org/minutes-of-may
    ```
    """
    many = _often(sketches)
    proven: dict[int, list[tuple[Sketch, str]]] = {}
    for sketch in sorted(sketches, key=lambda sketch: sketch.path) if many else ():
        for url, action in zip(sketch.fingerprints, sketch.proven, strict=True):
            if url in many:
                proven.setdefault(url, []).append((sketch, action))
    for url, actions in proven.items():
        names = [f"{sketch.id}:{action}" for sketch, action in actions[:_NAMED]]
        named = " ".join(names) + (" …" if len(actions) > _NAMED else "")
        told = f"this document is to prove {len(actions)} actions: {named}"
        hint = "name the document, or the page of it, that is about this action"
        for sketch in {sketch.path: sketch for sketch, _ in actions}.values():
            yield sketch, at_first(partial(_where_proven, url), told, hint)


def _where_proven(url: int, record: RecordUnderCheck) -> Iterator[Path]:
    """Where a document is to prove an action, each action once."""
    proofs = chain.from_iterable(map(proofs_in, record.histories))
    return (path for _, written, path in proofs if fingerprint(written) == url)


def _often(sketches: Sequence[Sketch]) -> set[int]:
    """The URLs that come more than so many times.

    Many come, and few of them often: counted in little memory is first how many fall into each of many places, and
    then only what fell where several did.
    """
    fallen = bytearray(_PLACES)
    for sketch in sketches:
        for url in sketch.fingerprints:
            place = url % _PLACES
            fallen[place] = min(fallen[place], _MANY) + 1
    each = chain.from_iterable(sketch.fingerprints for sketch in sketches)
    counted = Counter(url for url in each if fallen[url % _PLACES] > _MANY)
    return {url for url, times in counted.items() if times > _MANY}


def _completion(path: Path, action: Action) -> Path:
    """Where an action is declared completed: the entry that did so, else the status as it is written."""
    at = timeline.status_set_at(action.history or ())
    return (*path, "status") if at is None else (*path, "history", at, "status")


def _completed_at(history: History) -> int | None:
    """The position of the entry that completed an action which still is; None for whatever else."""
    last = history.naming("status")
    if last is None or not isinstance(history.present, Action):
        return None
    entries = history.present.history or ()
    return timeline.status_set_at(entries) if entries[last].status is Status.COMPLETED else None


def _comment(history: History, index: int) -> str | None:
    comment: str | None = getattr(history.entries[index], "comment", None)
    return comment
