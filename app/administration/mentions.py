"""« Mentions à compléter »: the cards that lack what a letter must say of its service (CRPA R. 112-5, R. 112-11-1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.models import Account
from app.administration.routes import AdminOf, frame
from app.base.cutting import Cut, asked_for
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.pages import ReadOf, render
from app.routing.models import Authority

router = APIRouter()
MOST = 100
MENTIONS: Mapping[str, str] = {
    "service": N_("nom du service"),
    "address": N_("adresse"),
    "postal_code": N_("code postal"),
    "town": N_("ville"),
    "phone": N_("téléphone"),
    "email": N_("adresse e-mail"),
}
"""Column of the card, and what is said when it is empty."""


@dataclass(frozen=True)
class IncompleteCard:
    """An authority in force, and what its card lacks."""

    code: str
    name: str
    lacks: str
    works_here: bool


@router.get("/administration/mentions", name="administration.mentions")
def show(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """List the incomplete cards, those of the authorities that work here first."""
    return render(request, "administration/mentions.html", **frame(request, clerk), rows=incomplete(session))


def incomplete(session: Session) -> Cut[IncompleteCard]:
    """List the authorities in force whose card lacks a mandatory mention."""
    works_here = Authority.code.in_(select(Account.authority).where(Account.disabled_at.is_(None)))
    is_lacking = or_(*(getattr(Authority, column) == "" for column in MENTIONS))
    wanted = select(Authority, works_here.label("here")).where(Authority.is_retired.is_(False), is_lacking)
    rows = session.execute(wanted.order_by(works_here.desc(), Authority.code).limit(asked_for(MOST)))
    return Cut((IncompleteCard(row.code, row.name, _lacks(row), bool(here)) for row, here in rows), MOST)


def _lacks(row: Authority) -> str:
    return ", ".join(translate(words) for column, words in MENTIONS.items() if not getattr(row, column))
