"""The ids that recommendations and actions get: the printed numbers where these are ids, else the next free."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PARTS = re.compile(r"[0-9]+|[^0-9]+")
_WORDS = re.compile(r"^(?:(?:key )?action|recommendation|rec\.?)\s+", re.IGNORECASE)
_LONGEST = 40


class Names:
    """The ids of one evaluation as they are given out; each once, whatever its case."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def recommendations(self, printed: Sequence[str]) -> list[str]:
        """An id for each recommendation, in order; numbers that are printed twice get a second part."""
        wanted = [_as_id(number) for number in printed]
        given: list[str] = [
            self._take(want) if want and want.casefold() not in self.taken else "" for want in wanted
        ]
        free: dict[str, Iterator[str]] = {}
        for at, want in enumerate(wanted):
            if not given[at]:
                given[at] = self._take_first(free.setdefault(want.casefold(), _numbered(want)))
        return given

    def actions(self, recommendation: str, printed: Sequence[str]) -> list[str]:
        """An id for each action of a recommendation; those with numbers of their own go first."""
        given = [self._of_number(recommendation, _as_id(number)) for number in printed]
        numbers = (f"{recommendation}.{nth}" for nth in count(1))
        return [one or self._take_first(numbers) for one in given]

    def _of_number(self, recommendation: str, number: str) -> str:
        if not number:
            return ""
        own = number.startswith(f"{recommendation}.")
        name = number if own else f"{recommendation}.{number}" if "." not in number else ""
        return self._take(name) if name and name.casefold() not in self.taken else ""

    def _take_first(self, names: Iterable[str]) -> str:
        return self._take(next(name for name in names if name.casefold() not in self.taken))

    def _take(self, name: str) -> str:
        self.taken.add(name.casefold())
        return name


def _numbered(want: str) -> Iterator[str]:
    """Names for those that cannot have their own: “3-2”, “3-3”; where there is none, “1”, “2”."""
    return (f"{want}-{nth}" if want else str(nth) for nth in count(2 if want else 1))


def printed_number(printed: str, given: str) -> str | None:
    """The number to keep beside an id: what is printed, where it says more than the id."""
    plain = printed.strip(" .:")
    return None if not plain or plain == given else plain


def sort_key(given: str) -> tuple[tuple[int, str], ...]:
    """What an id is sorted by, so that 1.2 comes before 1.10."""
    return tuple(
        (int(part), "") if part.isdigit() else (0, part) for part in _PARTS.findall(given.casefold())
    )


def _as_id(printed: str) -> str:
    plain = _WORDS.sub("", printed.strip()).strip(" .:)(–—-")
    if _ID.fullmatch(plain):
        return plain
    made = re.sub(r"[^A-Za-z0-9.]+", "-", plain)[:_LONGEST].strip(".-")
    return made if _ID.fullmatch(made) else ""
