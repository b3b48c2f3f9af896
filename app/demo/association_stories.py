"""Invented complaints of associations, one for each state that their desk knows; names and streets are made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.base.forms.dates import typed_day
from app.base.forms.fields import Typed
from app.demo.accounts import MEMBERS
from app.demo.associations import OLD_MEMBER
from app.demo.stories import DISABILITY, LANGUAGE, PRICE, QUOTE, RDV, THIRD_PARTY, email_of
from app.saisine.steps.mandate import MandateMode, MandateScope

MONA, NOE, PAUL = (email for email, _, _ in (*MEMBERS, OLD_MEMBER))


class Step(StrEnum):
    """What happens to a complaint of an association."""

    BEGIN = "begin"
    ASK = "ask"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    TELL_AUTHORITY = "tell_authority"
    TELL_PROFESSIONAL = "tell_professional"
    MEET = "meet"
    NOTIFY_FACTS = "notify_facts"
    OBSERVE = "observe"
    REVOKE = "revoke"
    CLOSE = "close"


@dataclass(frozen=True)
class RefusalTold:
    """What the person told: whom it is about, which refusal, for which reason."""

    profession: str
    professional: str
    town: str
    words: str
    form: str
    motive: str
    more: Mapping[str, str] = field(default_factory=dict)
    """What is asked of this refusal alone."""


@dataclass(frozen=True)
class AssociationStory:
    """A complaint that a member prepares for a person, what became of it and when, what the association keeps of it."""

    member: str
    """E-mail of the member."""
    first_name: str
    last_name: str
    told: RefusalTold
    days_ago: Mapping[Step, int]
    """How many days ago each step was, in their order."""
    powers: Sequence[MandateScope] = (MandateScope.SAISIR, MandateScope.RECEVOIR)
    mode: MandateMode = MandateMode.PAPIER
    reference: str = ""
    tags: Sequence[str] = ()
    note: str = ""

    def typed(self, today: date) -> Typed:
        """Write the form as the member would have typed it on a day, all but the signed mandate and its declarations.

        The mandate is signed on the day itself; a draft that waits for it does not say how it is given.
        """
        told = self.told
        form = {
            "besoin_soins": "non",
            "lieu_refus": "cabinet",
            "refus_par": "professionnel",
            "profession": told.profession,
            "pro_nom": told.professional,
            "pro_commune": told.town,
            "formes": told.form,
            "soins_urgents": "non",
            "date_precision": "ne_sait_pas",
            "recit": told.words,
            "motifs": told.motive,
            "couverture_connue": "oui",
            "prenom": self.first_name,
            "nom": self.last_name,
            "mandant": "personne",
            "moyens": "email",
            "email": email_of(self.first_name, self.last_name),
            "destinataire": "cpam",
            **told.more,
        }
        typed: Typed = {name: [value] for name, value in form.items()}
        if not {Step.ASK, Step.SEND} & set(self.days_ago):
            return typed
        signed = typed_day("mandat_date", today) if self.mode is MandateMode.PAPIER else {}
        scope = [one.value for one in self.powers]
        return {**typed, **signed, "mandat_mode": [self.mode.value], "mandat_portee": scope}


DOCTOR = RefusalTold("medecin", "Camille Exemple-Durand", "Lille", RDV, "rdv_refuse", "c2s")
DENTIST = RefusalTold("chirurgien_dentiste", "Alex Fictif", "Lille", QUOTE, "devis_refuse", "ame")
PRACTICE = RefusalTold("medecin", "Dominique Exemple", "Lille", DISABILITY, "soins_refuses", "handicap")
FEES = RefusalTold("medecin", "Maxime Fictif", "Lille", THIRD_PARTY, "tiers_payant_refuse", "c2s")
RECEPTION = RefusalTold("medecin", "Charlie Imaginaire", "Lille", LANGUAGE, "rdv_refuse", "origine")
EXCESS = RefusalTold(
    "medecin", "Alix Fictif", "Lille", PRICE, "depassement_tact_mesure", "ne_sait_pas",
    {"couverture": "aucune", "montant_demande": "150", "montant_du": "30"},
)  # fmt: skip
"""A price alone: the caisse decides, and its director notifies facts (CSS L. 162-1-14-1, R. 147-2)."""
EVERY_POWER = tuple(MandateScope)

ASSOCIATION_STORIES: Sequence[AssociationStory] = (
    AssociationStory(
        MONA, "Aline", "Fictive", PRACTICE, {Step.BEGIN: 62, Step.SEND: 62, Step.ACKNOWLEDGE: 58, Step.CLOSE: 30},
        reference="ES-001", tags=("accessibilité",), note="Orientée vers le Défenseur des droits.",
    ),
    AssociationStory(
        MONA, "Farid", "Inventé", DOCTOR,
        {
            Step.BEGIN: 44, Step.SEND: 43, Step.ACKNOWLEDGE: 40, Step.TELL_AUTHORITY: 38, Step.TELL_PROFESSIONAL: 38,
            Step.MEET: 20,
        },
        powers=EVERY_POWER, reference="ES-002", tags=("atelier du lundi",),
        note="Préparer la réunion avec Farid une semaine avant.",
    ),
    AssociationStory(
        NOE, "Karima", "Inventée", EXCESS,
        {Step.BEGIN: 46, Step.SEND: 45, Step.ACKNOWLEDGE: 41, Step.NOTIFY_FACTS: 38, Step.OBSERVE: 22},
        reference="ES-003",
    ),
    AssociationStory(
        MONA, "Sonia", "Exemple", DENTIST, {Step.BEGIN: 36, Step.SEND: 35, Step.ACKNOWLEDGE: 31, Step.REVOKE: 25},
    ),
    AssociationStory(
        MONA, "Diego", "Imaginaire", DOCTOR, {Step.BEGIN: 17, Step.SEND: 16},
        reference="ES-004", tags=("urgent", "atelier du lundi"), note="Relancer la CPAM si rien n'arrive.",
    ),
    AssociationStory(
        NOE, "Vera", "Fictive", FEES, {Step.BEGIN: 7, Step.SEND: 6, Step.ACKNOWLEDGE: 3}, reference="ES-005",
    ),
    AssociationStory(
        MONA, "Hugo", "Inventé", RECEPTION, {Step.BEGIN: 3, Step.ASK: 2}, mode=MandateMode.EMAIL,
        reference="ES-006", tags=("interprète",),
    ),
    AssociationStory(NOE, "Lina", "Exemple", PRACTICE, {Step.BEGIN: 1}, note="Le mandat doit encore être signé."),
    AssociationStory(PAUL, "Rémi", "Fictif", DENTIST, {Step.BEGIN: 5}),
)  # fmt: skip
