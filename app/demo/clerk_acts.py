"""What the clerks of the demonstration do: each act goes the way of the page that does it."""

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.accounts.rules import CLERKS as SPACE_OF_CLERKS
from app.accounts.rules import Space
from app.accounts.service.signing_in import account_by_email
from app.acts import turn
from app.base.forms.fields import Typed
from app.base.forms.form import parse
from app.base.portal import Portal
from app.demo.accounts import CLERKS
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase, actor_of


def account(session: Session, email: str, space: Space) -> str:
    """Return the id of an account of the demonstration."""
    found = account_by_email(session, email, space)
    assert found is not None  # noqa: S101 - the demonstration added it
    return found[0]


def clerk_at(session: Session, authority: str) -> Clerk:
    """Return the first clerk of an authority."""
    email = next(email for email, _, place, _ in CLERKS if place == authority)
    found = accounts.clerk(session, account(session, email, SPACE_OF_CLERKS))
    assert found is not None  # noqa: S101
    return found


def taken(session: Session, portal: Portal, number: str, authority: str, page: ActPage) -> DeskCase:
    """Take the turn of an act on a complaint."""
    clerk = clerk_at(session, authority)
    return DeskCase.of(turn.take(session, portal, actor_of(clerk), turn.ActPress(number, page.kind)), clerk)


def press(session: Session, portal: Portal, number: str, authority: str, page: ActPage, typed: Typed) -> None:
    """Press the button of a page of the clerk who holds a complaint."""
    case = taken(session, portal, number, authority, page)
    parsed = parse(page.form(case), {**page.first(case), **typed}, page.known(case))
    if parsed.values is None:
        raise ValueError(f"« {page.kind} » on {number} does not pass: {[*parsed.errors]}")
    page.do(case, page.prepare(case, parsed.values))
