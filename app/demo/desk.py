"""What the desk of a caisse has made its own: tags, a message template, complaints that a clerk takes care of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.portal import Portal
from app.demo.clerk_acts import clerk_at, press
from app.filing.models import RECEIVER, Filing, FilingDesk
from app.filing.status.state import ComplaintState
from app.intake.acts.assignment import AssignPage
from app.intake.message_templates import service as templates
from app.intake.message_templates.rules import ServedAct
from app.intake.tags import service as tagging

AUTHORITY = "595"
TAGS = ("Interprète à trouver", "À rappeler", "Refus répétés")
TEMPLATE = "Rappel des prochaines étapes"
TEXT = (
    "Bonjour,\n\nVotre plainte {numero} a été reçue le {recue_le}. La suite est prévue {prochaine_date}.\n\n"
    "Vous pouvez nous joindre : {contact}.\n\n{autorite}"
)


def prepare(portal: Portal) -> None:
    """Name tags and put them on complaints, write a template, give the complaints received first to a clerk."""
    with portal.database.write() as session:
        tags = [tagging.create(session, portal.keyring, AUTHORITY, name) for name in TAGS]
        clerk = clerk_at(session, AUTHORITY)
        wording = templates.Wording(TEMPLATE, TEXT, clerk.name, portal.clock())
        templates.create(session, AUTHORITY, ServedAct.REPLY, wording)
        waiting = _waiting(session)
        for place, (filing_id, _) in enumerate(waiting[::3]):
            tagging.change(session, AUTHORITY, filing_id, [tags[place % len(tags)]])
    for _, number in waiting[: len(waiting) // 2]:
        with portal.database.write() as session:
            press(session, portal, number, AUTHORITY, AssignPage(), {"agent_id": [clerk.id], "note": [""]})


def _waiting(session: Session) -> list[tuple[str, str]]:
    """List the complaints that wait for their acknowledgement: id and number, the first received first."""
    wanted = (
        select(Filing.id, Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == AUTHORITY, FilingDesk.role == RECEIVER)
        .where(Filing.state == ComplaintState.RECEIVED.value)
        .order_by(Filing.received_at)
    )
    return [(filing_id, number) for filing_id, number in session.execute(wanted)]
