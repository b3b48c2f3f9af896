"""Routes of the associations' desk: a new complaint for a person (C3), and the pages that have a module."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk.act_page import router as acts
from app.association_desk.agreement import router as agreement
from app.association_desk.application import router as asking
from app.association_desk.branches import router as branches
from app.association_desk.filing import router as filing
from app.association_desk.frame import surrounds
from app.association_desk.hand_to_person import router as to_person
from app.association_desk.journal import router as journal
from app.association_desk.list import router as listing
from app.association_desk.mandate import router as mandate
from app.association_desk.members.accounts import router as accounts
from app.association_desk.members.page import router as handing
from app.association_desk.own import router as own
from app.association_desk.reminders.page import router as reminder
from app.association_desk.reuse import PERSON, PROFESSIONAL, taken_from
from app.association_desk.scanned.page import router as scanned
from app.base.errors import N_
from app.base.forms.fields import Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Email, Name, Phone
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.saisine import service as drafting
from app.saisine.steps.situation import GiverField, MandateGiver, given_by_person

router = APIRouter()
router.include_router(asking)
router.include_router(listing)
router.include_router(filing)
router.include_router(acts)
router.include_router(mandate)
router.include_router(own)
router.include_router(journal)
router.include_router(scanned)
router.include_router(reminder)
router.include_router(branches)
router.include_router(handing)
router.include_router(accounts)
router.include_router(agreement)
router.include_router(to_person)


class NewPerson(Answers):
    """C3: the person for whom the complaint is made."""

    pers_prenom: Annotated[str, Name(label=N_("Prénom"), longest=100, autocomplete="off", spellcheck=False)]
    pers_nom: Annotated[
        str,
        Name(
            label=N_("Nom"),
            missing=N_("Écrivez le nom de cette personne."),
            longest=100,
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    mandant: GiverField
    pers_email: Annotated[str, Email(label=N_("Adresse e-mail"), autocomplete="off")]
    pers_telephone: Annotated[str, Phone(label=N_("Téléphone"), autocomplete="off")]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count the person as the giver of the mandate when nobody else was named."""
        return given_by_person(typed)


def _begun(said: NewPerson) -> dict[str, list[str]]:
    """Write the first answers of the draft: the names of the person are the giver's own when she gives the mandate."""
    is_giver = said.mandant == MandateGiver.PERSONNE
    names = ("prenom", "nom") if is_giver else ("pers_prenom", "pers_nom")
    typed = {name: [value] for name, value in zip(names, (said.pers_prenom, said.pers_nom), strict=True)}
    typed |= {"sans_prenom": ["oui"]} if is_giver and not said.pers_prenom else {}
    means = [name for name, value in (("email", said.pers_email), ("telephone", said.pers_telephone)) if value]
    typed |= {"moyens": means, "email": [said.pers_email], "telephone": [said.pers_telephone]} if means else {}
    return {**typed, "mandant": [said.mandant.value]}


@router.get("/association/nouvelle", name="associations.new")
def new(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, comme: str = "") -> Response:
    """Ask for whom; ``comme``: the address of a complaint of which the professional is the same."""
    if comme:
        taken_from(session, portal.keyring, member, comme, PROFESSIONAL)
    return _new(request, surrounds(request, session, portal, member), given_by_person({}), comme)


@router.post("/association/nouvelle", name="associations.new.start")
def start(
    request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, form: FormOf, comme: str = ""
) -> Response:
    """Begin a draft for this person; what is known of the person, or of the professional, is not asked again."""
    parsed = parse(NewPerson, form.typed)
    known = taken_from(session, portal.keyring, member, comme, PROFESSIONAL) if comme else {}
    if parsed.values is None:
        return _new(request, surrounds(request, session, portal, member), form.typed, comme, parsed.errors)
    session.close()
    return _begin(portal, member, {**known, **_begun(parsed.values)})


@router.post("/association/dossiers/{b}/meme-personne", name="associations.own.same_person")
def start_again(session: ReadOf, portal: PortalOf, member: MemberOf, b: str, form: FormOf) -> Response:
    """Begin another draft for the same person: what is known of her is not asked again."""
    del form
    known = taken_from(session, portal.keyring, member, b, PERSON)
    session.close()
    return _begin(portal, member, known)


def _begin(portal: Portal, member: SignedInMember, typed: Typed) -> Response:
    with portal.database.write() as writing:
        draft = drafting.start_for(writing, portal.keyring, member.association, member.id, typed, portal.clock)
        public = draft.public
    return RedirectResponse(f"/saisine/{public}/pour-une-personne", 303)


def _new(request: Request, around: dict[str, Any], typed: Typed, comme: str, mistakes: Any = None) -> Response:
    form, status = make_form(request, NewPerson, typed, mistakes), 422 if mistakes else 200
    return render(request, "associations/new.html", status=status, **around, form=form, comme=comme)
