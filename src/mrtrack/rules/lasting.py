"""How long what checking found in a record stays so while the record is the same: some rules look at the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mrtrack import timeline

if TYPE_CHECKING:
    from mrtrack.rules.rule import RecordUnderCheck


def last_day(record: RecordUnderCheck) -> date:
    """The last day, from the one of the check on, for which it is sure that the rules find the same again.

    Entries from the future and overdue responses are looked at anew on every day; a response that is not
    there yet, on the day after it is due. Of the days before the check nothing is said.
    """
    if record.today is None:
        return date.max
    if any(entry.date > record.today for history in record.histories for entry in history.entries):
        return record.today
    return _until_response(record, record.today)


def _until_response(record: RecordUnderCheck, today: date) -> date:
    if record.evaluation is None:
        return date.max
    due = timeline.response_due(record.evaluation, record.settings.days.response)
    if due is None or timeline.submitted_on(record.evaluation, today)[0]:
        return date.max
    return max(due, today)
