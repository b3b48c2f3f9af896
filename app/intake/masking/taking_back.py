"""« Retirer un masque »: until the complaint left, what was masked can be shown again."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.filing.documents.mask_wording import MaskLine, mask_lines
from app.filing.sealed.masks import Unmasked
from app.filing.status.masks import UNMASKED, masks
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.fields import MaskChoice

WHICH = N_("Choisissez un masque.")


class TakenBack(Answers):
    """Which mask."""

    masque: Annotated[int, MaskChoice(label=N_("Quel masque retirer ?"), missing=WHICH)]


class Unmask(ActPage):
    """The masks that hold; one of them is taken back."""

    kind, path, model = UNMASKED, "retirer-masque", TakenBack
    then = "intake.to_professional"
    lede = N_("Le professionnel recevra de nouveau ce qui était masqué.")

    def also(self, case: DeskCase) -> bool:
        """Ask that something is masked."""
        return bool(masks(case.opened.acts))

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:
        """Offer the masks."""
        return {"masque": [Option(str(one.number), one.what, one.why) for one in _lines(case)]}

    def content(self, case: DeskCase, said: TakenBack) -> Unmasked:
        """Seal its number. Raises :class:`~app.intake.desk.act_page.Wrong` for one that does not hold."""
        found = next((one for one in _lines(case) if one.number == said.masque), None)
        if found is None:
            raise Wrong({"masque": FieldError(WHICH)})
        return Unmasked(words=found.what, mask=found.number)


def _lines(case: DeskCase) -> list[MaskLine]:
    return mask_lines(case.opened.payload, case.opened.acts, translate)
