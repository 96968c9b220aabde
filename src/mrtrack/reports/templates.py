"""The Jinja templates: those of a repository go before those that ship, and none can do more than write text.

Templates run in Jinja's immutable sandbox; a variable that a template misspells is an error, not a blank.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrtrack.edit.refusal import Refused
from mrtrack.reports import markdown, prose
from mrtrack.reports.documents.wording import add_filters

if TYPE_CHECKING:
    from jinja2 import BaseLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SHIPPED = (Path(__file__).parent.parent / "templates", Path(__file__).parents[3] / "templates")
_MEND = "mend the template; docs/templates.md lists what a template can show"
_OBJECT = re.compile(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '([^']*)'")
_PLAIN = {"dict", "list", "str", "nonetype"}
_NAME = re.compile(r"'([^']*)' is undefined")


def rendered(name: str, folder: Path, **variables: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """The text of a template of the repository's `folder`, else of one that ships.

    Raises:
        Refused: where there is none of that name, or it fails; with the line and what is wrong.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return environment(folder).get_template(name).render(**variables).rstrip() + "\n"
    except TemplateNotFound as error:
        raise Refused(f"there is no template {error.name}", f"put it into {folder.name}/") from None
    except TemplateSyntaxError as error:
        raise Refused(f"{error.name}, line {error.lineno}: {error.message}", _MEND) from None
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        place, line = _place_of(error, name, folder)
        raise Refused(f"{place}, line {line}: {what_is_wrong(error)}", _MEND) from None


def environment(folder: Path, *, word: bool = False) -> "ImmutableSandboxedEnvironment":
    """The sandbox in which templates run; with `word`, for the XML of a Word document, where all is escaped."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    found = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=not word,
        lstrip_blocks=not word,
        keep_trailing_newline=not word,
        autoescape=True if word else lambda name: bool(name) and ".html" in str(name),
    )
    if not word:
        found.loader = _loader(folder, found)
    found.filters["md"] = markdown.inline
    found.filters["prose"] = markdown.prose
    found.filters["html"] = prose.prose_html
    found.filters["blocks"] = prose.prose_blocks
    add_filters(found)
    return found


def lies_in(folder: Path, file: Path) -> bool:
    """Whether a file lies in a folder, and is no link that leads out of it."""
    return file.resolve().is_relative_to(folder.resolve())


def _loader(folder: Path, sandbox: "ImmutableSandboxedEnvironment") -> "BaseLoader":
    """What finds templates in the repository's folder, else among those that ship; a link leads to no other file."""
    from jinja2 import FileSystemLoader, FunctionLoader, TemplateNotFound

    roots = (folder, *SHIPPED)
    files = FileSystemLoader(roots)

    def load(name: str) -> Any:  # noqa: ANN401 - what the library hands on
        found = files.get_source(sandbox, name)
        if not any(lies_in(root, Path(found[1])) for root in roots):
            raise TemplateNotFound(name)
        return found

    return FunctionLoader(load)


def what_is_wrong(error: BaseException) -> str:
    """What a failing template did, in a sentence: the variable that is missing, where that is what it is."""
    told = str(error)
    attribute, name = _OBJECT.search(told), _NAME.search(told)
    if attribute:
        kind = attribute[1].lower()
        owner = f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
        return f"{'this' if kind in _PLAIN else owner} has no “{attribute[2]}”"
    if name and told == name[0]:
        return f"'{name[1]}' is undefined"
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    return told.splitlines()[0] if told else type(error).__name__


def _place_of(error: BaseException, name: str, folder: Path) -> tuple[str, int]:
    """The template, of those that a template includes too, and the line at which an error came up."""
    place, line = name, 0
    for path, number in _lines_of(error):
        root = next((root for root in (folder, *SHIPPED) if path.is_relative_to(root)), None)
        if root:
            place, line = path.relative_to(root).as_posix(), number
    return place, line


def _lines_of(error: BaseException) -> Iterator[tuple[Path, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        trace = trace.tb_next
