"""What the desk of a caisse has made its own: tags, a message template, complaints that a clerk takes care of."""

from app.base.dates import local_day
from app.base.portal import Portal
from app.demo.clerk_acts import clerk_at, press
from app.filing.status.state import ComplaintState
from app.intake import queries
from app.intake.acts.assignment import AssignPage
from app.intake.filters import Column, DeskRole, Filters
from app.intake.message_templates import service as templates
from app.intake.message_templates.rules import ServedAct
from app.intake.rows import desk_line
from app.intake.tags import service as tagging

AUTHORITY = "595"
WAITING = Filters(etat=ComplaintState.RECEIVED, role=DeskRole.RECEIVER, tri=Column.RECEIVED.value)
"""The complaints that wait for their acknowledgement, the first received first."""
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
        asking = queries.Asking(AUTHORITY, local_day(portal.clock()))
        waiting = queries.readable(session, portal.keyring, asking, WAITING)
        for place, number in enumerate(waiting[::3]):
            line = desk_line(session, number, AUTHORITY)
            assert line is not None  # noqa: S101 - it is one of the list
            tagging.change(session, AUTHORITY, line.filing_id, [tags[place % len(tags)]])
    for number in waiting[: len(waiting) // 2]:
        with portal.database.write() as session:
            press(session, portal, number, AUTHORITY, AssignPage(), {"agent_id": [clerk.id], "note": [""]})
