"""The merge of one record that two sides changed: bytes in, bytes and conflicts out; it touches no file."""

from dataclasses import dataclass

from mrtrack.edit.operations import EditRefused
from mrtrack.edit.verify import encode
from mrtrack.merge.lines import rewritten
from mrtrack.merge.markers import marked
from mrtrack.merge.three_ways import Conflict, Walk
from mrtrack.merge.values import ABSENT, Named, Route, at, path_to, same
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem, is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import Reading, read

MARKER = 7
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge: the whole file, with markers where `conflicts` tells of some.

    `content` is None where the sides cannot be merged as records; the one conflict says why, and the text is
    to be merged line by line.
    """

    content: bytes | None
    conflicts: tuple[Conflict, ...] = ()


def merge(
    base: bytes | None,
    ours: bytes,
    theirs: bytes,
    path: str,
    *,
    settings: Settings | None = None,
    marker: int = MARKER,
) -> Merged:
    """One record of two that come from the same one (None: from none).

    What only one side changed is as that side has it, histories are united, and the present follows from them.
    Either way round, the same is said. Conflicts are marked by lines of `marker` signs.
    """
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    rules = settings or Settings()
    readings = [read(content, path, rules.limits) for content in (ours, theirs, base) if content is not None]
    for reading, side in zip(readings, ("our side", "their side", "what both come from"), strict=False):
        if reading.evaluation is None:
            return _beyond(f"{side} cannot be read{_why(reading)}")
    try:
        return _of_readings(readings, rules, marker)
    except EditRefused as refusal:
        return _beyond(refusal.message)


def _of_readings(readings: list[Reading], settings: Settings, marker: int) -> Merged:
    ours, theirs, *rest = readings
    three = (rest[0].data if rest else ABSENT, ours.data, theirs.data)
    known = {_sameness(problem) for side in (ours, theirs) for problem in check(side, settings)}
    decreed: dict[Route, str] = {}
    for _ in range(_ROUNDS):
        walk = Walk(decreed)
        data = walk.merged(three)
        after = rewritten(ours, theirs, data, settings.limits)
        new = [p for p in check(after, settings) if is_error(p) and _sameness(p) not in known]
        if not new:
            break
        for problem in new:
            route = _item(problem, after)
            if route is None or route in decreed or not _differs(route, ours, theirs):
                return _beyond(f"merged, the record would not be valid: {problem.message}")
            decreed[route] = f"merged, it would not be valid: {problem.message}"
    if not walk.conflicts:
        return Merged(after.content)
    text = marked(after, ours, theirs, [conflict.route for conflict in walk.conflicts], marker)
    return Merged(encode(ours, text), tuple(walk.conflicts))


def _item(problem: Problem, reading: Reading) -> Route | None:
    """The place of the recommendation or action that a problem is about; None where it is about none."""
    wanted = problem.ref.partition(":")[2].casefold()
    for recommendation in reading.data.get("recommendations") or ():
        above: Route = ("recommendations", Named(recommendation["id"].casefold()))
        if recommendation["id"].casefold() == wanted:
            return above
        for action in recommendation.get("actions") or ():
            if action["id"].casefold() == wanted:
                return (*above, "actions", Named(wanted))
    return None


def _differs(route: Route, ours: Reading, theirs: Reading) -> bool:
    here, there = path_to(ours.data, route), path_to(theirs.data, route)
    return here is not None and there is not None and not same(at(ours.data, here), at(theirs.data, there))


def _sameness(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.ref, problem.message


def _why(reading: Reading) -> str:
    problem = reading.first_problem
    return f" (line {problem.line}: {problem.message})" if problem else ""


def _beyond(why: str) -> Merged:
    return Merged(None, (Conflict((), why),))
