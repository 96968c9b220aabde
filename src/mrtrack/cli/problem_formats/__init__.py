"""The formats in which `check` tells problems, one module each: pure functions from a report to text."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mrtrack.cli.problem_formats.document import as_document
from mrtrack.cli.problem_formats.github import as_github
from mrtrack.cli.problem_formats.gitlab import as_gitlab
from mrtrack.cli.problem_formats.report import Report
from mrtrack.cli.problem_formats.text import as_text

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": as_text, "json": as_document, "github": as_github, "gitlab": as_gitlab}
)


def auto_format(environ: Mapping[str, str]) -> str:
    """The name of the format for where mrtrack runs, by the variables that a CI service sets."""
    if environ.get("GITHUB_ACTIONS"):
        return "github"
    return "gitlab" if environ.get("GITLAB_CI") else "text"
