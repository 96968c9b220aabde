"""The JSON Schema takes the records that mrtrack takes, and rejects none that it would take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from conftest import RECORDS
from mrtrack.edit.layout import new_record
from mrtrack.model.json_schema import record_schema
from mrtrack.model.settings import Settings
from mrtrack.model.shape import key_paths
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from strategies import records

CASES = Path(__file__).parent.parent / "rules" / "cases"
VALIDATOR = Draft7Validator(record_schema())


class _DatesAsText(SafeConstructor):
    """As the editors' readers of YAML 1.2 have it: a day is text."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def faults(text: str) -> list[str]:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _DatesAsText
    try:
        data = yaml.load(text)
    except YAMLError as error:
        return [f"no YAML to this reader: {error}"]
    return [f"{list(fault.path)}: {fault.message[:80]}" for fault in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema_of_draft_seven() -> None:
    Draft7Validator.check_schema(record_schema())


def test_every_key_is_explained() -> None:
    def explained(form: dict[str, Any], above: str = "") -> Iterator[str]:
        for key, inner in form.get("properties", form.get("items", {}).get("properties", {})).items():
            assert inner["description"]
            yield f"{above}{key}"
            yield from explained(inner, f"{above}{key}.")

    assert list(explained(record_schema())) == list(key_paths())


@pytest.mark.parametrize("path", [*RECORDS.glob("*.yaml"), *CASES.glob("S*/good.yaml")], ids=str)
def test_good_records_are_taken(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@settings(max_examples=40)
@given(records())
def test_whatever_record_is_laid_out_is_taken(data: dict[str, Any]) -> None:
    assert faults(new_record(data)) == []


@pytest.mark.parametrize("path", sorted(CASES.glob("S*/bad.yaml")), ids=lambda path: path.parent.name)
def test_what_the_schema_rejects_check_rejects(path: Path) -> None:
    content = path.read_bytes()
    if faults(content.decode("utf-8")):
        assert any(is_error(problem) for problem in check(read(content, "water-2021.yaml"), Settings()))


@pytest.mark.parametrize(
    "name",
    [
        "S301-unknown-key", "S302-missing-key", "S303-wrong-type", "S304-bad-date", "S305-unknown-word",
        "S306-bad-id", "S308-bad-flag", "S310-null-value", "S311-empty-list", "S312-newer-schema",
    ],
)  # fmt: skip
def test_a_record_of_the_wrong_shape_is_rejected(name: str) -> None:
    assert faults((CASES / name / "bad.yaml").read_text(encoding="utf-8"))


@given(st.sampled_from(["NO", "1.10", "2021", "on", "0x1f"]))
def test_an_id_that_other_readers_take_for_a_number_is_rejected_unless_it_is_quoted(text: str) -> None:
    record = "schema: 1\nid: water-2021\nrecommendations:\n  - id: {}\n"
    assert not faults(record.format(f'"{text}"'))
    if text not in ("NO", "on"):
        assert faults(record.format(text))
