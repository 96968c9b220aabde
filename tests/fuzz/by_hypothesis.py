"""The search with hypothesis: bytes at random, and those of the corpus with changes in them."""

import time
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzz.findings import Search
from fuzz.target import Target

A_BATCH = 100
Edit = tuple[str, int, int, bytes]


def changed(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Bytes with changes: each is what to do, where (in 65,536ths), over how many bytes, and with what."""
    for what, place, length, words in edits:
        at = place * (len(content) + 1) >> 16
        match what:
            case "put":
                content = content[:at] + words + content[at:]
            case "replace":
                content = content[:at] + words + content[at + length :]
            case "remove":
                content = content[:at] + content[at + length :]
            case "repeat":
                content = content[:at] + content[at : at + length] * 3 + content[at + length :]
            case "cut":
                content = content[:at]
            case "turn":
                content = content[at:] + content[:at]
            case _:
                lines = content.splitlines(keepends=True)
                if lines:
                    row = place * len(lines) >> 16
                    lines.insert(length % len(lines), lines.pop(row))
                    content = b"".join(lines)
    return content


def tries(target: Target) -> st.SearchStrategy[bytes]:
    """Bytes to try on a target."""
    words = st.one_of(st.sampled_from(target.words), st.binary(min_size=1, max_size=4))
    edit = st.tuples(
        st.sampled_from(("put", "replace", "remove", "repeat", "cut", "turn", "move")),
        st.integers(0, 0xFFFF),
        st.integers(1, 300),
        words,
    )
    of_corpus = st.builds(changed, st.sampled_from(sorted(target.corpus())), st.lists(edit, max_size=8))
    of_words = st.lists(words, max_size=30).map(b"".join)
    return st.one_of(of_corpus, of_corpus, of_words, st.binary(max_size=200))


def search(found: Search, seconds: float, first_seed: int) -> None:
    """Try the corpus, then other bytes until the time is over."""
    until = time.monotonic() + seconds
    for content in found.target.corpus():
        found.look(content)
    strategy = tries(found.target)
    batch = 0
    while time.monotonic() < until:
        try_some(found, strategy, first_seed + batch, A_BATCH, until)
        batch += 1


def try_some(
    found: Search, strategy: st.SearchStrategy[bytes], chosen: int, number: int, until: float = float("inf")
) -> None:
    """Try so many bytes, chosen by a seed."""

    @seed(chosen)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def look(content: bytes) -> None:
        if time.monotonic() < until:
            found.look(content)

    look()
