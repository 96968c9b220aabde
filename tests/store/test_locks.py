"""A lock is held by one process at a time, and is gone with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mrtrack.store.locks import held

HOLD = "import sys; from pathlib import Path; from mrtrack.store.locks import held\n\
with held(Path(sys.argv[1]), 1): print('held', flush=True); sys.stdin.read()"


def test_a_lock_of_another_process_is_waited_for_and_free_once_that_dies(tmp_path: Path) -> None:
    file = tmp_path / "one.lock"
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(TimeoutError), held(file, 0.1):
            pass
        other.kill()
    with held(file, 10):
        pass


def test_a_lock_is_free_again_after_a_block_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(tmp_path / "one.lock", 1):
        _ = 1 // 0
    with held(tmp_path / "one.lock", 0):
        assert (tmp_path / "one.lock").exists()
