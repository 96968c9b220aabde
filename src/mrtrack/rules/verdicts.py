"""Rules of verdicts: an independent reader's finding, about a status that there is."""

from collections.abc import Iterator

from mrtrack import timeline
from mrtrack.model.record import Action, ActionEntry
from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule


@rule("A406", "verdict-by-setter", Severity.ERROR, "verdicts are by those who set the status")
def verdict_by_setter(record: RecordUnderCheck) -> Iterator[Finding]:
    """A verdict on a status comes from the one who set that status.

    `confirmed` and `not-confirmed` are what an independent reader finds; nobody confirms their own word.

    Bad:

    ```yaml
    - date: 2021-10-08
      by: M&E unit
      status: completed
    - date: 2021-11-30
      by: M&E unit
      verdict: confirmed
    ```

    Good:

    ```yaml
    - date: 2021-10-08
      by: M&E unit
      status: completed
    - date: 2021-11-30
      by: Evaluation office
      verdict: confirmed
    ```
    """
    for history, index, entry in record.live_entries_naming("verdict"):
        if not isinstance(entry, ActionEntry) or not (entry.verdict and entry.by):
            continue
        above = [other for other in history.live_until(index) if isinstance(other, ActionEntry)]
        setter = timeline.status_setter(above)
        if setter and _folded(setter) == _folded(entry.by):
            yield Finding(
                history.at(index, "verdict"),
                f"{entry.by} gives a verdict on a status that {setter} set",
                "a verdict comes from another unit: write that unit in by, or take the verdict out",
            )


@rule("A407", "verdict-without-status", Severity.ERROR, "verdicts have no status to judge")
def verdict_without_status(record: RecordUnderCheck) -> Iterator[Finding]:
    """A verdict stands in the log before there is a status that it could be about.

    Bad:

    ```yaml
    - date: 2021-11-30
      by: Evaluation office
      verdict: confirmed
    ```

    Good:

    ```yaml
    - date: 2021-10-08
      by: M&E unit
      status: completed
    - date: 2021-11-30
      by: Evaluation office
      verdict: confirmed
    ```
    """
    for history in record.histories_naming("verdict"):
        stated = isinstance(history.present, Action) and history.present.status
        by_itself = stated and history.naming("status") is None
        for index, entry, named, _ in history.with_known("status"):
            if isinstance(entry, ActionEntry) and entry.verdict and not (named or entry.status or by_itself):
                told = f"“{entry.verdict}” is a verdict on a status, and none is stated by then"
                hint = "record the status first, or take the verdict out"
                yield Finding(history.at(index, "verdict"), told, hint)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
