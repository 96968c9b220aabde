"""The base that a change is compared with: the commits it began at, their settings, and their records."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from mrtrack.config.root import SETTINGS_FILE
from mrtrack.config.settings_file import parse_settings
from mrtrack.git.branches import changed_files, merge_base, parents
from mrtrack.git.program import GitError
from mrtrack.git.versions import files_of, is_shallow
from mrtrack.model.settings import Settings
from mrtrack.source.reader import Reading, read
from mrtrack.store.records import SUFFIX

_SHOWN = 7


@dataclass(frozen=True)
class Base:
    """A commit that a change is compared with; `name` is for people."""

    root: Path
    commit: str
    name: str

    @cached_property
    def settings(self) -> Settings:
        """What the mrtrack.toml of the commit states; the defaults where it has none.

        Raises:
            GitError: where git cannot tell.
        """
        content = files_of(self.root, self.commit, [SETTINGS_FILE]).get(SETTINGS_FILE)
        return Settings() if content is None else parse_settings(content)[0]

    def changed(self, folder: str) -> tuple[str, ...]:
        """The paths of the records that differ from the work tree, where these lie in `folder` by now.

        Raises:
            GitError: where git cannot tell.
        """
        folders = {self.settings.records, folder}
        paths = changed_files(self.root, self.commit, sorted(folders))
        return tuple(path for path in paths if any(is_record(path, one) for one in folders))

    def readings(self, paths: Collection[str]) -> tuple[Reading, ...]:
        """The records that were there, of those paths.

        Raises:
            GitError: where git cannot tell.
        """
        there = [path for path in paths if is_record(path, self.settings.records)]
        return tuple(
            read(content, path, self.settings.limits)
            for path, content in files_of(self.root, self.commit, there).items()
        )


def bases(root: Path, ref: str) -> tuple[Base, ...]:
    """What the work tree is compared with: where it parted from `ref`, and both sides of a merge at HEAD.

    Severities, limits and exceptions are those of the first.

    Raises:
        GitError: where git knows no such revision, or this clone lacks the history that it takes.
    """
    try:
        start = merge_base(root, ref)
        sides = parents(root)
    except GitError as error:
        raise GitError(f"{error}{_shallow(root)}") from error
    if not sides and (lacking := _shallow(root)):
        raise GitError(f"what {ref} and HEAD have in common cannot be told{lacking}")
    found = [Base(root, start, f"{start[:_SHOWN]}, where this parted from {ref}")]
    found += [
        Base(root, side, f"{side[:_SHOWN]}, a parent of the merge")
        for side in _merged(sides)
        if side != start
    ]
    return tuple(found)


def is_record(path: str, folder: str) -> bool:
    """Whether a path, seen from the root, is that of a record where the records lie in `folder`."""
    place = PurePosixPath(path)
    if not (path.endswith(SUFFIX) and place.is_relative_to(folder)):
        return False
    return not any(part.startswith(".") for part in place.relative_to(folder).parts)


def _merged(sides: Sequence[str]) -> Sequence[str]:
    return sides if len(sides) > 1 else ()


def _shallow(root: Path) -> str:
    if not is_shallow(root):
        return ""
    return ": this clone holds a part of the history only; run git fetch --unshallow (in CI, fetch-depth: 0)"
