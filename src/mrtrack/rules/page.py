"""The page docs/rules.md: every kind of problem with its examples, written from the catalogue."""

from collections.abc import Iterator, Sequence

from mrtrack.problems import Kind
from mrtrack.rules.catalogue import FAMILIES, KINDS

_BEGINNING = """\
# What `mrtrack check` finds

Each problem has a code and a name. `mrtrack check --explain A401`, or
`mrtrack check --explain present-differs-from-log`, prints what stands here about it.

An **error** is something broken, a **warning** deserves a look, an **info** is worth knowing. mrtrack.toml
gives a rule another severity, or turns it off; what reading finds (C, F, Y, and S below 350), and what
rewrites history (H, found by `--base`), stays as it is:

```toml
[severity]
key-order = "off"
```

A warning or an info that a person has looked at and accepts is silenced in the record, with the reason, at
the evaluation, recommendation or action that it is about:

```yaml
accepted:
  - rule: key-order
    reason: The order of the source document.
    by: M&E unit
    date: 2021-03-02
```
"""


def rules_page(kinds: Sequence[Kind] = KINDS) -> str:
    """The text of docs/rules.md about these kinds of problem."""
    return "\n".join([_BEGINNING, *_overview(kinds), *_chapters(kinds)])


def _overview(kinds: Sequence[Kind]) -> Iterator[str]:
    yield "| code | name | severity | |"
    yield "| --- | --- | --- | --- |"
    for kind in kinds:
        yield f"| {kind.code} | [{kind.name}](#{_anchor(kind)}) | {kind.severity} | {_first_sentence(kind)} |"
    yield ""


def _chapters(kinds: Sequence[Kind]) -> Iterator[str]:
    for letter, title in FAMILIES.items():
        family = [kind for kind in kinds if kind.code.startswith(letter)]
        if family:
            yield f"## {title}\n"
        for kind in family:
            yield f"### {kind.code} {kind.name}\n"
            yield f"Severity: {kind.severity}\n"
            yield kind.explanation


def _anchor(kind: Kind) -> str:
    return f"{kind.code.lower()}-{kind.name}"


def _first_sentence(kind: Kind) -> str:
    paragraph = " ".join(kind.explanation.split("\n\n", 1)[0].split())
    sentence = paragraph.split(". ", 1)[0].removesuffix(".") + "."
    return sentence.replace("|", "\\|")
