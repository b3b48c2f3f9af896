"""« Utilisateurs » of an authority: its manager keeps its accounts, and no other."""

from fastapi import Request

from app.accounts.management.keeper import Keeper
from app.accounts.management.routes import pages
from app.accounts.rules import Role
from app.filing.acts.reassignment import Filings
from app.intake.desk.page import DeskOf, frame

ROLES = (Role.AGENT, Role.SECRETARIAT, Role.LECTEUR, Role.RESPONSABLE)


def keeper(request: Request, clerk: DeskOf) -> Keeper:
    """Return the manager of an authority."""
    return Keeper(
        id=clerk.id,
        name=clerk.name,
        base="intake.people",
        roles=ROLES,
        authority=clerk.authority,
        frame=frame(request, clerk),
        hand_over=Filings(),
    )


router = pages("intake.people", "/agent/utilisateurs", keeper)
