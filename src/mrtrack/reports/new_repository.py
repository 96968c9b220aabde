"""The files that a new repository of records begins with; what they say, not how they come to lie there.

They are the templates under `init/`, stored without the dots that some of their names begin with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mrtrack import __version__
from mrtrack.model.json_schema import schema_text
from mrtrack.reports.templates import SHIPPED

SCHEMA = "schema/evaluation.schema.json"
SETTINGS = "mrtrack.toml"
ATTRIBUTES = ".gitattributes"
_PLACES = {
    "mrtrack.toml": SETTINGS,
    "records/example-2024-wells.yaml": "@RECORDS@/example-2024-wells.yaml",
    "README.md": "README.md",
    "gitattributes": ATTRIBUTES,
    "gitignore": ".gitignore",
    "vscode/settings.json": ".vscode/settings.json",
    "vscode/extensions.json": ".vscode/extensions.json",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "github/workflows/mrtrack-check.yml": ".github/workflows/mrtrack-check.yml",
    "github/workflows/mrtrack-comment.yml": ".github/workflows/mrtrack-comment.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
}
_FOUND_BY_ITSELF = ("main", "master")
_PURPOSES = {
    SETTINGS: "the settings, each explained",
    SCHEMA: "what a record may hold, for editors",
    "README.md": "what this is, for whoever comes by",
    ATTRIBUTES: "records are merged by what they say",
    ".gitignore": "what is not kept",
    ".vscode/settings.json": "the editor completes and explains records",
    ".vscode/extensions.json": "what the editor needs for that",
    ".pre-commit-config.yaml": "checks before each commit, where pre-commit is installed",
    ".github/workflows/mrtrack-check.yml": "GitHub checks every change, and publishes the site",
    ".github/workflows/mrtrack-comment.yml": "GitHub tells in the pull request what it means",
    ".gitlab-ci.yml": "GitLab checks every change, and publishes the site",
}


@dataclass(frozen=True, slots=True)
class BeginningFile:
    """One file to begin with: its path from the root, its text, and what it is for."""

    path: str
    text: str
    purpose: str
    is_sample: bool = False


def beginning_files(records: str, main: str) -> Iterator[BeginningFile]:
    """The files of a new repository whose records lie in `records` and whose main branch is `main`."""
    values = {
        "@RECORDS@": records,
        "@RECORDS_PATTERN@": re.escape(records).replace("\\-", "-"),
        "@MAIN@": main,
        "@UNLESS_USUAL@": "# " if main in _FOUND_BY_ITSELF else "",
        "@VERSION@": __version__,
    }
    for stored, place in _PLACES.items():
        path = _filled(place, values)
        is_sample = stored.startswith("records/")
        purpose = _PURPOSES.get(path, "a sample, invented")
        yield BeginningFile(path, _filled(_stored(stored), values), purpose, is_sample)
    yield BeginningFile(SCHEMA, schema_text(), _PURPOSES[SCHEMA])


def _stored(name: str) -> str:
    file = next(folder / "init" / name for folder in SHIPPED if (folder / "init" / name).is_file())
    return file.read_text(encoding="utf-8")


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub("|".join(values), lambda found: values[found[0]], text)
