"""Step 1: for whom the complaint is made."""

from typing import Annotated

from app.base.errors import N_
from app.base.fields import Choices
from app.base.widgets import Radios, Text


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


SHORT = (Quality.MOI, Quality.ENFANT, Quality.AIDE)
"""The qualities that the short form knows; the others need a page of their own."""

QUALITE = Radios(
    label=N_("Pour qui faites-vous cette plainte ?"),
    choices=Quality,
    only=SHORT,
    missing=N_("Dites-nous pour qui vous faites cette plainte."),
)
PersFirstName = Annotated[
    str,
    Text(
        label=N_("Prénom de l'enfant"),
        only_if=("qualite", Quality.ENFANT),
        missing=N_("Écrivez le prénom de l'enfant."),
        longest=100,
        autocomplete="off",
    ),
]
PersLastName = Annotated[
    str,
    Text(
        label=N_("Nom de l'enfant"),
        only_if=("qualite", Quality.ENFANT),
        missing=N_("Écrivez le nom de l'enfant."),
        longest=100,
        autocomplete="off",
    ),
]
