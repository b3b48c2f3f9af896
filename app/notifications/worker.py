"""The worker: takes mails from the outbox, sends them outside any transaction, notes what happened."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.dates import when
from app.base.errors import N_
from app.base.i18n import (
    FRENCH,
    LANGUAGES,
    ReadingLanguage,
    french,
    in_language,
    language_now,
    ntranslate,
    translate,
)
from app.base.resources import TEMPLATES
from app.base.storage.database import Database
from app.base.storage.leader import Stop
from app.notifications import rules, service
from app.notifications.layout import Paragraph, alone, paragraphs
from app.notifications.mail import Mailer, MailRefused, ReadyMail
from app.notifications.service import Leased

SIGNATURE = "Saisine"
LEADING = ("address", "link")
"""Words of a mail that lead to a page, which is read in the language of the mail."""
OWN = "_own"
"""Ends the name of a word that is given in the language of the person too, for her half of the mail."""
IN_FRENCH = N_("Le même message en français, qui fait foi :")
log = logging.getLogger("saisine.mail")
AT_ONCE = 20


def make_words() -> Environment:
    """Build the templates of mails; a missing word is an error, not an empty place."""
    words = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words.install_gettext_callables(translate, ntranslate, newstyle=True)  # type: ignore[attr-defined]
    words.filters["french"], words.filters["when"] = french, when
    return words


@dataclass(frozen=True)
class MailText:
    """A mail in one language."""

    language: ReadingLanguage
    subject: str
    text: str
    paragraphs: Sequence[Paragraph]


class Worker:
    """Sends what the outbox holds."""

    def __init__(self, database: Database, keyring: Keyring, mailer: Mailer, clock: Clock, host: str) -> None:
        """Keep what it works with; ``host`` ends the name of each mail."""
        self._database, self._keyring, self._mailer, self._clock, self._host = database, keyring, mailer, clock, host
        self._words = make_words()

    def run_once(self, stop: Stop | None = None) -> int:
        """Send what is due; return how many were tried. What the lease leaves no time for waits for its end."""
        with self._database.read() as session:
            if not service.is_anything_due(session, self._clock()):
                return 0
        with self._database.write() as session:
            began = self._clock()
            taken = service.lease(session, self._keyring, began, AT_ONCE)
        tried = 0
        for mail in taken:
            if (stop is not None and stop.is_set()) or self._clock() - began > rules.LAST_START:
                break
            self._one(mail)
            tried += 1
        return tried

    def _one(self, mail: Leased) -> None:
        try:
            self._send(mail)
        except MailRefused as refused:
            with self._database.write() as session:
                over = service.mark_failure(session, mail.id, refused.code, self._clock(), is_final=refused.is_final)
            log.warning("mail", extra={"mail": mail.id, "kind": mail.kind, "code": refused.code, "final": over})
        else:
            with self._database.write() as session:
                service.mark_sent(session, mail.id, self._clock())
            log.info("mail", extra={"mail": mail.id, "kind": mail.kind, "code": "sent"})

    def _send(self, mail: Leased) -> None:
        """Write a mail, then send it: one that cannot be written or sent never stops the others.

        What could not be written once never will be: somebody is told at once. Raises :class:`MailRefused`.
        """
        is_written = False
        try:
            letter = self.letter(mail)
            is_written = True
            self._mailer.send(letter)
        except MailRefused:
            raise
        except Exception as surprise:
            log.exception("a mail could not leave", extra={"mail": mail.id})
            raise MailRefused("error", is_final=not is_written) from surprise

    def letter(self, mail: Leased) -> ReadyMail:
        """Write a mail from its folder: in the language in which it is read, when there is another, then in French."""
        address = mail.words.get("address") or mail.words.get("link", "")
        codes = dict.fromkeys((mail.read_in if mail.read_in in LANGUAGES else FRENCH, FRENCH))
        said = [self._said(mail, code, address) for code in codes]
        subject = " – ".join(one.subject for one in said)
        return ReadyMail(
            to=mail.to,
            subject=subject,
            text="\n\n".join([*(one.text for one in said), SIGNATURE]) + "\n",
            html=self._text("emails/layout.html", {"subject": subject, "said": said, "signature": SIGNATURE}),
            message_id=rules.message_id(mail.number, mail.kind, mail.recipient_key, self._host),
        )

    def _said(self, mail: Leased, code: str, address: str) -> "MailText":
        """Say a mail in one language; the French of a translated one says that it is what counts."""
        base = mail.words.get("address", "")
        own = {name: value.replace(base, f"{base}/{code}") for name, value in mail.words.items() if name in LEADING}
        words = mail.words if code == FRENCH or not base else {**mail.words, **own}
        if code != FRENCH:
            said = {name: value for name, value in words.items() if name.endswith(OWN)}
            words = {**words, **{name.removesuffix(OWN): value for name, value in said.items()}}
        with in_language(code):
            subject, text = (self._text(f"emails/{mail.kind}/{part}.txt", words) for part in ("subject", "body"))
            if code == FRENCH and mail.read_in in LANGUAGES and mail.read_in != FRENCH:
                text = f"{translate(IN_FRENCH)}\n\n{text}"
            text = alone(text, address)
            return MailText(language_now(), subject, text, paragraphs(text, address))

    def _text(self, name: str, words: Mapping[str, object]) -> str:
        return self._words.get_template(name).render(words).strip()
