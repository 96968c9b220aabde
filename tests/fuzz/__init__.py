"""A fuzzer of what reads other people's bytes: `python -m tests.fuzz`, from the root of the repository.

Each target is a function of bytes that raises where a law is broken; atheris or hypothesis looks for such bytes.
"""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent

for _place in (TESTS / "importers", TESTS):
    # What other tests share lies there.
    if str(_place) not in sys.path:
        sys.path.insert(0, str(_place))
