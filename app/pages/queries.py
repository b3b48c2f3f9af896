"""What is asked of the places of help: those near a town."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pages.models import HelpPlace
from app.routing.queries import PlaceRow

MOST = 20
"""Places shown at most: those of the town come first."""


def near(session: Session, place: PlaceRow) -> list[HelpPlace]:
    """List the places of a town, then those of its département, by name."""
    is_elsewhere = HelpPlace.commune != place.code
    wanted = select(HelpPlace).where(HelpPlace.departement == place.departement)
    return list(session.scalars(wanted.order_by(is_elsewhere, HelpPlace.name, HelpPlace.id).limit(MOST)))


def is_empty(session: Session) -> bool:
    """Return whether no list was loaded."""
    return session.scalar(select(HelpPlace.id).limit(1)) is None
