"""The mandate that a person is asked for by e-mail: asked, opened by a link and a code told by voice, answered once.

CSP R. 1110-11: the mandate is express. A link alone shows nothing of the complaint: a mailbox may be read by others.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.accounts.rules import MANDATE
from app.accounts.service import sessions
from app.associations import registry
from app.base.clock import Clock
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import Keyring, seal, unseal
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Choices, Translate, Typed
from app.base.secrets import fingerprint, new_token
from app.notifications import service as notifications
from app.notifications.service import Message
from app.saisine import attached, messages
from app.saisine.models import Draft, MandateRequest
from app.saisine.press import MARK
from app.saisine.queries import OpenDraft, open_for_mandate
from app.saisine.rules import last_page
from app.saisine.steps.identity import Means
from app.saisine.steps.mandate import MandateAnswer, MandateMode, language_of
from app.webhooks import service as webhooks
from app.webhooks.events import WebhookEvent
from app.webhooks.service import Happening

LASTS, TRIES, DIGITS = timedelta(days=15), 5, 6
REMINDERS = {1: timedelta(days=3), 2: timedelta(days=7)}
READING = timedelta(minutes=30)
"""How long the code opens the complaint in the browser where it was typed."""
EVENTS = {
    MandateAnswer.OUI: WebhookEvent.MANDATE_GIVEN,
    MandateAnswer.NON: WebhookEvent.MANDATE_REFUSED,
    MandateAnswer.CORRIGER: WebhookEvent.MANDATE_MISTAKE,
}
ASKED = N_("Mandat demandé le {asked}.")
GIVEN = N_("Mandat confirmé le {answered}.")
CHANGED = N_("La plainte a changé depuis que la personne a dit oui. Demandez-lui de confirmer encore.")
REFUSED = N_("Mandat refusé le {answered}.")
TO_CORRECT = N_("La personne dit qu'il y a une erreur : {remark}")
TOO_MANY = N_(
    "Le code a été mal écrit cinq fois : le lien ne sert plus. Vous pouvez relancer ou passer au mandat papier."
)
NO_ANSWER = N_("La personne n'a pas répondu. Vous pouvez relancer ou passer au mandat papier.")


class MandateState(Choices):
    """Where a mandate that was asked for by e-mail is, with what the association reads of it."""

    WAITING = "demande", ASKED
    GIVEN = "donne", GIVEN
    CHANGED = "a_confirmer", CHANGED
    REFUSED = "refuse", REFUSED
    TO_CORRECT = "a_corriger", TO_CORRECT
    BLOCKED = "bloque", TOO_MANY
    OVER = "sans_reponse", NO_ANSWER


@dataclass(frozen=True)
class MandateRead:
    """What the person read when she answered, and what she wrote."""

    version: str
    """Version of the words of the mandate."""
    words: list[str]
    powers: list[str]
    digest: str
    """SHA-256 of the answers and the files that she read (see :func:`digest_of_read`)."""
    name: str
    remark: str = ""


def new_code() -> str:
    """Draw a code to tell by voice."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def ask(session: Session, keyring: Keyring, draft_id: str, key: bytes, now: datetime) -> tuple[str, str]:
    """Ask for a mandate: give the token of the link and the code to tell by voice, in place of those of before.

    ``key``: that of the draft.
    """
    token, code = new_token(), new_code()
    if before := session.get(MandateRequest, draft_id, with_for_update=True):
        session.delete(before)
        session.flush()
    sessions.close_all(session, draft_id, MANDATE)
    token_hash = fingerprint(token)
    kept = _code_hash(keyring, token_hash, code)
    link = seal(key, token.encode(), _place(draft_id, "mandate_link"))
    asked = MandateRequest(draft=draft_id, token_hash=token_hash, link=link, code_hash=kept)
    asked.asked_at, asked.ends_at = now, now + LASTS
    session.add(asked)
    session.flush()
    return token, code


def find(session: Session, token: str, *, to_change: bool = False) -> MandateRequest | None:
    """Find what a link asks for; ``None`` when it is unknown, or another one took its place."""
    wanted = select(MandateRequest).where(MandateRequest.token_hash == fingerprint(token))
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    return row if row and is_bound(session, row) else None


def of_draft(session: Session, draft_id: str) -> MandateRequest | None:
    """Return what is asked for a draft, answered or not; ``None`` when nothing is."""
    row = session.get(MandateRequest, draft_id)
    return row if row and is_bound(session, row) else None


def is_open(request: MandateRequest, now: datetime) -> bool:
    """Return whether it may still be answered."""
    return not request.answered_at and request.ends_at > now and request.tries < TRIES


def try_code(session: Session, keyring: Keyring, token: str, code: str, now: datetime) -> MandateRequest | None:
    """Return the request when the code is right and it is open; else count the try."""
    row = find(session, token, to_change=True)
    if row is None or not is_open(row, now):
        return None
    if hmac.compare_digest(_code_hash(keyring, row.token_hash, code), row.code_hash):
        return row
    row.tries += 1
    session.flush()
    return None


def answer(session: Session, token: str, key: bytes, said: MandateAnswer, read: MandateRead, now: datetime) -> bool:
    """Keep the answer of the person; ``False`` when it may not be answered any more."""
    row = find(session, token, to_change=True)
    if row is None or not is_open(row, now):
        return False
    row.answer, row.answered_at = said.value, now
    row.content = seal(key, json.dumps(asdict(read), ensure_ascii=False).encode(), _place(row.draft))
    session.flush()
    _tell(session, row.draft, EVENTS[said], now)
    return True


def _tell(session: Session, draft_id: str, event: WebhookEvent, now: datetime) -> None:
    """Tell the software of the association that asked."""
    draft = session.get_one(Draft, draft_id)
    webhooks.tell(session, draft.association, Happening(event, now, "", last_page(draft.public)))


def read_of(request: MandateRequest, key: bytes) -> MandateRead:
    """Open what was read, of a request that was answered; ``key``: that of its draft."""
    return MandateRead(**json.loads(unseal(key, request.content or b"", _place(request.draft))))


def digest_of_read(session: Session, draft: OpenDraft) -> str:
    """Return the SHA-256 of what a draft says: its answers, its files with what each shows."""
    answers: Mapping[str, list[str]] = {
        name: list(values) for name, values in draft.typed.items() if not name.startswith(MARK) and any(values)
    }
    files = [[file.id, file.sha256, file.title] for file in attached.files_of(session, draft)]
    written = json.dumps([answers, files], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def given_for(session: Session, draft: OpenDraft) -> MandateRequest | None:
    """Return the mandate that the person gave online for a draft, whatever changed since; ``None`` without her yes."""
    row = of_draft(session, draft.id)
    return row if row and row.answered_at and row.answer == MandateAnswer.OUI else None


def holds(session: Session, draft: OpenDraft) -> bool:
    """Return whether the person said yes to the complaint as it is now."""
    given = given_for(session, draft)
    return given is not None and read_of(given, draft.key).digest == digest_of_read(session, draft)


def state_of(session: Session, draft: OpenDraft, request: MandateRequest, now: datetime) -> MandateState:
    """Return where a request is."""
    if request.answered_at is None:
        ended = MandateState.BLOCKED if request.tries >= TRIES else MandateState.OVER
        return MandateState.WAITING if is_open(request, now) else ended
    if request.answer == MandateAnswer.OUI:
        return MandateState.GIVEN if holds(session, draft) else MandateState.CHANGED
    return MandateState.TO_CORRECT if request.answer == MandateAnswer.CORRIGER else MandateState.REFUSED


def said_of(session: Session, draft: OpenDraft, now: datetime, t: Translate) -> str:
    """Say where a request is, to the association; empty when nothing was asked."""
    row = of_draft(session, draft.id)
    if row is None:
        return ""
    state, answered = state_of(session, draft, row, now), row.answered_at
    named = {
        "asked": _moment(row.asked_at),
        "answered": _moment(answered) if answered else "",
        "remark": read_of(row, draft.key).remark if answered else "",
    }
    told = (GIVEN, CHANGED) if state == MandateState.CHANGED else (state.label,)
    return " ".join(t(one).format(**named) for one in told)


def remind(session: Session, keyring: Keyring, address: str, clock: Clock) -> int:
    """Send the link again on days 3 and 7 to whoever did not answer; return how many left."""
    now, told = clock(), 0
    waiting = (MandateRequest.answered_at.is_(None), MandateRequest.ends_at > now, MandateRequest.tries < TRIES)
    late = [and_(MandateRequest.reminded < n, MandateRequest.asked_at <= now - day) for n, day in REMINDERS.items()]
    for row in session.scalars(select(MandateRequest).where(*waiting, or_(*late))).all():
        if not is_bound(session, row):
            continue
        row.reminded = max(n for n, day in REMINDERS.items() if row.asked_at <= now - day)
        draft = open_for_mandate(session, keyring, row.draft)
        if draft and _is_by_mail(draft.typed):
            notifications.queue(session, keyring, [_reminder(session, row, draft, address)], clock)
            told += 1
    return told


def _is_by_mail(typed: Typed) -> bool:
    """Return whether the mandate is still asked by e-mail, and the person still reached so."""
    chosen = MandateMode.EMAIL in typed.get("mandat_mode", ()) and Means.EMAIL in typed.get("moyens", ())
    return chosen and any(typed.get("email", ()))


def _reminder(session: Session, row: MandateRequest, draft: OpenDraft, address: str) -> Message:
    """Write the mail of the request again; its matter tells it from those of before."""
    token = unseal(draft.key, row.link, _place(draft.id, "mandate_link")).decode()
    to, name = draft.typed["email"][-1].strip(), registry.row_of(session, draft.association).name
    mail = messages.mandate_asked(to, row.token_hash[:16], token, name, row.ends_at, address, language_of(draft.typed))
    return replace(mail, matter=str(row.reminded))


def _moment(at: datetime) -> str:
    return moment_text(at, weekday=False, seconds=False)


def _code_hash(keyring: Keyring, token_hash: str, code: str) -> str:
    return keyring.word(f"{token_hash}|{code}", "mandat")


def _place(draft_id: str, what: str = "mandate") -> str:
    return f"draft|{draft_id}|{what}|1"
