"""What `mrtrack remind` is told to remember or to forget about units: their addresses, a mail that was not sent."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import typer

from mrtrack.cli import terminal
from mrtrack.cli.options import Question
from mrtrack.edit.refusal import Refused
from mrtrack.model.settings import Settings
from mrtrack.model.spellings import folded
from mrtrack.model.wording import same_unit


def keep_addresses(question: Question, given: Sequence[str]) -> None:
    """Remember addresses given as UNIT=MAIL; nothing is kept where one of them is wrong.

    Raises:
        typer.BadParameter: where there is no `=`.
        Refused: where no unit of the records has that name, or what is given is no address.
    """
    from mrtrack.reports.messages.mail import addresses_in
    from mrtrack.store.asked import recall, remember

    repository = question.session.repository
    known = {*_units(question), *recall(repository.root).addresses}
    kept: dict[str, str] = {}
    for text in given:
        name, equals, address = text.rpartition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"“{text}” is not written UNIT=MAIL", param_hint="--address")
        unit = _known(name, known, repository.settings)
        if address.strip():
            addresses_in(address)
        kept[unit] = address.strip()
    remember(repository.root, addresses=kept)
    for unit, address in kept.items():
        terminal.remark(f"{unit}: {address or 'address forgotten'}")


def take_back(question: Question, units: Sequence[str]) -> None:
    """Forget the last asking of each unit.

    Raises:
        Refused: where a unit was never asked.
    """
    from mrtrack.store.asked import forget, recall

    repository = question.session.repository
    asked = {one.unit for one in recall(repository.root).askings}
    named = [_known(name, asked, repository.settings, asked=True) for name in units]
    for one in forget(repository.root, named):
        terminal.remark(f"{one.unit}: the asking of {one.day} is taken back")


def _units(question: Question) -> set[str]:
    settings = question.session.repository.settings
    actions = (
        action
        for evaluation in question.session.repository.evaluations
        for recommendation in evaluation.recommendations or ()
        for action in recommendation.actions or ()
    )
    leads = {same_unit(action.responsible, settings) for action in actions if action.responsible}
    return leads | set(settings.units)


def _known(name: str, known: Iterable[str], settings: Settings, *, asked: bool = False) -> str:
    by_folded = {folded(unit): unit for unit in known}
    exact = {unit: unit for unit in by_folded.values()}
    meant = same_unit(name, settings)
    unit = exact.get(meant) or by_folded.get(folded(meant))
    if unit:
        return unit
    near = get_close_matches(folded(meant), list(by_folded), n=3, cutoff=0.5)
    near += [one for one in by_folded if folded(meant) in one and one not in near]
    hint = f"did you mean {' or '.join(f'“{by_folded[one]}”' for one in near[:3])}?" if near else ""
    what, look = (
        ("was asked", "mrtrack remind --log") if asked else ("leads an action", "mrtrack remind --json")
    )
    raise Refused(f"no unit “{meant}” {what}", hint or f"{look} names those there are")
