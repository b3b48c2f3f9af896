"""« Utilisateurs » of the whole service: administrators keep every account, and read no complaint."""

from collections.abc import Sequence

from fastapi import Request
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.management.keeper import Keeper
from app.accounts.management.routes import pages
from app.accounts.rules import Role
from app.accounts.sign_in.reauthentication import expect_fresh
from app.administration.routes import AdminOf, frame
from app.associations import registry
from app.base.errors import N_
from app.base.forms.fields import Option
from app.base.i18n import translate
from app.base.web.pages import PortalOf
from app.filing.acts.reassignment import Filings
from app.filing.rules import AIGUILLAGE
from app.routing import openings
from app.routing import queries as routing


def keeper(request: Request, portal: PortalOf, clerk: AdminOf) -> Keeper:
    """Return an administrator who was recognised in the last minutes."""
    expect_fresh(request, portal, clerk)
    return Keeper(
        id=clerk.id,
        name=clerk.name,
        base="administration.people",
        roles=tuple(Role),
        is_admin=True,
        frame=frame(request, clerk),
        hand_over=Filings(),
        places=_places,
    )


def _places(session: Session) -> Sequence[Option]:
    """List the authorities that are open or are to open, the box of « aiguillage », and the associations."""
    to_open = routing.authorities(session, tuple(openings.to_come(session)))
    known = sorted([*routing.authorities(session), *to_open], key=lambda one: one.name)
    titles = {False: translate(N_("Caisses")), True: translate(N_("Conseils des ordres"))}
    groups = {
        is_ordre: [Option(f"autorite:{one.code}", one.name, group=title) for one in known if one.is_ordre is is_ordre]
        for is_ordre, title in titles.items()
    }
    box = Option(f"autorite:{AIGUILLAGE}", translate(N_("Aiguillage")), group=translate(N_("Le service")))
    title = translate(N_("Associations"))
    names = {one: one for one in accounts.associations(session)}
    names |= {one.row.id: one.row.name for one in registry.every(session)}
    associations = [Option(f"association:{one}", name, group=title) for one, name in names.items()]
    return [*groups[False], *groups[True], box, *associations]


router = pages("administration.people", "/administration/utilisateurs", keeper)
