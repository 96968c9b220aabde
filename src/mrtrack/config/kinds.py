"""The kinds of problem of mrtrack.toml itself."""

from mrtrack.problems import Kind, Severity


def _kind(code: str, name: str, why: str, bad: str, good: str) -> Kind:
    explanation = f"{why}\n\nBad:\n\n```toml\n{bad}\n```\n\nGood:\n\n```toml\n{good}\n```\n"
    return Kind(code, name, Severity.ERROR, explanation)


SETTINGS_SYNTAX = _kind(
    "C401",
    "settings-syntax",
    "mrtrack.toml is not TOML from this place on. Nothing of the file is used until it is put right: "
    "every setting has its default.",
    "[days]\nstale = 90 days",
    "[days]\nstale = 90",
)
UNKNOWN_SETTING = _kind(
    "C402",
    "settings-unknown-key",
    "mrtrack.toml has no such key here: it is misspelt, or stands under the wrong [heading]. The line has "
    "no effect; docs/settings.md lists the keys.",
    "[days]\nlong-overdue = 90",
    "[days]\nlong_overdue = 90",
)
WRONG_SETTING = _kind(
    "C403",
    "settings-wrong-value",
    "The value cannot stand at this key: it is of another kind (a text for a number, one text for a list), "
    "outside what the key allows, or contradicts a line above. The default holds in its place; a view with "
    "such a value is left out whole, since with one filter less it would show other rows, and so is an exception.",
    '[days]\nstale = "90"',
    "[days]\nstale = 90",
)

SETTINGS_KINDS = (SETTINGS_SYNTAX, UNKNOWN_SETTING, WRONG_SETTING)
