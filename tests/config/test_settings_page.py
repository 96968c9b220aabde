"""The page of the settings tells every key, its default, and examples that hold."""

import re
import tomllib
from pathlib import Path

import pytest

from mrtrack.config.settings_file import parse_settings, read_settings
from mrtrack.model.setting_keys import setting_keys
from mrtrack.model.setting_values import BUILT_IN_VIEWS, DEEPEST_NESTING, LONGEST_DAYS, VIEW_KINDS
from mrtrack.model.settings import Settings, View
from mrtrack.rules.catalogue import RULE_KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([A-Za-z_.]+)` \| .* \| (.+?) \|$", PAGE, re.MULTILINE))
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
RULES = {kind.name for kind in RULE_KINDS}


def test_the_page_tells_every_key_and_no_other() -> None:
    assert set(ROWS) == set(setting_keys())


def test_the_page_tells_the_defaults_that_hold() -> None:
    defaults = Settings().model_dump(mode="json")
    for key, told in ROWS.items():
        if told.startswith("`"):
            table, _, name = key.rpartition(".")
            block = View().model_dump() if table == "views.NAME" else defaults
            for step in () if table in ("", "views.NAME", "units.NAME") else table.split("."):
                block = block[step]
            held = [] if table == "units.NAME" else block[name]
            assert tomllib.loads(f"x = {told.strip('`')}") == {"x": held}, key


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_page_hold(example: str) -> None:
    settings, problems = parse_settings(example.encode(), RULES)
    assert problems == ()
    assert settings != Settings()


def test_together_the_examples_say_something_of_every_table() -> None:
    said = {key for example in EXAMPLES for key in tomllib.loads(example)}
    assert said == set(Settings.model_fields)


def test_the_page_names_the_limits_and_the_taken_names() -> None:
    assert f"whole number from 1 to {LONGEST_DAYS}" in PAGE
    assert f"whole number up to {DEEPEST_NESTING}" in PAGE
    assert all(f"`{name}`" in PAGE for name in (*BUILT_IN_VIEWS, *VIEW_KINDS))


def test_the_settings_of_this_repository_hold() -> None:
    settings, problems = read_settings(ROOT)
    assert problems == ()
    assert (ROOT / settings.records).is_dir()
    assert settings.views
