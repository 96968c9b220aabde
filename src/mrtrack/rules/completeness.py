"""Rules of completeness: what a reader will look for and not find, such as reasons, leads and due dates."""

import re
from collections.abc import Iterator, Sequence

from mrtrack import timeline
from mrtrack.model.record import Action, Response
from mrtrack.model.shape import Path
from mrtrack.model.words import Decision, Status, is_open
from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, FoundAcross, RecordUnderCheck, at_once, rule, rule_across
from mrtrack.rules.sketch import Sketch

_REFUSING = (Decision.PARTIALLY_ACCEPTED, Decision.REJECTED)
_PROMISING = (Decision.ACCEPTED, Decision.PARTIALLY_ACCEPTED)
_BY_WHOM = re.compile(
    r"\sby\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+){0,3}?(?=\s+(?:in|with)\b|\s*[,.;]|\s*$)", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")


@rule("M701", "decision-without-reasons", Severity.WARNING, "decisions are given no reasons")
def decision_without_reasons(record: RecordUnderCheck) -> Iterator[Finding]:
    """A recommendation is rejected, or accepted only in part, and the response does not say why.

    The reasons stand in the text of the response. A sentence that only repeats the decision gives none, and
    what stands under an action is about the action. Where several answer, each gives its own reasons, or the
    text gives them for all.

    Bad:

    ```yaml
    response:
      decision: partially-accepted
      text: |
        The Agency partially accepts the recommendation.
    ```

    Good:

    ```yaml
    response:
      decision: partially-accepted
      text: |
        The Agency partially accepts the recommendation. The training will be offered; a database of its own
        cannot be paid from the regular budget.
    ```
    """
    evaluation = record.evaluation
    for nth, recommendation in enumerate(evaluation.recommendations or () if evaluation else ()):
        response = recommendation.response
        refusing = _refusing(response) if response else []
        if response and refusing and not _has_reasons(response):
            for keys, decision in refusing:
                told = f"the recommendation is {_read(decision)}, and the response does not say why"
                hint = "write the reasons in text: of the response, below the decision"
                yield Finding(("recommendations", nth, "response", *keys), told, hint)


@rule_across("M702", "no-action", Severity.WARNING, "accepted recommendations have no action")
def no_action(sketches: Sequence[Sketch]) -> FoundAcross:
    """A recommendation is accepted, at least in part, and no action follows from it.

    An action of another recommendation, in this record or another, may answer this one as well: its `serves`
    names it. What stands under a part of a recommendation, or under the whole of it, counts too.

    Bad:

    ```yaml
    - id: "2"
      response:
        decision: accepted
    ```

    Good:

    ```yaml
    - id: "2"
      response:
        decision: accepted
      actions:
        - id: "2.1"
          text: |
            Hold one planning meeting a year.
    ```
    """
    served = {name if ":" in name else f"{sketch.id}:{name}" for sketch in sketches for name in sketch.serves}
    for sketch in sketches:
        answered = _answered(sketch, served)
        for nth, recommendation in enumerate(sketch.recommendations):
            decision = recommendation.decision
            if decision in _PROMISING and recommendation.id not in answered:
                told = (
                    f"recommendation {recommendation.id} is {_read(decision)}, and no action follows from it"
                )
                ref = f"{sketch.id}:{recommendation.id}"
                hint = f"mrtrack add {ref}; or name it in serves: of the action that answers it"
                yield sketch, at_once(Finding(("recommendations", nth, "response", "decision"), told, hint))


@rule("M703", "no-lead", Severity.WARNING, "actions have no lead")
def no_lead(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action is still open, and nobody leads it.

    `responsible` is the one unit that answers for the action; those that help stand under `supported_by`.

    Bad:

    ```yaml
    - id: "1.1"
      due: 2021-07
    ```

    Good:

    ```yaml
    - id: "1.1"
      responsible: Director
      due: 2021-07
    ```
    """
    for path, action in _open_actions(record):
        if not action.responsible:
            told = f"nobody leads action {action.id}, which is still open"
            yield Finding((*path, "id"), told, f"mrtrack update {_ref(record, action)} --lead UNIT")


@rule("M704", "no-due-date", Severity.WARNING, "actions have no due date")
def no_due_date(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action is still open, and nothing says by when it will be done.

    A year or a quarter is a date too: 2021, 2021-Q3. What cannot be given as a date stands in `timeline`.

    Bad:

    ```yaml
    - id: "1.1"
      responsible: Director
    ```

    Good:

    ```yaml
    - id: "1.1"
      responsible: Director
      timeline: With every budget
    ```
    """
    for path, action in _open_actions(record):
        if not (action.due or action.timeline):
            told = f"nothing says by when action {action.id}, which is still open, will be done"
            yield Finding(
                (*path, "id"), told, f"mrtrack update {_ref(record, action)} --due DATE --reason WHY"
            )


@rule("M705", "void-without-reason", Severity.WARNING, "actions are void without a reason")
def void_without_reason(record: RecordUnderCheck) -> Iterator[Finding]:
    """An action is no longer applicable, and no comment says why.

    Nothing is removed from a record: what is void stays, with the reason in the entry that declared it void,
    or in a later one.

    Bad:

    ```yaml
    - date: 2021-10-08
      status: no-longer-applicable
    ```

    Good:

    ```yaml
    - date: 2021-10-08
      status: no-longer-applicable
      comment: |
        The programme was closed in June.
    ```
    """
    for path, action in record.valid_actions:
        if action.status is not Status.NO_LONGER_APPLICABLE:
            continue
        entries = action.history or ()
        at = timeline.status_set_at(entries)
        since = [
            entry for entry in timeline.standing(entries) if at is None or entry.date >= entries[at].date
        ]
        if not any(entry.comment for entry in since):
            told = f"action {action.id} is no longer applicable, and no comment says why"
            hint = f"mrtrack update {_ref(record, action)} --comment WHY"
            yield Finding((*path, "status") if at is None else (*path, "history", at, "status"), told, hint)


@rule("M706", "response-overdue", Severity.WARNING, "management responses are overdue")
def response_overdue(record: RecordUnderCheck) -> Iterator[Finding]:
    """A management response is required, its day is past, and none is submitted.

    It is due on the day that `management_response` names, else 42 days (`[days] response` in mrtrack.toml)
    after the evaluation was completed, or reported.

    Bad (when it is 2021-10-08):

    ```yaml
    management_response:
      required: true
      due: 2020-11-11
    ```

    Good (when it is 2021-10-08):

    ```yaml
    management_response:
      required: true
      due: 2020-11-11
      submitted: 2020-11-23
    ```
    """
    evaluation, today = record.evaluation, record.today
    if evaluation is None or evaluation.management_response is None or today is None:
        return
    due = timeline.response_due(evaluation, record.settings.days.response)
    if due and due < today and not timeline.submitted_on(evaluation, today)[0]:
        key = "due" if evaluation.management_response.due else "required"
        told = f"the management response was due by {due}, and none is submitted"
        hint = "write submitted: and the day, once it is; or a later due: if that was agreed"
        yield Finding(("management_response", key), told, hint)


def _refusing(response: Response) -> list[tuple[Path, Decision]]:
    """Where a response refuses, at least in part, and gives no reason in that very place."""
    positions = response.positions or ()
    found: list[tuple[Path, Decision]] = []
    if response.decision in _REFUSING and not any(_says_why(one.text) for one in positions):
        found.append((("decision",), response.decision))
    for index, one in enumerate(positions):
        if one.decision in _REFUSING and not _says_why(one.text):
            found.append((("positions", index, "decision"), one.decision))
    return found


def _has_reasons(response: Response) -> bool:
    """Whether the text of a response, or a comment on it, gives reasons for all who answer."""
    comments = (entry.comment for entry in timeline.standing(response.history))
    return any(_says_why(text) for text in (response.text, *comments))


def _says_why(text: str | None) -> bool:
    """Whether a text says more than the decision, with whatever words for it."""
    from mrtrack.model.decisions import leading_decision  # noqa: PLC0415 - heavy, and few responses refuse

    left = _BY_WHOM.sub("", text or "")
    while length := leading_decision(left):
        left = left[length:]
    return bool(_LETTER.search(left))


def _read(decision: Decision) -> str:
    return decision.replace("-", " ")


def _answered(sketch: Sketch, served: set[str]) -> set[str]:
    """The recommendations with an action: their own, one that serves them, one of a part or of the whole."""
    asked = {one.id: one for one in sketch.recommendations}
    own = {name for name, one in asked.items() if one.has_actions or f"{sketch.id}:{name}" in served}
    whole = {name: one.part_of for name, one in asked.items() if one.part_of in asked}
    return own | _wholes(own, whole) | _parts(own, whole) if whole else own


def _wholes(own: set[str], whole: dict[str, str]) -> set[str]:
    """The recommendations that one of these is a part of, at once or by way of others."""
    found: set[str] = set()
    for name in own:
        above = whole.get(name)
        while above is not None and above not in found:
            found.add(above)
            above = whole.get(above)
    return found


def _parts(own: set[str], whole: dict[str, str]) -> set[str]:
    """The recommendations that are a part of one of these, at once or by way of others."""
    settled: dict[str, bool] = {}
    for start in whole:
        chain: list[str] = []
        name: str | None = start
        while name is not None and name not in settled:
            settled[name] = False
            chain.append(name)
            name = whole.get(name)
            if name in own:
                break
        is_part = name in own or (name is not None and settled[name])
        settled.update(dict.fromkeys(chain, is_part))
    return {name for name, is_part in settled.items() if is_part}


def _open_actions(record: RecordUnderCheck) -> Iterator[tuple[Path, Action]]:
    return ((path, action) for path, action in record.valid_actions if is_open(action.status))


def _ref(record: RecordUnderCheck, action: Action) -> str:
    return f"{record.text('id')}:{action.id}"
