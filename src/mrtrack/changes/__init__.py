"""What changed, in words: the entries of a history, and two versions of the same records side by side."""

from mrtrack.changes.history import HistoryRow, Wording, history_rows

__all__ = ["HistoryRow", "Wording", "history_rows"]
