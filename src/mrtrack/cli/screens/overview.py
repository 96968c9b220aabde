"""The first screen: what needs attention, how far each evaluation is, and who is behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrtrack.cli.cells import clipped
from mrtrack.cli.screens.bars import Part, counted, legend, stacked
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import DONE, LATE, OPEN, bar, day, grid, indented, plural, share, text
from mrtrack.model.words import NOT_STATED
from mrtrack.query.horizon import BANDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mrtrack.model.settings import Days
    from mrtrack.query.brief import Brief
    from mrtrack.query.horizon import Horizon
    from mrtrack.query.summary import ActionCounts, Summary

WORST = 10
ROOMY = 30
FOR_CHARTS = 36
_BESIDE = "  Decisions    "


def named_late(height: int, limit: int | None) -> int:
    """How many of the overdue are named on a screen so high."""
    return limit or (5 if height >= ROOMY else 3)


def overview(
    summary: Summary,
    late: Sequence[Brief],
    dates: Horizon | None,
    as_of: date,
    days: Days,
    size: tuple[int, int],
    limit: int | None = None,
) -> Iterator[Piece]:
    """The parts of the screen, from what matters most to what matters least.

    Of `actions`, those that are overdue are named. `size` is the terminal's columns and lines: a low one gets
    shorter lists, and no chart of dates; `limit` is the length of all lists.
    """
    width, height = size
    roomy = height >= ROOMY
    named = named_late(height, limit)
    yield _headline(summary, as_of, width)
    yield Text("")
    yield from _attention(summary, days)
    yield from _longest_overdue(late, summary.actions.overdue, named, width)
    yield from _progress(summary, limit or (WORST if roomy else 3), width)
    if dates:
        yield from _dates(dates, width)
    yield from _behind(summary, limit or (5 if roomy else 2))
    if roomy:
        yield Text("More: mrtrack status EVALUATION · mrtrack list · mrtrack --help", style="dim")


def _headline(summary: Summary, as_of: date, width: int) -> Piece:
    counted = ", ".join(
        (
            plural(summary.evaluations["total"], "evaluation"),
            plural(summary.recommendations, "recommendation"),
            plural(summary.actions.total, "action"),
        )
    )
    when = f"as of {day(as_of)}"
    gap = max(2, width - len(counted) - len(when))
    return Text.assemble((counted, "bold"), " " * gap, (when, "dim"))


def _attention(summary: Summary, days: Days) -> Iterator[Piece]:
    concerns = list(_concerns(summary, days))
    if not concerns:
        yield Text("Nothing is overdue, due soon, stale or disputed.", style="green")
        yield Text("")
        return
    yield Text("Needs attention", style="bold")
    digits = max(len(f"{number:,}") for number, _, _ in concerns)
    for number, told, style in concerns:
        yield Text.assemble("  ", (f"{number:>{digits},}", style), f" {told}")
    yield Text("")


def _concerns(summary: Summary, days: Days) -> Iterator[tuple[int, str, str]]:
    counts = summary.actions
    told = (
        (counts.overdue, f"overdue{_by_long(counts, days)}", "bold red"),
        (summary.responses["overdue"], "without the management response that is due", "bold red"),
        (
            summary.awaited,
            f"to submit their management response within {days.due_soon} days",
            "bold yellow",
        ),
        (summary.evaluations["overdue"], "past the planned end of the evaluation", "bold red"),
        (counts.disputed, "called completed and not confirmed", "bold yellow"),
        (counts.due_soon, f"due within {days.due_soon} days", "bold yellow"),
        (counts.stale, f"open without news for {days.stale} days", "bold yellow"),
    )
    yield from ((number, words, style) for number, words, style in told if number)


def _by_long(counts: ActionCounts, days: Days) -> str:
    if not counts.long_overdue:
        return ""
    share_of_it = "all" if counts.long_overdue == counts.overdue else f"{counts.long_overdue:,} of them"
    return f", {share_of_it} by more than {days.long_overdue} days"


def _longest_overdue(late: Sequence[Brief], total: int, named: int, width: int) -> Iterator[Piece]:
    if not late:
        return
    rest = f"  {named} of {total:,}; all: mrtrack list overdue" if total > named else ""
    yield Text.assemble(("Longest overdue", "bold"), (rest, "dim"))
    wide = width >= 100
    table = grid([("", "<"), ("", ">"), ("", "*"), *([("", "<")] if wide else [])])
    for row in late[:named]:
        lead = [text(clipped(row.responsible or "no lead named", 36), "dim")] if wide else []
        late_by = Text(plural(row.days_overdue or 0, "day"), style="red")
        table.add_row(text(row.ref), late_by, text(row.words), *lead)
    yield indented(table)
    yield Text("")


def _progress(summary: Summary, named: int, width: int) -> Iterator[Piece]:
    wide = width >= 100
    cells = 30 if wide else 16
    total = summary.evaluations["total"]
    more = "   more: mrtrack list evaluations" if total > named else ""
    yield Text.assemble(
        ("Progress", "bold"), (f"   {DONE} completed  {LATE} overdue  {OPEN} open{more}", "dim")
    )
    columns = [("", "<"), ("", "*"), ("", "<"), ("done", ">"), ("overdue", ">")]
    table = grid([*columns, *([("open", ">"), ("due soon", ">")] if wide else [])], header=True)
    for item in summary.by_evaluation[:named]:
        table.add_row(
            text(item.evaluation),
            text(item.title, "dim"),
            bar(item.actions, cells),
            *_numbers(item.actions, wide=wide),
        )
    all_of_them = Text(f"all {total:,}" if total > named else "all", style="bold")
    table.add_row(all_of_them, Text(""), bar(summary.actions, cells), *_numbers(summary.actions, wide=wide))
    yield indented(table)
    yield from _shares(summary, cells if wide else 12, width)
    yield Text("")


def _numbers(counts: ActionCounts, *, wide: bool) -> list[Text]:
    done = Text(f"{counts.completed:,}/{counts.applicable:,} {share(counts.completed, counts.applicable):>5}")
    late = Text(f"{counts.overdue:,}" if counts.overdue else "–", style="red" if counts.overdue else "dim")
    more = (
        [Text(f"{counts.open:,}"), Text(f"{counts.due_soon:,}" if counts.due_soon else "–")] if wide else []
    )
    return [done, late, *more]


def _shares(summary: Summary, cells: int, width: int) -> Iterator[Piece]:
    counts, decisions = summary.actions, summary.decisions
    statuses = [
        Part(counts.completed, "completed", 0, "green"),
        Part(counts.initiated, "initiated", 1, "cyan"),
        Part(counts.not_initiated, "not initiated", 2, "yellow"),
        Part(counts.not_stated, "not stated", 3, ""),
        Part(counts.no_longer_applicable, "no longer applicable", 4, "dim"),
    ]
    answers = [
        Part(decisions["accepted"], "accepted", 0, "green"),
        Part(decisions["partially-accepted"], "partially accepted", 1, "cyan"),
        Part(decisions["rejected"], "rejected", 2, "yellow"),
        Part(decisions[NOT_STATED], "not stated", 3, ""),
    ]
    for name, parts in (("Actions", statuses), ("Decisions", answers)):
        beside = len(_BESIDE) + cells
        lines = list(legend(parts, width - beside)) if any(part.number for part in parts) else []
        for place, line in enumerate(lines):
            first = Text.assemble(f"  {name:<9}  ", stacked(parts, cells), "  ")
            yield Text.assemble(first if place == 0 else " " * beside, line)


def _dates(dates: Horizon, width: int) -> Iterator[Piece]:
    """Two charts side by side: what is overdue by its age, and what is due by its month."""
    if not dates.total:
        return
    age = [
        *(
            f"{low} to {high} days"
            for low, high in zip((1, *(most + 1 for most in BANDS)), BANDS, strict=False)
        )
    ]
    late = [*zip([*age, f"over {BANDS[-1]} days"], dates.overdue, strict=True)]
    due = [(f"{month:%B} {month.year}", count) for month, count in dates.months.items()]
    due += [("later", dates.later), ("no due date", dates.undated)]
    largest = max(count for _, count in (*late, *due))
    half = width // 2 - 1
    cells = half - max(len(name) for name, _ in (*late, *due)) - 4 - len(f" {largest:,}")
    table = grid([("", "<"), ("", "<"), ("", "<"), ("", "*")])
    table.add_row(Text("Overdue", style="bold"), "", Text("Due", style="bold"), "")
    for place in range(max(len(late), len(due))):
        cell: list[Text] = []
        for chart, style in ((late, "red"), (due, "cyan")):
            name, count = chart[place] if place < len(chart) else ("", None)
            made = counted(count, largest, cells, style) if count is not None else Text("")
            if chart is late:
                made.append(" " * max(0, cells + len(f" {largest:,}") - made.cell_len))
            cell += [Text(name, style="dim"), made]
        table.add_row(*cell)
    yield Text("Dates of open actions", style="bold")
    yield indented(table)
    yield Text("")


def _behind(summary: Summary, named: int) -> Iterator[Piece]:
    late = [item for item in summary.by_lead if item.actions.overdue]
    if not late:
        return
    total = summary.late_leads
    rest = f"  {named} of {total:,} leads" if total > named else ""
    yield Text.assemble(("Who is behind", "bold"), (rest, "dim"))
    table = grid([("", ">"), ("", "*")])
    for item in late[:named]:
        told = Text(f"{item.actions.overdue:,} overdue of {item.actions.open:,} open", style="red")
        table.add_row(told, text(item.lead or "no lead named"))
    yield indented(table)
    yield Text("")


def nothing_yet() -> Iterator[Piece]:
    """The screen of a repository without records."""
    yield Text("No evaluations yet.", style="bold")
    yield Text('Begin with one:  mrtrack new --title "Evaluation of the water programme"')
