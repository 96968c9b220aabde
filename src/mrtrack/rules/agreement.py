"""Rules of agreement: the present that is written out is the one that the log tells of."""

from collections.abc import Iterator
from typing import Any

from mrtrack.model.record import Response
from mrtrack.problems import Severity
from mrtrack.rules.histories import History
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule


@rule("A401", "present-differs-from-log", Severity.ERROR, "values differ from what the history says")
def present_differs_from_log(record: RecordUnderCheck) -> Iterator[Finding]:
    """A value written as the present is not the one that the entries name last.

    Status, due date and lead of an action, the decision on a recommendation, status and planned end of an
    evaluation: where entries name them, the present is the last that they name, entries that were corrected
    aside. Where no entry names one, the written value stands by itself.

    Bad:

    ```yaml
    status: initiated
    history:
      - date: 2021-10-08
        status: completed
    ```

    Good:

    ```yaml
    status: completed
    history:
      - date: 2021-10-08
        status: completed
    ```
    """
    for history in record.histories:
        for key in history.keys:
            if key in history.named and (otherwise := told_otherwise(history, key)):
                yield _differing(history, key, *otherwise)


@rule("A410", "quality-before-report", Severity.WARNING, "reports were assessed before they were there")
def quality_before_report(record: RecordUnderCheck) -> Iterator[Finding]:
    """The quality of the report was assessed before there was a report.

    One of the two dates is likely that of something else, or has its digits swapped.

    Bad:

    ```yaml
    report_date: 2021-09-27
    quality:
      rating: satisfactory
      date: 2021-03
    ```

    Good:

    ```yaml
    report_date: 2021-09-27
    quality:
      rating: satisfactory
      date: 2022-03
    ```
    """
    evaluation = record.evaluation
    assessed = evaluation.quality.date if evaluation and evaluation.quality else None
    report = (evaluation.report_date or evaluation.completed) if evaluation else None
    if evaluation and assessed and report and assessed.last < report.first:
        key = "report_date" if evaluation.report_date else "completed"
        told = f"the quality was assessed in {assessed}, before the report ({key}: {report})"
        yield Finding(("quality", "date"), told, f"write the day of the assessment, or look at {key}")


def told_otherwise(history: History, key: str) -> tuple[int, Any] | None:
    """The entry that names a key last, and the value it names; None where the present agrees with the log."""
    index = history.naming(key)
    if index is None:
        return None
    value, written = getattr(history.entries[index], key), getattr(history.present, key)
    if value is written or value == written or (value is None and key != "due"):
        return None
    return index, value


def _differing(history: History, key: str, index: int, value: Any) -> Finding:  # noqa: ANN401 - a value of any key
    written = getattr(history.present, key)
    entry = f"the entry of {history.names[index]}"
    if value is None:
        told = f"{key} is “{written}” here, but {entry} takes the date away"
        hint = f"take {key} out here; {_recorded_by(history, 'a new date')}"
        return Finding((*history.item, key), told, hint)
    if written is None:
        told = f"{entry} says {key} “{value}”, but none is written above the history"
        return Finding(history.at(index, key), told, f"write {key}: {value} above the history")
    told = f"{key} is “{written}” here, but {entry} says “{value}”"
    hint = f"write {key}: {value}; {_recorded_by(history, 'a later change')}"
    return Finding((*history.item, key), told, hint)


def _recorded_by(history: History, what: str) -> str:
    command = "respond" if isinstance(history.present, Response) else "update"
    return f"{what} is recorded with mrtrack {command}"
