"""Step 4: the files a person adds."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.evidence.rules import ACCEPT

FileField = Annotated[
    tuple[()],
    Files(
        label=N_("Choisir des fichiers"),
        hint=N_("Photos, PDF ou sons. 15 Mo par fichier, 20 fichiers au plus."),
        accept=ACCEPT,
        on_paper=N_("Joignez des copies de vos preuves. Gardez les originaux."),
    ),
]


class ProofAnswers(Answers):
    """A14."""

    fichiers: FileField


class Mandate(Answers):
    """B5: a document that shows the right to act for another person; it may come later."""

    titre: Annotated[
        tuple[()],
        Files(
            label=N_("Votre document"),
            hint=N_("Jugement ou mandat. Vous pouvez l'envoyer plus tard."),
            accept=ACCEPT,
            on_paper=N_("Si vous représentez cette personne, joignez une copie du jugement ou du mandat."),
        ),
    ]
