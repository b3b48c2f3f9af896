"""Step 3: what happened, when, in the person's own words."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date, Day, to_come
from app.base.forms.fields import Choices, Mistake
from app.base.forms.form import Answers
from app.base.forms.widgets import Amount, Checkboxes, LongText, Radios, Select, Text
from app.saisine.steps.languages import Language

TODAY = "aujourd_hui"
"""Name of the day it is, among what is known beside the answers."""


class Form(Choices):
    """The forms a refusal takes (CSP R. 1110-8); the first six were named by France Assos Santé."""

    RDV_REFUSE = "rdv_refuse", N_("On m'a refusé un rendez-vous")
    DELAI_ELEVE = "delai_eleve", N_("On m'a proposé un délai trop long"), N_("Plus long que pour les autres patients")
    ORIENTATION_REPETEE = (
        "orientation_repetee",
        N_("On m'a envoyé chez un autre professionnel, plusieurs fois ou sans raison"),
    )
    DEVIS_REFUSE = "devis_refuse", N_("On a refusé de me faire un devis")
    TIERS_PAYANT_REFUSE = (
        "tiers_payant_refuse",
        N_("On a refusé le tiers payant"),
        N_("On m'a demandé d'avancer l'argent"),
    )
    DEPASSEMENT_C2S = (
        "depassement_c2s",
        N_("On m'a fait payer plus cher que le tarif"),
        N_("Alors que j'ai la Complémentaire santé solidaire ou l'AME"),
    )
    SOINS_REFUSES = "soins_refuses", N_("On a refusé de me soigner alors que j'étais sur place")
    CONTRACEPTION_URGENCE = "contraception_urgence", N_("On a refusé de me donner une contraception d'urgence")
    DEPASSEMENT_TACT_MESURE = (
        "depassement_tact_mesure",
        N_("On m'a demandé un prix trop élevé"),
        N_("Sans lien avec la Complémentaire santé solidaire ou l'AME"),
    )
    AUTRE = "autre", N_("Autre chose"), N_("Vous l'expliquerez plus loin")


FEES_ALONE = (Form.DEPASSEMENT_TACT_MESURE,)
"""A price alone, without discrimination: the caisse alone decides (CSS L. 162-1-14-1, 2°)."""
MONEY = (Form.DEPASSEMENT_C2S.value, Form.DEPASSEMENT_TACT_MESURE.value, Form.TIERS_PAYANT_REFUSE.value)


class YesNo(Choices):
    """Yes, no, or not known."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Non")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class DatePrecision(Choices):
    """How well the date is known."""

    EXACTE = "exacte", N_("Je connais la date")
    APPROX = "approx", N_("Je connais à peu près la date")
    PLUSIEURS = "plusieurs", N_("C'est arrivé plusieurs fois")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


REMEMBER = N_("Écrivez ce dont vous vous souvenez, même approximatif.")
_STORY_MISSING = N_("Racontez ce qui s'est passé. Quelques phrases suffisent.")
Story = Annotated[
    str,
    LongText(
        label=N_("Votre récit"),
        hint=N_(
            "Qu'avez-vous demandé ? Que vous a-t-on répondu ? Quand ? "
            "Écrivez avec vos mots, dans votre langue si vous préférez."
        ),
        missing=_STORY_MISSING,
        shortest=20,
        longest=10_000,
        rows=10,
        passed_on=True,
    ),
]


class Forms(Answers):
    """A7."""

    formes: Annotated[
        tuple[Form, ...],
        Checkboxes(
            label=N_("Que s'est-il passé ?"),
            hint=N_("Cochez tout ce qui correspond."),
            choices=Form,
            missing=N_("Cochez au moins une réponse."),
            passed_on=True,
        ),
    ]


class Precisions(Answers):
    """A8; the questions depend on the forms that were ticked."""

    soins_urgents: Annotated[
        YesNo,
        Radios(
            label=N_("Aviez-vous besoin de soins en urgence à ce moment-là ?"),
            hint=N_("Un professionnel doit toujours réagir en cas d'urgence."),
            choices=YesNo,
            missing=N_("Dites-nous si c'était urgent, ou choisissez “Je ne sais pas”."),
            passed_on=True,
        ),
    ]
    delai_propose: Annotated[
        str,
        Text(
            label=N_("Quel délai vous a-t-on proposé ?"),
            only_if=("formes", Form.DELAI_ELEVE.value),
            longest=80,
            passed_on=True,
        ),
    ]
    oriente_vers: Annotated[
        str,
        Text(
            label=N_("Vers qui vous a-t-on envoyé ?"),
            only_if=("formes", Form.ORIENTATION_REPETEE.value),
            longest=120,
            passed_on=True,
        ),
    ]
    montant_demande: Annotated[
        str,
        Amount(
            label=N_("Combien vous a-t-on demandé ?"), hint=N_("En euros"), only_if=("formes", MONEY), passed_on=True
        ),
    ]
    montant_du: Annotated[
        str,
        Amount(
            label=N_("Combien auriez-vous dû payer, selon vous ?"),
            hint=N_("En euros"),
            only_if=("formes", MONEY),
            passed_on=True,
        ),
    ]


_EXACT = ("date_precision", DatePrecision.EXACTE.value)


class When(Answers):
    """A9; an old date never blocks."""

    date_precision: Annotated[
        DatePrecision,
        Radios(
            label=N_("Quand cela s'est-il passé ?"),
            choices=DatePrecision,
            missing=N_("Dites-nous si vous connaissez la date."),
            passed_on=True,
        ),
    ]
    date: Annotated[Day, Date(only_if=_EXACT, passed_on=True)]
    date_approx: Annotated[
        str,
        Text(
            label=N_("Écrivez ce dont vous vous souvenez"),
            hint=N_("Par exemple : mi-février 2026"),
            only_if=("date_precision", DatePrecision.APPROX.value),
            missing=REMEMBER,
            longest=120,
            passed_on=True,
        ),
    ]
    date_plusieurs: Annotated[
        str,
        LongText(
            label=N_("Écrivez les dates, même approximatives"),
            only_if=("date_precision", DatePrecision.PLUSIEURS.value),
            missing=REMEMBER,
            longest=300,
            rows=3,
            passed_on=True,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check that the date is past."""
        if mistake := to_come(found.get("date"), found.get(TODAY)):
            yield "date", mistake


class StoryAnswers(Answers):
    """A10."""

    recit: Annotated[
        str,
        LongText(label=N_("Votre récit"), missing=_STORY_MISSING, shortest=20, longest=10_000, rows=10, passed_on=True),
    ]
    paroles: Annotated[
        str, LongText(label=N_("Les mots exacts que vous avez entendus ou lus"), longest=1000, rows=3, passed_on=True)
    ]
    langue_recit: Annotated[
        Language | str,
        Select(label=N_("Dans quelle langue écrivez-vous ?"), choices=Language, optional=False, passed_on=True),
    ]
