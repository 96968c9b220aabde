"""What mrtrack asks of git about merges: which files wait for one, the driver of a clone, and git's merge of lines."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from mrtrack.git.commits import contents_of
from mrtrack.git.program import GitError, attempt, run

DRIVER_NAME = "mrtrack: records are merged by their ids, histories by their days"
DRIVER = "mrtrack merge %O %A %B %L %P"

_SECTION = "merge.mrtrack"
_OURS, _THEIRS = 2, 3


@dataclass(frozen=True, slots=True)
class Stopped:
    """A file that a stopped merge left: what both sides come from, ours and theirs; None where a side has no file."""

    path: str
    hashes: dict[int, str] = field(default_factory=dict)

    def contents(self, folder: Path) -> tuple[bytes | None, bytes | None, bytes | None]:
        """The file as both sides come from it, as ours and as theirs.

        Raises:
            GitError: where git has not got one of them.
        """
        found = dict(zip(self.hashes, contents_of(folder, list(self.hashes.values())), strict=True))
        return found.get(1), found.get(_OURS), found.get(_THEIRS)


def stopped(folder: Path) -> tuple[Stopped, ...]:
    """The files below a folder that wait for a person to end a merge; paths are relative to the folder.

    Raises:
        GitError: where git cannot tell.
    """
    found: dict[str, Stopped] = {}
    for line in run(folder, "ls-files", "--unmerged", "-z").split(b"\0"):
        about, tab, name = line.partition(b"\t")
        if tab:
            _, blob, stage = about.split()
            path = os.fsdecode(name)
            found.setdefault(path, Stopped(path)).hashes[int(stage)] = blob.decode("ascii")
    return tuple(found.values())


def stage(folder: Path, path: str) -> None:
    """Tell git that a file is merged.

    Raises:
        GitError: where git refuses.
    """
    run(folder, "add", "--", path, reading=False)


def merge_lines(folder: Path, files: tuple[str, str, str], marker: int) -> None:
    """Merge line by line, as git does without a driver: base and theirs into ours, with markers where they differ.

    Raises:
        GitError: where git is missing.
    """
    base, ours, theirs = files
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    attempt(folder, "merge-file", "--quiet", f"--marker-size={marker}", *labels, ours, base, theirs)


def driver(folder: Path) -> str | None:
    """The command that merges records in this clone; None where there is none."""
    try:
        found = run(folder, "config", "--get", f"{_SECTION}.driver")
    except GitError:
        return None
    return found.decode("utf-8", "replace").strip() or None


def install_driver(folder: Path) -> None:
    """Write the driver into the configuration of this clone.

    Raises:
        GitError: where git refuses.
    """
    run(folder, "config", "--local", f"{_SECTION}.name", DRIVER_NAME, reading=False)
    run(folder, "config", "--local", f"{_SECTION}.driver", DRIVER, reading=False)


def remove_driver(folder: Path) -> None:
    """Take the driver out of the configuration of this clone.

    Raises:
        GitError: where git refuses.
    """
    run(folder, "config", "--local", "--remove-section", _SECTION, reading=False)


def hook_file(folder: Path, name: str) -> Path:
    """The file that git runs as a hook of this name.

    Raises:
        GitError: where git cannot tell.
    """
    told = run(folder, "rev-parse", "--git-path", f"hooks/{name}", reading=False).rstrip(b"\r\n")
    return folder / os.fsdecode(told)


def common_folder(folder: Path) -> Path:
    """The folder in which git keeps what all work trees of a clone share.

    Raises:
        GitError: where git cannot tell.
    """
    told = run(folder, "rev-parse", "--git-common-dir").rstrip(b"\r\n")
    return (folder / os.fsdecode(told)).resolve()


def lacks_driver(folder: Path) -> bool:
    """Whether this clone has no driver, of those that seem to lack it; see `store.clone`."""
    try:
        return driver(folder) is None and bool(run(folder, "rev-parse", "--git-dir"))
    except GitError:
        return False
