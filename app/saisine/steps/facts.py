"""Step 3: what happened, when, in the person's own words."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers
from app.base.forms.languages import Language
from app.base.forms.widgets import Amount, Checkboxes, LongText, Radios, Select, Text
from app.saisine.steps.said import Said

TODAY = "aujourd_hui"
"""Name of the day it is, among what is known beside the answers."""


class RefusalKind(Choices):
    """The forms a refusal takes (CSP R. 1110-8); the first six were named by France Assos Santé."""

    RDV_REFUSE = "rdv_refuse", Said(N_("On m'a refusé un rendez-vous"), N_("On lui a refusé un rendez-vous"))
    DELAI_ELEVE = (
        "delai_eleve",
        Said(N_("On m'a proposé un délai trop long"), N_("On lui a proposé un délai trop long")),
    )
    ORIENTATION_REPETEE = (
        "orientation_repetee",
        Said(
            N_("On m'a envoyé chez un autre, plusieurs fois ou sans raison"),
            N_("On l'a envoyée chez un autre, plusieurs fois ou sans raison"),
        ),
    )
    DEVIS_REFUSE = "devis_refuse", Said(N_("On a refusé de me faire un devis"), N_("On a refusé de lui faire un devis"))
    TIERS_PAYANT_REFUSE = (
        "tiers_payant_refuse",
        N_("On a refusé le tiers payant"),
        Said(N_("On m'a demandé d'avancer l'argent"), N_("On lui a demandé d'avancer l'argent")),
    )
    DEPASSEMENT_C2S = (
        "depassement_c2s",
        Said(N_("On m'a fait payer plus cher que le tarif"), N_("On lui a fait payer plus cher que le tarif")),
        Said(
            N_("Alors que j'ai la Complémentaire santé solidaire ou l'AME"),
            N_("Alors que cette personne a la Complémentaire santé solidaire ou l'AME"),
        ),
    )
    SOINS_REFUSES = (
        "soins_refuses",
        Said(
            N_("J'étais sur place, on a refusé de me soigner"),
            N_("Elle était sur place, on a refusé de la soigner"),
        ),
    )
    CONTRACEPTION_URGENCE = (
        "contraception_urgence",
        Said(
            N_("On a refusé de me donner une contraception d'urgence"),
            N_("On a refusé de lui donner une contraception d'urgence"),
        ),
    )
    DEPASSEMENT_TACT_MESURE = (
        "depassement_tact_mesure",
        Said(N_("On m'a demandé un prix trop élevé"), N_("On lui a demandé un prix trop élevé")),
        N_("Sans lien avec la C2S ou l'AME"),
    )
    DEPASSEMENT_CONVENTION = (
        "depassement_convention",
        Said(
            N_("On m'a demandé un supplément que la convention ne permet pas"),
            N_("On lui a demandé un supplément que la convention ne permet pas"),
        ),
        N_("Plus que le tarif, en secteur 1"),
    )
    INFORMATION_DM = (
        "information_dm",
        Said(
            N_("On ne m'a pas donné le prix par écrit avant les soins"),
            N_("On ne lui a pas donné le prix par écrit avant les soins"),
        ),
        N_("Lunettes, prothèse dentaire, appareil auditif…"),
    )
    AUTRE = "autre", N_("Autre chose")


FEES = frozenset({
    RefusalKind.DEPASSEMENT_TACT_MESURE.value,
    RefusalKind.DEPASSEMENT_CONVENTION.value,
    RefusalKind.INFORMATION_DM.value,
})  # fmt: skip
"""A price or its written information: without a prohibited ground, the caisse alone (CSS L. 162-1-14-1, 2° to 4°)."""
MONEY = (
    RefusalKind.DEPASSEMENT_C2S.value,
    RefusalKind.DEPASSEMENT_TACT_MESURE.value,
    RefusalKind.DEPASSEMENT_CONVENTION.value,
    RefusalKind.TIERS_PAYANT_REFUSE.value,
)


class YesNo(Choices):
    """Yes, no, or not known."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Non")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


_STORY_MISSING = N_("Racontez ce qui s'est passé. Quelques phrases suffisent.")
Story = Annotated[
    str,
    LongText(
        short=N_("Récit"),
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


SHOWN_FORMS = tuple(sorted(RefusalKind, key=lambda one: (one is RefusalKind.AUTRE, one.value in MONEY)))
"""As they are offered: those that open the same questions stand together, just above these."""


class Forms(Answers):
    """A7, with the questions (A8) that some forms open, and the one that is asked of all."""

    formes: Annotated[
        tuple[RefusalKind, ...],
        Checkboxes(
            short=N_("Ce qui s'est passé"),
            label=N_("Que s'est-il passé ?"),
            hint=N_("Cochez tout ce qui correspond."),
            choices=RefusalKind,
            only=SHOWN_FORMS,
            missing=N_("Cochez au moins une réponse."),
            passed_on=True,
        ),
    ]
    delai_propose: Annotated[
        str,
        Text(
            short=N_("Délai proposé"),
            label=Said(N_("Quel délai vous a-t-on proposé ?"), N_("Quel délai lui a-t-on proposé ?")),
            only_if=("formes", RefusalKind.DELAI_ELEVE.value),
            longest=80,
            passed_on=True,
        ),
    ]
    oriente_vers: Annotated[
        str,
        Text(
            short=N_("Envoi vers"),
            label=Said(N_("Vers qui vous a-t-on envoyé ?"), N_("Vers qui l'a-t-on envoyée ?")),
            only_if=("formes", RefusalKind.ORIENTATION_REPETEE.value),
            longest=120,
            passed_on=True,
        ),
    ]
    montant_demande: Annotated[
        str,
        Amount(
            short=N_("Montant demandé"),
            label=Said(N_("Combien vous a-t-on demandé ?"), N_("Combien lui a-t-on demandé ?")),
            hint=N_("En euros"),
            only_if=("formes", MONEY),
            passed_on=True,
        ),
    ]
    montant_du: Annotated[
        str,
        Amount(
            short=N_("Montant affiché ou habituel"),
            label=Said(
                N_("Combien auriez-vous dû payer, selon vous ?"),
                N_("Combien cette personne aurait-elle dû payer, selon vous ?"),
            ),
            hint=N_("En euros"),
            only_if=("formes", MONEY),
            passed_on=True,
        ),
    ]
    soins_urgents: Annotated[
        YesNo | str,
        Radios(
            short=N_("Soins urgents"),
            label=N_("Était-ce une urgence ?"),
            choices=YesNo,
            passed_on=True,
        ),
    ]


class StoryAnswers(Answers):
    """A10."""

    recit: Annotated[
        str,
        LongText(
            short=N_("Récit"),
            label=N_("Votre récit"),
            hint=N_(
                "Qu'avez-vous demandé ? Que vous a-t-on répondu ? Qui était là ? "
                "Écrivez avec vos mots, dans votre langue si vous préférez. Les fautes ne comptent pas."
            ),
            missing=_STORY_MISSING,
            shortest=20,
            longest=10_000,
            rows=10,
            passed_on=True,
            on_paper=N_("Racontez ce qui s'est passé"),
        ),
    ]
    paroles: Annotated[
        str,
        LongText(
            short=N_("Mots exacts"),
            label=Said(
                N_("Les mots exacts que vous avez entendus ou lus"), N_("Les mots exacts qui ont été entendus ou lus")
            ),
            longest=1000,
            rows=3,
            passed_on=True,
        ),
    ]
    langue_recit: Annotated[
        Language | str,
        Select(
            short=N_("Langue du récit"),
            label=N_("Dans quelle langue écrivez-vous ?"),
            choices=Language,
            optional=False,
            passed_on=True,
            on_paper=False,
        ),
    ]
