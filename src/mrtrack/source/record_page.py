"""The page docs/record.md: a record's rules, a whole example and every key, written from the model."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mrtrack.model.forms import FLOW_KEYS
from mrtrack.model.meanings import KEY_MEANINGS, Meaning, block_of
from mrtrack.model.shape import Items, Keys, Shape, Value, record_shape

EXAMPLE = """\
schema: 1
id: harbour-2024
title: Evaluation of the harbour programme
organisation: Coast Agency
type: Outcome
status: completed
period: {from: 2019, to: 2023}
plan: 2022-2025, Coast Agency
planned_end: 2024-Q1
completed: 2024-04
budget: {amount: 45000, currency: EUR}
countries: [KEN, TZA]
sources:
  - title: Evaluation page
    url: https://example.org/evaluations/harbour
    retrieved: 2024-06-20
management_response:
  required: true
  submitted: 2024-05-28
  approved_by:
    title: Director, Port Office
    date: 2024-05-28
recommendations:
  - id: "1"                             # in quotes, so that 1.10 does not become 1.1
    title: Light the harbour entrance
    text: |
      Repair the lights at the entrance, and add a second mast.
    response:
      decision: partially-accepted
      date: 2024-05-28
      text: |
        Management will repair the lights. A second mast is not planned.
    actions:
      - id: "1.1"
        text: |
          Repair the three lights.
        responsible: Port Office
        supported_by:
          - Finance Unit
        due: 2025-03
        status: completed
        history:
          - date: 2024-05-28            # the first entry: what the action was added with
            status: not-initiated
            due: 2024-12
            responsible: Port Office
          - date: 2024-11-04            # a date is moved with its reason
            by: Port Office
            status: initiated
            due: 2025-03
            comment: |
              The lamps come in January.
          - date: 2025-03-19            # recorded a week after it happened
            on: 2025-03-12
            by: Port Office
            status: completed
            comment: |
              All three lights burn.
            documents:
              - title: Inspection report
                url: https://example.org/inspection
          - date: 2025-04-02            # somebody else has looked
            by: Evaluation Office
            verdict: confirmed
"""

_BEGINNING = f"""\
# The record

A record is one evaluation and all that was answered and done about it: one YAML file under `records/`,
UTF-8, read by people first and by programs second. The commands write it for you; this page is for those
who read it, or edit it by hand. `mrtrack check` tells what is wrong with a record, where, and what to write.

## A whole example

```yaml
{EXAMPLE}```

## Twelve rules

1. **The present stands in the record, the past in its history.** `status`, `due`, `responsible`,
   `decision` and `planned_end` say what is so now. Where a history speaks of them, its last word and the
   present agree, and `check` proves it. Where it is silent, the present holds from the day the source
   was read. What follows from the dates, such as overdue, is never written.
2. **Two days belong to an entry.** `date` is the day it was recorded, and never goes back; `on` is the
   day it happened, where that is known and another. `on: until 2021-10-08` says: by that day at the
   latest.
3. **A date that moves keeps its past.** The first due date is that of the first entry. Every move is an
   entry, with its reason in `comment`; `due: null` takes a date away. `previous_due` is for a date that
   no entry above shows; for a status, decision, lead or planned end that no entry above shows, mrtrack
   writes `previous_status`, `previous_decision` and so on under the entry's `extra`.
4. **What the source does not say is left out.** No decision, status, date or name is guessed: an absent
   one reads “not stated”. Texts, titles and names stay as the source has them.
5. **A date is as precise as it was given:** `2021`, `2021-Q3`, `2021-07` or `2021-07-31`. It has passed
   when its last day has: `2021-07` is overdue from 1 August. A time that is no date stands in `timeline`.
6. **An id is for good.** It has letters, digits, dots and hyphens, and stands once in an evaluation, in
   large or small letters. What the source prints otherwise stands in `number`. A part of a recommendation
   is one of its own, with `part_of`; an action that answers several is written once, and `serves` names
   the others. Nothing is deleted or numbered anew: what has become void is `no-longer-applicable`, with
   the reason.
7. **A mistake is corrected by an entry, not rubbed out.** `corrects` names the day of the wrong entry
   (`2021-10-08#2`: the second of that day), and `comment` says why. Both stay.
8. **`by` is a role or a unit** rather than a name. An import writes none: `sources` says where it came
   from.
9. **Texts and names stand one a line**, below their key after a `|` or a `-`. Brackets and braces are for
   `period`, money, `countries`, `serves` and `tags` only: a name with a comma would fall apart in them.
   An empty key or list is not written.
10. **Roles before names.** E-mail addresses, telephone numbers and signatures are never written. An entry
    marked `internal`, and what `[publish] omit` in mrtrack.toml names, stays in the repository when the
    rest is published.
11. **A key that is not on this page is an error**, so that a misspelt one is noticed. Data of your own
    goes under `extra`. A record of a newer `schema` is not read, as its keys may mean something else.
12. **A finding of `check` that you accept is itself recorded**, under `accepted`, with the reason.

## The keys

In this order. Only those marked **required** must be there.
"""

_TITLES = {
    "evaluation": "An evaluation",
    "period": "A period",
    "money": "An amount of money",
    "gef": "A project of the Global Environment Facility",
    "classification": "A classification",
    "quality": "The quality of the report",
    "management_response": "The management response",
    "recommendation": "A recommendation",
    "response": "The response to a recommendation",
    "position": "A position",
    "action": "An action",
    "entry": "An entry of a history",
    "person": "A person",
    "document": "A document",
    "accepted": "An accepted finding",
}
_HISTORIES = {
    "history": "evaluation",
    "recommendations.response.history": "response",
    "recommendations.actions.history": "action",
}


@dataclass
class _Block:
    """Where a block stands, and what each place has in it."""

    places: dict[str, Keys] = field(default_factory=dict)

    def __str__(self) -> str:
        keys = dict.fromkeys(place.rpartition(".")[2] for place in self.places)
        return ", ".join(f"`{key}`" for key in keys)

    def shape(self, key: str) -> Shape:
        return next(keys.keys[key] for keys in self.places.values() if key in keys.keys)

    def required(self, key: str) -> bool:
        return all(key in keys.required for keys in self.places.values())

    def only_in(self, key: str) -> str:
        """Where the key stands, if not in every place of the block."""
        having = [place for place, keys in self.places.items() if key in keys.keys]
        if len(having) == len(self.places):
            return ""
        if all(place in _HISTORIES for place in having):
            return f" Of {' and '.join(_HISTORIES[place] for place in having)} only."
        return f" In {', '.join(f'`{place}`' for place in having)} only."


def record_page() -> str:
    """The text of docs/record.md."""
    blocks: dict[str, _Block] = {}
    for place, keys in _blocks(record_shape()):
        blocks.setdefault(block_of(place), _Block()).places[place] = keys
    return "\n".join([_BEGINNING, *(line for name in _TITLES for line in _chapter(name, blocks[name]))])


def _chapter(name: str, block: _Block) -> Iterator[str]:
    yield f"### {_TITLES[name]}\n"
    if str(block) != "``":
        yield f"Under {block}.\n"
    yield "| key | meaning | for example |"
    yield "| --- | --- | --- |"
    for path, meaning in KEY_MEANINGS.items():
        above, key = path.split(".")
        if above == name:
            mark = " **required**" if block.required(key) else ""
            example = _example(key, block.shape(key), meaning)
            yield f"| `{key}`{mark} | {meaning.text}{block.only_in(key)} | {example} |"
    yield ""


def _example(key: str, shape: Shape, meaning: Meaning) -> str:
    match shape:
        case Items(Value()) if key not in FLOW_KEYS:
            return f"`- {meaning.example}`"
        case Items(Keys()):
            return f"a list; see [{_TITLES[block_of(key)]}](#{_anchor(key)})"
        case Keys() if key not in FLOW_KEYS:
            return f"see [{_TITLES[block_of(key)]}](#{_anchor(key)})"
        case _:
            return f"`{meaning.example}`"


def _anchor(key: str) -> str:
    return _TITLES[block_of(key)].lower().replace(" ", "-")


def _blocks(shape: Shape, place: str = "") -> Iterator[tuple[str, Keys]]:
    match shape:
        case Keys(keys):
            yield place, shape
            for key, below in keys.items():
                yield from _blocks(below, f"{place}.{key}" if place else key)
        case Items(item):
            yield from _blocks(item, place)
