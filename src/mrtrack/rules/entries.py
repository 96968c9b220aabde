"""Rules of the log: entries in the order they were recorded, corrections that hold, nothing said twice."""

from collections.abc import Iterator

from mrtrack.model.record import ActionEntry, ResponseEntry
from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule


@rule("A402", "entries-out-of-order", Severity.ERROR, "entries stand below later ones")
def entries_out_of_order(record: RecordUnderCheck) -> Iterator[Finding]:
    """An entry was recorded before the entry above it.

    `date` is the day an entry was recorded, and a history only grows at its end. When the thing happened
    earlier, `on` says so.

    Bad:

    ```yaml
    history:
      - date: 2021-10-08
        status: initiated
      - date: 2021-07-15
        status: completed
    ```

    Good:

    ```yaml
    history:
      - date: 2021-10-08
        status: initiated
      - date: 2021-11-02
        on: 2021-07-15
        status: completed
    ```
    """
    for history in record.histories:
        for index in range(1, len(history.entries)):
            day, above = history.entries[index].date, history.entries[index - 1].date
            if day < above:
                yield Finding(
                    history.at(index, "date"),
                    f"the entry of {day} stands below that of {above}",
                    f"move it up; or write the day it was recorded, and on: {day} for the day it happened",
                )


@rule("A403", "corrects-nothing", Severity.ERROR, "corrections name no entry")
def corrects_nothing(record: RecordUnderCheck) -> Iterator[Finding]:
    """A correction names no entry above it.

    `corrects` names an entry of the same history by its day; `2021-10-08#2` is the second entry of that day.

    Bad:

    ```yaml
    history:
      - date: 2021-10-08
        status: completed
      - date: 2021-11-02
        comment: |
          Another action was meant.
        corrects: 2021-10-18
    ```

    Good:

    ```yaml
    history:
      - date: 2021-10-08
        status: completed
      - date: 2021-11-02
        comment: |
          Another action was meant.
        corrects: 2021-10-08
    ```
    """
    for history in record.histories_naming("corrects"):
        names = history.names
        position = {name: index for index, name in enumerate(names)}
        for index in history.live:
            target = getattr(history.entries[index], "corrects", None)
            there = position.get(str(target), len(names))
            if target is None or there < index:
                continue
            where = "this is that entry itself" if there == index else "no entry above has that name"
            above = ", ".join(names[max(0, index - 12) : index]) or "none"
            told = f"the entry of {target} is to be corrected, but {where}"
            yield Finding(history.at(index, "corrects"), told, f"the entries above are: {above}")


@rule("A404", "correction-without-comment", Severity.ERROR, "corrections have no reason")
def correction_without_comment(record: RecordUnderCheck) -> Iterator[Finding]:
    """A correction does not say why.

    The corrected entry stays in the record and counts for nothing; a reader has to learn what was wrong.

    Bad:

    ```yaml
    - date: 2021-11-02
      corrects: 2021-10-08
    ```

    Good:

    ```yaml
    - date: 2021-11-02
      comment: |
        Another action was meant.
      corrects: 2021-10-08
    ```
    """
    for history, index, entry in record.live_entries_naming("corrects"):
        target = getattr(entry, "corrects", None)
        if target and not getattr(entry, "comment", None):
            told = f"the entry of {target} is corrected without a reason"
            yield Finding(history.at(index, "corrects"), told, "write comment: | and below it what was wrong")


@rule("A405", "needless-previous-due", Severity.WARNING, "entries repeat or contradict the due date above")
def needless_previous_due(record: RecordUnderCheck) -> Iterator[Finding]:
    """An entry says what the due date was before, though the entries above say so already, or say otherwise.

    `previous_due` is for an entry that moves a date which no entry above names; what is written twice can
    differ.

    Bad:

    ```yaml
    history:
      - date: 2020-11-23
        due: 2021-01
      - date: 2021-03-02
        due: 2021-07
        previous_due: 2021-02
    ```

    Good:

    ```yaml
    history:
      - date: 2020-11-23
        due: 2021-01
      - date: 2021-03-02
        due: 2021-07
    ```
    """
    for history in record.histories_naming("previous_due"):
        for index, entry, named, known in history.with_known("due"):
            said = entry.previous_due if isinstance(entry, ActionEntry) else None
            if said is None:
                continue
            if "due" not in history.keys_of[index]:
                told = f"the due date was {said} before, but this entry does not move it"
            elif not named:
                continue
            elif known == said:
                told = f"the entries above say already that the due date was {said}"
            else:
                told = (
                    f"the due date was {said} before, but by the entries above it was {known or 'taken away'}"
                )
            yield Finding(history.at(index, "previous_due"), told, "take previous_due out")


@rule("A408", "repeated-decision", Severity.WARNING, "entries repeat the decision that stands")
def repeated_decision(record: RecordUnderCheck) -> Iterator[Finding]:
    """An entry names the decision that stands already, so that the day of the decision is unclear.

    Bad:

    ```yaml
    history:
      - date: 2020-11-23
        decision: accepted
      - date: 2021-03-02
        decision: accepted
        comment: |
          The budget was found.
    ```

    Good:

    ```yaml
    history:
      - date: 2020-11-23
        decision: accepted
      - date: 2021-03-02
        comment: |
          The budget was found.
    ```
    """
    for history in record.histories_naming("decision"):
        for index, entry, _, known in history.with_known("decision"):
            if known and isinstance(entry, ResponseEntry) and entry.decision is known:
                told = f"the decision was “{known}” already"
                hint = "take decision out of this entry, and keep its comment"
                yield Finding(history.at(index, "decision"), told, hint)


@rule("A409", "on-after-date", Severity.ERROR, "things happened after they were recorded")
def on_after_date(record: RecordUnderCheck) -> Iterator[Finding]:
    """A thing happened after it was recorded.

    `date` is the day of recording, `on` the day it happened, which cannot be later. A period counts from its
    first day.

    Bad:

    ```yaml
    - date: 2021-10-08
      on: 2021-12-01
      status: completed
    ```

    Good:

    ```yaml
    - date: 2021-12-02
      on: 2021-12-01
      status: completed
    ```
    """
    for history, index, entry in record.live_entries_naming("on"):
        if entry.on and entry.on.date.first > entry.date:
            yield Finding(
                history.at(index, "on"),
                f"“{entry.on}” lies after {entry.date}, the day it was recorded",
                "write the day it happened; what is still to come is recorded when it has come",
            )
