"""Runs mrtrack for `faulty`: a process that has loaded everything, and forks for each run that it is asked for.

It is started with the shim of `faulty_calls.c` loaded. Each line on stdin asks for a run and is answered with one
on stdout.
"""

import atexit
import ctypes
import gc
import json
import os
import pkgutil
import signal
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

import mrtrack
from mrtrack.cli.main import main

SECONDS = 100
"""A run that takes longer is blocked."""


def serve() -> None:
    """Answer until nobody asks any more."""
    os.environ.pop("LD_PRELOAD", None)
    for module in pkgutil.walk_packages(mrtrack.__path__, "mrtrack."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.collect()
    gc.freeze()
    shim = ctypes.CDLL(None)
    with tempfile.TemporaryDirectory() as place:
        for line in sys.stdin:
            sys.stdout.write(f"{json.dumps(_answer(json.loads(line), shim, Path(place)))}\n")
            sys.stdout.flush()


def _answer(asked: dict[str, Any], shim: ctypes.CDLL, place: Path) -> dict[str, Any]:
    child = os.fork()
    if not child:
        _become(asked, shim, place)
    _, status = os.waitpid(child, 0)
    told = {name: (place / name).read_text("utf-8", "replace") for name in ("out", "err", "calls")}
    signalled = os.WIFSIGNALED(status)
    return {**told, "code": -os.WTERMSIG(status) if signalled else os.WEXITSTATUS(status)}


def _become(asked: dict[str, Any], shim: ctypes.CDLL, place: Path) -> None:
    """Be the run that was asked for, and end as it ends."""
    code: int | str | None = 121
    try:
        atexit._clear()
        signal.alarm(SECONDS)
        os.chdir(asked["folder"])
        os.environ.update(asked["environment"])
        fresh = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        calls = os.open(place / "calls", fresh)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(place / "out", fresh), 1)
        os.dup2(os.open(place / "err", fresh), 2)
        sys.argv = ["mrtrack", *asked["arguments"]]
        below = ctypes.c_char_p(os.fsencode(asked["below"]))
        shim.faulty_arm(below, ctypes.c_long(asked["call"]), asked["error"], asked["lasting"], calls)
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code
        except BaseException:  # noqa: BLE001 - as Python itself does at its end
            traceback.print_exc()
            code = 1
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(int(code or 0))


if __name__ == "__main__":
    serve()
