"""What may be added: sizes, counts, and the true type of a file, told by its content."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import filetype

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.evidence.reader import found, frames


class Reading(StrEnum):
    """Whether a file was decoded, apart and after it was received."""

    WAITING = "attend"
    READ = "lu"
    UNREADABLE = "illisible"
    MISSING = "absent"
    CUT = "coupe"
    """Read, though its end did not come."""
    POOR = "mal_copie"
    """Read, but its copy shows less than it does."""


REMARKS = {found.CUT: Reading.CUT, found.POOR: Reading.POOR}


AT_ONCE = 10
"""Forms with files that one network may be sending at the same moment."""
UNSENT_MOST = 1024**3
"""Bytes of files that one network may leave in drafts that are not sent; those of associations do not count."""
FILE_MOST = 15 * 1024 * 1024
FILES_MOST = 20
TOTAL_MOST = 100 * 1024 * 1024
HEAD = 8192
"""How many first bytes tell the type."""

ACCEPT = ".jpg,.jpeg,.png,.heic,.heif,.webp,.pdf,.mp3,.m4a,.ogg,.opus,.wav,.aac,.amr,.3gp,.txt,.eml"
ACCEPT_PAPERS = ".jpg,.jpeg,.png,.heic,.heif,.webp,.pdf"
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/heif": "heif",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "message/rfc822": "eml",
    "text/plain": "txt",
}
"""Accepted types, each with the ending of the name under which it is given back."""

PAPERS = frozenset(kind for kind in EXTENSIONS if kind.startswith("image/") or kind == "application/pdf")
"""Types of a paper that counts by its words and its signature."""

KINDS = {
    "application/pdf": N_("Document PDF"),
    "message/rfc822": N_("E-mail"),
    "text/plain": N_("Texte"),
}
SOUND = N_("Son")

_BRAND = slice(4, 8)
_ALIASES = {"audio/x-wav": "audio/wav", "audio/opus": "audio/ogg"}

WRONG_TYPE = N_(
    "“{nom}” : ce type de fichier n'est pas accepté. Envoyez une photo, une capture d'écran, un PDF, "
    "un mail (EML) ou un texte (TXT). Pour un son : MP3, M4A, OGG, WAV, AAC ou AMR."
)
FILM = N_(
    "“{nom}” est une vidéo, et les vidéos ne sont pas acceptées. Envoyez une capture d'écran, "
    "ou le son seul (MP3, M4A, OGG, WAV, AAC, AMR)."
)
NOT_A_PAPER = N_("“{nom}” n'est ni une photo ni un PDF. Envoyez le mandat signé en photo ou en PDF.")
TOO_HEAVY = N_("“{nom}” est trop lourd ({x} Mo). La limite est de 15 Mo.")
EMPTY = N_("“{nom}” est vide.")
TOO_MANY = N_("Vous avez déjà 20 fichiers. Retirez-en un pour en ajouter un autre.")
TOO_MUCH = N_(
    "“{nom}” ne peut pas être ajouté : vos fichiers dépassent 100 Mo. Retirez-en un, ou envoyez une photo plus légère."
)
PASSWORD = N_("“{nom}” est protégé par un mot de passe. Envoyez une version sans mot de passe.")
UNSAFE = N_("“{nom}” n'a pas pu être accepté, car il peut être dangereux.")
UNREADABLE = N_("“{nom}” ne s'ouvre pas. Vérifiez-le sur votre appareil, ou envoyez-en un autre.")
CUT = N_("“{nom}” est coupée : nous n'en voyons qu'une partie. Si vous le pouvez, envoyez-la de nouveau.")
TOO_LONG = N_("“{nom}” a plus de 200 pages. Envoyez seulement les pages utiles.")
VAST = N_("“{nom}” a trop de pixels pour être lue ici. Envoyez cette image en plus petit, ou en plusieurs images.")
BROKEN = N_("“{nom}” n'a pas pu être envoyé. Réessayez.")
TITLE_MOST = 120
TITLE_TOO_LONG = N_("“Que montre ce fichier ?” : {n} caractères en trop. Raccourcissez votre texte.")
HEAVY = N_(
    "“{nom}” n'a pas pu être ajouté : trop de fichiers attendent d'être envoyés depuis votre réseau. "
    "Envoyez votre plainte : vous pourrez ajouter des preuves ensuite."
)
CROWDED = N_(
    "“{nom}” n'a pas pu être ajouté : beaucoup de fichiers arrivent en même temps de votre réseau. "
    "Réessayez dans une minute."
)
ALREADY = N_("“{nom}” est déjà ajouté.")
NO_ROOM = N_(
    "“{nom}” n'a pas pu être enregistré : le service manque de place. "
    "Vous pourrez le donner à l'autorité après l'envoi."
)


@dataclass(frozen=True)
class Room:
    """What may still be added: so many files, so many bytes."""

    files: int = FILES_MOST
    bytes: int = TOTAL_MOST

    @classmethod
    def beside(cls, count: int, size: int) -> "Room":
        """Return what may be added to files that are there: how many, how many bytes."""
        return cls(FILES_MOST - count, TOTAL_MOST - size)


def media_type(head: bytes, name: str) -> str | None:
    """Return the type from the first bytes; ``None`` when it is not accepted. The name never decides alone."""
    guess = filetype.guess(head)
    sound = _sound(head, guess.mime if guess else "")
    if sound:
        return sound
    if guess is not None:
        found = _ALIASES.get(guess.mime, guess.mime)
        return found if found in EXTENSIONS else None
    if not _is_text(head):
        return None
    return "message/rfc822" if name.lower().endswith(".eml") and _starts_like_mail(head) else "text/plain"


def _sound(head: bytes, guess: str) -> str:
    """Tell the sounds of telephones, which no single value tells; the reader, which has them whole, has the last word.

    An MP4 container that is no picture may be a sound whatever its brand: only its tracks tell a sound from a film.
    """
    if head[_BRAND] == b"ftyp" and not guess.startswith("image/"):
        return "audio/mp4"
    if head.startswith(tuple(frames.VOICES)):
        return "audio/amr"
    if head.startswith(b"ID3"):
        return "audio/mpeg"
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or guess.startswith("image/"):  # noqa: PLR2004
        return ""
    return "audio/mpeg" if head[1] & 0x06 else "audio/aac"  # ADTS has no MPEG layer


def _is_text(head: bytes) -> bool:
    """Accept plain words; refuse markup and programs, which a reader's machine could run."""
    if b"\x00" in head or head.startswith((b"MZ", b"\x7fELF", b"#!", b"%!", b"{\\rtf")):
        return False
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php", b"<%")):
        return False
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) == 0  # noqa: PLR2004


def _starts_like_mail(head: bytes) -> bool:
    first = head.lstrip().split(b"\n", 1)[0]
    name, colon, _ = first.partition(b":")
    return (bool(colon) and name.replace(b"-", b"").isalnum()) or first.startswith(b"From ")


def kind_words(kind: str) -> str:
    """Return what people call a type of file, to translate; empty for a picture."""
    return "" if kind.startswith("image/") else KINDS.get(kind, SOUND)


def is_id(text: str) -> bool:
    """Return whether this can be the id of a file."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")  # noqa: PLR2004


def megabytes(size: int) -> str:
    """Write a size as people read it, in French."""
    return f"{size / (1024 * 1024):.1f}".replace(".", ",")


def size_text(size: int) -> str:
    """Write a size in Ko or Mo."""
    return f"{megabytes(size)} Mo" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} Ko"


def refusal(name: str, size: int, kind: str | None, *, is_paper: bool = False) -> FieldError | None:
    """Return what is wrong with a file received whole, or nothing; ``is_paper`` takes photos and PDF alone."""
    wrong_type = NOT_A_PAPER if is_paper else WRONG_TYPE
    checks: tuple[tuple[bool, Callable[[], FieldError]], ...] = (
        (size == 0, lambda: FieldError(EMPTY, nom=name)),
        (size > FILE_MOST, lambda: FieldError(TOO_HEAVY, nom=name, x=megabytes(size))),
        (kind not in (PAPERS if is_paper else EXTENSIONS), lambda: FieldError(wrong_type, nom=name)),
    )
    return next((make() for wrong, make in checks if wrong), None)


_VERDICTS = {
    found.UNREADABLE: UNREADABLE,
    found.LOCKED: PASSWORD,
    found.UNSAFE: UNSAFE,
    found.TOO_LONG: TOO_LONG,
    found.FILM: FILM,
    found.VAST: VAST,
}


def verdict(name: str, said: str) -> FieldError | None:
    """Return what the reader of files found wrong, or nothing."""
    return None if said == found.FINE else FieldError(_VERDICTS.get(said, UNSAFE), nom=name)
