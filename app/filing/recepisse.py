"""The récépissé: the PDF made at once for the person, proof of the date and hour of receipt (CRPA L. 112-11).

It holds no story, no motive, no contact data and no personal code. Words of people are data for the layout, never markup.
The same values give the same bytes: nothing here reads a clock, a place, a language or the fonts of the machine.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from babel.numbers import format_decimal

from app.base.clock import PARIS
from app.base.dates import aware, date_text, local_day, offset_text
from app.base.errors import N_
from app.base.i18n import french, ntranslate, translate
from app.base.resources import TEMPLATES

TEMPLATE = TEMPLATES / "letters" / "recepisse.typ"
FONTS = Path(__file__).parent / "fonts"
MISSING = "\ufffd"
"""Stands for a character that none of our fonts can draw (Chinese, emoji): the PDF standards refuse an empty glyph."""

KILO, MEGA = 1000, 1000 * 1000
LONG_RUN = 40
"""Letters without a space, from which a word may be cut at the end of a line."""


class Body(StrEnum):
    """Which kind of authority received: it decides how the person finds an address that we do not know."""

    CPAM = "cpam"
    ORDRE = "ordre"
    UNKNOWN = ""


@dataclass(frozen=True)
class Recepisse:
    """What the récépissé says."""

    number: str
    received_at: datetime
    zone: str
    """IANA name of the place: its hour is added when it is not that of Paris."""
    receiver_name: str
    """Empty while the authority is being looked for: the date of receipt stands."""
    person: str
    professional: str
    """Name, profession, town."""
    fingerprint: str
    """SHA-256 of the entry in the ledger, in hexadecimal."""
    commitment: str
    """Salted SHA-256 of the complaint, in hexadecimal."""
    deadlines: tuple[tuple[str, date], ...]
    form: str
    """Version of the form."""
    receiver_body: Body = Body.UNKNOWN
    receiver_address: tuple[str, ...] = ()
    receiver_phone: str = ""
    receiver_email: str = ""
    informed_name: str = ""
    represented: str = ""
    filer_role: str = ""
    files: tuple[tuple[str, int], ...] = ()
    """Names and sizes in bytes."""
    acknowledged_by: date | None = None
    """Last day of the authority's own accusé de réception."""
    public_address: str = ""


def make_pdf(recepisse: Recepisse) -> bytes:
    """Write the récépissé: tagged PDF, made to PDF/UA-1 and PDF/A-3a, the same bytes for the same values."""
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_shown(recepisse), ensure_ascii=True, sort_keys=True)},
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(aware(recepisse.received_at).timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 - one document in, one file out
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


Row = tuple[str, list[str]]
RECORDED = N_("La date de réception ci-dessus est enregistrée par le service.")


def _shown(given: Recepisse) -> dict[str, Any]:
    """Lay out every sentence; the template only places them."""
    r = printable(given)
    sections = [
        _section(N_("Réception"), _reception(r), notes=[translate(RECORDED)]),
        _section(N_("Plainte"), _complaint(r)),
        _section(N_("Fichiers joints"), [] if r.files else [("", [translate(N_("Aucun fichier."))])], table=_files(r)),
        _section(N_("Prochaines dates"), [], table=_dates(r), notes=[_acknowledgement(r)]),
        _section(N_("Empreintes (SHA-256)"), _fingerprints(r)),
    ]
    at = given.received_at
    return {
        "title": translate(N_("Récépissé de dépôt d'une plainte")),
        "number": [translate(N_("Numéro")), r.number],
        "received": [_received(at, PARIS), _local(at, ZoneInfo(given.zone))],
        "at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "page": translate(N_("Page {n} sur {total}")),
        "sections": sections,
        "notes": list(_notes(given, r)),
    }


def _section(heading: str, rows: list[Row], *, table: list[list[str]] | None = None, notes: list[str] | None = None) -> dict[str, Any]:
    return {"heading": translate(heading), "rows": rows, "table": table or [], "notes": notes or []}


def _received(at: datetime, zone: ZoneInfo) -> str:
    local = aware(at).astimezone(zone)
    sentence = translate(N_("Reçue le {day} à {hour} ({offset})"))
    return sentence.format(day=date_text(local_day(at, zone)), hour=f"{local:%H:%M:%S}", offset=offset_text(at, zone))


def _local(at: datetime, zone: ZoneInfo) -> str:
    """Say the hour of the place, where it is not that of Paris."""
    if at.astimezone(zone).utcoffset() == at.astimezone(PARIS).utcoffset():
        return ""
    local = at.astimezone(zone)
    sentence = translate(N_("Heure du lieu : {day} à {hour} ({offset})"))
    return sentence.format(day=date_text(local_day(at, zone)), hour=f"{local:%H:%M:%S}", offset=offset_text(at, zone))


SEARCHING = (
    N_("Nous cherchons la bonne autorité. Nous vous préviendrons sous 1 jour ouvré."),
    N_("Votre date de réception ne change pas."),
)
PHONE, EMAIL = N_("Téléphone : {phone}"), N_("E-mail : {email}")
FIND_ADDRESS = {
    Body.CPAM: N_("Adresse : sur ameli.fr, ou au 36 46 (Assurance Maladie)"),
    Body.ORDRE: N_("Adresse : sur le site de l'ordre"),
    Body.UNKNOWN: N_("Adresse : sur ameli.fr pour une CPAM, ou sur le site de l'ordre"),
}
FIND_PHONE = {
    Body.CPAM: N_("Téléphone : appelez le 36 46 (Assurance Maladie)"),
    Body.ORDRE: N_("Téléphone : sur le site de l'ordre"),
    Body.UNKNOWN: N_("Téléphone : le 36 46 pour une CPAM, ou sur le site de l'ordre"),
}
FIND_BOTH = N_("Adresse et téléphone : sur le site de l'ordre")


def _reception(r: Recepisse) -> list[Row]:
    """Name the service, with its address and telephone, or how to get them (CRPA R. 112-11-1)."""
    if not r.receiver_name:
        return [(translate(N_("Reçue par")), [translate(line) for line in SEARCHING])]
    lines = [french(_capital(r.receiver_name)), *_contact(r)]
    if r.receiver_email:
        lines.append(translate(EMAIL).format(email=r.receiver_email))
    informed = [(translate(N_("Informé aussi")), [french(_capital(r.informed_name))])] if r.informed_name else []
    return [(translate(N_("Reçue par")), lines), *informed]


def _contact(r: Recepisse) -> list[str]:
    if r.receiver_body is Body.ORDRE and not r.receiver_address and not r.receiver_phone:
        return [translate(FIND_BOTH)]
    phone = translate(PHONE).format(phone=r.receiver_phone) if r.receiver_phone else translate(FIND_PHONE[r.receiver_body])
    return [*(r.receiver_address or [translate(FIND_ADDRESS[r.receiver_body])]), phone]


def _complaint(r: Recepisse) -> list[Row]:
    rows = (
        (N_("Plainte de"), r.person),
        (N_("Qualité"), _capital(r.filer_role)),
        (N_("Personne représentée"), r.represented),
        (N_("Professionnel"), r.professional),
        (N_("Formulaire"), translate(N_("Version {version}")).format(version=r.form)),
    )
    return [(translate(label), [value]) for label, value in rows if value]


def _files(r: Recepisse) -> list[list[str]]:
    lines = [[name, size_text(size)] for name, size in r.files]
    return [[translate(N_("Fichier")), translate(N_("Taille"))], *lines] if lines else []


def _dates(r: Recepisse) -> list[list[str]]:
    lines = [[date_text(day), _capital(label)] for label, day in r.deadlines]
    return [[translate(N_("Date limite")), translate(N_("Étape"))], *lines] if lines else []


def _fingerprints(r: Recepisse) -> list[Row]:
    found = ((N_("De la plainte"), r.commitment), (N_("De son inscription au registre"), r.fingerprint))
    return [(translate(label), [" ".join(re.findall(".{1,4}", half)) for half in re.findall(".{1,32}", value)]) for label, value in found]


def _acknowledgement(r: Recepisse) -> str:
    if r.acknowledged_by is None:
        return translate(N_("L'accusé de réception de l'autorité est un autre document : il vous sera envoyé plus tard."))
    sentence = translate(N_("L'accusé de réception de l'autorité est un autre document : il vous sera envoyé au plus tard le {date}."))
    return sentence.format(date=date_text(r.acknowledged_by))


def _notes(given: Recepisse, r: Recepisse) -> Iterator[str]:
    yield translate(N_("Ce document ne contient pas le récit de la plainte."))
    yield translate(N_("Cette plainte n'est pas une plainte à la police."))
    if r.public_address:
        sentence = translate(N_("Pour suivre votre plainte : {address}/reprendre, avec votre code personnel."))
        yield sentence.format(address=r.public_address)
    if MISSING in repr(r) and MISSING not in repr(given):
        sentence = translate(N_("Le signe {sign} remplace un caractère que ce document ne peut pas écrire. La plainte garde le texte exact."))
        yield sentence.format(sign=MISSING)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def size_text(size: int) -> str:
    """Write a size as French people read it: ``2,1 Mo``, ``312 Ko``, ``80 octets``."""
    if size < KILO:
        return ntranslate(N_("{n} octet"), N_("{n} octets"), size).format(n=size).replace(" ", "\u00a0")
    if size < MEGA:
        return f"{round(size / KILO)}\u00a0Ko"
    return f"{format_decimal(round(size / MEGA, 1), format='#,##0.#', locale='fr')}\u00a0Mo"


AS_GIVEN = {"number", "zone", "fingerprint", "commitment"}
"""Made by us, in plain ASCII."""


def printable(given: Recepisse) -> Recepisse:
    """Make every text fit for print."""
    texts = {name: clean(value) for name, value in vars(given).items() if type(value) is str and name not in AS_GIVEN}
    return replace(
        given,
        **texts,
        receiver_address=tuple(clean(line) for line in given.receiver_address),
        files=tuple((clean(name), size) for name, size in given.files),
        deadlines=tuple((clean(label), day) for label, day in given.deadlines),
    )


JOINERS = "\u200c\u200d"
"""Invisible, but letters of Persian or Sinhala change with them."""
UNSEEN = re.compile("[\ufe0e\ufe0f]")
LONG = re.compile(rf"\S{{{LONG_RUN},}}")
PIECES = re.compile(rf"\S{{{LONG_RUN // 2}}}(?=\S)")


def clean(text: str) -> str:
    """Make a text fit for print: one line, no control, nothing that turns the reading direction, no empty glyph."""
    text = " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
    drawn = "".join(_drawn(char) for char in text)
    return LONG.sub(lambda run: PIECES.sub("\\g<0>\u200b", run[0]), drawn)


def _drawn(char: str) -> str:
    if char in JOINERS or ord(char) in _coverage():
        return char
    return "" if unicodedata.category(char) in {"Cc", "Cf"} else MISSING


@cache
def _coverage() -> frozenset[int]:
    """Give every character that our fonts draw."""
    ranges = [line.split("-") for line in (FONTS / "coverage.txt").read_text("ascii").split()]
    return frozenset(code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
