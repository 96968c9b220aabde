"""From the draft of a recommendation to its data: the text, the answer to it, its actions in order."""

from typing import Any

from mrtrack.importers.assembling.action_data import action_data
from mrtrack.importers.assembling.naming import Names, printed_number, sort_key
from mrtrack.importers.assembling.placing import Placing, unstated_words
from mrtrack.importers.draft import Draft
from mrtrack.importers.vocabulary.when import read_date
from mrtrack.model.decisions import decision_in, decision_word
from mrtrack.model.spellings import folded

Data = dict[str, Any]


def recommendation_data(
    draft: Draft, given: str, names: Names, placing: Placing, *, stamped: bool, agreed: str | None
) -> Data:
    """The data of a recommendation whose id is given; its actions stand in the order of their ids."""
    data: Data = {"id": given}
    printed = placing.line(draft, "number", f"{given} number")
    data["number"] = printed_number(printed, given) if printed else None
    addressed = placing.line(draft, "addressed_to", f"{given} addressed_to")
    data["addressed_to"] = [addressed] if addressed else None
    for key in ("title", "priority"):
        data[key] = placing.line(draft, key, f"{given} {key}")
    data["text"] = placing.prose(draft, "text", f"{given} text")
    extra = {
        key.removeprefix("extra."): placing.prose(draft, key, f"{given} {key}")
        for key in draft.fields
        if key.startswith("extra.")
    }
    data["response"] = _response(draft, given, extra, placing)
    drafts = draft.of("action")
    ids = names.actions(given, [action.text("number") for action in drafts])
    actions = [
        action_data(action, name, placing, stamped=stamped, agreed=agreed)
        for action, name in zip(drafts, ids, strict=True)
    ]
    data["actions"] = sorted(actions, key=lambda action: sort_key(action["id"]))
    return {**data, "extra": extra}


def _response(draft: Draft, given: str, extra: Data, placing: Placing) -> Data:
    response: Data = {}
    text = placing.prose(draft, "response.text", f"{given} response")
    printed = draft.text("response.decision")
    own = {word: decision for word, decision in placing.terms.decisions.items() if decision}
    unstated = folded(printed) in unstated_words(placing.terms.decisions)
    decision = decision_word(printed, own) if printed and not unstated else None
    if decision:
        placing.place(draft, "response.decision", f"{given} decision")
    elif printed:
        extra["decision_printed"] = placing.line(
            draft, "response.decision", f"{given} extra.decision_printed"
        )
        if not unstated:
            placing.note(
                draft.fields["response.decision"],
                f"“{printed}” is no known decision: not stated, the words are kept",
            )
    if not printed and text:
        decision = decision_in(text, own)
    response["decision"] = decision.value if decision else None
    for key in ("date", "updated"):
        shown = draft.text(f"response.{key}")
        read = read_date(shown, placing.terms.order) if shown else None
        if read:
            response[key] = read
            placing.place(draft, f"response.{key}", f"{given} response {key}")
    response["text"] = text
    return response
