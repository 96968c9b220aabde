"""The folder of a site: what of it is made anew, what stays, what goes; nobody else's file is touched.

A manifest in the folder tells which files are the site's, what each was made from, and what it held.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mrtrack.edit.refusal import Refused
from mrtrack.reports.site.seen import Seen, digest_of
from mrtrack.store.outputs import write_output

MANIFEST = ".mrtrack-site.json"
_VERSION = 1
_TEMPORARY = ".mrtrack-tmp"
_OTHER = "name another folder, or move what lies there"


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its path, all that it is made from in a few letters, and how it is made."""

    path: str
    made_from: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the folder: files written, left as they were, and removed.

    `mended` tells that the last build had been broken off, and that this one made good what it left undone.
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    mended: bool = False


Known = Mapping[str, tuple[str, str]]


def write_site(
    folder: Path, outputs: Sequence[Output], advance: Callable[[int], None], seen: Seen
) -> Account:
    """Bring a folder up to date, file by file; what was made from the same is left alone.

    Every file is the old one or the new one, whole. Should the build be broken off, the manifest tells so, and
    the next one makes good what is missing.

    Raises:
        Refused: where the folder, or a file in the way, is not this site's; then nothing is changed.
    """
    known = _known(folder)
    paths = {output.path for output in outputs}
    _refuse_strangers(folder, paths - known.keys())
    folder.mkdir(parents=True, exist_ok=True)
    broken_off = any(not made_from for made_from, _ in known.values())
    if broken_off:
        _clear_away(folder)
    kept = {
        output.path: known[output.path]
        for output in outputs
        if output.path in known
        and known[output.path][0] == output.made_from
        and seen.holds(output.path, known[output.path][1])
    }
    gone = [path for path in known if path not in paths]
    if len(kept) == len(outputs) and not gone:
        seen.done()
        return Account((), len(kept), ())
    begun = {path: known.get(path, ("", "")) for path in sorted(paths | known.keys())}
    _write_manifest(folder, begun | dict.fromkeys(paths - kept.keys(), ("", "")))
    now = dict(kept)
    for output in outputs:
        if output.path not in kept:
            content = output.make()
            _write(folder / output.path, content)
            now[output.path] = (output.made_from, digest_of(content))
            seen.wrote(output.path, now[output.path][1])
        advance(1)
    removed = [path for path in gone if _remove(folder, path, known[path][1])]
    _write_manifest(folder, now)
    seen.done()
    return Account(tuple(path for path in now if path not in kept), len(kept), tuple(removed), broken_off)


def digest(parts: Iterable[bytes | str]) -> str:
    """A few letters that differ where any of the parts does."""
    contents = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    lengths = " ".join([str(len(content)) for content in contents])
    return hashlib.sha256(b"".join([lengths.encode("ascii"), b":", *contents])).hexdigest()[:32]


def _known(folder: Path) -> dict[str, tuple[str, str]]:
    """The files that the folder's manifest names; none where there is no folder yet, or an empty one."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file", "name the folder of the site")
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise Refused(f"{folder} is not empty, and no site of mrtrack", _OTHER) from None
        return {}
    try:
        document = json.loads(text)
        files = {str(path): (str(one[0]), str(one[1])) for path, one in document["files"].items()}
        good = document["version"] == _VERSION and all(map(_is_inside, files))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        good = False
    if not good:
        raise Refused(
            f"{folder / MANIFEST} is not as mrtrack wrote it", "delete the folder, then build it anew"
        )
    return files


def _is_inside(path: str) -> bool:
    plain = path.replace("\\", "/")
    return bool(plain.strip("./")) and plain[0] != "/" and ".." not in plain.split("/") and ":" not in plain


def _refuse_strangers(folder: Path, paths: Iterable[str]) -> None:
    for path in sorted(paths):
        if os.path.lexists(folder / path):
            raise Refused(f"{folder / path} is in the way, and mrtrack did not write it", _OTHER)
    for name in sorted({PurePosixPath(path).parts[0] for path in paths}):
        if (folder / name).is_symlink():
            raise Refused(f"{folder / name} is a link, and leads out of the site", _OTHER)


def _holds(path: Path, content: str) -> bool:
    try:
        return digest_of(path.read_bytes()) == content
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, beside its place first.

    It is not flushed to disk: what a failing machine loses differs from the manifest, and is made again.
    """
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}{_TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Refused(
            f"{path} cannot be written: {error.strerror}", "look at the disk and at the permissions"
        ) from None


def _clear_away(folder: Path) -> None:
    """Delete what a build that was broken off left half written."""
    for left in folder.rglob(f".*{_TEMPORARY}"):
        left.unlink(missing_ok=True)


def _remove(folder: Path, path: str, content: str) -> bool:
    """Remove a file of a page that is no more; what somebody has changed since stays.

    Raises:
        OSError: where it cannot be read, so that nobody can tell; it stays a file of the site.
    """
    file = folder / path
    if content and not (file.is_file() and digest_of(file.read_bytes()) == content):
        return False
    file.unlink(missing_ok=True)
    parent = file.parent
    if parent != folder and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()
    return True


def _write_manifest(folder: Path, files: Mapping[str, tuple[str, str]]) -> None:
    document = {"version": _VERSION, "files": {path: files[path] for path in sorted(files)}}
    write_output(folder / MANIFEST, (json.dumps(document) + "\n").encode("ascii"))
