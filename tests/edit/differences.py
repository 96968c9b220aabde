"""What git says a change did to a file: the lines that went and the lines that came."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple


class Difference(NamedTuple):
    """`git diff --numstat` of two contents, and the lines behind its figures."""

    added: int
    deleted: int
    lines: list[str]


def difference(before: bytes, after: bytes, folder: Path) -> Difference:
    """Compare two contents of a file with git."""
    (folder / "before").write_bytes(before)
    (folder / "after").write_bytes(after)
    if before == after:
        return Difference(0, 0, [])
    added, deleted, _ = _git("--numstat", folder).split("\t", 2)
    hunks = _git("--unified=0", folder).partition("\n@@")[2].split("\n")[1:-1]
    return Difference(int(added), int(deleted), [line for line in hunks if line[0] in "+-"])


def _git(form: str, folder: Path) -> str:
    environment = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "diff", "--no-index", "--no-color", form, "before", "after"]
    answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert answer.returncode == 1, answer.stderr
    return answer.stdout.decode("utf-8")
