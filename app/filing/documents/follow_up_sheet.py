"""The follow-up sheet (A20): the personal code in large type, and a square that types it; nobody copies 16 symbols.

The square holds the code after ``#``: this part of an address stays in the telephone, no server and no log sees it.
It is made only while the confirmation page may still show the code. No story, no motive, no professional.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import FRENCH, ReadingLanguage, code_now, translate
from app.filing.documents.confirmation import ShownFiling
from app.printing.bilingual import side_sheet
from app.printing.pdf import square, write_pdf
from app.procedure.days import LegalDay

TEMPLATE = "feuille_de_suivi.typ"
TITLE = N_("Feuille de suivi")
KEEP = N_("Gardez cette feuille pour vous. Avec ce code, on peut lire le suivi de votre plainte.")
TO_FOLLOW, NEXT = N_("Suivre votre plainte"), N_("Ce qui va se passer")
BY_PHONE = N_("Avec un téléphone : prenez le carré en photo, puis ouvrez le lien.")
BY_COMPUTER = N_("Sur un ordinateur : ouvrez cette adresse, puis écrivez votre code.")
NO_CRIMINAL_COMPLAINT = N_("Cette plainte n'est pas une plainte à la police.")


@dataclass(frozen=True)
class Envelope:
    """What stands above, when the sheet goes by post."""

    to: tuple[str, ...]
    day: str
    say: Callable[[], str]
    """Writes its first sentence, in the language of the moment: who sends it, and why."""
    read_in: ReadingLanguage | None = None
    """Language of its side sheet; nothing where the person reads French."""


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
    shown, above = sheet.shown, sheet.envelope or Envelope((), "", str)
    said = partial(_sentences, sheet)
    side = side_sheet(above.read_in, said, said, shown.number) if above.read_in else {}
    return {
        **({"side": side} if side else {}),
        "to": list(above.to),
        "day": above.day,
        "opening": above.say(),
        "title": translate(TITLE),
        "foot": shown.number,
        "page": translate(N_("Page {n} sur {total}")),
        "intro": translate(KEEP),
        "code": [translate(N_("Votre code personnel")), sheet.code],
        "rows": _rows(sheet),
        "ways": {
            "heading": translate(TO_FOLLOW),
            "steps": [translate(BY_PHONE), translate(BY_COMPUTER)],
            "address": f"{sheet.address}/reprendre",
            "alt": translate(N_("Carré à prendre en photo. Il ouvre {address}/reprendre avec votre code.")).format(
                address=sheet.address
            ),
        },
        "next": {"heading": translate(NEXT), "days": _days(shown), "after": _after(shown)},
        "notes": [translate(NO_CRIMINAL_COMPLAINT)],
    }


def _sentences(sheet: Sheet) -> list[list[str]]:
    """Return what the sheet says, for its side sheet: neither the code nor what is the same in every language."""
    shown, code = sheet.shown, code_now()
    opening = [sheet.envelope.say()] if sheet.envelope else []
    address = f"{sheet.address}{'' if code == FRENCH else f'/{code}'}/reprendre"
    told = [*opening, translate(KEEP), translate(TO_FOLLOW), translate(BY_PHONE)]
    days = [list(day) for day in _days(shown)]
    after = [[one] for one in (*_after(shown), translate(NO_CRIMINAL_COMPLAINT))]
    return [
        [translate(TITLE)],
        *([one] for one in told),
        [translate(BY_COMPUTER), address],
        [translate(NEXT)],
        *days,
        *after,
    ]


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
