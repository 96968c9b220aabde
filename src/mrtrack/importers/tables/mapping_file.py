"""Reading a mapping from TOML: what it says, or everything that is wrong with it and where.

What a mapping means is in `mapping.py`. A mapping that does not fit its table is refused here too.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar, get_args

from mrtrack.config.locate import Path, Places, locate
from mrtrack.config.syntax import refusal
from mrtrack.edit.refusal import Refused
from mrtrack.importers.tables.mapping import (
    IGNORE,
    RowKind,
    TableMapping,
    columns_in,
    filled_in,
    known_targets,
    target_of,
    valid_id,
)
from mrtrack.model.spellings import folded, joined
from mrtrack.model.words import NOT_STATED, Decision, Status

TOP_KEYS = ("rows", "fill_down", "evaluations", "columns", "status", "decision")
EVALUATION_KEYS = ("by", "id", "title", "without", "fields")

_ROWS = " or ".join(f'"{kind}"' for kind in get_args(RowKind))
_Word = TypeVar("_Word", bound=StrEnum)


def read_mapping(content: bytes, name: str) -> TableMapping:
    """The mapping that the bytes of a TOML file state.

    Raises:
        Refused: with every key that is wrong, its line and what to write instead.
    """
    try:
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused(f"{name} is not UTF-8", "save the file as UTF-8") from None
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place, message, hint = refusal(error, text)
        raise Refused(f"{name}, line {place.line + 1}: {message}", hint) from None
    reader = _Reader(name, locate(text))
    mapping = reader.mapping(data)
    reader.refuse()
    return mapping


def see_to_columns(mapping: TableMapping, columns: Collection[str], table: str) -> None:
    """See to it that a table has every column that a mapping speaks of, whatever its case and white space.

    Raises:
        Refused: with the columns that it has not, and those that come near.
    """
    there = {folded(column): column for column in columns}
    missing = [column for column in mapping.named if folded(column) not in there]
    if not missing:
        return
    near = [near for column in missing for near in get_close_matches(folded(column), there, n=1, cutoff=0.6)]
    listed = ", ".join(f"“{column}”" for column in missing)
    hint = (
        f"did you mean {' and '.join(f'“{there[one]}”' for one in dict.fromkeys(near))}?"
        if len(near) == len(missing)
        else f"its columns are: {', '.join(f'“{column}”' for column in columns)}"
    )
    what = "a column" if len(missing) == 1 else "columns"
    raise Refused(f"{mapping.name} names {what} that {table} has not: {listed}", hint)


@dataclass(slots=True)
class _Reader:
    name: str
    places: Places
    findings: list[tuple[int, str, str]] = field(default_factory=list)

    def mapping(self, data: Mapping[str, Any]) -> TableMapping:
        self._see_to_keys(data, TOP_KEYS, ())
        evaluations = self._table(data, "evaluations", needed=True)
        self._see_to_keys(evaluations, EVALUATION_KEYS, ("evaluations",))
        return TableMapping(
            name=self.name,
            rows=self._rows(data),
            id_pattern=self._id(evaluations),
            columns=self._columns(self._table(data, "columns", needed=True)),
            by=self._texts(evaluations, ("evaluations", "by")),
            title_pattern=self._text(evaluations, ("evaluations", "title")),
            without=self._without(evaluations),
            fixed=self._fixed(self._table(evaluations, "fields", "evaluations")),
            fill_down=self._texts(data, ("fill_down",)),
            status_words=self._words(self._table(data, "status"), "status", Status),
            decision_words=self._words(self._table(data, "decision"), "decision", Decision),
        )

    def refuse(self) -> None:
        if len(self.findings) == 1:
            line, message, hint = self.findings[0]
            raise Refused(f"{self.name}, line {line}: {message}", hint)
        if self.findings:
            told = [f"  line {line}: {message}; {hint}" for line, message, hint in sorted(self.findings)]
            raise Refused("\n".join([f"{self.name} has {len(told)} problems:", *told]))

    def _wrong(self, path: Path, message: str, hint: str, *, at_key: bool = False) -> None:
        self.findings.append((self.places.at(path, at_key=at_key).line + 1, message, hint))

    def _see_to_keys(self, block: Mapping[str, Any], known: tuple[str, ...], above: Path) -> None:
        for key in block:
            if key in known:
                continue
            where = f"[{above[0]}]" if above else "the file"
            if key in TOP_KEYS:
                hint = "it belongs at the top of the file, before the first [heading]"
            else:
                hint = _nearest(key, known) or f"the keys of {where} are {', '.join(known)}"
            self._wrong((*above, key), f"“{key}” is no key of {where}", hint, at_key=True)

    def _rows(self, data: Mapping[str, Any]) -> RowKind:
        kind = data.get("rows")
        if kind == "actions":
            return "actions"
        if kind != "recommendations":
            what = "rows does not say what one row is" if kind is None else f"rows = {kind!r} is not known"
            self._wrong(("rows",), what, f"write rows = {_ROWS}")
        return "recommendations"

    def _id(self, evaluations: Mapping[str, Any]) -> str:
        pattern = self._text(evaluations, ("evaluations", "id"))
        by = self._texts(evaluations, ("evaluations", "by"), told=False)
        path = ("evaluations", "id")
        if ("evaluations",) in self.places.keys and not pattern and "id" not in evaluations:
            example = f'id = "water-{{{by[0]}}}"' if by else 'id = "water-2021"'
            self._wrong(("evaluations",), "no id says what the records are called", f"write {example}")
        strange = [column for column in columns_in(pattern) if column not in by]
        if strange:
            told = "which does not tell evaluations apart"
            self._wrong(path, f"id names “{strange[0]}”, {told}", "write it in by too: by = [ … ]")
        elif pattern and by and not columns_in(pattern):
            self._wrong(path, "every evaluation would get the same id", f"write {{{by[0]}}} in it")
        elif pattern and not valid_id(filled_in(pattern, dict.fromkeys(columns_in(pattern), "1"))):
            self._wrong(path, "this gives no id", "write letters or digits")
        return pattern

    def _without(self, evaluations: Mapping[str, Any]) -> str:
        path = ("evaluations", "without")
        written = self._text(evaluations, path)
        if written and valid_id(written) != written:
            self._wrong(
                path, f"“{written}” is no id of an evaluation", f'write "{valid_id(written) or "others"}"'
            )
        return written

    def _columns(self, block: Mapping[str, Any]) -> dict[str, str]:
        taken: dict[str, str] = {}
        found = {}
        for column, name in block.items():
            path = ("columns", column)
            if not isinstance(name, str):
                self._wrong(
                    path, f"“{column}” leads to no field", 'write one in quotes: "recommendation.text"'
                )
                continue
            target = target_of(name)
            if name != IGNORE and not target:
                self._wrong(path, f"“{name}” is no field", _field_hint(name))
            elif target and not target.several and name in taken:
                told = f"“{taken[name]}” and “{column}” both lead to {name}"
                self._wrong(path, told, "let one of them lead to a field of its own, or to an extra.NAME")
            taken.setdefault(name, column)
            found[column] = name
        if not block and ("columns",) in self.places.keys:
            self._wrong(
                ("columns",),
                "no column leads to a field",
                'write "Name of the column" = "recommendation.text"',
            )
        return found

    def _fixed(self, block: Mapping[str, Any]) -> dict[str, str]:
        for key, value in block.items():
            path = ("evaluations", "fields", key)
            name = f"evaluation.{key}"
            if not target_of(name):
                self._wrong(path, f"“{key}” is no field of an evaluation", _field_hint(name), at_key=True)
            elif not isinstance(value, str) or not value.strip():
                self._wrong(path, f"{key} has no text", f'write it in quotes: {key} = "…"')
        return {key: value for key, value in block.items() if isinstance(value, str)}

    def _words(self, block: Mapping[str, Any], table: str, kind: type[_Word]) -> dict[str, _Word | None]:
        found: dict[str, _Word | None] = {}
        for printed, written in block.items():
            path = (table, printed)
            word = joined(written) if isinstance(written, str) else None
            known = [*kind, NOT_STATED]
            if word is None or word not in ("", *known):
                hint = _nearest(str(written), known) or f"write one of: {', '.join(known)}"
                self._wrong(path, f"“{written}” is no {table}", hint)
                continue
            meant = kind(word) if word not in ("", NOT_STATED) else None
            if found.setdefault(folded(printed), meant) != meant:
                self._wrong(
                    path, f"“{printed}” stands above already, with another {table}", "keep one of the two"
                )
        return found

    def _table(
        self, data: Mapping[str, Any], key: str, *above: str, needed: bool = False
    ) -> Mapping[str, Any]:
        block = data.get(key)
        if isinstance(block, dict):
            return block
        heading = f"[{'.'.join((*above, key))}]"
        if block is not None or needed:
            what = f"{heading} is missing" if block is None else f"{key} is no table of keys"
            self._wrong((*above, key), what, f"write {heading} alone on its line, and its keys below it")
        return {}

    def _text(self, block: Mapping[str, Any], path: tuple[str, ...]) -> str:
        written = block.get(path[-1])
        if written is not None and (not isinstance(written, str) or not written.strip()):
            self._wrong(path, f"{path[-1]} has no text", f'write it in quotes: {path[-1]} = "…"')
            return ""
        return written or ""

    def _texts(
        self, block: Mapping[str, Any], path: tuple[str, ...], *, told: bool = True
    ) -> tuple[str, ...]:
        written = block.get(path[-1], [])
        several = written if isinstance(written, list) else [written]
        if all(isinstance(one, str) and one.strip() for one in several):
            return tuple(several)
        if told:
            hint = f'write {path[-1]} = "Name of the column", or a list of them in brackets'
            self._wrong(path, f"{path[-1]} names no column", hint)
        return ()


def _field_hint(name: str) -> str:
    owner, _, key = name.partition(".")
    known = {one.partition(".")[2]: one for one in known_targets() if one.startswith(f"{owner}.")}
    near = get_close_matches(key, known, n=1, cutoff=0.7)
    if near:
        return f"did you mean “{known[near[0]]}”?"
    same = sorted((one for one in known_targets() if one.endswith(f".{key or owner}")), key=_depth)
    if same:
        return f"did you mean {' or '.join(f'“{one}”' for one in same[:3])}?"
    listed = ", ".join(known.values())
    if owner == "response":
        return f"there are: {listed}"
    if known:
        return f"write {owner}.extra.NAME for what a record has no field for; there are: {listed}"
    begins = "fields begin with evaluation., recommendation., response. or action."
    return f'{begins}; "{IGNORE}" leaves the column out'


def _depth(name: str) -> int:
    return name.count(".")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.75)
    return f"did you mean “{near[0]}”?" if near else ""
