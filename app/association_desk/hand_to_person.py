"""« Remettre à la personne »: once its agreement ended, an association gives a complaint to who may still send it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.rules import ASSOCIATION
from app.accounts.service import access, shown_once
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk.frame import surrounds
from app.association_desk.own import OwnCase, OwnCaseOf
from app.base.errors import N_, NotFound, TooMany
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers, parse
from app.base.forms.reading_language import ReadingLanguageChoice
from app.base.forms.widgets import Email, Radios
from app.base.i18n import FRENCH
from app.base.portal import Portal
from app.base.web.language_prefix import localized
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, make_form, render, see
from app.base.web.reading import FormOf
from app.evidence import store
from app.notifications import service as notifications
from app.notifications.rules import FROM_ANYBODY_SPAN
from app.saisine import handed_to_person, messages
from app.saisine.queries import open_for_mandate
from app.saisine.rules import KEPT
from app.saisine.steps.mandate import LANGUAGE, language_of

router = APIRouter()
HANDED = "associations.handed"


class HandingWay(Choices):
    """How the person gets the link."""

    EMAIL = "email", N_("Par e-mail")
    PRINTED = "papier", N_("Sur un papier que j'imprime et que je lui donne")


class HandedToPerson(Answers):
    """How, and where."""

    moyen: Annotated[
        HandingWay,
        Radios(
            label=N_("Comment la personne reçoit-elle le lien ?"),
            choices=HandingWay,
            missing=N_("Dites comment la personne reçoit le lien."),
        ),
    ]
    courriel: Annotated[
        str, Email(label=N_("Son adresse e-mail"), only_if=("moyen", HandingWay.EMAIL), autocomplete="off")
    ]
    langue: Annotated[
        str,
        ReadingLanguageChoice(
            label=LANGUAGE,
            hint=N_("L'e-mail et le formulaire sont dans cette langue. Sans choix : en français seulement."),
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask where the mail goes."""
        if found.get("moyen") == HandingWay.EMAIL and found.get("courriel") == "":
            yield "courriel", FieldError(N_("Écrivez l'adresse e-mail de la personne."))


@router.get("/association/dossiers/{b}/remettre", name="associations.hand")
def ask(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, case: OwnCaseOf) -> Response:
    """Say what it changes, and ask how the person gets the link."""
    around = surrounds(request, session, portal, member)
    if case.number or not around["stopped"]:
        return see(request, "associations.own", b=case.b)
    draft = open_for_mandate(session, portal.keyring, case.draft)
    typed = draft.typed if draft else {}
    known = {"courriel": typed.get("email", ()), "langue": [language_of(typed)] if language_of(typed) != FRENCH else []}
    form = make_form(request, HandedToPerson, known)
    return render(request, "associations/hand.html", **around, form=form, case=case)


@router.post("/association/dossiers/{b}/remettre", name="associations.hand.do")
def hand(
    request: Request,
    session: ReadOf,
    portal: PortalOf,
    visitor: VisitorOf,
    member: MemberOf,
    case: OwnCaseOf,
    form: FormOf,
) -> Response:
    """End the association's part, then lead to the page of the link, or of where it goes."""
    around = surrounds(request, session, portal, member)
    if case.number or not around["stopped"]:
        return see(request, "associations.own", b=case.b)
    parsed = parse(HandedToPerson, form.typed)
    if parsed.values is None:
        shown = make_form(request, HandedToPerson, form.typed, parsed.errors)
        return render(request, "associations/hand.html", status=422, **around, form=shown, case=case)
    name = str(around["agent"]["authority"])
    session.close()
    link = _hand(portal, member, case, parsed.values, name)
    with portal.database.write() as writing:
        content = {"to": parsed.values.courriel, "link": link}
        shown_once.keep(writing, portal, visitor, ASSOCIATION, HANDED, content)
    return see(request, HANDED)


@router.get("/association/remise", name=HANDED)
def handed(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, member: MemberOf) -> Response:
    """Show, for half an hour, where the link that was just made in this browser goes, or the link to print."""
    shown = shown_once.kept(session, portal, visitor, ASSOCIATION, HANDED)
    if shown is None:
        return see(request, "associations.list")
    return render(request, "associations/handed.html", **surrounds(request, session, portal, member), handed=shown)


def _hand(portal: Portal, member: SignedInMember, case: OwnCase, said: HandedToPerson, association: str) -> str:
    """Do it, and give the link, or nothing when it leaves by e-mail.

    Raises :class:`NotFound` when another press did, :class:`~app.base.errors.TooMany`.
    """
    now, to, code = portal.clock(), said.courriel, said.langue or FRENCH
    with portal.database.write() as session:
        draft = handed_to_person.opened(session, portal.keyring, case.draft, member.association)
        if draft is None:
            raise NotFound
        token, gone = handed_to_person.hand(session, portal.keyring, draft, to, portal.clock, code)
        access.note(session, access.Access(member.name, member.association, "brouillon_remis", draft.public), now)
        if to:
            _tell(session, portal, to, token, association, code)
    for one in gone:
        store.remove(portal.files, one)
    home = f"{portal.settings.address}{localized('/', code)}".rstrip("/")
    return "" if to else messages.link_of(home, token)


def _tell(session: Session, portal: Portal, to: str, token: str, association: str, code: str) -> None:
    mail = messages.handed(to, token, association, KEPT.days, portal.settings.address, code)
    if notifications.queue(session, portal.keyring, [mail], portal.clock):
        raise TooMany(int(FROM_ANYBODY_SPAN.total_seconds() // 60))
