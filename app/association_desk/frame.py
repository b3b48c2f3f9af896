"""What surrounds the pages of an association's desk."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.association import frame
from app.associations import registry
from app.associations.rules import end_ahead, why_not_sending
from app.base import dates
from app.base.i18n import translate
from app.base.portal import Portal


def surrounds(request: Request, session: Session, portal: Portal, member: SignedInMember) -> dict[str, Any]:
    """Return the frame of a page, with what stops the association from sending, or soon will."""
    known = registry.known(session, member.association)
    contact, today = portal.settings.operator_contact, dates.local_day(portal.clock())
    stopped = why_not_sending(known.agreements if known else (), today, contact, translate)
    name = known.row.name if known else member.association
    ending = end_ahead(known.agreements, today, translate) if known else ""
    return {**frame(request, member, name), "stopped": stopped, "ending": ending}
