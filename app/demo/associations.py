"""The associations of the demonstration: one that is agreed today, one whose agreement has ended."""

from datetime import date

from sqlalchemy.orm import Session

from app.accounts.rules import Role
from app.accounts.service import add_member
from app.associations import registry
from app.associations.rules import Agreement, AgreementLevel, usual_end
from app.base.clock import Clock
from app.base.dates import add_months, local_day
from app.base.portal import Portal
from app.demo.accounts import ASSOCIATION, PASSWORD

AGREED = {
    "name": "Entraide Santé (association inventée)",
    "rna": "W000000001",
    "email": "bureau@entraide.exemple.fr",
    "phone": "01 99 00 10 00",
}
ENDED, ENDED_ID = {"name": "Anciens Soins (association inventée)", "rna": "W000000002"}, "anciens-soins"
OLD_MEMBER = ("paul@anciens-soins.exemple.fr", "Paul Fictif", Role.RESPONSABLE_ASSOCIATION.value)


def add_all(session: Session, portal: Portal, clock: Clock) -> None:
    """Add those that are not there yet, also to a demonstration made before they were."""
    if registry.known(session, ASSOCIATION) is not None:
        return
    today = local_day(clock())
    _add(session, ASSOCIATION, AGREED, "N0000RN0001", add_months(today, -12))
    _add(session, ENDED_ID, ENDED, "N0000RN0002", add_months(today, -72))
    email, name, role = OLD_MEMBER
    add_member(session, portal.keyring, email, name, ENDED_ID, role, PASSWORD, clock, is_demo=True)


def _add(session: Session, association: str, described: dict[str, str], number: str, starts_on: date) -> None:
    registry.add(session, described, association).is_demo = True
    agreement = Agreement(number, AgreementLevel.NATIONAL.value, "", starts_on, usual_end(starts_on))
    registry.agree(session, association, agreement, said={"source": "Donnée inventée"})
