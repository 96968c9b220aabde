"""The page docs/record.md tells every key of a record, truly, with examples that hold."""

import re

import pytest

from mrtrack.model.forms import FLOW_KEYS
from mrtrack.model.meanings import KEY_MEANINGS, block_of, meaning_of
from mrtrack.model.settings import Settings
from mrtrack.model.shape import Items, Keys, Shape, key_paths, record_shape
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from mrtrack.source.record_page import EXAMPLE, record_page
from mrtrack.source.tree import walk

PAGE = record_page()


def flow(shape: Shape, place: str = "") -> str:
    """A record in flow style that has every key, made of the keys' examples."""
    example = meaning_of(place).example if place else ""
    match shape:
        case Items(item) if not example.startswith("["):
            return f"[{flow(item, place)}]"
        case _ if example[:1] in ("{", "[", '"'):
            return example
        case Keys(keys):
            inside = (f"{key}: {flow(below, f'{place}.{key}'.strip('.'))}" for key, below in keys.items())
            return f"{{{', '.join(inside)}}}"
        case _:
            return f'"{example}"'


def test_every_key_of_a_record_has_a_meaning_and_nothing_else_has() -> None:
    told = {f"{block_of(path.rpartition('.')[0])}.{path.rpartition('.')[2]}" for path in key_paths()}
    assert set(KEY_MEANINGS) == told
    assert all(meaning_of(path).text.endswith(".") for path in key_paths())


def test_a_meaning_is_one_plain_line() -> None:
    assert [text for text, _ in KEY_MEANINGS.values() if "\n" in text or "|" in text or len(text) > 160] == []
    with pytest.raises(KeyError):
        meaning_of("recommendations.colour")


def test_the_keys_are_told_in_the_order_of_a_record() -> None:
    for place in (
        "",
        "recommendations",
        "recommendations.actions",
        "sources",
        "recommendations.actions.history",
    ):
        here = [path for path in key_paths() if path.rpartition(".")[0] == place]
        told = [key.partition(".")[2] for key in KEY_MEANINGS if key.startswith(f"{block_of(place)}.")]
        names = [path.rpartition(".")[2] for path in here]
        assert [key for key in told if key in names] == names


def test_the_examples_are_values_that_their_keys_take() -> None:
    reading = read(f"{flow(record_shape())}\n".encode(), "records/harbour-2024.yaml")
    assert [
        (problem.excerpt[problem.column - 1 :][:40], problem.message) for problem in reading.problems
    ] == []
    paths = {tuple(step for step in path if isinstance(step, str)) for path, _ in walk(reading.tree)}
    assert {tuple(key.split(".")) for key in key_paths()} <= paths


def test_a_key_has_an_example_unless_a_block_of_its_own_tells_more() -> None:
    without = {key for key in key_paths() if not meaning_of(key).example}
    assert without == {key for key in key_paths() if _opens_a_block(key) and key not in FLOW_KEYS}


def _opens_a_block(key: str) -> bool:
    return any(path.startswith(f"{key}.") for path in key_paths())


def test_the_whole_example_is_a_record_in_which_nothing_is_wrong() -> None:
    reading = read(EXAMPLE.encode(), "records/harbour-2024.yaml")
    assert reading.problems == ()
    assert check(reading, Settings()) == ()
    assert f"```yaml\n{EXAMPLE}```" in PAGE


def test_the_page_tells_the_twelve_rules() -> None:
    assert re.findall(r"^([0-9]+)\. \*\*", PAGE, re.MULTILINE) == [str(number) for number in range(1, 13)]


def test_every_key_stands_on_the_page_and_only_what_is_required_is_marked() -> None:
    rows = re.findall(r"^\| `([a-z_0-9]+)`( \*\*required\*\*)? \|", PAGE, re.MULTILINE)
    assert len(rows) == len(KEY_MEANINGS)
    assert [key for key, mark in rows if mark] == ["schema", "id", "id", "id", "date", "rule", "reason"]


def test_the_page_leads_from_a_key_to_the_block_below_it() -> None:
    titles = {
        line.removeprefix("### ").lower().replace(" ", "-")
        for line in PAGE.splitlines()
        if line.startswith("### ")
    }
    links = set(re.findall(r"\]\(#([a-z-]+)\)", PAGE))
    assert len(links) > 10
    assert links <= titles


def test_the_page_says_where_an_entry_holds_what() -> None:
    assert (
        "| `verdict` | What an independent reader found: confirmed, not-confirmed. Of action only. |" in PAGE
    )
    assert "| `decision` | The decision from then on. Of response only. |" in PAGE
    assert "| `status` | The status from then on. Of action and evaluation only. |" in PAGE
    assert "| `retrieved` | When it was read there. In `sources` only. |" in PAGE
    assert "Under `sources`, `documents`." in PAGE
