"""Rules of vocabulary: codes of countries, the closed lists and own keys of mrtrack.toml, names of rules."""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

from mrtrack.model.countries import COUNTRIES, REGIONAL_CODES
from mrtrack.model.dates import DATE_FORMS, parse_date
from mrtrack.model.settings import Extra
from mrtrack.model.shape import Keys, Path, Value
from mrtrack.problems import Severity
from mrtrack.rules.histories import items_at
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule

_CODE = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_NOTHING_DECLARED = Extra()
_CODES_BY_NAME = {name.casefold(): code for code, name in COUNTRIES.items()}
_FORMS = {
    "number": "digits, and a point before decimals: 12.5",
    "date": DATE_FORMS,
    "flag": "true or false",
    "text": "one text",
}


@rule("S358", "unknown-country", Severity.ERROR, "codes are those of no country")
def unknown_country(record: RecordUnderCheck) -> Iterator[Finding]:
    """No country has this code.

    `countries` holds the three capital letters of ISO 3166 (ARG), `GLOBAL`, `REGIONAL`, or a word that stands
    in mrtrack.toml under `[lists] countries`. A `nationality` of three capital letters is such a code too; it
    may also be a plain word.

    Bad:

    ```yaml
    countries: [Argentina]
    ```

    Good:

    ```yaml
    countries: [ARG]
    ```
    """
    own = record.settings.lists.countries
    for path in items_at(record.data, ("countries",)):
        written = record.text(*path)
        if written and not _is_known(written, own):
            yield Finding(path, f"“{written}” is no country", _meant(written, own))
    for path, block, shape in record.blocks if "nationality" in record.keys else ():
        code = block.get("nationality")
        if not isinstance(code, str) or not isinstance(shape, Keys) or "nationality" not in shape.keys:
            continue
        if _CODE.fullmatch(code) and not _is_known(code, own):
            told = f"“{code}” is the code of no country"
            hint = "write the three letters of ISO 3166 (ARG), or the nationality as a word"
            yield Finding((*path, "nationality"), told, hint)


@rule("S359", "unlisted-word", Severity.ERROR, "words are not on their list")
def unlisted_word(record: RecordUnderCheck) -> Iterator[Finding]:
    """A type or an organisation is not in the list that mrtrack.toml has for it.

    Where mrtrack.toml lists the types of evaluation, or the organisations, the list is closed, so that two
    spellings do not become two things. A new word is added to the list first.

    Bad (with `types = ["Outcome", "Project"]` under `[lists]`):

    ```yaml
    type: Outcomes
    ```

    Good (with `types = ["Outcome", "Project"]` under `[lists]`):

    ```yaml
    type: Outcome
    ```
    """
    lists = record.settings.lists
    for key, name, words in (
        ("organisation", "organisations", lists.organisations),
        ("type", "types", lists.types),
    ):
        written = record.text(key)
        if words and written and written not in words:
            told = f"“{written}” is not in the list of {name} in mrtrack.toml"
            yield Finding((key,), told, f"{_near(written, words)}; or add it to the list: [lists] {name}")


@rule("S361", "undeclared-extra", Severity.ERROR, "keys of extra are not declared")
def undeclared_extra(record: RecordUnderCheck) -> Iterator[Finding]:
    """A key under `extra` is not declared in mrtrack.toml, or its value is not of the declared type.

    Where mrtrack.toml declares keys of your own under `[extra.evaluation]`, `[extra.recommendation]`,
    `[extra.action]` or `[extra.entry]`, those are all that may stand under `extra` of such an item. Where it
    declares none, anything may.

    Bad (with `region = "text"` under `[extra.evaluation]`):

    ```yaml
    extra:
      regoin: Pacific
    ```

    Good (with `region = "text"` under `[extra.evaluation]`):

    ```yaml
    extra:
      region: Pacific
    ```
    """
    if "extra" not in record.keys or record.settings.extra == _NOTHING_DECLARED:
        return
    for path, block, shape in record.blocks:
        if not (path and path[-1] == "extra" and shape == Value("free")):
            continue
        level = _level(path)
        declared = getattr(record.settings.extra, level, None)
        if not declared:
            continue
        for key, value in block.items():
            if level == "entry" and key.startswith("previous_"):
                continue
            if key not in declared:
                told = f"“{key}” is not among the keys that mrtrack.toml declares"
                hint = f"{_near(key, declared)}; or declare it in mrtrack.toml: [extra.{level}]"
                yield Finding((*path, key), told, hint, at_key=True)
            elif not _is_a(declared[key], value):
                told = f"“{key}” is declared as a {declared[key]}, which this is not"
                yield Finding((*path, key), told, f"write {_FORMS[declared[key]]}")


@rule("S365", "accepts-nothing", Severity.WARNING, "acceptances silence nothing")
def accepts_nothing(record: RecordUnderCheck) -> Iterator[Finding]:
    """A finding is accepted that no rule makes, or that cannot be accepted.

    `accepted` silences the warnings and infos of a rule, named by its name, at an item and below it. Errors
    are not silenced: what is broken is mended.

    Bad:

    ```yaml
    accepted:
      - rule: key-ordre
        reason: The order of the source document.
    ```

    Good:

    ```yaml
    accepted:
      - rule: key-order
        reason: The order of the source document.
    ```
    """
    for path, _ in record.acceptances:
        name = record.text(*path)
        if name not in record.weights:
            acceptable = [one for one, severity in record.weights.items() if severity is not Severity.ERROR]
            yield Finding(path, f"“{name}” is the name of no rule", _near(name, acceptable))
        elif record.weights[name] is Severity.ERROR:
            told = f"“{name}” finds errors, which are not silenced"
            yield Finding(path, told, "mend what it finds, and take this out")


def _level(path: Path) -> str:
    listed = path[-3] if len(path) > 2 else ""
    levels = {"history": "entry", "recommendations": "recommendation", "actions": "action"}
    return levels.get(str(listed), "evaluation")


def _is_a(kind: str, value: Any) -> bool:  # noqa: ANN401 - data of any form
    if not isinstance(value, str):
        return False
    match kind:
        case "number":
            return _NUMBER.fullmatch(value) is not None
        case "flag":
            return value in ("true", "false")
        case "date":
            return _is_date(value)
        case _:
            return True


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _is_known(code: str, own: Collection[str]) -> bool:
    return code in COUNTRIES or code in REGIONAL_CODES or code in own


def _meant(written: str, own: Collection[str]) -> str:
    known = (*COUNTRIES, *REGIONAL_CODES, *own)
    names = {**_CODES_BY_NAME, **{word.casefold(): word for word in known}}
    near = get_close_matches(written.casefold(), names, n=1, cutoff=0.85)
    if near:
        code = names[near[0]]
        return f"did you mean {code} ({COUNTRIES[code]})?" if code in COUNTRIES else f"did you mean {code}?"
    return "write a code of ISO 3166 (ARG), GLOBAL, REGIONAL, or a word of [lists] countries in mrtrack.toml"


def _near(written: str, words: Collection[str]) -> str:
    folded = {word.casefold(): word for word in words}
    near = get_close_matches(written.casefold(), folded, n=1, cutoff=0.7)
    if near:
        return f"write “{folded[near[0]]}”"
    return "write one of: " + ", ".join(list(words)[:12]) + (" …" if len(words) > 12 else "")
