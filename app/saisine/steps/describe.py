"""Step 2: the professional described by the person; a name or an address is enough (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Name, Phone, Text, Tick
from app.saisine.steps.professional import (
    CHOOSE_TOWN,
    TOO_VAGUE,
    TOWNS,
    DepartmentChoice,
    ProPlace,
    ProStreet,
    TownCode,
)

WHERE = N_("Écrivez la ville ou le code postal du lieu.")


class Describe(Answers):
    """A6b."""

    pro_nom: Annotated[
        str,
        Name(
            short=N_("Professionnel"),
            label=N_("Nom"),
            longest=80,
            autocomplete="off",
            passed_on=True,
            on_paper=N_("Nom du professionnel"),
        ),
    ]
    pro_prenom: Annotated[
        str, Name(short=N_("Professionnel"), label=N_("Prénom"), longest=80, autocomplete="off", passed_on=True)
    ]
    pro_specialite: Annotated[
        str,
        Text(
            short=N_("Professionnel"),
            label=N_("Spécialité"),
            hint=N_("Par exemple : dermatologue"),
            longest=80,
            autocomplete="off",
            passed_on=True,
        ),
    ]
    pro_lieu: ProPlace
    pro_adresse: ProStreet
    sans_ville: Annotated[
        bool,
        Tick(short=N_("Professionnel"), label=N_("Je ne connais pas la ville"), optional=False, on_paper=False),
    ]
    pro_departement: Annotated[
        str,
        DepartmentChoice(
            short=N_("Professionnel"),
            label=N_("Département"),
            only_if=("sans_ville", "oui"),
            missing=N_("Choisissez le département, ou “Je ne sais pas”."),
            passed_on=True,
            on_paper=False,
        ),
    ]
    pro_commune: Annotated[
        str,
        Text(
            short=N_("Professionnel"),
            label=N_("Ville ou code postal"),
            suggest=TOWNS,
            hint=N_("Pour trouver la bonne CPAM et le bon ordre."),
            optional=False,
            longest=120,
            autocomplete="off",
            passed_on=True,
            on_paper=N_("Ville et code postal"),
        ),
    ]
    commune_insee: TownCode
    pro_telephone: Annotated[
        str,
        Phone(
            short=N_("Professionnel"),
            label=N_("Téléphone"),
            wrong=N_("Écrivez un numéro de téléphone, par exemple 03 20 00 00 00."),
            autocomplete="off",
        ),
    ]
    pro_details: Annotated[
        str,
        LongText(
            short=N_("Professionnel"),
            label=N_("Autre chose qui aide à le reconnaître"),
            longest=500,
            rows=3,
            passed_on=True,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for one thing that identifies the professional, and for a place, however vague."""
        told = [found.get(name) for name in ("pro_nom", "pro_lieu", "pro_adresse", "pro_details")]
        if all(value == "" for value in told):
            yield "pro_nom", FieldError(TOO_VAGUE)
        if found.get("sans_ville"):
            return
        if found.get("pro_commune") == "":
            yield "pro_commune", FieldError(WHERE)
        elif not found.get("commune_insee"):
            yield "commune_insee", FieldError(CHOOSE_TOWN)
