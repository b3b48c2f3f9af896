"""How the parties meet: its words are in the summons, which the person may read in her language."""

from app.base.errors import N_
from app.base.forms.fields import Choices


class Mode(Choices):
    """How the parties meet (CSP R. 1110-12: apart from the same room, by exception only)."""

    PRESENTIEL = "presentiel", N_("Dans un même lieu")
    VISIO = "visio", N_("Par visioconférence")
    TELEPHONE = "telephone", N_("Par téléphone")


REMOTE = (Mode.VISIO.value, Mode.TELEPHONE.value)
