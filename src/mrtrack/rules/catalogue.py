"""The catalogue: every kind of problem that `check` can name, those of reading and those of the rules."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mrtrack.problems import Kind
from mrtrack.rules import (
    agreement,
    claims,
    completeness,
    dates,
    entries,
    identity,
    layout,
    people,
    together,
    verdicts,
    vocabulary,
)
from mrtrack.rules.rule import Rule, RuleAcross
from mrtrack.source.kinds import READING_KINDS

RULES: tuple[Rule, ...] = (
    identity.id_not_stem,
    identity.duplicate_id,
    layout.unquoted_number,
    layout.text_lost_to_comment,
    layout.flow_list,
    layout.flow_block,
    layout.key_order,
    vocabulary.unknown_country,
    vocabulary.unlisted_word,
    people.contact_detail,
    vocabulary.undeclared_extra,
    identity.unknown_reference,
    identity.part_of_itself,
    identity.device_name,
    vocabulary.accepts_nothing,
    agreement.present_differs_from_log,
    entries.entries_out_of_order,
    entries.corrects_nothing,
    entries.correction_without_comment,
    entries.needless_previous_due,
    verdicts.verdict_by_setter,
    verdicts.verdict_without_status,
    entries.repeated_decision,
    entries.on_after_date,
    agreement.quality_before_report,
    dates.entry_in_the_future,
    dates.before_the_period,
    dates.due_before_entry,
    completeness.decision_without_reasons,
    completeness.no_lead,
    completeness.no_due_date,
    completeness.void_without_reason,
    completeness.response_overdue,
    claims.completed_without_evidence,
    claims.future_tense,
    claims.due_moved_without_reason,
)
RULES_ACROSS: tuple[RuleAcross, ...] = (
    identity.evaluation_id_taken,
    together.evaluation_twice,
    together.serves_nothing,
    together.unit_spelt_differently,
    together.serves_elsewhere,
    completeness.no_action,
    claims.document_proves_many,
)

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "C": "The settings, mrtrack.toml",
        "F": "The file",
        "Y": "The text",
        "S": "The shape of the record",
        "A": "Agreement of the present and the log",
        "D": "Dates",
        "R": "Records beside each other",
        "M": "What is missing",
        "P": "Claims, and what proves them",
        "H": "History that cannot be rewritten",
    }
)
RULE_KINDS: tuple[Kind, ...] = (*(rule.kind for rule in RULES), *(rule.kind for rule in RULES_ACROSS))


def _in_order(kind: Kind) -> tuple[int, str]:
    return list(FAMILIES).index(kind.code[0]), kind.code


KINDS: tuple[Kind, ...] = tuple(sorted((*READING_KINDS, *RULE_KINDS), key=_in_order))


def explained(code_or_name: str, kinds: Iterable[Kind] = KINDS) -> str | None:
    """What a kind of problem means, with a bad and a good example, as Markdown; None where there is none.

    The code or the name is taken in any case.
    """
    word = code_or_name.strip().casefold()
    for kind in kinds:
        if word in (kind.code.casefold(), kind.name.casefold()):
            return f"{kind.code} {kind.name} ({kind.severity})\n\n{kind.explanation}"
    return None
