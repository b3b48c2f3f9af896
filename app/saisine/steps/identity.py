"""Step 5: who complains and how to reach them (CSP R. 1110-11: identity and contact details)."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Checkboxes, Email, Name, Phone, Radios, Text, Tick
from app.saisine.steps.envelope import OnEnvelope
from app.saisine.steps.said import Said


class Means(Choices):
    """Ways to reach a person; one is enough."""

    EMAIL = "email", N_("Par e-mail"), N_("Le récépissé arrive aussitôt.")
    COURRIER = "courrier", N_("Par courrier"), N_("Même chez un proche, une association ou un CCAS.")
    TELEPHONE = "telephone", N_("Par téléphone")


class ReachedThrough(Choices):
    """Whether letters go to the person, to the association that acts for her, or to both (CSP R. 1110-11)."""

    ASSOCIATION = (
        "association",
        N_("Par l'association"),
        N_("Les courriers arrivent à l'adresse de l'association, au nom de la personne."),
    )
    DIRECTEMENT = "directement", N_("Directement")
    LES_DEUX = "les_deux", N_("Les deux")


_BEHIND = {Means.EMAIL: ("email",), Means.COURRIER: ("adresse_rue", "adresse_ville"), Means.TELEPHONE: ("telephone",)}
_POSTAL = re.compile(r"[0-9]{5}")

REACHED = Said(N_("Par où joindre cette personne ?"), of_giver=N_("Par où joindre la personne qui donne le mandat ?"))
HOW_TO_REACH = Said(
    N_("Comment peut-on vous joindre ?"),
    of_helped=N_("Comment peut-on joindre cette personne ?"),
    of_giver=N_("Comment peut-on joindre la personne qui donne le mandat ?"),
)
FirstName = Annotated[
    str,
    Name(
        short=N_("Nom"),
        label=N_("Prénom"),
        optional=False,
        longest=100,
        autocomplete="given-name",
        spellcheck=False,
        passed_on=True,
    ),
]
LastName = Annotated[
    str,
    Name(
        short=N_("Nom"),
        label=N_("Nom"),
        hint=N_("Celui que la CPAM connaît."),
        missing=Said(N_("Écrivez votre nom."), of_helped=N_("Écrivez son nom.")),
        longest=100,
        autocomplete="family-name",
        spellcheck=False,
        passed_on=True,
    ),
]
OneName = Annotated[
    bool,
    Tick(
        label=Said(N_("Je n'ai qu'un seul nom"), of_helped=N_("Cette personne n'a qu'un seul nom")),
        optional=False,
        on_paper=False,
    ),
]
MeansField = Annotated[
    tuple[Means, ...],
    Checkboxes(
        short=N_("Moyens de contact"),
        label=HOW_TO_REACH,
        hint=N_("Un seul moyen suffit."),
        choices=Means,
        missing=Said(
            N_("Choisissez au moins un moyen de vous joindre."),
            of_helped=N_("Choisissez au moins un moyen de la joindre."),
        ),
        private=True,
        on_paper=False,
    ),
]
EmailField = Annotated[
    str,
    Email(
        short=N_("E-mail"),
        label=N_("Adresse e-mail"),
        only_if=("moyens", Means.EMAIL),
        in_view=True,
        missing=Said(N_("Écrivez votre adresse e-mail."), of_helped=N_("Écrivez son adresse e-mail.")),
        autocomplete="email",
        private=True,
    ),
]
PhoneField = Annotated[
    str,
    Phone(
        short=N_("Téléphone"),
        label=N_("Numéro de téléphone"),
        only_if=("moyens", Means.TELEPHONE),
        missing=N_(
            "Écrivez un numéro de téléphone, par exemple 06 00 00 00 00. Pour un numéro étranger, commencez par +."
        ),
        autocomplete="tel",
        width=20,
        private=True,
    ),
]
PhoneNote = Annotated[
    str,
    Text(
        short=N_("Téléphone"),
        label=Said(N_("Quand vous appeler, ou consigne"), of_helped=N_("Quand l'appeler, ou consigne")),
        hint=N_("Par exemple : ne pas laisser de message"),
        only_if=("moyens", Means.TELEPHONE),
        longest=120,
        private=True,
    ),
]


def _address(label: str, autocomplete: str | None, longest: int, missing: str | None = None) -> Text:
    return OnEnvelope(
        short=N_("Adresse"),
        label=label,
        only_if=("moyens", Means.COURRIER),
        autocomplete=autocomplete,
        longest=longest,
        missing=missing,
        private=True,
    )


CareOf = Annotated[str, _address(N_("Chez"), None, 80)]
Street = Annotated[str, _address(N_("Numéro et rue"), "address-line1", 200, N_("Écrivez la rue ou le lieu-dit."))]
Building = Annotated[str, _address(N_("Bâtiment, étage, boîte"), "address-line2", 120)]
PostalCode = Annotated[
    str,
    OnEnvelope(
        short=N_("Adresse"),
        label=N_("Code postal"),
        only_if=("moyens", Means.COURRIER),
        autocomplete="postal-code",
        inputmode="numeric",
        width=10,
        longest=20,
        missing=N_("Écrivez un code postal de 5 chiffres, par exemple 59000."),
        private=True,
    ),
]
Town = Annotated[str, _address(N_("Ville"), "address-level2", 120, N_("Écrivez la ville."))]
Country = Annotated[str, _address(N_("Pays, si ce n'est pas la France"), "country-name", 80)]


def through_association(answers: Mapping[str, Any]) -> bool:
    """Return whether the association receives what is sent to the person, alone or beside her."""
    return answers.get("pers_joindre") in {ReachedThrough.ASSOCIATION, ReachedThrough.LES_DEUX}


def ticked_by_filling(typed: Typed) -> Typed:
    """Count a filled field as its ticked box: without a script, all the fields are in view."""
    given = [value.strip() for value in typed.get("moyens", ())]
    filled = [
        means.value
        for means, names in _BEHIND.items()
        if means.value not in given and any("".join(typed.get(name, ())).strip() for name in names)
    ]
    return {**typed, "moyens": [*given, *filled]} if filled else typed


def identity_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Ask for a first name unless there is none; read a French postal code (free text for another country)."""
    if found.get("prenom") == "" and not found.get("sans_prenom"):
        yield "prenom", FieldError(Said(N_("Écrivez votre prénom."), of_helped=N_("Écrivez son prénom.")))
    yield from postal_code_checks(found)


def postal_code_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Read a French postal code; free text for another country."""
    code = str(found.get("adresse_code_postal") or "")
    is_france = str(found.get("adresse_pays") or "").strip().lower() in {"", "france", "fr"}
    if code and is_france and not _POSTAL.fullmatch(code.replace(" ", "")):
        yield "adresse_code_postal", FieldError(N_("Écrivez un code postal de 5 chiffres, par exemple 59000."))


class Through(Answers):
    """C3: by whom letters reach the person."""

    pers_joindre: Annotated[
        ReachedThrough,
        Radios(
            label=REACHED,
            choices=ReachedThrough,
            private=True,
            missing=N_("Dites-nous par où la joindre."),
        ),
    ]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Read a draft of before there was a choice: whoever gave a way to be reached is reached directly."""
        is_asked = not any(typed.get("pers_joindre", ())) and any(typed.get("moyens", ()))
        return {**typed, "pers_joindre": [ReachedThrough.DIRECTEMENT.value]} if is_asked else typed


class Reach(Answers):
    """A16."""

    moyens: MeansField
    email: EmailField
    telephone: PhoneField
    tel_consigne: PhoneNote

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count a field filled here as its ticked box; an address kept from a later page ticks nothing again."""
        if "moyens" not in typed:
            return ticked_by_filling(typed)
        here = {name: value for name, value in typed.items() if name not in _BEHIND[Means.COURRIER]}
        return {**typed, "moyens": ticked_by_filling(here)["moyens"]}


class Address(Answers):
    """A16b; the post was chosen on the page before."""

    adresse_chez: CareOf
    adresse_rue: Street
    adresse_complement: Building
    adresse_code_postal: PostalCode
    adresse_ville: Town
    adresse_pays: Country

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Read a French postal code."""
        yield from postal_code_checks(found)
