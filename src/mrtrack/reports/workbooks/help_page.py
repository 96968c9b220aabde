"""The page of help in a workbook: how to answer, in plain words."""

from collections.abc import Iterator

from mrtrack.reports.workbooks.form import Form


def help_lines(form: Form) -> Iterator[tuple[str, str]]:
    """The lines of the page: a name and what is said about it; a heading says nothing beside its name."""
    yield "How to answer", ""
    yield "What to do", "Fill in the yellow cells of the sheet “Actions”, save the file, and send it back."
    yield "What has not changed", "Leave its cells empty: an empty cell changes nothing."
    yield (
        "Where you only support",
        "“support” under “Your part” says that another unit leads. Answer only for what you know.",
    )
    yield "Sorting and filtering", "You may filter, sort and widen columns. Please keep the column “Ref”."
    yield "The columns", ""
    yield "New status", f"Choose one: {', '.join(form.statuses)}. Empty: as it is."
    yield "", "To say that an action is no longer needed, or has gone back, say why under “What was done”."
    yield "What was done", "One or two sentences. Please no e-mail addresses or telephone numbers."
    yield "Happened on", "The day it was done, not the day you write this: 31/07/2026, July 2026 or 2026."
    yield "Evidence", "The title of a document that shows it, and its web address (https://…)."
    yield "", "Several documents: one a line, in the same order in both cells (Alt+Enter begins a line)."
    yield "New due date", "Only where the date has to move: a day or a month to come."
    yield "Why the new date", "The reason for moving it; needed wherever there was a date before."
    yield "What happens next", ""
    yield "Your answers", f"They are entered in the records as reported by {form.unit}."
    why = "What cannot be right comes back to you in a copy that says why"
    yield "", f"{why}: a day to come, an action that somebody changed meanwhile."
