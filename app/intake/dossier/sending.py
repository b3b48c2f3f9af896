"""What proves that something was sent, as the act keeps it: a clerk who typed a reference reads it again."""

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.sealed.base import Sealed

REFERENCE = N_("Référence de l'envoi : {reference}")


def reference_text(sealed: Sealed, t: Translate) -> str:
    """Return under which reference something left; nothing for an act that keeps none."""
    reference = getattr(sealed, "reference", None)
    return t(REFERENCE).format(reference=reference) if reference else ""
