"""Step 5: the names: who writes, for whom, who helps; one identity each, never twice.

A name that our papers cannot show is asked in Latin letters too; the typed one stays the name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from app.base.dates import add_months
from app.base.errors import N_
from app.base.forms.dates import YEAR, Date, Day, PartErrors, to_come
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Name, Phone, Radios, Text
from app.printing.pdf_text import can_print
from app.saisine.steps.facts import TODAY
from app.saisine.steps.identity import FirstName, LastName, OneName, Reach, identity_checks
from app.saisine.steps.said import Said
from app.saisine.steps.situation import GIVEN_FOR_MINOR, Quality

ADULT = 18
GROWN_UP = N_("Cette personne a 18 ans ou plus. Elle fait la plainte elle-même, ou avec votre aide.")
GIVES_IT = N_("Cette personne a 18 ans ou plus. Elle donne le mandat elle-même : changez qui donne le mandat.")
LATIN_ONLY = N_("Écrivez ce nom avec des lettres latines, par exemple Mei Exemple.")
UNCHANGED = N_("Nos courriers ne peuvent pas montrer certains signes de ce nom. Le nom déjà écrit ne change pas.")
OWN_LATIN = Said(
    N_("Votre nom en lettres latines aussi (facultatif)"), of_helped=N_("Son nom en lettres latines aussi (facultatif)")
)
HERS_LATIN = N_("Le nom de cette personne en lettres latines aussi (facultatif)")
LATIN = N_("Prénom et nom en lettres latines")
_CHILD = ("qualite", Quality.ENFANT.value)


class Civility(Choices):
    """How to speak to the person."""

    MADAME = "madame", N_("Madame")
    MONSIEUR = "monsieur", N_("Monsieur")
    SANS = "sans", N_("Sans civilité")


class Identity(Answers):
    """A15: who complains; for a helper, the person who is helped."""

    prenom: FirstName
    nom: LastName
    sans_prenom: OneName
    civilite: Annotated[
        Civility | str,
        Radios(
            short=N_("Civilité"),
            label=Said(N_("Comment s'adresser à vous ?"), of_helped=N_("Comment s'adresser à elle ?")),
            choices=Civility,
            passed_on=True,
        ),
    ]
    barreau: Annotated[
        str,
        Text(
            short=N_("Barreau"),
            label=N_("Votre barreau"),
            only_if=("qualite", Quality.AVOCAT.value),
            missing=N_("Écrivez votre barreau."),
            longest=80,
            autocomplete="off",
            passed_on=True,
            on_paper=N_("Si vous êtes avocat ou avocate : votre barreau"),
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for a first name, unless there is none."""
        yield from identity_checks(found)


class IdentityAndReach(Reach, Identity):
    """A15 and A16: who complains, and how to reach them."""


class Helper(Answers):
    """B4: the helper, who may be called; nothing is compulsory."""

    aidant_nom: Annotated[
        str,
        Name(
            short=N_("Personne qui aide"),
            label=N_("Votre nom"),
            longest=100,
            autocomplete="name",
            spellcheck=False,
            private=True,
        ),
    ]
    aidant_lien: Annotated[
        str,
        Text(
            short=N_("Lien avec la personne"),
            label=N_("Votre lien avec cette personne"),
            hint=N_("Par exemple : sa voisine, son éducateur, sa curatrice"),
            longest=120,
            private=True,
        ),
    ]
    aidant_tel: Annotated[
        str,
        Phone(
            short=N_("Téléphone de qui aide"),
            label=N_("Peut-on vous appeler pour l'aider ?"),
            autocomplete="tel",
            width=20,
            private=True,
        ),
    ]


class RefusedPerson(Answers):
    """B5: the person who was refused care, when another one writes."""

    pers_prenom: Annotated[
        str,
        Name(
            short=N_("Personne concernée"),
            label=N_("Prénom de cette personne"),
            missing=N_("Écrivez le prénom de cette personne."),
            longest=100,
            autocomplete="off",
            spellcheck=False,
            passed_on=True,
        ),
    ]
    pers_nom: Annotated[
        str,
        Name(
            short=N_("Personne concernée"),
            label=N_("Nom de cette personne"),
            missing=N_("Écrivez le nom de cette personne."),
            longest=100,
            autocomplete="off",
            spellcheck=False,
            passed_on=True,
        ),
    ]
    pers_naissance: Annotated[
        Day,
        Date(
            short=N_("Date de naissance"),
            label=N_("Date de naissance"),
            example=N_("Par exemple : 27 2 2012"),
            only_if=_CHILD,
            on_paper=N_("Date de naissance, si c'est un enfant"),
        ),
    ]

    grown_up: ClassVar[str] = GROWN_UP

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the date of birth; from 18 years on the person complains in her own name (Code civil, art. 414)."""
        born, today = found.get("pers_naissance"), found.get(TODAY)
        if mistake := to_come(born, today):
            yield "pers_naissance", mistake
        elif born and today and add_months(born, 12 * ADULT) <= today:
            yield "pers_naissance", PartErrors({YEAR: FieldError(cls.grown_up)})


class RepresentedPerson(RefusedPerson):
    """The person who was refused care, when another one gives the mandate in her place."""

    pers_naissance: Annotated[
        Day,
        Date(
            short=N_("Date de naissance"),
            label=N_("Date de naissance"),
            example=N_("Par exemple : 27 2 2012"),
            only_if=("mandant", tuple(one.value for one in GIVEN_FOR_MINOR)),
        ),
    ]
    grown_up: ClassVar[str] = GIVES_IT


@dataclass(frozen=True, kw_only=True)
class LatinName(Name):
    """A whole name that every paper can show."""

    def read(self, typed: Sequence[str]) -> str:
        """Refuse what the papers cannot show either. Raises :class:`~app.base.forms.fields.FieldError`."""
        value = super().read(typed)
        if not can_print(value):
            raise FieldError(LATIN_ONLY)
        return value


def _latin(short: str, label: str = LATIN, *, optional: bool = False) -> LatinName:
    return LatinName(
        short=short,
        label=label,
        hint=UNCHANGED,
        optional=optional,
        autocomplete="off",
        spellcheck=False,
        passed_on=True,
        on_paper=False,
    )


OwnLatin = Annotated[str, _latin(N_("Nom en lettres latines"), optional=True)]
ChildLatin = Annotated[
    str,
    _latin(
        N_("Personne concernée, en lettres latines"), N_("Prénom et nom de l'enfant en lettres latines"), optional=True
    ),
]
"""The same on a page that asks other things too, where no heading says that they may be left out."""


class OwnLatinName(Answers):
    """A15, then: the name of whoever complains."""

    nom_latin: Annotated[str, _latin(N_("Nom en lettres latines"))]


class PersonLatinName(Answers):
    """B5, then: the name of the person who was refused care."""

    pers_nom_latin: Annotated[str, _latin(N_("Personne concernée, en lettres latines"))]


def needs_own(trail: Mapping[str, Any]) -> bool:
    """Return whether our papers lack a sign of the name of whoever complains."""
    return not _is_shown(trail, "prenom", "nom")


def needs_person(trail: Mapping[str, Any]) -> bool:
    """Return whether our papers lack a sign of the name of the person for whom another one writes."""
    return not _is_shown(trail, "pers_prenom", "pers_nom")


def _is_shown(trail: Mapping[str, Any], *names: str) -> bool:
    return all(can_print(str(trail.get(name) or "")) for name in names)
