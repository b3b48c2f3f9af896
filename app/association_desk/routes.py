"""Routes of the associations' desk: a new complaint for a person (C3), and the pages that have a module."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.sign_in.current_user import MemberOf
from app.association_desk.act_page import router as acts
from app.association_desk.agreement import router as agreement
from app.association_desk.application import router as asking
from app.association_desk.branches import router as branches
from app.association_desk.filing import router as filing
from app.association_desk.frame import surrounds
from app.association_desk.hand_to_person import router as handing
from app.association_desk.list import router as listing
from app.association_desk.mandate import router as mandate
from app.association_desk.own import router as own
from app.base.errors import N_
from app.base.forms.fields import Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Email, Phone, Text
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
router.include_router(branches)
router.include_router(agreement)
router.include_router(handing)


class NewPerson(Answers):
    """C3: the person for whom the complaint is made."""

    pers_prenom: Annotated[str, Text(label=N_("Prénom"), longest=100, autocomplete="off", spellcheck=False)]
    pers_nom: Annotated[
        str,
        Text(
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
def new(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> Response:
    """Ask for whom."""
    return _new(request, surrounds(request, session, portal, member), given_by_person({}))


@router.post("/association/nouvelle", name="associations.new.start")
def start(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, form: FormOf) -> Response:
    """Begin a draft for this person; what is known of the person is not asked again."""
    parsed = parse(NewPerson, form.typed)
    if parsed.values is None:
        return _new(request, surrounds(request, session, portal, member), form.typed, parsed.errors, 422)
    typed = _begun(parsed.values)
    with portal.database.write() as writing:
        draft = drafting.start_for(writing, portal.keyring, member.association, member.id, typed, portal.clock)
        public = draft.public
    return RedirectResponse(f"/saisine/{public}/pour-une-personne", 303)


def _new(request: Request, around: dict[str, Any], typed: Typed, mistakes: Any = None, status: int = 200) -> Response:
    form = make_form(request, NewPerson, typed, mistakes)
    return render(request, "associations/new.html", status=status, **around, form=form)
