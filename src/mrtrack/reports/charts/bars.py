"""Bars that lie: one whole in its parts, or several wholes beside each other on one scale."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from mrtrack.reports.charts.shares import PATTERNS, Share, fill, total

_NARROWEST_WITH_NUMBER = 7


def whole_bar(shares: Sequence[Share], name: str) -> Markup:
    """One bar over the whole width, cut into parts; a part that is wide enough carries its count."""
    return _bar(shares, total(shares), name, height=36, numbered=True)


def scaled_bar(shares: Sequence[Share], longest: int, name: str) -> Markup:
    """One bar as long as its count beside the longest; its numbers stand in the table that it is part of."""
    return _bar(shares, longest, name, height=16, numbered=False)


def _bar(shares: Sequence[Share], whole: int, name: str, *, height: int, numbered: bool) -> Markup:
    drawn: list[str] = []
    start = 0.0
    for share in shares:
        width = 100 * share.count / whole if whole else 0.0
        if share.count:
            drawn.append(
                f'<rect class="edge" x="{start:.3f}%" y="0.5" width="{width:.3f}%" '
                f'height="{height - 1}" fill="{fill(share.word)}"/>'
            )
        if numbered and width >= _NARROWEST_WITH_NUMBER:
            drawn.append(
                f'<text class="on-bar on-{PATTERNS[share.word]}" x="{start + width / 2:.3f}%" '
                f'y="{height / 2 + 5}">{escape(share.told)}</text>'
            )
        start += width
    return Markup(  # noqa: S704 - what is not a number is escaped, or a word of ours
        f'<svg class="bar" role="img" aria-label="{escape(name)}" width="100%" height="{height}">'
        f"{''.join(drawn)}</svg>"
    )
