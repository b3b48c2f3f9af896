"""An association that is not known here asks to be; an administrator checks its agreement (CSP L. 1114-1)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.associations import registry
from app.associations.described import BAD_RNA
from app.associations.rules import RNA, plain_number
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Email, Text
from app.base.limits import Limit
from app.base.web.pages import AddressOf, PortalOf, make_form, render, see
from app.base.web.reading import FormOf

router = APIRouter()
ASKS = 5
"""Requests from one network address before it must wait."""


class Application(Answers):
    """What is asked of an association that is not known."""

    nom: Annotated[
        str,
        Text(
            label=N_("Nom de l'association"),
            missing=N_("Écrivez le nom de l'association."),
            autocomplete="off",
        ),
    ]
    rna: Annotated[
        str,
        Text(
            label=N_("Numéro RNA"),
            hint=N_("Sur le récépissé de la préfecture, par exemple W000000000. Laissez vide si vous n'en avez pas."),
            longest=20,
            autocomplete="off",
        ),
    ]
    numero_agrement: Annotated[
        str,
        Text(
            label=N_("Numéro de l'agrément"),
            hint=N_("Sur la décision du ministre ou de l'agence régionale de santé"),
            missing=N_("Écrivez le numéro de l'agrément."),
            longest=40,
            autocomplete="off",
        ),
    ]
    reference_arrete: Annotated[
        str,
        Text(
            label=N_("Référence de la décision"),
            hint=N_("Par exemple : arrêté du 12 mars 2024"),
            missing=N_("Écrivez la référence de la décision."),
            autocomplete="off",
        ),
    ]
    contact: Annotated[
        str,
        Text(
            label=N_("Personne à joindre dans l'association"),
            hint=N_("Prénom et nom. Effacés quand nous avons répondu à la demande."),
            missing=N_("Écrivez le nom de la personne à joindre."),
            autocomplete="name",
        ),
    ]
    courriel: Annotated[
        str,
        Email(
            label=N_("Adresse e-mail de l'association"),
            hint=N_("Si l'agrément est confirmé, l'invitation part à cette adresse."),
            missing=N_("Écrivez l'adresse e-mail de l'association."),
            autocomplete="email",
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the form of the RNA number."""
        rna = plain_number(str(found.get("rna") or ""))
        if rna and not RNA.fullmatch(rna):
            yield "rna", FieldError(BAD_RNA)


@router.get("/association/demander", name="associations.ask")
def ask(request: Request) -> Response:
    """Show the form."""
    return _page(request, {})


@router.post("/association/demander", name="associations.ask.send")
def send(request: Request, portal: PortalOf, address: AddressOf, form: FormOf) -> Response:
    """Keep the request for an administrator."""
    parsed = parse(Application, form.typed)
    if parsed.values is None:
        return _page(request, form.typed, parsed.errors, 422)
    portal.limits.take(Limit("association", address, ASKS))
    with portal.database.write() as session:
        registry.ask(session, portal.keyring, {name: str(value) for name, value in parsed.values}, portal.clock())
    return see(request, "associations.asked")


@router.get("/association/demander/merci", name="associations.asked")
def asked(request: Request) -> Response:
    """Say what follows."""
    return render(request, "associations/asked.html", home_url="/association")


def _page(
    request: Request, typed: Typed, mistakes: Mapping[str, FieldError] | None = None, status: int = 200
) -> Response:
    form = make_form(request, Application, typed, mistakes)
    return render(request, "associations/ask.html", status=status, form=form, home_url="/association")
