"""The text of mrtrack.toml, however an editor saved it."""


def text_of(content: bytes) -> str:
    """The text of the file, without a byte order mark, its lines ending with LF.

    Raises:
        UnicodeDecodeError: where it is not UTF-8.
    """
    return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
