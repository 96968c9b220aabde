"""Writes the files of this repository that are generated: `python tests/generate.py`."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from commands_page import commands_page
from mrtrack.config.kinds import SETTINGS_KINDS
from mrtrack.indicators.page import indicators_page
from mrtrack.model.json_schema import schema_text
from mrtrack.rules.catalogue import KINDS
from mrtrack.rules.history_kinds import HISTORY_KINDS
from mrtrack.rules.page import rules_page
from mrtrack.source.record_page import record_page
from pages import RUN_PAGES, written_anew

REPOSITORY = Path(__file__).resolve().parent.parent
GENERATED: Mapping[str, Callable[[], str]] = {
    "docs/rules.md": lambda: rules_page((*SETTINGS_KINDS, *KINDS, *HISTORY_KINDS)),
    "docs/record.md": record_page,
    "docs/commands.md": commands_page,
    "docs/indicators.md": indicators_page,
    "schema/evaluation.schema.json": schema_text,
    **{page: partial(written_anew, page) for page in RUN_PAGES},
}


def main() -> None:
    """Write every generated file."""
    for name, text in GENERATED.items():
        (REPOSITORY / name).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
