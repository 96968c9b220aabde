"""Where a text stands in its file, so that it can be cut out without reading the rest."""

from typing import NamedTuple


class Cut(NamedTuple):
    """Where a text in block style stands in a file: its bytes, and by how many spaces its lines are indented."""

    start: int
    length: int
    indent: int

    def of(self, content: bytes) -> str:
        """The text, cut out of the content of the file."""
        lines = content[self.start : self.start + self.length].decode("utf-8").split("\n")
        return "\n".join(line[self.indent :] for line in lines).rstrip("\n")
