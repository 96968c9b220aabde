"""A lean record answers as the model does: every attribute it knows, prose cut out of the file included."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.model.cut import Cut
from mrtrack.model.lean import KINDS, Block, Blocks, Form, Prose, lean_evaluation, slimmed
from mrtrack.source.cuts import prose_cuts
from mrtrack.source.reader import read
from strategies import records

Keys = dict[str, Any]


def lean_of(content: bytes) -> tuple[Any, Any, Keys]:
    """The record of a file as its model, lean after a stay in JSON, and its lean data."""
    reading = read(content, "records/a.yaml")
    assert reading.evaluation, reading.first_problem
    data = reading.evaluation.model_dump(mode="json", exclude_unset=True)
    kept = json.loads(
        json.dumps(slimmed(data, prose_cuts(reading.content, reading.tree, data)), ensure_ascii=False)
    )
    return reading.evaluation, lean_evaluation(kept, lambda: content), kept


def demand_same(kind: str, lean: Any, whole: Any) -> None:
    """Demand that each attribute of a lean block is that of the model's."""
    assert lean.model_fields_set >= {key for key in whole.model_fields_set if key in KINDS[kind]}
    for name, form in KINDS[kind].items():
        demand_same_value(form, getattr(lean, name), getattr(whole, name))
    for told in ("clears_due", "about"):
        if hasattr(whole, told):
            assert getattr(lean, told) == getattr(whole, told)


def demand_same_value(form: Form, here: Any, there: Any) -> None:
    """Demand that two values of one attribute are the same."""
    if isinstance(form, Block) and there is not None:
        demand_same(form.kind, here, there)
    elif isinstance(form, Blocks) and there is not None:
        assert len(here) == len(there)
        for lean, whole in zip(here, there, strict=True):
            demand_same(form.kind, lean, whole)
    elif form is dict and there is not None:
        assert here == json.loads(json.dumps(there))
    else:
        assert here == there
        assert type(here) is type(there)


def described(text: str, before: str = "", after: str = "") -> bytes:
    """A record whose description is written as given."""
    return f"schema: 1\nid: a\n{before}description: {text}{after}status: ongoing\n".encode()


@settings(max_examples=60)
@given(
    records(),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["|", "|-", "|+", "| # why", "|2-", ">", ">-"]),
)
def test_every_attribute_of_any_record_is_the_models(data: Keys, line_end: str, style: str) -> None:
    text = new_record(data).replace(": |\n", f": {style}\n")
    content = text.replace("\n", line_end).encode()
    if read(content, "records/a.yaml").evaluation is None:
        content = new_record(data).encode()
    whole, lean, _ = lean_of(content)
    demand_same("evaluation", lean, whole)


WRITTEN = {
    "block": "|\n  One.\n  Two.\n",
    "kept": "|+\n  One.\n\n\n",
    "stripped": "|-\n  One.\n  Two.\n",
    "stripped, with empty lines after it": "|-\n  One.\n\n\n",
    "with its indentation stated": "|2\n    One.\n  Two.\n",
    "with its indentation stated at the end": "|-2\n    One.\n\n  Two.\n",
    "with a comment on its first line": "| # as in the report\n  One.\n",
    "empty lines first": "|\n\n\n  One.\n",
    "empty lines with spaces first": "|\n    \n  One.\n".replace("    \n", " \n"),
    "deeper lines": "|\n  One:\n    - two\n\n      three\n  four\n",
    "spaces at the end of lines": "|\n  One. \n  Two.  \n",
    "a comment after it": "|\n  One.\n# not of it\n",
    "a comment after it, indented": "|\n  One.\n # not of it\n",
    "wide and combining signs": "|\n  水と衛生 e\u0301\n  \U0001f600 naïve\n",
    "signs that other readers take for line ends": "|\n  One.\n  Two\u3000three\n",
    "folded": ">\n  One.\n  Two.\n\n  Three.\n",
    "folded and stripped": ">-\n  One.\n  Two.\n",
    "plain": "One two\n",
    "plain over lines": "One\n  two\n  three\n",
    "single quotes": "'One ''two'''\n",
    "double quotes": '"One\\n\\ttwo \\u00e9"\n',
    "double quotes over lines": '"One\n  two\n\n  three"\n',
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_prose_is_the_same_however_it_is_written(text: str, line_end: str) -> None:
    for before, after in (("", ""), ("title: Später\n", ""), ("", "# a comment\n\n")):
        content = described(text, before, after).replace(b"\n", line_end.encode())
        reading = read(content, "records/a.yaml")
        if reading.evaluation is None:
            pytest.skip(f"no record may write it so: {reading.first_problem}")
        whole, lean, _ = lean_of(content)
        demand_same("evaluation", lean, whole)


@pytest.mark.parametrize("text", ["|\n  One.\n", "|-\n  One.", "|+\n  One.\n\n"])
def test_prose_at_the_end_of_a_file_is_cut_out_whole(text: str) -> None:
    whole, lean, _ = lean_of(f"schema: 1\nid: a\ndescription: {text}".encode())
    assert lean.description == whole.description == "One."


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_prose_in_blocks_stays_in_the_file(line_end: str) -> None:
    content = described("|\n  Ünder wäy.\n\n  Twice.\n", "title: 水\n").replace(b"\n", line_end.encode())
    _, lean, kept = lean_of(content)
    if line_end == "\n":
        cut = Cut(*kept["description"])
        assert cut.of(content) == lean.description == "Ünder wäy.\n\nTwice."
        assert b"wy" not in json.dumps(kept).encode()
    assert lean.description == "Ünder wäy.\n\nTwice."


def test_what_a_lean_record_does_not_hold_is_not_answered_with_nothing() -> None:
    _, lean, _ = lean_of(b"schema: 1\nid: a\n")
    assert lean.title is None
    with pytest.raises(AttributeError):
        lean.budget  # noqa: B018 - asking is the test


def test_the_kinds_name_keys_that_the_models_have() -> None:
    prose = [f"{kind}.{name}" for kind, keys in KINDS.items() for name, form in keys.items() if form is Prose]
    assert prose == sorted(prose, key=prose.index)
    assert {"evaluation.description", "action.text", "response.text", "action-entry.comment"} <= set(prose)
