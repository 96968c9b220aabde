"""Files of the site that are made of many parts: a part that was in the file already is taken from the file itself.

What each part of a file was made from, and how long it is, is kept beside the records; where the file is no longer
the one that was written, or nothing is kept, all of its parts are made anew.
"""

import contextlib
import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

KEY = 16
"""How many bytes the key of a part has."""
_HEAD = struct.Struct(">I32sII")
_LENGTH = 4


def _nothing(_: bytes) -> None:
    return None


def _nowhere(_: bytes, __: bytes) -> None:
    return None


@dataclass(frozen=True)
class Former:
    """The files of a folder as they were built last; `load` and `keep` are asked for what was kept, by its key.

    Without a folder, every part is made anew.
    """

    folder: Path | None = None
    load: Callable[[bytes], bytes | None] = _nothing
    keep: Callable[[bytes, bytes], None] = _nowhere

    def key(self, path: str, made_with: bytes) -> bytes:
        """What the parts of a file are kept by; `made_with` stands for what all of them are made from."""
        return hashlib.sha256(b"\0".join((self._place, path.encode(), made_with))).digest()

    def file(self, path: str, made_with: bytes, around: tuple[bytes, bytes, bytes], parts: "Parts") -> bytes:
        """A file of parts: what stands before them, between two of them, and after them."""
        before, between, after = around
        known = dict(self._known(path, made_with, len(between)))
        made = [
            parts.make(place) if (part := known.get(key)) is None else part
            for place, key in enumerate(parts.keys)
        ]
        content = b"".join([before, between.join(made), after])
        if self.folder:
            lengths = struct.pack(f">{len(made)}I", *map(len, made))
            told = b"".join([lengths, *parts.keys])
            head = _HEAD.pack(zlib.crc32(told), hashlib.sha256(content).digest(), len(before), len(made))
            self.keep(self.key(path, made_with), head + told)
        return content

    def _known(self, path: str, made_with: bytes, between: int) -> Iterator[tuple[bytes, memoryview]]:
        kept = self.load(self.key(path, made_with)) if self.folder else None
        if not self.folder or kept is None or len(kept) < _HEAD.size:
            return
        checksum, content, begin, count = _HEAD.unpack_from(kept)
        told = kept[_HEAD.size :]
        with contextlib.suppress(OSError):
            whole = (self.folder / path).read_bytes()
            if zlib.crc32(told) != checksum or hashlib.sha256(whole).digest() != content:
                return
            lengths = struct.unpack_from(f">{count}I", told)
            places = pairwise(accumulate((length + between for length in lengths), initial=begin))
            keys = range(_LENGTH * count, len(told), KEY)
            view = memoryview(whole)
            for key, (place, end) in zip(keys, places, strict=True):
                yield told[key : key + KEY], view[place : end - between]

    @cached_property
    def _place(self) -> bytes:
        return str(self.folder.resolve() if self.folder else "").encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a file: for each a key of `KEY` bytes for all it is made from; `make` makes that of a place."""

    keys: Sequence[bytes]
    make: Callable[[int], bytes]
