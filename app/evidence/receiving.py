"""What receives the files of a form: stricter for a paper that counts by its words and its signature."""

from app.base.portal import Portal
from app.evidence.purposes import MANDAT
from app.evidence.store import Intake


def intake_for(portal: Portal, key: bytes, most: int, room: int, purpose: str) -> Intake:
    """Receive files of one purpose, sealed under ``key``: a signed mandate is a photo or a PDF, whole."""
    is_paper = purpose == MANDAT
    check = portal.check_paper if is_paper else portal.check_file
    return Intake(portal.files, key, most, room, check, is_paper)
