"""The names of files that are called after units: readable, and allowed on every system; not their folders."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from mrtrack.reports.prose import harmless

_UNSAFE = re.compile(r"""[\ufffd\ufffe\uffff/\\:*?"<>|\s]+""")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_LONGEST = 120


def file_stems(units: Iterable[str]) -> dict[str, str]:
    """A file's name, without its suffix, for each unit: no two alike on any system, whatever the units are called.

    A name that is altered beyond its spaces, or that another unit's could be taken for, ends in a mark of its own.
    """
    names = list(dict.fromkeys(units))
    plain = {name: _plain(name) for name in names}
    count = Counter(_same(stem) for stem in plain.values())
    return {
        name: stem if count[_same(stem)] == 1 and _is_usable(stem) else f"{stem or 'unit'}-{_mark(name)}"
        for name, stem in plain.items()
    }


def _plain(name: str) -> str:
    text = _UNSAFE.sub(" ", harmless(unicodedata.normalize("NFC", name)))
    return _cut(text.strip(" .-~$").strip(), _LONGEST)


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").strip(" .")


def _is_usable(stem: str) -> bool:
    return bool(stem) and not _DEVICE.fullmatch(stem) and len(stem.encode()) < _LONGEST - 4


def _same(stem: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", stem).casefold())


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
