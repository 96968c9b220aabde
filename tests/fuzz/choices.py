"""Bytes taken as a row of choices, so that any bytes make a well-formed try and near bytes a near one."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Choices read off bytes; once these are used up, it is always the first."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes are not used yet."""
        return len(self._content) - self._at

    def below(self, number: int) -> int:
        """A whole number from 0 to the one below this."""
        size = 1 if number <= 0x100 else 2
        taken = self._content[self._at : self._at + size]
        self._at += len(taken)
        return int.from_bytes(taken, "big") % number

    def of(self, several: Sequence[T]) -> T:
        """One of several."""
        return several[self.below(len(several))]

    def text(self, longest: int = 40) -> str:
        """A text, of any signs that UTF-8 can write."""
        length = min(self.below(longest + 1), self.left)
        taken = self._content[self._at : self._at + length]
        self._at += length
        return taken.decode("utf-8", "replace")
