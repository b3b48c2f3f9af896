"""Step 3: what happened, in the person's own words."""

from typing import Annotated

from app.base.errors import N_
from app.base.widgets import LongText

Story = Annotated[
    str,
    LongText(
        label=N_("Votre récit"),
        hint=N_(
            "Qu'avez-vous demandé ? Que vous a-t-on répondu ? Quand ? "
            "Écrivez avec vos mots, dans votre langue si vous préférez."
        ),
        missing=N_("Racontez ce qui s'est passé. Quelques phrases suffisent."),
        shortest=20,
        longest=10_000,
        rows=10,
    ),
]
