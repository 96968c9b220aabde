"""Reading mrtrack.toml: the settings that hold, and every problem with where it stands."""

from collections.abc import Collection
from pathlib import Path

from mrtrack.config.regular import regular_content
from mrtrack.config.root import LARGEST_SETTINGS, SETTINGS_FILE
from mrtrack.config.text import text_of
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem

Read = tuple[Settings, tuple[Problem, ...]]


def read_settings(root: Path, rules: Collection[str] = ()) -> Read:
    """The settings of the repository at `root`, and the problems of its mrtrack.toml.

    What is broken falls back to its default, and the rest holds; without a file all defaults hold. `rules`
    are the names that `[severity]` may give; where there are none, every name passes.
    """
    try:
        content = regular_content(root / SETTINGS_FILE, LARGEST_SETTINGS)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        from mrtrack.config.faults import unreadable  # noqa: PLC0415 - few files have faults

        return Settings(), (unreadable(error),)
    return parse_settings(content, rules)


def parse_settings(content: bytes, rules: Collection[str] = ()) -> Read:
    """The settings that the bytes of a mrtrack.toml state, and their problems; as `read_settings`."""
    import tomllib  # noqa: PLC0415 - not every repository has a file

    try:
        settings = Settings.model_validate(tomllib.loads(text_of(content)))
    except (ValueError, RecursionError):
        pass
    else:
        if not rules or all(name in rules for name in settings.severity):
            return settings, ()
    from mrtrack.config.faults import with_faults  # noqa: PLC0415 - few files have faults

    return with_faults(content, rules)
