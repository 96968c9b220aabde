"""The name of a content, as git gives it: the same in every clone."""

from hashlib import sha1


def blob_id(content: bytes) -> bytes:
    """SHA-1 over the length and the bytes of a content, as git names it."""
    named = sha1(b"blob %d\0" % len(content), usedforsecurity=False)
    named.update(content)
    return named.digest()
