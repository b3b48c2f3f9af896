"""The letters that an authority sends, as text: facts and dates, never the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.competence import contact_of
from app.filing.queries import OpenFiling
from app.filing.rules import has_mixed_conciliation
from app.procedure import queries as procedure
from app.routing import queries as routing

RECEIVED = N_("{authority} a reçu votre plainte le {moment}.")
BOTH = N_("Nous la transmettons à {other} et au professionnel.")
ALONE = N_("Nous la transmettons au professionnel.")
MEETING = N_(
    "Une réunion de conciliation sera organisée au plus tard le {day}. Vous recevrez la date au moins 15 jours avant. "
    "Vous pouvez venir avec une personne de votre choix, ou vous faire représenter."
)
CONTACT = N_("Votre contact : {contact}")


@dataclass(frozen=True)
class Letter:
    """A letter ready to be read, printed or mailed."""

    to: Sequence[str]
    """Name and address of the person, as they were given."""
    paragraphs: Sequence[str]
    due: date
    """Last day to send it (D2)."""


def email_of(opened: OpenFiling) -> str:
    """Give the person's e-mail address, or nothing."""
    return str(next((row["answer"] for row in opened.payload["contact"] if row["name"] == "email"), ""))


def acknowledgement(session: Session, opened: OpenFiling, clerk: Clerk) -> Letter:
    """Write the acknowledgement of receipt (CSP R. 1110-11)."""
    filing = opened.filing
    due = {day.code: day.due_strict for day in procedure.calendar_of(session, filing.number)}
    own = routing.authority(session, filing.receiver)
    other = routing.authority(session, filing.informed) if filing.informed else None
    name = own.name if own else clerk.authority_name
    reach = [clerk.name, own.phone if own else "", *(contact_of(own)["address"] if own else [])]
    moment = moment_text(filing.received_at, PARIS, weekday=False, seconds=False)
    lines = [translate(RECEIVED).format(authority=name, moment=moment)]
    lines.append(translate(BOTH).format(other=other.name) if other else translate(ALONE))
    if "D7" in due and has_mixed_conciliation(filing.outcome):
        lines.append(translate(MEETING).format(day=date_text(due["D7"], weekday=False)))
    lines.append(translate(CONTACT).format(contact=", ".join(filter(None, reach))))
    given = {row["name"]: row["shown"] for row in opened.payload["contact"]}
    street = [given.get("adresse_rue", ""), given.get("adresse_complement", "")]
    town = f"{given.get('adresse_code_postal', '')} {given.get('adresse_ville', '')}".strip()
    return Letter([line for line in (opened.payload["filer"], *street, town) if line], lines, due["D2"])
