"""The mandate on one sheet, filled in as far as the draft knows it, for the person to tick, date and sign.

The square holds the address of the page where the signed paper is brought: it opens for the members of the association.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.associations.mandate_text import BLANK, POWERS, ExpressMandate, after_powers, before_powers
from app.base.errors import N_
from app.base.i18n import translate
from app.base.secrets import by_fours
from app.printing.pdf import square, write_pdf

TEMPLATE, COPY = "mandat.typ", "mandat_donne.typ"
TITLE = N_("Mandat pour faire une plainte")
OTHER_GIVER = N_("Si une autre personne donne ce mandat (parent, tuteur), son nom et sa qualité : {blank}")
MADE = N_("Fait à {blank}, le {blank}")
SIGNATURE = N_("Signature de la personne")
MARK = N_("Si la personne ne peut pas signer : sa marque, et nom, prénom et signature du témoin ou de l'interprète")
REFERENCE = N_("Référence : {reference}")
GIVEN = N_("Mandat donné pour faire une plainte")
LACKS_COPY = N_("Certains caractères ne peuvent pas être imprimés : {sign} les remplace.")
LACKS = N_("Certains caractères ne peuvent pas être imprimés : {sign} les remplace. Écrivez-les à la main.")


@dataclass(frozen=True)
class MandatePaper:
    """A mandate to print, and where the signed paper is brought."""

    mandate: ExpressMandate
    reference: str
    """Public id of the draft."""
    link: str


def make_pdf(paper: MandatePaper, at: datetime) -> bytes:
    """Write the sheet: one page, tagged PDF, made to PDF/UA-1, the same bytes for the same values and instant."""
    return write_pdf(TEMPLATE, _said(paper), at, {"square": square(paper.link)})


def make_copy(words: Sequence[str], at: datetime) -> bytes:
    """Write the words of a mandate that was given online, for the person to keep; ``at``: instant of her answer."""
    page, title = translate(N_("Page {n} sur {total}")), translate(GIVEN)
    said = {"title": title, "foot": title, "page": page, "words": list(words), "note": translate(LACKS_COPY)}
    return write_pdf(COPY, said, at)


def _said(paper: MandatePaper) -> dict[str, Any]:
    mandate, reference = paper.mandate, by_fours(paper.reference)
    giver = translate(OTHER_GIVER).format(blank=BLANK)
    return {
        "title": translate(TITLE),
        "foot": translate(REFERENCE).format(reference=reference),
        "page": translate(N_("Page {n} sur {total}")),
        "before": before_powers(mandate, translate),
        "powers": {"heading": translate(POWERS), "boxes": mandate.powers},
        "ticked": [translate(N_("Case non cochée")), translate(N_("Case cochée"))],
        "after": after_powers(translate),
        "signing": [*([] if mandate.giver else [giver]), translate(MADE).format(blank=BLANK)],
        "signatures": [translate(SIGNATURE), translate(MARK)],
        "reference": reference,
        "alt": translate(N_("Carré à prendre en photo. Il ouvre la page de ce mandat.")),
        "note": translate(LACKS),
    }
