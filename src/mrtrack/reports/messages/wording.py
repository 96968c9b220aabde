"""A message in words: one template gives its Markdown, of which the subject, the plain text and the HTML come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from mrtrack.edit.refusal import Refused
from mrtrack.model.harmless import clean
from mrtrack.model.settings import Days
from mrtrack.reports.messages.plain import inline_text, plain_text
from mrtrack.reports.messages.telling import Telling
from mrtrack.reports.prose import is_web_link
from mrtrack.reports.templates import rendered

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MANY_LINES = re.compile(r"\n{3,}")
WORDS, PAGE = "remind.md.j2", "remind.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A message as Markdown, and its parts as a mail has them; the subject is the first heading."""

    markdown: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is the same in all messages of one run. `answer_by` is the day until which an answer is hoped for."""

    as_of: date
    answer_by: date
    days: Days


def worded(telling: Telling, occasion: Occasion, folder: Path, attached: Iterable[str]) -> Wording:
    """The message by `remind.md.j2` and `remind.html.j2`, of the repository's `folder` before those that ship.

    `attached` are the names of the files that come with it.

    Raises:
        Refused: where a template fails, or its text does not begin with a heading.
    """
    names = list(attached)
    written = rendered(
        WORDS,
        folder,
        unit=telling.unit,
        overdue=telling.overdue,
        due_soon=telling.due_soon,
        stale=telling.stale,
        disputed=telling.disputed,
        as_of=occasion.as_of,
        answer_by=occasion.answer_by,
        days=occasion.days,
        workbook=next((name for name in names if name.endswith(".xlsx")), None),
        calendar=next((name for name in names if name.endswith(".ics")), None),
    )
    markdown = _MANY_LINES.sub("\n\n", clean(written))
    parser = _parser()
    tokens = parser.parse(markdown)
    if len(tokens) < 3 or tokens[0].type != "heading_open":
        raise Refused(
            f"{WORDS} gives a text that does not begin with a heading",
            "begin it with a line “# …”: that is the subject of the message",
        )
    subject = " ".join(inline_text(tokens[1].children or ()).split())
    body = tokens[3:]
    html = Markup(parser.renderer.render(body, parser.options, {}))  # noqa: S704 - raw HTML is off
    return Wording(
        markdown=markdown,
        subject=subject,
        text=plain_text(body),
        html=rendered(PAGE, folder, subject=subject, unit=clean(telling.unit), body=html),
    )


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    parser.disable("image")
    parser.validateLink = is_web_link  # type: ignore[method-assign]
    return parser
