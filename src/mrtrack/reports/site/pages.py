"""The pages' templates, filled, in one language: those of a repository go before those that ship.

Templates of a repository run in Jinja's immutable sandbox, and so do those that ship, once there is one beside them.
Every text that a template puts into a page is escaped, and what could hide or turn words is replaced.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mrtrack.edit.refusal import Refused
from mrtrack.model.harmless import clean
from mrtrack.reports.charts.bars import scaled_bar, whole_bar
from mrtrack.reports.charts.columns import columns
from mrtrack.reports.charts.shares import patterns, swatch, total
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.addresses import web_address
from mrtrack.reports.site.lines import brief
from mrtrack.reports.site.prose import prose
from mrtrack.reports.site.repeated import Repeated, document_list
from mrtrack.reports.site.standings import Standings
from mrtrack.reports.templates import SHIPPED

if TYPE_CHECKING:
    from jinja2 import Environment

SITE = "site"


class Pages:
    """The templates of a site in one language, each read once."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        self.folder = folder
        self.texts = texts

    def page(self, name: str, /, **variables: Any) -> bytes:  # noqa: ANN401 - whatever a template shows
        """A page by its template.

        Raises:
            Refused: where there is no such template, or it fails; with the line and what is wrong.
        """
        from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

        try:
            parts = self._environment.get_template(f"{SITE}/{name}").generate(**variables)
            return b"".join([part.encode("utf-8") for part in parts])
        except TemplateNotFound as error:
            raise Refused(f"there is no template {error.name}", f"put it into {self.folder.name}/") from None
        except TemplateSyntaxError as error:
            raise Refused(
                f"{error.name}, line {error.lineno}: {error.message}", "mend the template"
            ) from None
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise Refused(f"{_place_of(error, name)}: {error}", "mend the template") from None

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        has_own = (self.folder / SITE).exists()
        environment = (ImmutableSandboxedEnvironment if has_own else Environment)(
            loader=FileSystemLoader([self.folder, *SHIPPED]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
            auto_reload=False,
            finalize=_finished,
        )
        repeated = Repeated(self.texts)
        environment.filters |= {
            "prose": prose,
            "brief": brief,
            "day": self.texts.day,
            "when": self.texts.when,
            "number": self.texts.number,
            "web": web_address,
        }
        environment.globals |= {
            "_": self._say,
            "ngettext": self._say_many,
            "lang": self.texts.language,
            "whole_bar": whole_bar,
            "scaled_bar": scaled_bar,
            "columns": lambda drawn, name: columns(drawn, name, self.texts.number),
            "patterns": patterns(),
            "swatch": swatch,
            "total": total,
            "percent": self.texts.percent,
            "action_article": repeated.action,
            "action_rows": repeated.rows,
            "document_list": document_list,
            "history": repeated.entries,
            "standing_rows": Standings(self.texts).rows,
            "timeline": repeated.days,
        }
        return environment

    def _say(self, text: str, **variables: object) -> Markup:
        """A text in the language of the pages; what is put into it is escaped."""
        known = self._said.get(text)
        if known is None:
            known = self._said[text] = Markup(self.texts.gettext(text))  # noqa: S704 - our own catalogues
        return known % {name: _shown(value) for name, value in variables.items()} if variables else known

    def _say_many(self, one: str, many: str, count: int) -> Markup:
        """A text that depends on a count, which is put in as the language writes numbers."""
        known = self._counted.get((one, count))
        if known is None:
            text = Markup(self.texts.ngettext(one, many, count))  # noqa: S704 - our own catalogues
            known = self._counted[one, count] = text % {"num": self.texts.number(count)}
        return known

    @cached_property
    def _said(self) -> dict[str, Markup]:
        return {}

    @cached_property
    def _counted(self) -> dict[tuple[str, int], Markup]:
        return {}


def _finished(value: object) -> object:
    """A text on its way into a page, without what could hide or turn words."""
    return clean(value) if type(value) is str else value


def _shown(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def source(folder: Path, name: str) -> bytes:
    """A file of the site that is no template (its style, its script): the repository's own, else the one that ships."""
    return next(place for place in _places(folder, name) if place.is_file()).read_bytes()


def sources(folder: Path) -> list[bytes]:
    """Everything that the pages are made with, in a fixed order, so that a change of it is noticed."""
    found = []
    for place in (folder, *SHIPPED):
        for path in sorted((place / SITE).rglob("*")):
            if path.is_file():
                found += [path.relative_to(place).as_posix().encode(), path.read_bytes()]
    return found


def _places(folder: Path, name: str) -> list[Path]:
    return [place / SITE / name for place in (folder, *SHIPPED)]


def _place_of(error: BaseException, name: str) -> str:
    """The template and line at which an error came up."""
    place = name
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html") and f"/{SITE}/" in file.replace("\\", "/"):
            place = f"{SITE}/{Path(file).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
