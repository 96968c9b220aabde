"""Zip packages of parts that were packed before: what stands in many packages is packed once."""

import copy
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SOON = 2


@dataclass(frozen=True, slots=True)
class Packed:
    """A part of a file in a package: its packed content, and the checksum and size of what was packed."""

    content: bytes
    checksum: int
    size: int


def packed(content: bytes, *, last: bool = False) -> Packed:
    """A part that others may follow, or the last of a file."""
    packing = zlib.compressobj(_SOON, zlib.DEFLATED, -zlib.MAX_WBITS)
    made = packing.compress(content) + packing.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return Packed(made, zlib.crc32(content), len(content))


def package(files: Iterable[tuple[zipfile.ZipInfo, bytes | Sequence[Packed]]]) -> bytes:
    """A package of files, each given by its content or by its parts, named and dated as their entries tell."""
    held = io.BytesIO()
    entries = []
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for told, content in files:
            entry = copy.copy(told)
            if isinstance(content, bytes):
                book.writestr(entry, content)
                continue
            book.writestr(entry, b"".join(part.content for part in content), zipfile.ZIP_STORED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.CRC = _checksum(content)
            entry.file_size = sum(part.size for part in content)
            entries.append(entry)
    for entry in entries:
        held.seek(entry.header_offset)
        held.write(entry.FileHeader())
    return held.getvalue()


def _checksum(parts: Iterable[Packed]) -> int:
    """The checksum of parts that follow each other, from those of each: it is linear in what it is of."""
    found = 0
    for part in parts:
        nothing = bytes(part.size)
        found = zlib.crc32(nothing, found) ^ zlib.crc32(nothing) ^ part.checksum
    return found
