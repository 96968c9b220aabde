"""Where the pages of a site lie, and what leads from one to another; an address is good on every file system."""

import hashlib
import re
from functools import lru_cache

from mrtrack.model.spellings import folded

_LONGEST = 60
_REMEMBERED = 4_096
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def evaluation_page(evaluation: str) -> str:
    """The path of an evaluation's page."""
    return f"evaluations/{evaluation}.html"


@lru_cache(maxsize=_REMEMBERED)
def unit_page(unit: str) -> str:
    """The path of a unit's page: its name in letters and digits, with a mark where that could be another's."""
    return f"units/{slug(unit)}.html"


def year_page(year: int) -> str:
    """The path of a year's page."""
    return f"years/{year:04}.html"


def ref_address(ref: str) -> str:
    """The path of an evaluation, recommendation or action, the latter with its anchor."""
    evaluation, _, item = ref.partition(":")
    return f"{evaluation_page(evaluation)}#{item}" if item else evaluation_page(evaluation)


def slug(name: str) -> str:
    """A name as a file can be called, different for different names whatever their case."""
    plain = folded(name)
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    if words and words.replace("-", " ") == plain and len(words) <= _LONGEST:
        return words
    mark = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words[:_LONGEST].strip('-') or 'unit'}-{mark}"


def web_address(url: str | None) -> str | None:
    """An address that a page may link to: only of the web; else None."""
    return url if url and _WEB.match(url) else None
