"""What a page of the director asks to write its letter."""

from collections.abc import Sequence
from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Typed
from app.base.forms.widgets import LongText, Text, Tick
from app.conciliation.letters import address_of_professional
from app.intake.desk.case import DeskCase

TICK = "lettre_ici"
HERE = (TICK, "oui")
"""Where a question is asked: once the letter is to be written by this service."""
WrittenHere = Annotated[
    bool,
    Tick(
        label=N_("Écrire la lettre avec ce service"),
        hint=N_("Elle est gardée avec l'acte. Si vous l'écrivez ailleurs, laissez cette case vide."),
    ),
]
Address = Annotated[
    str,
    LongText(
        label=N_("Nom et adresse du professionnel"),
        missing=N_("Écrivez le nom et l'adresse du professionnel."),
        longest=400,
        rows=5,
        only_if=HERE,
    ),
]
Signatory = Annotated[
    str,
    Text(
        label=N_("Qui signe la lettre"),
        hint=N_("Le directeur, ou qui a reçu sa délégation."),
        missing=N_("Écrivez qui signe la lettre."),
        longest=120,
        only_if=HERE,
    ),
]
Quality = Annotated[
    str,
    Text(
        label=N_("Qualité de qui signe"),
        hint=N_("Par exemple : directrice, ou pour le directeur et par délégation."),
        missing=N_("Écrivez la qualité de qui signe."),
        longest=120,
        only_if=HERE,
    ),
]


def typed_envelope(case: DeskCase, to: Sequence[str] = ()) -> Typed:
    """Propose the address of the last letter, else what is known of it; and the clerk, who may sign by delegation."""
    return {
        "adresse_professionnel": ["\n".join(to or address_of_professional(case))],
        "signataire": [case.clerk.name],
        "signataire_qualite": [case.clerk.quality],
    }
