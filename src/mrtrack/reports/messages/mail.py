"""A message as the draft of a mail: an .eml that mail programs open ready to be sent from one's own account.

The same content gives the same bytes. No sender is named: that is the account in which it is opened.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from mrtrack.edit.refusal import Refused
from mrtrack.model.harmless import clean

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

# A calendar as text/calendar is taken for an invitation by some programs, and its line ends are changed by others.
_KINDS = {".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".ics": "ics"}
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, and its bytes, which arrive as they are."""

    name: str
    content: bytes


def draft(
    to: str | None, subject: str, bodies: tuple[str, str], attachments: Sequence[Attachment], day: date
) -> bytes:
    """The bytes of a draft. `bodies` are the plain text and the HTML; `day` is its date, at noon in UTC.

    Raises:
        Refused: where `to` is no list of mail addresses.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    text, html = bodies
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["X-Unsent"] = "1"
    mail["Date"] = format_datetime(datetime.combine(day, time(12), UTC))
    mail["Subject"] = _cut(one_line(subject))
    if to:
        mail["To"] = addresses_in(to)
    digest = _digest(to or "", one_line(subject), day.isoformat(), text, html, *attachments)
    mail["Message-ID"] = f"<{digest}@mrtrack.invalid>"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    for one in attachments:
        kind = _KINDS.get(one.name[one.name.rfind(".") :], "octet-stream")
        mail.add_attachment(one.content, maintype="application", subtype=kind, filename=one_line(one.name))
    _name_boundaries(mail, digest)
    return mail.as_bytes()


def addresses_in(text: str) -> "list[Address]":
    """The mail addresses of a text, which stand apart by commas or semicolons.

    Raises:
        Refused: where there is none, or one that no mail can be sent to.
    """
    from email.errors import HeaderParseError
    from email.headerregistry import Address

    found = []
    for part in (part.strip() for part in text.replace(";", ",").split(",")):
        try:
            address = Address(addr_spec=part)
        except (HeaderParseError, ValueError, IndexError):
            address = None
        if address is None or not (address.username and address.domain) or not _is_plain(part):
            raise Refused(
                f"“{clean(part)}” is no mail address",
                "write it as office@example.org, several with commas between them",
            )
        found.append(address)
    return found


def one_line(text: str) -> str:
    """A text for a header: on one line, without control, direction or invisible characters.

    Nor does `=?` stand in it: that begins what a reader of mail would decode, line breaks and all.
    """
    return " ".join(clean(" ".join(text.split())).split()).replace("=?", "= ?")


def _cut(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else f"{subject[:_LONGEST_SUBJECT].rstrip()}…"


def _is_plain(address: str) -> bool:
    return address.isascii() and address.isprintable() and not re.search(r'[ "]|=\?', address)


def _digest(*parts: "str | Attachment") -> str:
    digest = hashlib.sha256()
    for part in parts:
        for content in _bytes(part):
            digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:32]


def _bytes(part: "str | Attachment") -> Iterable[bytes]:
    if isinstance(part, Attachment):
        return part.name.encode(errors="replace"), part.content
    return (part.encode(errors="replace"),)


def _name_boundaries(mail: "EmailMessage", digest: str) -> None:
    """Name what lies between the parts: by a text that no encoding of a part can hold."""
    parts = (part for part in mail.walk() if part.is_multipart())
    for number, part in enumerate(parts, start=1):
        part.set_boundary(f"=_mrtrack_{number}_{digest}")
