"""What makes settings less strict than those of the base is told; the change is held to the base all the same."""

import re

from mrtrack.config.settings_file import parse_settings
from mrtrack.config.weaker import held_to, weaker_settings
from mrtrack.problems import Problem
from mrtrack.rules.catalogue import RULE_KINDS
from mrtrack.rules.history_kinds import WEAKER_SETTINGS

EXAMPLE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def weaker(base: str, own: str) -> tuple[Problem, ...]:
    before, after = (parse_settings(text.encode())[0] for text in (base, own))
    return weaker_settings(before, after, own.encode(), RULE_KINDS)


def test_the_bad_example_shows_it_and_the_good_one_does_not() -> None:
    base, bad, good = EXAMPLE.findall(WEAKER_SETTINGS.explanation)
    (problem,) = weaker(base, bad)
    assert (problem.rule, problem.place) == ("weaker-settings", "mrtrack.toml:2:13")
    assert problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width] == '"off"'
    assert weaker(base, good) == weaker(bad, good) == ()


def test_a_line_that_goes_is_told_at_its_heading() -> None:
    found = weaker(
        "[severity]\nkey-order = 'error'\n", "[days]\nstale = 9\n\n[severity]\nflow-list = 'error'\n"
    )
    assert [(problem.place, problem.message.split()[0]) for problem in found] == [
        ("mrtrack.toml:4:2", "key-order")
    ]


def test_severities_limits_and_exceptions_are_those_of_the_base_and_words_are_the_change_s_own() -> None:
    exception = "[[history.exceptions]]\nrecord = 'a'\nreason = 'b'\n"
    own = parse_settings(
        f"[severity]\nkey-order = 'off'\n[limits]\nbytes = 9\n[lists]\ntypes = ['Outcome']\n{exception}".encode()
    )[0]
    base = parse_settings(b"[severity]\nkey-order = 'error'\n[days]\nstale = 9\n")[0]
    held = held_to(own, base)
    assert (held.severity, held.limits, held.days, held.history) == (
        base.severity,
        base.limits,
        base.days,
        base.history,
    )
    assert held.lists.types == ("Outcome",)
