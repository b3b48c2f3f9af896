"""Associations that ask to be known: the invitation of the one that is added, the answer to the one that is refused."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import service
from app.accounts.management.invite import tell
from app.accounts.queries import Clerk
from app.accounts.rules import Role
from app.accounts.service import Membership, access
from app.accounts.sign_in.done import JustDone, after
from app.administration.routes import AdminOf, frame
from app.associations import registry
from app.associations.models import Association
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message

router = APIRouter()
SAY_WHY = N_("Écrivez la raison.")


class Refused(Choices):
    """Why an association is not added."""

    UNKNOWN = "introuvable", N_("Nous n'avons pas trouvé cet agrément.")
    ENDED = "termine", N_("Cet agrément a pris fin.")
    DIFFERENT = "differente", N_("La décision d'agrément ne dit pas la même chose que la demande.")
    KNOWN = "connue", N_("Cette association est déjà connue du service.")
    OTHER = "autre", N_("Une autre raison")


class Refusing(Answers):
    """Why no is answered."""

    raison: Annotated[Refused, Radios(label=N_("Pourquoi ?"), choices=Refused, missing=N_("Choisissez une raison."))]
    precision: Annotated[
        str,
        LongText(
            label=N_("Précision"),
            hint=N_("L'association la reçoit par e-mail, telle que vous l'écrivez. N'écrivez rien d'une plainte."),
            longest=500,
            rows=3,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for words when no reason fits."""
        if found.get("raison") == Refused.OTHER and found.get("precision") == "":
            yield "precision", FieldError(SAY_WHY)

    def words(self) -> str:
        """Return what the association is told."""
        chosen = "" if self.raison is Refused.OTHER else translate(self.raison.label)
        return " ".join(filter(None, (chosen, self.precision)))


def invite(session: Session, portal: Portal, clerk: Clerk, row: Association) -> None:
    """Invite, at its address, who will answer for an association. Raises :class:`~app.accounts.service.EmailTaken`."""
    place = Membership(Role.RESPONSABLE_ASSOCIATION.value, association=row.id)
    token = service.invite(session, portal.keyring, row.email, place, clerk.id, portal.clock)
    tell(session, portal, row.email, Mail.INVITATION, token)
    access.note(session, access.Access(clerk.name, row.id, "compte_invite", ""), portal.clock())


@router.get("/administration/associations/demandes/{demande}", name="administration.association.refuse")
def ask(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, demande: str) -> Response:
    """Ask why, before a request is refused and erased."""
    return _page(request, clerk, demande, _waiting(session, portal, demande))


@router.post("/administration/associations/demandes/{demande}", name="administration.association.refuse.do")
def refuse(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, demande: str, form: FormOf) -> Response:
    """Answer no to a request: the asker is told why, and what was typed is erased."""
    typed = _waiting(session, portal, demande)
    parsed = parse(Refusing, form.typed)
    if parsed.values is None:
        return _page(request, clerk, demande, typed, make_form(request, Refusing, form.typed, parsed.errors))
    session.close()
    now = portal.clock()
    words = {"day": dates.date_text(dates.local_day(now), weekday=False), "reason": parsed.values.words()}
    told = Message(typed["courriel"], Mail.REQUEST_REFUSED, demande, words)
    with portal.database.write() as writing:
        if registry.answer(writing, demande, "refusee", now):
            notifications.queue(writing, portal.keyring, [told], portal.clock)
    return after(request, JustDone.ASSOCIATION_REFUSED, "administration.associations")


def _waiting(session: Session, portal: Portal, demande: str) -> dict[str, str]:
    """Return what was typed in a request that waits. Raises :class:`NotFound`."""
    typed = registry.request(session, portal.keyring, demande)
    if typed is None:
        raise NotFound
    return typed


def _page(request: Request, clerk: Clerk, demande: str, typed: Mapping[str, str], wrong: Any = None) -> Response:
    context: dict[str, Any] = {"asked": demande, "typed": typed, "form": wrong or make_form(request, Refusing, {})}
    return render(
        request,
        "administration/association_refuse.html",
        status=422 if wrong else 200,
        **frame(request, clerk),
        **context,
    )
