"""A line of a postal address: what a letter cannot show is asked again, never dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.widgets import Text
from app.printing.pdf_text import can_print

UNSHOWN = N_("Nos lettres ne peuvent pas montrer certains signes de cette ligne. Écrivez-la en lettres latines.")


@dataclass(frozen=True, kw_only=True)
class OnEnvelope(Text):
    """A line of a postal address."""

    def read(self, typed: Sequence[str]) -> str:
        """Refuse what the papers cannot show. Raises :class:`~app.base.forms.fields.FieldError`."""
        value = super().read(typed)
        if not can_print(value):
            raise FieldError(UNSHOWN)
        return value
