"""A law of merging: whatever three records say, merging them either way round says the same or conflicts."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.merge.merging import merge
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from mrtrack.source.tree import walk
from strategies import records, values_at

PATH = "records/any.yaml"
Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def three(draw: Draw) -> list[dict[str, Any]]:
    """A record and two that were made of it by changes anywhere."""
    base = draw(records())
    sides = []
    for _ in range(2):
        side = deepcopy(base)
        for _ in range(draw(st.integers(1, 3))):
            paths = [path for path, _ in walk(read(new_record(side).encode(), PATH).tree) if path]
            path = draw(st.sampled_from(paths))
            if any(step in path for step in ("schema", "id", "extra")):
                continue
            block: Any = side
            for step in path[:-1]:
                block = block[step]
            change = draw(st.sampled_from(["set", "set", "remove", "add"]))
            if change == "remove" and len(block) > 1:
                del block[path[-1]]
            elif change == "add" and isinstance(path[-1], int):
                block.insert(path[-1], draw(values_at(path)))
            else:
                block[path[-1]] = draw(values_at(path))
        sides.append(side)
    return [base, *sides]


@given(three())
@settings(max_examples=15)
def test_any_records_merge_to_the_same_either_way_round(records_: list[dict[str, Any]]) -> None:
    base, ours, theirs = (new_record(record).encode() for record in records_)
    assume(all(read(content, PATH).evaluation for content in (base, ours, theirs)))
    one, other = merge(base, ours, theirs, PATH), merge(base, theirs, ours, PATH)
    places = [sorted(conflict.place for conflict in result.conflicts) for result in (one, other)]
    event("merged" if not places[0] else "conflict" if one.content else "beyond")
    assert places[0] == places[1]
    assert (one.content is None) is (other.content is None)
    if one.conflicts or one.content is None or other.content is None:
        return
    result = read(one.content, PATH)
    assert result.evaluation
    assert result.evaluation == read(other.content, PATH).evaluation
    known = {
        (problem.code, problem.message)
        for content in (ours, theirs)
        for problem in check(read(content, PATH), Settings())
    }
    new = [problem for problem in check(result, Settings()) if is_error(problem)]
    assert [problem for problem in new if (problem.code, problem.message) not in known] == []
