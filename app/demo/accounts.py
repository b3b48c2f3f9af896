"""The accounts of the demonstration: their password is public, their one-time codes are printed."""

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import seed_of
from app.accounts.rules import Role
from app.accounts.service import add_clerk, add_member
from app.base.clock import Clock
from app.base.portal import Portal
from app.filing.rules import AIGUILLAGE
from app.routing import queries as routing
from app.routing.service import fill_card

PASSWORD = "demonstration-inventee"  # noqa: S105 - public on purpose, refused outside the demonstration
CLERKS = (
    ("emile@cpam-lille.exemple.fr", "Émile Exemple", "595", Role.AGENT),
    ("rosa@cpam-lille.exemple.fr", "Rosa Fictive", "595", Role.RESPONSABLE),
    ("fatou@ordre-medecins-nord.exemple.fr", "Fatou Fictive", "MED-59", Role.AGENT),
    ("ines@cpam-corse.exemple.fr", "Inès Inventée", "202", Role.AGENT),
    ("jules@cpam-marseille.exemple.fr", "Jules Imaginaire", "131", Role.AGENT),
    ("karim@ordre-medecins-mayotte.exemple.fr", "Karim Exemple", "MED-976", Role.AGENT),
    ("lou@aiguillage.exemple.fr", "Lou Fictive", AIGUILLAGE, Role.AGENT),
)
"""E-mail, name, authority, role."""
QUALITY = "gestionnaire de réclamations"
CARD = {
    "service": "Service des réclamations",
    "address": "1 rue de l'Exemple",
    "postal_code": "00000",
    "town": "Ville-Inventée",
    "phone": "01 99 00 00 00",
    "email": "",
    "hours": "du lundi au vendredi, de 9 h à 17 h",
    "dpo": "dpo@autorite.exemple.fr",
}
"""Invented; it fills what the reference does not know. 01 99 00 is kept for fiction (Arcep, decision 2022-1583)."""
ASSOCIATION = "entraide-sante"
"""Id of the invented association."""
MEMBERS = (
    ("mona@entraide-sante.exemple.fr", "Mona Inventée", Role.RESPONSABLE_ASSOCIATION),
    ("noe@entraide-sante.exemple.fr", "Noé Imaginaire", Role.MEMBRE),
)
"""E-mail, name, role."""
ADMINISTRATOR = ("ada@service.exemple.fr", "Ada Imaginaire")


def add_all(session: Session, portal: Portal, clock: Clock) -> None:
    """Add the demonstration's clerks, the members of its association and its administrator."""
    for email, name, authority, role in CLERKS:
        who = (email, name, authority, role.value, PASSWORD)
        add_clerk(session, portal.keyring, *who, clock, quality=QUALITY, is_demo=True)
        fill_card(session, authority, CARD)
    for email, name, role in MEMBERS:
        add_member(session, portal.keyring, email, name, ASSOCIATION, role.value, PASSWORD, clock, is_demo=True)
    add_clerk(session, portal.keyring, *ADMINISTRATOR, "", Role.ADMIN.value, PASSWORD, clock, is_demo=True)


def exist(session: Session) -> bool:
    """Return whether any account of the demonstration is in this database."""
    return session.scalar(select(Account.id).where(Account.is_demo).limit(1)) is not None


def accounts(session: Session, portal: Portal) -> list[dict[str, str]]:
    """List the accounts with where they work, and the code that opens them now."""
    rows = session.scalars(select(Account).where(Account.is_demo).order_by(Account.created_at, Account.email))
    found = []
    for row in rows:
        authority = routing.authority(session, row.authority)
        found.append(
            {
                "email": row.email,
                "name": row.name,
                "authority": row.authority,
                "authority_name": _place(row, authority),
                "password": PASSWORD,
                "code": pyotp.TOTP(seed_of(portal.keyring, row)).at(portal.clock()),
            }
        )
    return found


def _place(row: Account, authority: routing.AuthorityRow | None) -> str:
    if row.role == Role.ADMIN:
        return "Administration"
    if row.association:
        return f"Association {row.association} (/association/connexion)"
    place = authority.name if authority else "Aiguillage"
    return f"{place}, {Role.RESPONSABLE.label.lower()}" if row.role == Role.RESPONSABLE else place
