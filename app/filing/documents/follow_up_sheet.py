"""The follow-up sheet (A20): the personal code in large type, and a square that types it; nobody copies 16 symbols.

The square holds the code after ``#``: this part of an address stays in the telephone, no server and no log sees it.
It is made only while the confirmation page may still show the code. No story, no motive, no professional.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.documents.confirmation import ShownFiling
from app.printing.pdf import square, write_pdf
from app.procedure.days import LegalDay

TEMPLATE = "feuille_de_suivi.typ"


@dataclass(frozen=True)
class Envelope:
    """What stands above, when the sheet goes by post."""

    to: tuple[str, ...]
    day: str
    opening: str
    """First sentence: who sends it, and why."""


@dataclass(frozen=True)
class Sheet:
    """What the sheet says."""

    code: str
    address: str
    """Public address, without a final slash."""
    received_at: datetime
    shown: ShownFiling
    envelope: Envelope | None = None


def make_pdf(sheet: Sheet) -> bytes:
    """Write the sheet: tagged PDF, made to PDF/UA-1, the same bytes for the same values."""
    drawn = {"square": square(resume_link(sheet.address, sheet.code))}
    return write_pdf(TEMPLATE, _said(sheet), sheet.received_at, drawn)


def resume_link(address: str, code: str) -> str:
    """Return the address that opens the page of the code with the code already typed."""
    return f"{address}/reprendre#code={code}"


def _said(sheet: Sheet) -> dict[str, Any]:
    shown, above = sheet.shown, sheet.envelope or Envelope((), "", "")
    return {
        "to": list(above.to),
        "day": above.day,
        "opening": above.opening,
        "title": translate(N_("Feuille de suivi")),
        "foot": shown.number,
        "page": translate(N_("Page {n} sur {total}")),
        "intro": translate(N_("Gardez cette feuille pour vous. Avec ce code, on peut lire le suivi de votre plainte.")),
        "code": [translate(N_("Votre code personnel")), sheet.code],
        "rows": _rows(sheet),
        "ways": {
            "heading": translate(N_("Suivre votre plainte")),
            "steps": [
                translate(N_("Avec un téléphone : prenez le carré en photo, puis ouvrez le lien.")),
                translate(N_("Sur un ordinateur : ouvrez cette adresse, puis écrivez votre code.")),
            ],
            "address": f"{sheet.address}/reprendre",
            "alt": translate(N_("Carré à prendre en photo. Il ouvre {address}/reprendre avec votre code.")).format(
                address=sheet.address
            ),
        },
        "next": {"heading": translate(N_("Ce qui va se passer")), "days": _days(shown), "after": _after(shown)},
        "notes": [translate(N_("Cette plainte n'est pas une plainte à la police."))],
    }


def _rows(sheet: Sheet) -> list[tuple[str, str]]:
    searching = translate(N_("Nous cherchons la bonne autorité."))
    receiver = sheet.shown.receiver
    rows = (
        (N_("Numéro"), sheet.shown.number),
        (N_("Reçue le"), date_text(local_day(sheet.received_at))),
        (N_("Reçue par"), receiver[:1].upper() + receiver[1:] if receiver else searching),
    )
    return [(translate(label), value) for label, value in rows]


def _days(shown: ShownFiling) -> list[tuple[str, str]]:
    """List what comes with its last day, as on the confirmation page."""
    told = [(LegalDay.ACKNOWLEDGE, N_("Au plus tard ce jour : vous recevez un accusé de réception de l'autorité."))]
    if shown.has_conciliation:
        told += [
            (LegalDay.HEAR, N_("Jusqu'à ce jour : l'autorité peut entendre le professionnel.")),
            (LegalDay.MEET, N_("Au plus tard ce jour : une réunion cherche un accord. C'est la conciliation.")),
        ]
    return [(shown.date(code), translate(sentence)) for code, sentence in told if code in shown.due]


def _after(shown: ShownFiling) -> list[str]:
    if not shown.has_conciliation:
        return []
    said = (
        N_("Vous recevez la date de la réunion au moins 15 jours avant. Vous pouvez venir avec une personne."),
        N_("Sans accord à la fin, l'ordre transmet votre plainte à la chambre disciplinaire."),
    )
    return [translate(sentence) for sentence in said]
