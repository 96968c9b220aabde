"""Files of the site that are made of many parts: a part that was in the file already is taken from the file itself.

What each part of a file was made from, and how long it is, is kept beside the records; where the file is no longer
the one that was written, or nothing is kept, all of its parts are made anew.
"""

import contextlib
import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from mrtrack.reports.site.seen import Seen

KEY = 16
"""How many bytes the key of a part has."""
_HEAD = struct.Struct(">I16sII")
_LENGTH = 4


def _nothing(_: bytes) -> None:
    return None


def _nowhere(_: bytes, __: bytes) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a file: for each a key of `KEY` bytes for all it is made from; `make` makes that of a place."""

    keys: Sequence[bytes]
    make: Callable[[int], bytes]


@dataclass(frozen=True)
class Former:
    """The files of a folder as they were built last; `load` and `keep` are asked for what was kept, by its key.

    Without a folder, every part is made anew. `done` is to be called when the files are written.
    """

    folder: Path | None = None
    seen: Seen | None = None
    load: Callable[[bytes], bytes | None] = _nothing
    keep: Callable[[bytes, bytes], None] = _nowhere
    _made: dict[str, tuple[bytes, int, int, bytes]] = field(default_factory=dict)

    def key(self, path: str, made_with: bytes) -> bytes:
        """What the parts of a file are kept by; `made_with` stands for what all of them are made from."""
        return hashlib.sha256(b"\0".join((self._place, path.encode(), made_with))).digest()

    def file(self, path: str, made_with: bytes, around: tuple[bytes, bytes, bytes], parts: Parts) -> bytes:
        """A file of parts: what stands before them, between two of them, and after them."""
        before, between, after = around
        old, keys = self._old(path, made_with, len(between)), parts.keys
        first = _alike(old.keys, keys)
        last = _alike(reversed(old.keys[first:]), reversed(keys[first:]))
        known = dict(zip(old.keys, range(len(old.keys)), strict=True)) if first + last < len(keys) else {}
        made = [
            old.part(known[key]) if key in known else parts.make(place)
            for place, key in enumerate(keys[first : len(keys) - last], first)
        ]
        runs = [*([old.run(0, first)] if first else []), *made]
        runs += [old.run(len(old.keys) - last, len(old.keys))] if last else []
        content = b"".join([before, between.join(runs), after])
        if self.folder:
            lengths = [*old.lengths[:first], *map(len, made), *old.lengths[len(old.keys) - last :]]
            told = b"".join([struct.pack(f">{len(keys)}I", *lengths), *keys])
            self._made[path] = (self.key(path, made_with), len(before), len(keys), told)
        return content

    def done(self) -> None:
        """Keep what the files were made of that were written."""
        for path, (key, begin, count, told) in self._made.items():
            content = self.seen.content(path) if self.seen else None
            if content:
                self.keep(key, _HEAD.pack(zlib.crc32(told), bytes.fromhex(content), begin, count) + told)

    def _old(self, path: str, made_with: bytes, between: int) -> "_Old":
        kept = self.load(self.key(path, made_with)) if self.folder else None
        if not self.folder or not self.seen or kept is None or len(kept) < _HEAD.size:
            return _Old()
        checksum, content, begin, count = _HEAD.unpack_from(kept)
        told = kept[_HEAD.size :]
        if zlib.crc32(told) != checksum or not self.seen.holds(path, content.hex()):
            return _Old()
        with contextlib.suppress(OSError):
            lengths = struct.unpack_from(f">{count}I", told)
            keys = [told[place : place + KEY] for place in range(_LENGTH * count, len(told), KEY)]
            return _Old(memoryview((self.folder / path).read_bytes()), keys, lengths, begin, between)
        return _Old()

    @cached_property
    def _place(self) -> bytes:
        return str(self.folder.resolve() if self.folder else "").encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class _Old:
    """A file as it was built last, with the keys and lengths of its parts."""

    content: memoryview = field(default_factory=lambda: memoryview(b""))
    keys: Sequence[bytes] = ()
    lengths: Sequence[int] = ()
    begin: int = 0
    between: int = 0

    def part(self, place: int) -> memoryview:
        return self.run(place, place + 1)

    def run(self, first: int, end: int) -> memoryview:
        """Parts that follow each other, with what stands between them."""
        return self.content[self._ends[first] : self._ends[end] - self.between]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate((length + self.between for length in self.lengths), initial=self.begin))


def _alike(some: Iterable[bytes], others: Iterable[bytes]) -> int:
    """How many are the same from the beginning on."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
