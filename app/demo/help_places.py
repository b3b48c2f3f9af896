"""The places of help of the demonstration: invented France services."""

from pathlib import Path

from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.dates import local_day
from app.pages import help_places, queries, service

LIST = Path(__file__).with_name("help_places.csv")
"""Also the example of what ``saisine help-places load`` reads."""


def add(session: Session, clock: Clock) -> None:
    """Load the invented list where none was loaded, also in a demonstration made before there was one."""
    if queries.is_empty(session):
        service.replace_places(session, help_places.read(LIST).lines, local_day(clock()))
