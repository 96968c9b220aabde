"""The catalogue: each rule is in it once, and is explained by its code or its name."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import mrtrack.rules
from mrtrack.problems import Kind, Severity
from mrtrack.rules.catalogue import KINDS, RULES, RULES_ACROSS, explained
from mrtrack.rules.page import rules_page
from mrtrack.rules.rule import Rule, RuleAcross


def test_no_code_and_no_name_is_used_twice() -> None:
    words = [word.casefold() for kind in KINDS for word in (kind.code, kind.name)]
    assert sorted(words) == sorted(set(words))


def test_no_rule_is_written_and_then_forgotten() -> None:
    modules = [
        importlib.import_module(f"mrtrack.rules.{module.name}")
        for module in pkgutil.iter_modules(mrtrack.rules.__path__)
    ]
    written = {
        value.kind.code
        for module in modules
        for value in vars(module).values()
        if isinstance(value, (Rule, RuleAcross))
    }
    assert written == {rule.kind.code for rule in RULES} | {rule.kind.code for rule in RULES_ACROSS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_explained_by_its_code_or_its_name(kind: Kind) -> None:
    told = explained(kind.code)
    assert told is not None
    assert told.startswith(f"{kind.code} {kind.name} ({kind.severity})\n\n{kind.explanation}")
    assert explained(kind.name) == told
    assert explained(f" {kind.code.lower()} ") == told


def test_an_unknown_code_is_explained_by_nothing() -> None:
    assert explained("A999") is None
    assert explained("no-such-rule") is None


def test_kinds_from_elsewhere_are_explained_beside_ours() -> None:
    other = Kind("C499", "settings-odd", Severity.ERROR, "Odd.\n")
    assert explained("settings-odd") is None
    assert explained("settings-odd", (*KINDS, other)) == "C499 settings-odd (error)\n\nOdd.\n"


def test_the_page_tells_every_kind_once_and_links_to_it() -> None:
    page = rules_page()
    for kind in KINDS:
        assert page.count(f"\n### {kind.code} {kind.name}\n") == 1
        assert f"](#{kind.code.lower()}-{kind.name})" in page
