"""Mails as they leave: one recipient, text first, simple HTML beside it, no image, no tracking, no attachment."""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
from email_validator import EmailNotValidError, validate_email
from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType, MultipartSubtypeEnum
from fastapi_mail.connection import Connection
from fastapi_mail.errors import ConnectionErrors
from pydantic import NameEmail, SecretStr

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT = 20
"""Seconds for each step of the conversation with the server."""
PERMANENT = 500


@dataclass(frozen=True)
class ReadyMail:
    """A mail ready to leave."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str

    def __post_init__(self) -> None:
        """Refuse what could add a header (RFC 5322: a header is one line)."""
        if any(ord(c) < 32 or ord(c) == 127 for line in (self.to, self.subject, self.message_id) for c in line):  # noqa: PLR2004
            raise ValueError("a control character in a header")


class MailRefused(Exception):
    """The mail did not leave; ``is_final`` when trying again is useless."""

    def __init__(self, code: str, *, is_final: bool) -> None:
        """Keep a short code: never an address."""
        super().__init__(code)
        self.code, self.is_final = code, is_final


class Mailer(Protocol):
    """Sends mails."""

    def send(self, letter: ReadyMail) -> None:
        """Send one. Raises :class:`MailRefused`."""


class SmtpMailer:
    """Sends through an SMTP server."""

    def __init__(self, url: str, sender: str, *, timeout: int = TIMEOUT) -> None:
        """Read ``smtp://``, ``smtp+starttls://`` or ``smtps://``, with user and password if any."""
        where, self._timeout = urlsplit(url), timeout
        if where.scheme not in PORTS or not where.hostname:
            raise ValueError("SAISINE_SMTP_URL must look like smtp+starttls://user:password@host:587")
        self._config = ConnectionConfig(
            MAIL_USERNAME=unquote(where.username or ""),
            MAIL_PASSWORD=SecretStr(unquote(where.password or "")),
            MAIL_SERVER=where.hostname,
            MAIL_PORT=where.port or PORTS[where.scheme],
            MAIL_STARTTLS=where.scheme == "smtp+starttls",
            MAIL_SSL_TLS=where.scheme == "smtps",
            MAIL_FROM=sender,
            MAIL_FROM_NAME="Saisine",
            USE_CREDENTIALS=where.username is not None,
            TIMEOUT=timeout,
            # The library reads what is not said from variables of its own.
            VALIDATE_CERTS=True,
            SUPPRESS_SEND=0,
            MAIL_DEBUG=0,
            LOCAL_HOSTNAME=None,
            CERT_BUNDLE=None,
        )

    def send(self, letter: ReadyMail) -> None:
        """Send one. Raises :class:`MailRefused`."""
        try:
            asyncio.run(asyncio.wait_for(self._send(letter), self._timeout * 3))
        except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused) as refused:
            code = _code(refused)
            raise MailRefused(f"smtp-{code}", is_final=code >= PERMANENT) from refused
        except (ConnectionErrors, aiosmtplib.SMTPException, TimeoutError, OSError) as trouble:
            raise MailRefused("unreachable", is_final=False) from trouble

    async def _send(self, letter: ReadyMail) -> None:
        to = carried(letter.to)
        schema = MessageSchema(
            recipients=[NameEmail(name=to, email=to)],
            subject=letter.subject,
            body=letter.text,
            alternative_body=letter.html,
            subtype=MessageType.plain,
            multipart_subtype=MultipartSubtypeEnum.alternative,
        )
        message = await FastMail(self._config).get_message(schema)
        assert isinstance(message, Message)  # noqa: S101 - one recipient, one message
        del message["Message-ID"]  # ours is fixed: the same mail sent twice is one mail
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        line = Connection(self._config)
        try:
            async with line:
                await line.session.send_message(message)
        finally:
            line.session.close()  # the library leaves it open when the server refuses the password


def carried(address: str) -> str:
    """Return an address as any server carries it: its domain in ASCII (RFC 5890). Raises :class:`MailRefused`."""
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise MailRefused("address", is_final=True) from wrong
    if found.ascii_email is None:  # an accent before the @: few servers take it (RFC 6531), no person here has one
        raise MailRefused("address", is_final=True)
    return found.ascii_email


def _code(refused: aiosmtplib.SMTPException) -> int:
    if isinstance(refused, aiosmtplib.SMTPRecipientsRefused):
        return max(one.code for one in refused.recipients)
    assert isinstance(refused, aiosmtplib.SMTPResponseException)  # noqa: S101 - told by the caller
    return refused.code


class FolderMailer:
    """Keeps mails in a folder, for the demonstration."""

    def __init__(self, folder: Path, sender: str) -> None:
        """Make the folder if it is not there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._sender = folder, sender

    def send(self, letter: ReadyMail) -> None:
        """Write one, whole or not at all."""
        message = EmailMessage()
        for name, value in self._heads(letter).items():
            message[name] = value
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        draft = self._folder / f".{uuid.uuid4().hex}"
        draft.write_bytes(bytes(message))
        draft.replace(self._folder / f"{letter.message_id.strip('<>').partition('@')[0]}.eml")

    def _heads(self, letter: ReadyMail) -> Mapping[str, str]:
        return {
            "From": self._sender,
            "To": letter.to,
            "Subject": letter.subject,
            "Date": formatdate(),
            "Message-ID": letter.message_id,
        }


class MemoryMailer:
    """Keeps mails in memory, for tests."""

    def __init__(self) -> None:
        """Start with no mail."""
        self.letters: list[ReadyMail] = []

    def send(self, letter: ReadyMail) -> None:
        """Keep one."""
        self.letters.append(letter)

    def to(self, address: str) -> list[ReadyMail]:
        """List the mails to an address."""
        return [letter for letter in self.letters if letter.to == address]
