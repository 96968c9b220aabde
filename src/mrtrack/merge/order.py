"""The order of a list that two sides changed: the same whichever side is called ours; it knows keys only."""

from collections.abc import Callable, Sequence

from mrtrack.merge.values import Key

Rank = Callable[[Sequence[Key]], tuple[object, ...]]


def clash(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> bool:
    """Whether both sides took the same item out and put different ones in: as where both rewrote it."""
    gone = set(base) - set(ours) - set(theirs)
    return bool(gone) and set(ours) - set(base) != set(theirs) - set(base)


def united(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], rank: Rank) -> list[Key]:
    """What neither side took out of a list, with what both put in.

    The items that both sides have stand as they do there, or as the side that moved them has them. Between two
    of these each side's own items stay together, those of the side with the lower rank first.
    """
    before, here, there = set(base), set(ours), set(theirs)
    sides = [
        [key for key in side if key in other or key not in before]
        for side, other in ((ours, there), (theirs, here))
    ]
    shared = [[key for key in side if key in here and key in there] for side in sides]
    moved = [
        [key for key in side if key in before] != [key for key in base if key in set(side)] for side in shared
    ]
    lead = min((0, 1), key=lambda side: (not moved[side], rank(shared[side])))
    gaps = [_gaps(side, set(shared[0])) for side in sides]
    result: list[Key] = []
    for anchor in (None, *shared[lead]):
        result += [anchor] if anchor else []
        for gap in sorted((side.get(anchor, []) for side in gaps), key=rank):
            result += gap
    return result


def _gaps(side: Sequence[Key], shared: set[Key]) -> dict[Key | None, list[Key]]:
    """A side's own items, by the shared item that they follow."""
    gaps: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    for key in side:
        if key in shared:
            anchor = key
        else:
            gaps.setdefault(anchor, []).append(key)
    return gaps
