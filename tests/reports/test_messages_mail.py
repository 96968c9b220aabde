"""The drafts: whole, the same every time, and nothing in a record can write a header of them."""

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.reports.messages.mail import Attachment, draft

DAY = date(2026, 11, 22)
HEADERS = ["X-Unsent", "Date", "Subject", "To", "Message-ID", "MIME-Version", "Content-Type"]


def opened(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def bodies(mail: EmailMessage) -> list[str]:
    parts = (mail.get_body((kind,)) for kind in ("plain", "html"))
    return [str(part.get_content()).replace("\r\n", "\n") for part in parts if part]


def test_it_opens_as_a_draft_to_the_unit_with_its_files() -> None:
    files = [
        Attachment("Équipe.xlsx", bytes(range(256)) * 9),
        Attachment("Équipe.ics", "BEGIN:VCALENDAR\r\né\r\n".encode()),
        Attachment("other.bin", b""),
    ]
    mail = opened(draft("lab@example.org", "Follow-up – 水", ("Text – é\n", "<p>é</p>\n"), files, DAY))
    assert mail["X-Unsent"] == "1"
    assert mail["From"] is None
    assert (mail["To"], mail["Subject"]) == ("lab@example.org", "Follow-up – 水")
    assert mail["Date"].datetime.isoformat() == "2026-11-22T12:00:00+00:00"
    assert bodies(mail) == ["Text – é\n", "<p>é</p>\n"]
    found = [
        (one.get_filename(), one.get_content_type(), one.get_payload(decode=True))
        for one in mail.iter_attachments()
    ]
    assert [(name, content) for name, _, content in found] == [(one.name, one.content) for one in files]
    assert [kind for _, kind, _ in found] == [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/ics",
        "application/octet-stream",
    ]


def test_the_same_content_gives_the_same_bytes_and_another_gives_another_id() -> None:
    files = [Attachment("a.ics", b"one")]
    one = draft("lab@example.org", "Follow-up", ("text\n", "<p>text</p>\n"), files, DAY)
    assert draft("lab@example.org", "Follow-up", ("text\n", "<p>text</p>\n"), files, DAY) == one
    other = draft(
        "lab@example.org", "Follow-up", ("text\n", "<p>text</p>\n"), [Attachment("a.ics", b"two")], DAY
    )
    assert opened(other)["Message-ID"] != opened(one)["Message-ID"]


def test_without_an_address_the_draft_names_nobody() -> None:
    assert opened(draft(None, "Follow-up", ("text\n", "<p>text</p>\n"), [], DAY))["To"] is None


def test_several_addresses_all_receive_it() -> None:
    mail = opened(
        draft("a@example.org; b@example.org, c@example.org", "Follow-up", ("t\n", "<p>t</p>\n"), [], DAY)
    )
    assert [one.addr_spec for one in mail["To"].addresses] == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "office",
        "office@",
        "@example.org",
        "a b@example.org",
        "office@example.org\r\nBcc: other@example.org",
        "office@example.org\nBcc: other@example.org",
        "Office <office@example.org>",
        '"a\\"b"@example.org',
        "büro@example.org",
        "office@exämple.org",
        "office@example.org,",
        "=?utf-8?q?=0D=0ABcc=3Ab?=@example.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="is no mail address"):
        draft(address or " ,", "Follow-up", ("text\n", "<p>text</p>\n"), [], DAY)


HOSTILE = [
    "Unit\r\nBcc: other@example.org",
    "Unit\nBcc: other@example.org",
    "Unit\rBcc: other@example.org",
    "Unit\r\n\r\n<script>alert(1)</script>",
    "Unit\u2028Bcc: other@example.org",
    "Unit\x0bBcc: a\x0cb\x85c",
    'Unit "A", \\ <a@b.c>; B',
    "=?utf-8?q?=0D=0ABcc:_other=40example.org?=",
    "Unit \u202egnp.exe\u202c",
    "Unit\0\x1b[31m",
    "Équipe " + "水" * 200,
    "a" * 1200,
    " \t ",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_of_a_unit_can_write_a_header_or_a_part(text: str) -> None:
    content = draft(
        "lab@example.org",
        f"Follow-up: {text}",
        (f"{text}\n", "<p>x</p>\n"),
        [Attachment(f"{text}.ics", b"x")],
        DAY,
    )
    mail = opened(content)
    assert list(mail.keys()) == HEADERS
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/ics",
    ]
    assert str(mail["To"]) == "lab@example.org"
    assert not set(str(mail["Subject"])) & set("\r\n\0\x1b\u202e\u2028")
    (attached,) = mail.iter_attachments()
    assert not set(attached.get_filename() or "") & set("\r\n\0\x1b\u202e\u2028")
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    assert max(len(line) for line in content.split(b"\r\n")) < 998
    assert content.isascii()


@settings(max_examples=40)
@given(st.text(), st.text(), st.binary(max_size=300))
def test_any_words_and_files_arrive_as_they_are(subject: str, text: str, content: bytes) -> None:
    body = "\n".join(text.splitlines()) + "\n"
    mail = opened(draft(None, subject, (body, "<p>x</p>\n"), [Attachment("a.xlsx", content)], DAY))
    assert list(mail.keys()) == [name for name in HEADERS if name != "To"]
    assert bodies(mail)[0] == body
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == content
