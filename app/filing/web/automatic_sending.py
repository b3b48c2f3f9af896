"""« Envoyer la plainte dès que la personne confirme » (C4): what the member declared sends with the person's yes.

The declarations are asked with the mandate, and bear on the very complaint that was then read (CSP R. 1110-11): one
that changed since is sent by the member alone.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.base.forms.fields import Typed
from app.base.portal import Portal
from app.filing.models import Filing
from app.filing.receipt.mandate import NotMandated
from app.filing.receipt.receive import PersonalCode
from app.filing.sealed.payload import Complaint
from app.filing.web import sending
from app.saisine import service
from app.saisine.journey import Route
from app.saisine.mandate_requests import digest_of_read
from app.saisine.pages import LAST
from app.saisine.press import MARK
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MandateMode

DECLARED = f"{MARK}envoi"
"""Under what a draft keeps which complaint was declared (the digest of what was read), by whom, and the ticks."""
TICKED = "oui"


@dataclass(frozen=True)
class DeclaredAhead:
    """A complaint that the person's yes sends, in the name of the member or the software that declared it."""

    draft: OpenDraft
    complaint: Complaint
    code: PersonalCode


def is_wanted(route: Route) -> bool:
    """Return whether the association wants the yes of the person to send."""
    by_mail = route.trail.get("mandat_mode") == MandateMode.EMAIL
    return bool(by_mail and route.trail.get("envoi_auto"))


def declare(session: Session, draft: OpenDraft, said: Typed) -> None:
    """Keep what the member declares of the complaint as it is; nothing declared takes back what was."""
    ticks = sorted(name for name in LAST.names if any(said.get(name, ())))
    kept = [digest_of_read(session, draft), draft.reader, draft.software, *ticks] if ticks else []
    if kept != list(draft.typed.get(DECLARED, ())):
        service.keep_beside(session, draft.id, draft.key, DECLARED, kept)


def declared(session: Session, draft: OpenDraft) -> Typed:
    """Return what was declared of the complaint as it is now; empty when nothing was, or it changed since."""
    digest, _, _, *ticks = draft.typed.get(DECLARED) or ["", "", ""]
    return {one: [TICKED] for one in ticks} if ticks and digest == digest_of_read(session, draft) else {}


def prepare(session: Session, portal: Portal, draft: OpenDraft) -> DeclaredAhead | None:
    """Return what the person's yes sends; ``None`` when the member sends it, or declared another complaint."""
    said = declared(session, draft)
    if not said:
        return None
    prepared = sending.prepare(session, portal, draft, {**draft.typed, **said})
    if prepared.complaint is None or not is_wanted(prepared.route):
        return None
    _, member, software, *_ = draft.typed[DECLARED]
    return DeclaredAhead(
        replace(draft, reader=member, software=software), prepared.complaint, PersonalCode.draw(portal.keyring)
    )


def send(session: Session, portal: Portal, ahead: DeclaredAhead) -> Filing | None:
    """Receive in the transaction that keeps the yes; ``None`` when the association may not send today.

    Raises :class:`~app.base.errors.StorageTrouble`: then the yes is not kept either, and may be said again.
    """
    try:
        return sending.receive_in(session, portal, ahead.draft, ahead.complaint, ahead.code)
    except NotMandated:
        return None
