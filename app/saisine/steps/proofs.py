"""Step 4: the files a person adds."""

from typing import Annotated

from app.base.errors import N_
from app.base.widgets import Files
from app.evidence.rules import ACCEPT

FileField = Annotated[
    tuple[()],
    Files(
        label=N_("Choisir des fichiers"),
        hint=N_("Photos, PDF ou sons. 15 Mo par fichier, 20 fichiers au plus."),
        accept=ACCEPT,
    ),
]
