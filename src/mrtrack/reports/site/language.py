"""One language of a site: its texts beside the settings' own words, as pages and downloads ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mrtrack.model.settings import Settings
from mrtrack.model.words import Status
from mrtrack.query.rows import ActionRow
from mrtrack.reports.charts.columns import Column
from mrtrack.reports.charts.shares import Share
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.wording import key, lateness, word


@dataclass(frozen=True)
class Language:
    """The texts of a language and an organisation's own words."""

    texts: Texts
    settings: Settings

    def word(self, value: StrEnum | None) -> str:
        """What a closed word is called."""
        known = self._words.get(value)
        if known is None:
            known = self._words[value] = word(value, self.texts, self.settings)
        return known

    def late(self, row: ActionRow) -> str:
        """How late an action is, or that it is due soon."""
        asked = (row.days_overdue, row.due_soon)
        if asked not in self._lateness:
            self._lateness[asked] = lateness(row, self.texts)
        return self._lateness[asked]

    def shares(self, words: Sequence[tuple[StrEnum | None, int]]) -> tuple[Share, ...]:
        """Counts of closed words as the parts of a bar."""
        return tuple(self.share(key(value), self.word(value), count) for value, count in words)

    def share(self, name: str, label: str, count: int) -> Share:
        """One count as a part of a bar."""
        return Share(name, label, count, self.texts.number(count))

    def standing(self, rows: Sequence[ActionRow]) -> tuple[Share, ...]:
        """How actions stand, in four parts that leave nothing out: completed, in time, overdue, dropped."""
        overdue = opened = completed = 0
        for row in rows:
            if row.status is Status.COMPLETED:
                completed += 1
            elif row.open:
                opened += 1
                overdue += row.overdue
        gettext = self.texts.gettext
        return (
            self.share("completed", gettext("completed"), completed),
            self.share("open", gettext("open, not overdue"), opened - overdue),
            self.share("overdue", gettext("overdue"), overdue),
            self.share(
                "no-longer-applicable", gettext("no longer applicable"), len(rows) - opened - completed
            ),
        )

    def column(self, label: str, rows: Sequence[ActionRow]) -> Column:
        """How actions stand, as a column."""
        return Column(label, self.standing(rows))

    @cached_property
    def _lateness(self) -> dict[tuple[int | None, bool], str]:
        return {}

    @cached_property
    def _words(self) -> dict[StrEnum | None, str]:
        return {}
