"""The récépissé: the PDF made at once for the person, proof of the date and hour of receipt (CRPA L. 112-11).

No story, no motive, no contact data, no personal code. Words of people are data for the layout, never markup.
The same values give the same bytes: nothing here reads a clock, a place, a language or the fonts of the machine.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import typst
from babel.numbers import format_decimal

from app.base.clock import PARIS
from app.base.dates import aware, date_text, local_day, offset_text
from app.base.errors import N_, NN_
from app.base.i18n import french, language_now, ntranslate, translate
from app.printing.pdf import LETTERS, compiled, square
from app.printing.pdf_text import LATIN, MISSING, drawable, printable

TEMPLATE = LETTERS / "recepisse.typ"
KILO, MEGA = 1000, 1000 * 1000


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
    """What comes after the acknowledgement: label and last day."""
    form: str
    """Version of the form."""
    receiver_body: Body = Body.UNKNOWN
    receiver_address: tuple[str, ...] = ()
    receiver_phone: str = ""
    receiver_email: str = ""
    informed_name: str = ""
    represented: str = ""
    association: str = ""
    """The approved association that filed under a mandate, with its agreement."""
    filed_by: str = ""  # its member, or its software, that sent
    filer_role: str = ""
    files: tuple[tuple[str, int], ...] = ()  # names, and sizes in bytes
    own_caisse: str = ""  # said to whoever has another caisse than the one that receives
    acknowledged_by: date | None = None
    """Last day of the authority's own accusé de réception."""
    public_address: str = ""
    key: str = ""
    """Eight signs that prove the number, printed and in the square."""
    stamp: str = ""  # where the time-stamp stands, in a sentence
    check_link: str = ""  # address that checks this file, drawn as a square
    recorded: str = ""  # who recorded it, when the service did not receive it


def make_pdf(recepisse: Recepisse) -> bytes:
    """Write the récépissé: tagged PDF, made to PDF/UA-1 and PDF/A-3a, the same bytes for the same values."""
    try:
        return _compile(recepisse, drawable())
    except typst.TypstError:  # marks piled up so that no font can draw them together
        return _compile(recepisse, LATIN)


def _compile(recepisse: Recepisse, drawn: frozenset[int]) -> bytes:
    said = shown(recepisse)
    placed = printable(said, drawn)
    lacks = [translate(LACKS).format(sign=MISSING)] if MISSING in str(placed) else []
    placed["notes"] = [*said["notes"], *lacks]
    placed["square"] = square(recepisse.check_link) if recepisse.check_link else ""
    return compiled(TEMPLATE, placed, recepisse.received_at, ("ua-1", "a-3a"))


Row = tuple[str, Sequence[str]]
RECORDED = N_("La date de réception ci-dessus est enregistrée par le service.")
RECEIVED, THERE = N_("Reçue le {day} à {hour} ({offset})"), N_("Heure du lieu : {day} à {hour} ({offset})")


def shown(r: Recepisse) -> dict[str, Any]:
    """Lay out every sentence, in the language of the moment; the PDF and its page only place them."""
    at, zone = aware(r.received_at).astimezone(UTC), ZoneInfo(r.zone)
    is_there = at.astimezone(zone).utcoffset() != at.astimezone(PARIS).utcoffset()
    return {
        "title": translate(N_("Récépissé de dépôt d'une plainte")),
        "number": [translate(N_("Numéro")), r.number],
        "received": [r.recorded or _moment(RECEIVED, at, PARIS), _moment(THERE, at, zone) if is_there else ""],
        "at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "page": translate(N_("Page {n} sur {total}")),
        "sections": [
            _section(N_("Réception"), _reception(r), note=r.stamp or translate(RECORDED)),
            _section(N_("Plainte"), _complaint(r)),
            _section(N_("Fichiers joints"), table=_files(r), note="" if r.files else translate(N_("Aucun fichier."))),
            _section(N_("Prochaines dates"), table=_dates(r), note=_acknowledgement(r)),
            _section(N_("Empreintes (SHA-256)"), _fingerprints(r)),
        ],
        "check": _check(r),
        "notes": list(_notes(r)),
    }


def _check(r: Recepisse) -> dict[str, Any]:
    """Return how anybody checks this file: the square, or the number and the key."""
    where = f"{r.public_address}/verifier-recepisse"
    return {
        "heading": translate(N_("Vérifier ce récépissé")),
        "rows": [(translate(N_("Clé de contrôle")), [r.key]), (translate(N_("Adresse")), [where])],
        "alt": translate(N_("Adresse de vérification : {address}")).format(address=r.check_link),
    }


def _section(heading: str, rows: Iterable[Row] = (), table: Sequence[Row] = (), note: str = "") -> dict[str, Any]:
    return {"heading": translate(heading), "rows": list(rows), "table": table, "note": note}


def _moment(sentence: str, at: datetime, zone: ZoneInfo) -> str:
    hour = f"{at.astimezone(zone):%H:%M:%S}"
    return translate(sentence).format(day=date_text(local_day(at, zone)), hour=hour, offset=offset_text(at, zone))


SEARCHING = (
    N_("Nous cherchons la bonne autorité."),
    N_("Nous vous préviendrons sous 1 jour ouvré. Votre date de réception ne change pas."),
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


def _reception(r: Recepisse) -> Iterator[Row]:
    """Yield the service, with its address and telephone, or how to get them (CRPA R. 112-11-1)."""
    label = translate(N_("Reçue par"))
    if not r.receiver_name:
        yield label, [translate(line) for line in SEARCHING]
        return
    email = [translate(EMAIL).format(email=r.receiver_email)] if r.receiver_email else []
    yield label, [_name(r.receiver_name), *_contact(r), *email]
    if r.informed_name:
        yield translate(N_("Informé aussi")), [_name(r.informed_name)]


def _contact(r: Recepisse) -> list[str]:
    if r.receiver_body is Body.ORDRE and not r.receiver_address and not r.receiver_phone:
        return [translate(FIND_BOTH)]
    phone = PHONE if r.receiver_phone else FIND_PHONE[r.receiver_body]
    address = r.receiver_address or [translate(FIND_ADDRESS[r.receiver_body])]
    return [*address, translate(phone).format(phone=r.receiver_phone)]


def _complaint(r: Recepisse) -> list[Row]:
    rows = (
        (N_("Plainte de"), r.person),
        (N_("Qualité"), _name(r.filer_role)),
        (N_("Personne représentée"), r.represented),
        (N_("Faite par l'association"), r.association),
        (N_("Déposée par"), r.filed_by),
        (N_("Professionnel"), r.professional),
        (N_("Formulaire"), translate(N_("Version {version}")).format(version=r.form)),
    )
    return [(translate(label), [value]) for label, value in rows if value]


def _files(r: Recepisse) -> list[Row]:
    lines = [(name, [size_text(size)]) for name, size in r.files]
    return [(translate(N_("Fichier")), [translate(N_("Taille"))]), *lines] if lines else []


def _dates(r: Recepisse) -> list[Row]:
    first = [(translate(N_("Accusé de réception")), r.acknowledged_by)] if r.acknowledged_by else []
    lines = [(date_text(day), [_name(label)]) for label, day in (*first, *r.deadlines)]
    return [(translate(N_("Date limite")), [translate(N_("Étape"))]), *lines] if lines else []


def _fingerprints(r: Recepisse) -> list[Row]:
    found = ((N_("De la plainte"), r.commitment), (N_("De son inscription au registre"), r.fingerprint))
    return [(translate(label), _by_fours(value)) for label, value in found]


def _by_fours(fingerprint: str) -> list[str]:
    return [" ".join(re.findall(".{1,4}", half)) for half in re.findall(".{1,32}", fingerprint)]


OTHER_DOCUMENT = N_(
    "L'accusé de réception de l'autorité est un autre document : il vous sera envoyé au plus tard le {date}."
)
OTHER_DOCUMENT_LATER = N_("L'accusé de réception de l'autorité est un autre document : il vous sera envoyé plus tard.")


def _acknowledgement(r: Recepisse) -> str:
    if r.acknowledged_by is None:
        return translate(OTHER_DOCUMENT_LATER)
    return translate(OTHER_DOCUMENT).format(date=date_text(r.acknowledged_by))


FOLLOW = N_("Pour suivre votre plainte : {address}/reprendre, avec votre code personnel.")
LACKS = N_("Ce document ne peut pas écrire certains caractères : {sign} les remplace. La plainte garde le texte exact.")


def _notes(r: Recepisse) -> Iterator[str]:
    yield translate(N_("Ce document ne contient pas le récit de la plainte."))
    yield translate(N_("Cette plainte n'est pas une plainte à la police."))
    if r.public_address:
        yield translate(FOLLOW).format(address=r.public_address)
    yield from filter(None, (r.own_caisse,))


def _name(text: str) -> str:
    """Begin with a capital, and set our own words as printers do in French."""
    name = text[:1].upper() + text[1:]
    return french(name) if language_now().is_french else name


def size_text(size: int) -> str:
    """Write a size as French people read it: ``2,1 Mo``, ``402 Ko``, ``80 octets``."""
    if size < KILO:
        return ntranslate(*NN_("{n} octet", "{n} octets"), size).format(n=size).replace(" ", "\u00a0")
    if round(size, -3) < MEGA:
        return f"{round(size / KILO)}\u00a0Ko"
    return f"{format_decimal(round(size / MEGA, 1), format='#,##0.#', locale='fr')}\u00a0Mo"
