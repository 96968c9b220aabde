"""Which units were asked when, and at which addresses: kept for one person, outside the records, never in git.

A file of JSON lines in the user's data folder, replaced whole under a lock. A line that cannot be read, damaged or
of a newer version, is passed over and stays.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mrtrack.edit.refusal import Refused
from mrtrack.store.locks import held
from mrtrack.store.outputs import write_output

LOCK_SECONDS = 60.0
FILE = "asked.jsonl"


@dataclass(frozen=True, slots=True)
class Asking:
    """A unit was asked on a day about actions: the reference of each, and how many entries it had then."""

    unit: str
    day: date
    entries: Mapping[str, int]

    @property
    def refs(self) -> tuple[str, ...]:
        """The references of the actions."""
        return tuple(self.entries)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered for one repository: the askings by their day, and the addresses by their unit.

    `unread` are the lines that could not be read, as they are.
    """

    askings: tuple[Asking, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[bytes, ...] = ()

    def last_of(self, unit: str, until: date) -> Asking | None:
        """The last time that a unit was asked by a day, that day included."""
        return next((one for one in reversed(self.askings) if one.unit == unit and one.day <= until), None)


def data_folder(root: Path) -> Path:
    """The folder for one repository in the user's data folder; `MRTRACK_DATA_DIR` overrides the latter.

    Raises:
        Refused: where it would lie inside the repository, and so could be published with it.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 - only asking units needs it

    chosen = os.environ.get("MRTRACK_DATA_DIR")
    base = Path(chosen) if chosen else user_data_path("mrtrack", appauthor=False)
    top = root.resolve()
    if base.resolve().is_relative_to(top):
        raise Refused(
            f"the data folder {base} lies inside the repository, where addresses could be published",
            "set MRTRACK_DATA_DIR to a folder outside of it",
        )
    return base / hashlib.sha256(os.fsencode(top)).hexdigest()[:16]


def recall(root: Path) -> Memory:
    """What is remembered for a repository; nothing where nothing was kept yet.

    Raises:
        Refused: where the file is there and cannot be read.
    """
    return _read(data_folder(root) / FILE)


def remember(root: Path, askings: Iterable[Asking] = (), addresses: Mapping[str, str] | None = None) -> None:
    """Keep askings and addresses; a unit asked twice on a day was asked once, an empty address is forgotten.

    Raises:
        Refused: where another process holds the lock for a minute, or the file cannot be read or written.
    """
    folder = data_folder(root)
    with _locked(folder):
        memory = _read(folder / FILE)
        kept = {(one.unit, one.day): one for one in memory.askings}
        for one in askings:
            before = kept.get((one.unit, one.day))
            entries = {**one.entries, **before.entries} if before else one.entries
            kept[one.unit, one.day] = Asking(one.unit, one.day, entries)
        _write(folder, root, kept.values(), {**memory.addresses, **(addresses or {})}, memory.unread)


def forget(root: Path, units: Iterable[str]) -> tuple[Asking, ...]:
    """Take back the last asking of each unit, as for a message that was never sent; what was taken back.

    Raises:
        Refused: as `remember`.
    """
    folder = data_folder(root)
    with _locked(folder):
        memory = _read(folder / FILE)
        gone = tuple(one for one in (memory.last_of(unit, date.max) for unit in units) if one)
        if gone:
            kept = [one for one in memory.askings if one not in gone]
            _write(folder, root, kept, memory.addresses, memory.unread)
        return gone


def _read(file: Path) -> Memory:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise Refused(
            f"{file} cannot be read: {error.strerror}", "look at the file and at its permissions"
        ) from None
    askings: list[Asking] = []
    addresses: dict[str, str] = {}
    unread: list[bytes] = []
    for line in content.split(b"\n"):
        try:
            said: Any = json.loads(line) if line.strip() else {"repository": ""}
            if "address" in said:
                addresses[_text(said["unit"])] = _text(said["address"])
            elif "asked" in said:
                day = date.fromisoformat(said["asked"])
                entries = {str(ref): int(count) for ref, count in said["entries"].items()}
                askings.append(Asking(_text(said["unit"]), day, entries))
            elif "repository" not in said:
                unread.append(line)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            unread.append(line)
    return Memory(tuple(sorted(askings, key=lambda one: one.day)), addresses, tuple(unread))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _write(
    folder: Path,
    root: Path,
    askings: Iterable[Asking],
    addresses: Mapping[str, str],
    unread: Iterable[bytes],
) -> None:
    said: list[Mapping[str, object]] = [{"repository": str(root.resolve())}]
    said += [{"unit": unit, "address": address} for unit, address in sorted(addresses.items()) if address]
    said += [
        {"asked": one.day.isoformat(), "unit": one.unit, "entries": dict(one.entries)}
        for one in sorted(askings, key=lambda one: (one.day, one.unit))
    ]
    lines = [json.dumps(item, ensure_ascii=True).encode() for item in said]
    write_output(folder / FILE, b"".join(line + b"\n" for line in (*lines, *unread)))


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stack.enter_context(held(folder / f"{FILE}.lock", LOCK_SECONDS))
        except TimeoutError:
            raise Refused(
                f"{folder / FILE} has been locked by another mrtrack for a minute; nothing was noted",
                "try again",
            ) from None
        except OSError as error:
            raise Refused(
                f"nothing can be kept in {folder}: {error.strerror}",
                "set MRTRACK_DATA_DIR to a folder that can be written",
            ) from None
        yield
