"""Step 6: to whom, and what the person declares before sending."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Choices, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios, Tick
from app.saisine.steps.identity import Means
from app.saisine.steps.recipients import ANY_RECIPIENT, UNDERSTOOD
from app.saisine.steps.said import Said
from app.saisine.steps.situation import Quality


class Addressee(Choices):
    """The authority that is seised; the law gives two in the alternative, and prefers none (CSP L. 1110-3)."""

    CPAM = (
        "cpam",
        N_("La CPAM"),
        N_(
            "Le directeur de l'Assurance Maladie du lieu où travaille le professionnel. "
            "Votre caisse (MSA, ENIM, CNMSS ou autre CPAM) ne compte pas. La CPAM reçoit le public."
        ),
    )
    ORDRE = (
        "ordre",
        N_("L'ordre de la profession"),
        N_(
            "Le président du conseil où le professionnel est inscrit. "
            "L'ordre veille au respect des règles de la profession."
        ),
    )
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas, choisissez pour moi"), N_("Nous l'enverrons à la CPAM.")


CHOOSE = N_("Choisissez à qui envoyer votre plainte.")
TICK_TRUE = N_("Cochez cette case si ce que vous avez écrit est vrai.")
TICK_UNDERSTOOD = N_("Cochez cette case si vous avez compris qui recevra la plainte.")

AddresseeField = Annotated[
    Addressee,
    Radios(
        short=N_("Destinataire"),
        label=N_("À qui envoyer votre plainte ?"),
        hint=N_(
            "La loi vous laisse choisir. Les deux autorités seront informées, et le professionnel aussi. "
            "Celle que vous choisissez reçoit votre plainte et organise la suite."
        ),
        choices=Addressee,
        missing=CHOOSE,
        on_paper=False,
    ),
]
AnyAddressee = Annotated[
    Addressee,
    Radios(
        short=N_("Destinataire"),
        label=N_("À qui envoyer votre plainte ?"),
        hint=N_(
            "Le plus souvent, la loi vous laisse choisir et l'autre autorité est informée aussi. "
            "Si une seule autorité est compétente, elle recevra votre plainte."
        ),
        choices=Addressee,
        missing=CHOOSE,
        on_paper=False,
    ),
]
"""The same, asked before the profession and the place are known."""
Truth = Annotated[
    bool,
    Tick(
        label=Said(
            N_("Ce que j'ai écrit correspond à ce que j'ai vécu ou constaté."),
            N_("Ce que j'ai écrit correspond à ce que cette personne a vécu, ou à ce que j'ai constaté."),
        ),
        missing=TICK_TRUE,
    ),
]
Understood = Annotated[bool, Tick(label=UNDERSTOOD, missing=TICK_UNDERSTOOD)]
UnderstoodByAny = Annotated[bool, Tick(label=ANY_RECIPIENT, missing=TICK_UNDERSTOOD)]
AGREES = N_("La personne est avec moi ou a relu. Elle est d'accord pour envoyer cette plainte.")
MUST_AGREE = N_("Il faut l'accord de la personne pour envoyer sa plainte.")
PersonAgrees = Annotated[bool, Tick(label=AGREES, only_if=("qualite", Quality.AIDE), missing=MUST_AGREE)]
MailAgreed = Annotated[
    bool,
    Tick(
        label=Said(
            N_("J'accepte de recevoir les courriers de la procédure par e-mail."),
            of_helped=N_("Cette personne accepte de recevoir les courriers de la procédure par e-mail."),
            of_giver=N_("Qui donne le mandat accepte de recevoir les courriers de la procédure par e-mail."),
        ),
        only_if=("moyens", Means.EMAIL),
        optional=True,
        private=True,
    ),
]
GoOn = Annotated[bool, Tick(label=N_("Continuer quand même"), optional=False, on_paper=False)]


SEND = Said(N_("Envoyer ma plainte"), of_helped=N_("Envoyer la plainte"))
"""The last button."""


class SendingAnswers(Answers):
    """A18; the caisse, unless another answer is given: whoever receives informs the other (CSP R. 1110-11)."""

    destinataire: AddresseeField

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Offer the caisse to whoever was not asked: the last page names it, and lets it be changed."""
        return {"destinataire": [Addressee.CPAM.value], **typed}


class Anyway(Answers):
    """Out of scope: the person goes on quand même, a clerk decides (CRPA L. 114-2)."""

    continuer_quand_meme: Annotated[
        bool,
        Tick(
            label=N_("Continuer quand même"),
            missing=N_("Appuyez sur “Continuer quand même”, ou changez votre réponse."),
            on_paper=False,
        ),
    ]


class Declarations(Answers):
    """A19: what is declared before sending; nothing is signed, the law asks for no signature (CSP R. 1110-11)."""

    declare_vrai: Truth
    compris_transmission: Understood
    accord_personne: Annotated[
        bool,
        Tick(
            label=AGREES,
            only_if=("role", ("aidant", "curateur")),
            missing=MUST_AGREE,
            on_paper=N_("Si vous aidez une personne : elle est d'accord pour envoyer cette plainte."),
        ),
    ]
    accord_email: MailAgreed
