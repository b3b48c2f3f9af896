"""Step 1: for whom the complaint is made, and whether care is still needed."""

from collections.abc import Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Name, Radios
from app.saisine.steps.said import Said


class CareNeeded(Choices):
    """Whether the care that was refused is still needed."""

    URGENT = "urgent", N_("Oui, et c'est urgent")
    BIENTOT = "bientot", N_("Oui, mais ce n'est pas urgent")
    NON = "non", N_("Non")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class Quality(Choices):
    """In which quality the filer writes."""

    MOI = "moi", N_("Pour moi")
    ENFANT = "enfant", N_("Pour mon enfant de moins de 18 ans")
    PROTEGE = "protege", N_("Pour une personne sous tutelle, curatelle ou autre protection")
    AIDE = (
        "aide",
        N_("J'aide une personne à remplir sa plainte"),
        N_("Un proche, un travailleur social… La plainte reste à son nom."),
    )
    AVOCAT = "avocat", N_("Je suis avocat ou avocate")
    ASSOCIATION = "association", N_("Je travaille pour une association agréée")
    MINEUR = "mineur", N_("Pour moi, et j'ai moins de 18 ans")


class ChildLink(Choices):
    """What the filer is to the child; one holder of parental authority is enough (Code civil, art. 372-2)."""

    PARENT = "parent", N_("Je suis son père, sa mère ou son autre parent")
    TUTEUR = "tuteur_mineur", N_("Je suis son tuteur ou sa tutrice")
    AUTRE = "autre", N_("Autre lien")


class Measure(Choices):
    """The measure that protects an adult (Code civil, art. 425 to 494-12): some represent, some assist."""

    TUTELLE = "tutelle", N_("Une tutelle")
    HABILITATION_REPRESENTATION = "habilitation_representation", N_("Une habilitation familiale pour représenter")
    MANDAT_PROTECTION = "mandat_protection", N_("Un mandat de protection future")
    CURATELLE = "curatelle", N_("Une curatelle (simple ou renforcée)")
    HABILITATION_ASSISTANCE = "habilitation_assistance", N_("Une habilitation familiale pour assister")
    SAUVEGARDE = "sauvegarde", N_("Une sauvegarde de justice")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class MandateGiver(Choices):
    """Who gives an association its mandate: the person, or whoever acts in her place.

    Code civil: art. 372-2 and 408 for a minor; art. 440, 494-1 and 477 for an adult. Under any other measure the adult
    gives it herself.
    """

    PERSONNE = (
        "personne",
        N_("La personne elle-même"),
        N_("Aussi quand elle est sous curatelle ou sous sauvegarde de justice."),
    )
    PARENT = "parent", N_("Son père, sa mère ou son autre parent"), N_("La personne a moins de 18 ans.")
    TUTEUR_MINEUR = "tuteur_mineur", N_("Son tuteur ou sa tutrice"), N_("La personne a moins de 18 ans.")
    TUTELLE = "tutelle", N_("Son tuteur ou sa tutrice"), N_("La personne est majeure.")
    HABILITATION_REPRESENTATION = (
        "habilitation_representation",
        N_("La personne qui a une habilitation familiale pour la représenter"),
    )
    MANDAT_PROTECTION = "mandat_protection", N_("La personne qui a son mandat de protection future")


SHORT = (Quality.MOI, Quality.ENFANT, Quality.AIDE)
"""The qualities that the short form knows; the others need a page of their own."""
REPRESENTING = (Measure.TUTELLE, Measure.HABILITATION_REPRESENTATION, Measure.MANDAT_PROTECTION)
"""Measures under which the filer acts in the person's place; under the others the person acts, with help."""

QUALITIES: Mapping[str, str] = {
    MandateGiver.PARENT: N_("parent d'une personne de moins de 18 ans"),
    MandateGiver.TUTEUR_MINEUR: N_("tuteur ou tutrice d'une personne de moins de 18 ans"),
    MandateGiver.TUTELLE: N_("tuteur ou tutrice d'une personne majeure"),
    MandateGiver.HABILITATION_REPRESENTATION: N_("personne habilitée par le juge à la représenter"),
    MandateGiver.MANDAT_PROTECTION: N_("mandataire par un mandat de protection future"),
}
"""How the giver of a mandate says for which reason she acts in the person's place."""
GIVEN_FOR_MINOR = (MandateGiver.PARENT, MandateGiver.TUTEUR_MINEUR)
"""Givers of the mandate of a minor; the others who are not the person act for a protected adult."""

NEEDS_CARE = Said(
    N_("Avez-vous encore besoin de ces soins ?"), N_("Cette personne a-t-elle encore besoin de ces soins ?")
)
WHOSE = N_("Pour qui faites-vous cette plainte ?")
WHO = N_("Dites-nous pour qui vous faites cette plainte.")
QUALITY = Radios(short=N_("Pour qui"), label=WHOSE, choices=Quality, only=SHORT, missing=WHO, passed_on=True)
GiverField = Annotated[
    MandateGiver,
    Radios(
        short=N_("Mandat donné par"),
        label=N_("Qui donne le mandat ?"),
        choices=MandateGiver,
        missing=N_("Dites-nous qui donne le mandat."),
        private=True,
    ),
]
PersFirstName = Annotated[
    str,
    Name(
        label=N_("Prénom de l'enfant"),
        only_if=("qualite", Quality.ENFANT),
        missing=N_("Écrivez le prénom de l'enfant."),
        longest=100,
        autocomplete="off",
        passed_on=True,
    ),
]
PersLastName = Annotated[
    str,
    Name(
        label=N_("Nom de l'enfant"),
        only_if=("qualite", Quality.ENFANT),
        missing=N_("Écrivez le nom de l'enfant."),
        longest=100,
        autocomplete="off",
        passed_on=True,
    ),
]


class Care(Answers):
    """A2."""

    besoin_soins: Annotated[
        CareNeeded,
        Radios(
            short=N_("Besoin de soins"),
            label=NEEDS_CARE,
            choices=CareNeeded,
            private=True,
            missing=Said(
                N_("Dites-nous si vous avez encore besoin de soins."),
                N_("Dites-nous si cette personne a encore besoin de soins."),
            ),
            on_paper=False,
        ),
    ]


class Who(Answers):
    """A3."""

    qualite: Annotated[Quality, Radios(short=N_("Pour qui"), label=WHOSE, choices=Quality, missing=WHO, passed_on=True)]


class Child(Answers):
    """B1."""

    lien: Annotated[
        ChildLink,
        Radios(
            short=N_("Lien avec l'enfant"),
            label=N_("Quel est votre lien avec l'enfant ?"),
            choices=ChildLink,
            missing=N_("Dites-nous quel est votre lien avec l'enfant."),
            passed_on=True,
            on_paper=False,
        ),
    ]


class Protection(Answers):
    """B2."""

    mesure: Annotated[
        Measure,
        Radios(
            short=N_("Mesure de protection"),
            label=N_("Quelle est la mesure de protection ?"),
            choices=Measure,
            private=True,
            missing=N_("Choisissez la mesure, ou “Je ne sais pas”."),
            on_paper=False,
        ),
    ]


class Assisting(Answers):
    """B3: the filer assists a protected adult, who acts in her own name."""

    role: str = "curateur"


class ByAssociation(Answers):
    """C3: a member of an approved association writes, with the express mandate of the person (CSP R. 1110-11)."""

    qualite: Quality = Quality.ASSOCIATION
    mandant: GiverField

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Read a draft of before there was a choice: the person gives the mandate."""
        return given_by_person(typed)


class Helping(Answers):
    """B4: the filer helps, and represents nobody."""

    role: str = "aidant"


def given_by_person(typed: Typed) -> Typed:
    """Count the person as the giver of the mandate when nobody else was named."""
    return typed if any(typed.get("mandant", ())) else {**typed, "mandant": [MandateGiver.PERSONNE.value]}


def is_minor(trail: Mapping[str, Any]) -> bool:
    """Return whether the person who was refused care is under 18."""
    return trail.get("qualite") in {Quality.ENFANT, Quality.MINEUR} or trail.get("mandant") in GIVEN_FOR_MINOR


def is_protected(trail: Mapping[str, Any]) -> bool:
    """Return whether a measure protects the adult who was refused care."""
    return trail.get("qualite") == Quality.PROTEGE or trail.get("mandant") in REPRESENTING


def represents(trail: Mapping[str, Any]) -> bool:
    """Return whether somebody acts in the place of the person: two identities are needed.

    Under a mandate, whoever gives it acts so, and the association writes for them.
    """
    quality = trail.get("qualite")
    protects = quality == Quality.PROTEGE and trail.get("mesure") in REPRESENTING
    mandates = trail.get("mandant") not in {None, "", MandateGiver.PERSONNE}
    return quality in {Quality.ENFANT, Quality.AVOCAT} or protects or mandates


def assists(trail: Mapping[str, Any]) -> bool:
    """Return whether the filer helps a person who acts in their own name."""
    quality = trail.get("qualite")
    return quality == Quality.AIDE or (
        quality == Quality.PROTEGE and bool(trail.get("mesure")) and not represents(trail)
    )
