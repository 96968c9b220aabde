"""The one way a change says no: what is wrong, and what to do instead."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """Raised where a change would break a record or say nothing; nothing has been written."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.hint = hint
