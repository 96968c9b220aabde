"""The Jinja templates: those of a repository go before those that ship, and none can do more than write text.

Templates run in Jinja's immutable sandbox; a variable that a template misspells is an error, not a blank.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrtrack.edit.refusal import Refused
from mrtrack.reports import markdown

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SHIPPED = (Path(__file__).parent.parent / "templates", Path(__file__).parents[3] / "templates")


def rendered(name: str, folder: Path, **variables: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """The text of a template of the repository's `folder`, else of one that ships.

    Raises:
        Refused: where there is none of that name, or it fails; with the line and what is wrong.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return _environment(folder).get_template(name).render(**variables).rstrip() + "\n"
    except TemplateNotFound as error:
        raise Refused(f"there is no template {error.name}", f"put it into {folder.name}/") from None
    except TemplateSyntaxError as error:
        raise Refused(f"{error.name}, line {error.lineno}: {error.message}", "mend the template") from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise Refused(f"{name}, line {_line_in(error, name)}: {error}", "mend the template") from None


def _environment(folder: Path) -> "ImmutableSandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([folder, *SHIPPED]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: bool(name) and ".html" in str(name),
    )
    environment.filters["md"] = markdown.inline
    environment.filters["prose"] = markdown.prose
    return environment


def _line_in(error: BaseException, name: str) -> int:
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
