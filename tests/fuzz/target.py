"""What a target is: a law about bytes, and bytes to begin with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A law: `run` raises where bytes break it.

    `corpus` gives bytes to begin with, which are then changed; `words` are what a change may put in.
    """

    name: str
    what: str
    run: Callable[[bytes], None]
    corpus: Callable[[], Iterable[bytes]]
    words: tuple[bytes, ...]


def demand(holds: object, told: str) -> None:
    """Demand what a law says.

    Raises:
        AssertionError: where it does not hold.
    """
    if not holds:
        raise AssertionError(told)
