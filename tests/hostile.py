"""A record that tries everything a page could fall for, and is valid all the same."""

WORD = "W" * 20_000
TURNED = "\u200fmarked\u061c by \u200fright-to-left marks\u200f"
TURNING = "\u202egnp.exe\u202c \u2067turned\u2069"
BAD = (
    TURNED + " <script>alert(1)</script> {{7*7}} <img src=x onerror=alert(1)> </title> "
    "\"quoted\" 'single' & [x](javascript:alert(1))"
)
ACTIONS = 300


def hostile() -> str:
    """The record's text."""
    quoted = "'" + BAD.replace("'", "''") + "'"
    actions = "".join(_action(number, quoted) for number in range(1, ACTIONS + 1))
    return f"""\
schema: 1
id: hostile-2021
title: {quoted}
organisation: {quoted}
description: |
  {BAD}
  {WORD}
documents:
  - title: A script
    url: javascript:alert(1)
  - url: 'data:text/html,<script>alert(2)</script>'
team:
  - name: {quoted}
tags: ['</script>', '{{{{7*7}}}}']
recommendations:
  - id: "1"
    title: {quoted}
    text: |
      {BAD}

      {WORD}
    actions:
{actions}  - id: "2"
    text: |
      Nothing more.
"""


def refused() -> str:
    """A record whose lists are empty and whose letters are turned around: no site shows any of it."""
    return f"""\
schema: 1
id: refused-2021
title: Unseen {TURNING}
organisation: "Unseen \\u202Egnp.exe"
tags: []
findings: []
history: []
recommendations:
  - id: "1"
    text: |
      Unseen.
    addressed_to: []
    actions: []
"""


def bare() -> str:
    """A record of which nothing is said, but that there is one."""
    return "schema: 1\nid: bare-2021\ntitle: Bare\n"


def _action(number: int, quoted: str) -> str:
    return f"""\
      - id: "1.{number}"
        title: {quoted}
        text: |
          {WORD if number == 1 else BAD}
        responsible: {quoted if number % 2 else WORD[:300]}
        supported_by:
          - 'unit </script> {number % 3}'
        due: 2021-07
        history:
          - date: 2021-01-01
            by: {quoted}
            comment: |
              {BAD}
            documents:
              - title: x
                url: javascript:alert(3)
"""
