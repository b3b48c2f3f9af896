"""The page before the form (A1)."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.form import Answers
from app.base.forms.widgets import Tick


class BeforeStarting(Answers):
    """One box: whether others use this device."""

    appareil_partage: Annotated[bool, Tick(label=N_("J'utilise un téléphone ou un ordinateur partagé"), optional=False)]
