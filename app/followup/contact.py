"""« Changer mes coordonnées » (A16): the person says how to be reached from now on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.acts import contact_change
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse, widgets
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, render, versioned
from app.base.web.reading import FormOf
from app.filing import rules
from app.filing.queries import OpenFiling, open_for_person
from app.followup.dependencies import FollowedOf
from app.saisine.steps import identity
from app.saisine.third_person import speaking

router = APIRouter()


class ContactDetails(Answers):
    """A16, on one page."""

    moyens: identity.MeansField
    email: identity.EmailField
    adresse_chez: identity.CareOf
    adresse_rue: identity.Street
    adresse_complement: identity.Building
    adresse_code_postal: identity.PostalCode
    adresse_ville: identity.Town
    adresse_pays: identity.Country
    telephone: identity.PhoneField
    tel_consigne: identity.PhoneNote

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count a filled field as its ticked box."""
        return identity.ticked_by_filling(typed)

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Read a French postal code."""
        yield from identity.postal_code_checks(found)


@router.get("/suivi/coordonnees", name="followup.contact")
def read(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show the contact details of today, to be changed."""
    opened = open_for_person(session, portal.keyring, filing)
    return _show(request, opened, _today(opened))


@router.post("/suivi/coordonnees", name="followup.contact.do")
def change(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """Keep the new ones; the former ones stay in the history of the authority."""
    opened = open_for_person(session, portal.keyring, filing)
    session.close()
    parsed = parse(ContactDetails, _meant(form.typed, _today(opened)))
    if parsed.values is None:
        return _show(request, opened, form.typed, parsed.errors, status=422)
    said = {row["name"]: row["answer"] for row in opened.payload["complaint"]}
    given = rules.rows_of((parsed.values,), speaking(said, translate), private=True)
    with portal.database.write() as writing:
        contact_change.change(writing, portal, opened, given, form.seen)
    return RedirectResponse(f"{path_of(request.app, 'followup.contact')}?garde=oui", 303)


def _today(opened: OpenFiling) -> dict[str, list[str]]:
    """Write the sealed answers as the form holds them."""
    rows = [(row["name"], row["answer"]) for row in opened.contact]
    return {name: [str(one) for one in answer] if isinstance(answer, list) else [str(answer)] for name, answer in rows}


def _meant(typed: Typed, today: Typed) -> dict[str, Sequence[str]]:
    """Leave out what stands in the form as it was given before, under a box that is not ticked any more."""
    ticked = set(typed.get("moyens", ()))
    kept = dict(typed)
    for name, widget in widgets(ContactDetails).items():
        if widget.only_if and str(widget.only_if[1]) not in ticked and kept.get(name) == today.get(name):
            kept.pop(name, None)
    return kept


def _show(
    request: Request,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    *,
    status: int = 200,
) -> Response:
    return render(
        request,
        "followup/contact.html",
        status=status,
        form=versioned(request, ContactDetails, typed, mistakes, version=opened.version),
        number=opened.filing.number,
        is_open=opened.now.is_open,
        is_kept=request.query_params.get("garde") == "oui",
    )
