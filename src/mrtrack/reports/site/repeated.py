"""What stands many times on a page, as markup made at once: entries of a history, actions, lines of a table.

A template could write them too, from the same values, but not in the time that a site of many evaluations has.
Every text is escaped, and what could hide or turn words is replaced, as templates do it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from mrtrack.model.harmless import clean
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.evaluation import ActionPart
from mrtrack.reports.site.history import Told
from mrtrack.reports.site.lines import Line
from mrtrack.reports.site.papers import Link
from mrtrack.reports.site.prose import prose

_REMEMBERED = 16_384


@lru_cache(maxsize=_REMEMBERED)
def shown(text: str) -> str:
    """A text as it may stand in a page, between tags or in quotation marks; made once for all of its pages."""
    return _once(text)


class Words(NamedTuple):
    """What the markup itself says, escaped."""

    action: str
    lead: str
    support: str
    start: str
    due: str
    completion: str
    reader: str
    serves: str
    further: str
    no_date: str
    no_lead: str
    not_stated: str
    corrected: str
    disputed: str
    evaluation: str


@dataclass(frozen=True)
class Repeated:
    """The markup of what comes many times, in one language."""

    texts: Texts

    def entries(self, told: Iterable[Told]) -> Markup:
        """The entries of one item's history."""
        return _markup(self._entries(told))

    def days(self, days: Iterable[tuple[str, Sequence[Told]]]) -> Markup:
        """The entries of all items, by their days."""
        parts = ['<ol class="timeline">\n']
        for day, told in days:
            parts.append(
                f'<li><h3><time datetime="{told[0].date.isoformat()}">{shown(day)}</time></h3>\n<ul>\n'
            )
            for entry in told:
                item = shown(entry.item)
                of = f'<a class="ref" href="#{item}">{item}</a>' if item else self._say.evaluation
                said = f'<span dir="auto">{shown(entry.said)}</span>'
                words = "" if item else _words(entry)
                parts.append(f"<li{_struck(entry)}>{of} {said}{_by(entry)}{words}</li>\n")
            parts.append("</ul></li>\n")
        return _markup([*parts, "</ol>"])

    def action(self, action: ActionPart, root: str) -> Markup:
        """An action of the evaluation whose page it is, with its history."""
        name, tone = shown(action.id), shown(action.tone)
        late = f' <span class="late">{shown(action.late)}</span>' if action.late else ""
        disputed = f' <span class="late">{self._say.disputed}</span>' if action.disputed else ""
        title = (
            f'<p class="title" dir="auto"><strong>{shown(action.title)}</strong></p>' if action.title else ""
        )
        text = _prose(action.text) if action.text else ""
        head = (
            f'<article class="action t-{tone}" id="{name}" aria-labelledby="_n_{name}">\n'
            f'<div class="what">\n<p class="marks"><a class="anchor" id="_n_{name}" href="#{name}">'
            f'<span class="unseen">{self._say.action}</span> {shown(action.number)}</a> '
            f'<span class="chip t-{tone}">{shown(action.status)}</span>{late}{disputed}</p>\n'
            f'{title}{text}</div>\n<dl class="facts">\n'
        )
        history = (*self._entries(action.history), "\n") if action.history else ()
        return _markup([head, *self._facts(action, root), "</dl>\n", *history, "</article>"])

    def rows(self, lines: Iterable[Line], root: str, *, lead: bool, evaluation: bool) -> Markup:
        """The rows of a table of actions, each with its lead and its evaluation where they are wanted."""
        return _markup(self._row(line, root, lead=lead, evaluation=evaluation) for line in lines)

    def _entries(self, told: Iterable[Told]) -> Iterator[str]:
        yield '<ol class="entries">\n'
        for entry in told:
            on = f", {shown(entry.on)}" if entry.on else ""
            corrected = f" <strong>{self._say.corrected}</strong>" if entry.corrected else ""
            yield (
                f"<li{_struck(entry)}>\n"
                f'<p><time datetime="{entry.date.isoformat()}">{shown(entry.day)}</time> '
                f'<span dir="auto">{shown(entry.said)}</span>{on}{_by(entry)}{corrected}</p>\n'
                f"{_words(entry)}</li>\n"
            )
        yield "</ol>"

    def _row(self, line: Line, root: str, *, lead: bool, evaluation: bool) -> str:
        where = f'<span class="where" dir="auto">{shown(line.evaluation)}</span>' if evaluation else ""
        leads = f'<td class="c-lead">{self._lead(line, root)}</td>' if lead else ""
        late = f'<span class="late">{shown(line.late)}</span>' if line.late else ""
        chip = f'<span class="chip t-{shown(line.tone)}">{shown(line.status)}</span>'
        return (
            f'<tr>\n<td class="c-due">{shown(line.due) or self._say.no_date}</td>\n'
            f'<td class="c-action"><a class="ref" href="{root}{shown(line.href)}">{shown(line.ref)}</a> '
            f'<span dir="auto">{_once(line.words)}</span>{where}</td>\n{leads}'
            f'<td class="c-status">{chip}{late}</td>\n</tr>\n'
        )

    def _lead(self, line: Line, root: str) -> str:
        return (
            f'<a href="{root}{shown(line.lead_href)}">{shown(line.lead)}</a>'
            if line.lead
            else self._say.no_lead
        )

    def _facts(self, action: ActionPart, root: str) -> Iterator[str]:
        lead = unit_link(action.lead, root) if action.lead else self._say.not_stated
        yield f"{_fact(self._say.lead, lead)}\n"
        if action.support:
            yield _fact(self._say.support, ", ".join(unit_link(unit, root) for unit in action.support))
        if action.start:
            yield _fact(self._say.start, shown(action.start))
        yield f"{_fact(self._say.due, (shown(action.due) or self._say.no_date) + self._moved(action))}\n"
        if action.completed:
            yield _fact(self._say.completion, shown(action.completed))
        if action.verdict:
            yield _fact(self._say.reader, shown(action.verdict))
        if action.serves:
            yield _fact(self._say.serves, ", ".join(_served(one, root) for one in action.serves))
        if action.extra:
            yield f'<div><dt>{self._say.further}</dt><dd dir="auto">{shown(action.extra)}</dd></div>'

    def _moved(self, action: ActionPart) -> str:
        if not action.original_due:
            return ""
        said = [self.texts.gettext("at first %(day)s") % {"day": action.original_due}]
        if action.postponed:
            times = self.texts.ngettext("postponed once", "postponed %(num)s times", action.postponed)
            said.append(times % {"num": self.texts.number(action.postponed)})
        return f'<span class="where">{shown(", ".join(said))}</span>'

    @cached_property
    def _say(self) -> "Words":
        gettext = self.texts.gettext
        return Words(
            action=shown(gettext("Action")),
            lead=shown(gettext("Lead")),
            support=shown(gettext("Support")),
            start=shown(gettext("Start")),
            due=shown(gettext("Due")),
            completion=shown(gettext("Completion")),
            reader=shown(gettext("Independent reader")),
            serves=shown(gettext("Also answers")),
            further=shown(gettext("Further details")),
            no_date=shown(gettext("no date")),
            no_lead=shown(gettext("no lead")),
            not_stated=shown(gettext("not stated")),
            corrected=shown(gettext("corrected later")),
            disputed=shown(gettext("not confirmed by an independent reader")),
            evaluation=f"<strong>{shown(gettext('Evaluation'))}</strong>",
        )


def unit_link(link: Link, root: str) -> str:
    """The name of a unit as a link to its page."""
    name, href = link
    return f'<a href="{root}{shown(href or "")}" dir="auto">{shown(name)}</a>'


def document_list(documents: Iterable[Link]) -> Markup:
    """Documents as a list, each a link where its address leads to the web."""
    items = (f"<li>{_document(words, address)}</li>\n" for words, address in documents)
    return _markup(['<ul class="documents">\n', *items, "</ul>"])


def _document(words: str, address: str | None) -> str:
    if not address:
        return _once(words)
    return f'<a href="{_once(address)}" rel="noopener noreferrer">{_once(words)}</a>'


def _once(text: str) -> str:
    """The same as `shown`, for what is not likely to come again."""
    return str(escape(str(clean(text))))


def _struck(entry: Told) -> str:
    return ' class="struck"' if entry.corrected else ""


def _by(entry: Told) -> str:
    return f' <span class="by">({shown(entry.by)})</span>' if entry.by else ""


def _words(entry: Told) -> str:
    """What an entry says in the writer's own words, and the documents that it names."""
    comment = _prose(entry.comment) if entry.comment else ""
    return f"{comment}{document_list(entry.documents)}\n" if entry.documents else comment


def _prose(text: str) -> str:
    return f'<div class="prose" dir="auto">{prose(text)}</div>'


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{value}</dd></div>"


def _served(link: Link, root: str) -> str:
    ref, href = link
    return f'<a href="{root}{shown(href)}">{shown(ref)}</a>' if href else shown(ref)


def _markup(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - every text in it is escaped where it is put in
