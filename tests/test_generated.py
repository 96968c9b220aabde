"""What is generated is what stands in the repository."""

import pytest

from generate import GENERATED, REPOSITORY


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_as_its_source_tells(name: str) -> None:
    written = (REPOSITORY / name).read_bytes().decode("utf-8")
    assert written == GENERATED[name](), f"{name} has drifted: run python tests/generate.py"
