"""What a party answers to the summons: to come, to be represented, or to write (CSP R. 1110-12)."""

from collections.abc import Mapping
from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Name, Radios, Tick
from app.base.i18n import translate
from app.evidence.rules import ACCEPT_PAPERS

COMES, REPRESENTED, ABSENT = "oui", "represente", "non"


class Presence(Choices):
    """Whether a party comes."""

    OUI = COMES, N_("Je serai là"), N_("Vous pouvez venir avec une personne de votre choix.")
    REPRESENTE = REPRESENTED, N_("Une personne me représentera"), N_("Avec un mandat écrit.")
    NON = ABSENT, N_("Je ne peux pas venir")


class Attendance(Answers):
    """The answer of a party."""

    presence: Annotated[
        Presence,
        Radios(label=N_("Viendrez-vous à la réunion ?"), choices=Presence, missing=N_("Choisissez une réponse.")),
    ]
    representant: Annotated[
        str,
        Name(
            label=N_("Prénom et nom de la personne qui vous représente"),
            missing=N_("Écrivez le nom de la personne qui vous représente."),
            longest=120,
            only_if=("presence", REPRESENTED),
        ),
    ]
    mandat: Annotated[
        tuple[()],
        Files(
            label=N_("Le mandat signé"),
            hint=N_("Une photo ou un PDF. Vous pouvez aussi le donner à la réunion."),
            accept=ACCEPT_PAPERS,
            only_if=("presence", REPRESENTED),
        ),
    ]
    empechement: Annotated[
        str,
        LongText(
            label=N_("Pourquoi ne pouvez-vous pas venir ?"),
            missing=N_("Écrivez pourquoi vous ne pouvez pas venir."),
            longest=1000,
            rows=2,
            only_if=("presence", ABSENT),
        ),
    ]
    observations: Annotated[
        str,
        LongText(
            label=N_("Ce que vous voulez dire à la commission"),
            hint=N_("Votre texte est envoyé à l'autorité qui prépare la réunion."),
            longest=10000,
            rows=6,
        ),
    ]
    distance: Annotated[bool, Tick(label=N_("J'accepte une réunion à distance"))]


def words_of(presence: str, represented_by: str) -> str:
    """Format an answer in a few words, of whoever gave it."""
    told: Mapping[str, str] = {
        COMES: N_("Sera là"),
        REPRESENTED: N_("Sera représenté par {name}"),
        ABSENT: N_("Ne peut pas venir"),
    }
    return translate(told[presence]).format(name=represented_by)
