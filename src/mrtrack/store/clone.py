"""What the files of a clone tell without asking git, which is dearer."""

from pathlib import Path

ATTRIBUTE = "merge=mrtrack"
_SECTION = '[merge "mrtrack"]'


def seems_to_lack_driver(folder: Path) -> bool:
    """Whether .gitattributes asks for the merge driver and the clone's own configuration does not name it."""
    return ATTRIBUTE in _text(folder / ".gitattributes") and _SECTION not in _text(folder / ".git" / "config")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
