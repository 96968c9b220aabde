"""Rules of dates: no entry from the future, none from before the period, and dues that were past when entered."""

from collections.abc import Iterator
from datetime import date, timedelta

from mrtrack.model.dates import PartialDate
from mrtrack.model.record import Action, ActionEntry, Evaluation
from mrtrack.model.shape import Path
from mrtrack.problems import Severity
from mrtrack.rules.histories import History
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule

_ONE_DAY = timedelta(1)
_ANSWERED: tuple[tuple[str, ...], ...] = (("submitted",), ("prepared_by", "date"), ("approved_by", "date"))


@rule("D501", "entry-in-the-future", Severity.ERROR, "entries are dated in the future")
def entry_in_the_future(record: RecordUnderCheck) -> Iterator[Finding]:
    """An entry bears a day that has not come yet, wherever on earth it was recorded.

    `date` is the day of recording. Where the sun rises first it is a day later than elsewhere, so that
    tomorrow's date passes. What is still to come is no entry: it is the due date, or it is recorded once it
    has come.

    Bad (when it is 2021-10-08):

    ```yaml
    - date: 2022-10-08
      status: completed
    ```

    Good (when it is 2021-10-08):

    ```yaml
    - date: 2021-10-08
      status: completed
    ```
    """
    if record.today is None or record.today == date.max:
        return
    latest = record.today + _ONE_DAY
    for history in record.histories:
        for index, entry in enumerate(history.entries):
            if entry.date > latest:
                told = f"the entry of {entry.date} bears a day that is still to come"
                yield Finding(history.at(index, "date"), told, "write the day on which it was recorded")


@rule("D502", "before-the-period", Severity.WARNING, "dates lie before the evaluation's period")
def before_the_period(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action or an answer was recorded before the first day of the period that the evaluation looks at.

    Nobody answers an evaluation before it began: likely one of the two has the digits of another year. The
    history of the evaluation itself may begin earlier, as evaluations are planned ahead.

    Bad:

    ```yaml
    period: {from: 2018, to: 2021}
    management_response:
      submitted: 2012-11-23
    ```

    Good:

    ```yaml
    period: {from: 2018, to: 2021}
    management_response:
      submitted: 2021-11-23
    ```
    """
    period = record.evaluation.period if record.evaluation else None
    if record.evaluation is None or period is None or period.start is None:
        return
    for path, day in _answers(record.evaluation):
        if day.last < period.start.first:
            yield _too_early(path, str(day), period.start)
    for history in record.histories:
        if isinstance(history.present, Evaluation):
            continue
        for index in history.live:
            recorded = history.entries[index].date
            if recorded < period.start.first:
                yield _too_early(history.at(index, "date"), recorded.isoformat(), period.start)


@rule("D503", "due-before-entry", Severity.INFO, "actions were due before they were entered")
def due_before_entry(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action was due before it was entered, so that it was overdue, or done, from its first day.

    Worth knowing rather than wrong: many management responses are recorded long after they were agreed.

    Bad:

    ```yaml
    history:
      - date: 2021-03-02
        due: 2021-01
    ```

    Good:

    ```yaml
    history:
      - date: 2020-11-23
        due: 2021-01
    ```
    """
    for history in record.histories:
        found = _first_due(history) if isinstance(history.present, Action) else None
        if found and found[1].last < history.entries[0].date:
            path, due = found
            told = f"due by {due.last}, before the action was entered on {history.entries[0].date}"
            yield Finding(path, told, "look whether both days are right; there may be nothing to do")


def _answers(evaluation: Evaluation) -> Iterator[tuple[Path, PartialDate]]:
    answer = evaluation.management_response
    for path in _ANSWERED if answer else ():
        value: object = answer
        for key in path:
            value = getattr(value, key, None)
        if isinstance(value, PartialDate):
            yield ("management_response", *path), value
    for nth, recommendation in enumerate(evaluation.recommendations or ()):
        response = recommendation.response
        if response and response.date:
            yield ("recommendations", nth, "response", "date"), response.date


def _too_early(path: Path, day: str, start: PartialDate) -> Finding:
    told = f"{day} lies before the period of the evaluation, which begins with {start}"
    return Finding(path, told, "look at the digits of the year, here and in period")


def _first_due(history: History) -> tuple[Path, PartialDate] | None:
    """Where the due date stands that the action was entered with, and the date; None where neither tells."""
    for named in history.live:
        if "due" in history.keys_of[named]:
            break
    else:
        due = history.present.due if isinstance(history.present, Action) else None
        return ((*history.item, "due"), due) if due else None
    entry = history.entries[named]
    if not isinstance(entry, ActionEntry):
        return None
    if entry.previous_due:
        return history.at(named, "previous_due"), entry.previous_due
    return (history.at(named, "due"), entry.due) if entry.due and named == history.live[0] else None
