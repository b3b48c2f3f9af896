"""« Enregistrer la fin du mandat »: the person ended an association's mandate by a paper (Code civil, article 2004)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.acts import mandate_end
from app.acts.order import First
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.evidence.rules import ACCEPT_PAPERS
from app.filing.documents import mandate_wording
from app.filing.sealed.mandate import MandateRevokedOnPaper
from app.filing.status.mandate import MANDATE_REVOKED_ON_PAPER
from app.filing.web.uploads import PAPERS
from app.intake.desk.act_dates import AFTER, order_checks
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase

BEFORE = N_("Cette date est avant le mandat, donné le {day}.")
PAPER = N_("Ajoutez l'écrit de la personne.")


class PaperRevocation(Answers):
    """When the person wrote it, and the paper."""

    ecrit_le: Annotated[date, Date(label=N_("Date de l'écrit"), missing=N_("Écrivez la date de l'écrit."))]
    ecrit: Annotated[tuple[()], Files(label=N_("L'écrit de la personne"), missing=PAPER, accept=ACCEPT_PAPERS)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day, from that of the mandate on, and that the paper is there."""
        yield from order_checks(found, "ecrit_le")
        if not found[PAPERS]:
            yield "ecrit", FieldError(PAPER)


class MandateRevocationPage(ActPage):
    """The paper by which the person ended the mandate; the association reads nothing any more from then on."""

    kind, path, model, files = MANDATE_REVOKED_ON_PAPER, "fin-du-mandat", PaperRevocation, "ecrit"
    lede = N_(
        "L'association n'aura plus accès à ce dossier et sera prévenue. La plainte continue, avec la même date. "
        "Écrivez désormais directement à la personne."
    )

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Let the paper be older than the receipt: the person may have written before the association sent.

        What the association did before it knew stays valid (Code civil, article 2008): so does the receipt.
        """
        return {**super().known(case), AFTER: First(mandate_wording.given_on(case.opened.payload), BEFORE)}

    def content(self, case: DeskCase, said: PaperRevocation) -> MandateRevokedOnPaper:  # noqa: ARG002
        """Keep the day of the paper."""
        words = translate(N_("Écrit du {day}")).format(day=date_text(said.ecrit_le, weekday=False))
        return MandateRevokedOnPaper(on=said.ecrit_le, words=words)

    def tell(self, case: DeskCase, said: Any) -> None:  # noqa: ARG002
        """Tell the authorities, the association and the person."""
        mandate_end.tell(case)
