"""What changed in a period as a document: Markdown or a page of HTML, by the templates `digest.*.j2`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from mrtrack.changes.digest import About, Digest, Item
from mrtrack.changes.telling import clipped, plain
from mrtrack.reports.templates import rendered

_LONGEST_TITLE = 160
Form = Literal["md", "html"]


def digest_document(found: Digest, form: Form, folder: Path, unread: Sequence[str] = ()) -> str:
    """The digest by the template of its form; `unread` are the places of records that could not be read.

    Raises:
        Refused: where a template of the repository's `folder` fails.
    """
    sections = [
        {"heading": about.value, "items": [_item(item) for item in items]}
        for about in About
        if (items := found.section(about))
    ]
    return rendered(
        f"digest.{form}.j2",
        folder,
        since=day(found.since),
        until=day(found.until),
        summary=found.summary,
        sections=sections,
        others=found.others,
        unread=[plain(place) for place in unread],
    )


def day(value: date) -> str:
    """A day in words: 22 November 2026."""
    return f"{value.day} {value:%B %Y}"


def _item(item: Item) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "evaluation": item.evaluation,
        "title": clipped(item.title or "", _LONGEST_TITLE),
        "text": item.text,
        "reason": item.reason,
        "lacks_reason": item.lacks_reason,
        "by": "; ".join(plain(name) for name in item.by),
        "documents": [
            {"title": plain(one.title or one.url or "a document"), "url": one.url or ""}
            for one in item.documents
        ],
    }
