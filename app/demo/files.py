"""The files of the demonstration: one grey point, the smallest photo, under any name."""

from sqlalchemy.orm import Session

from app.base.portal import Portal
from app.evidence.purposes import EVIDENCE
from app.evidence.store import Intake
from app.saisine import attached
from app.saisine.queries import OpenDraft

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ffff3f0005fe02fea735819a0000000049454e44ae426082"
)


def add_photo(session: Session, portal: Portal, draft: OpenDraft, name: str, purpose: str = EVIDENCE.value) -> None:
    """Attach the photo to a draft; the free room of the disk is not asked."""
    intake = Intake(portal.files, draft.key, 1, len(PNG), free=lambda _: 2**40)
    intake.begin("fichiers", name)
    intake.add(PNG)
    intake.end()
    attached.add(session, draft, intake.done, portal.clock, purpose)
