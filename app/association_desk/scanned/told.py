"""What a square names, and what is told of each page that came. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.base.errors import N_
from app.base.i18n import translate
from app.base.secrets import by_fours, is_drawn
from app.saisine.queries import PUBLIC_LENGTH

PATH = re.compile(r"/saisine/(\w+)/mandat")
"""Address of the page of a mandate, as it was printed: whatever the name of the site was that day."""

JOINED = N_("Mandat {reference} ({person}) : la page est ajoutée.")
TO_DATE = N_("Il reste à écrire la date de signature.")
DATED = N_("Une date de signature y est déjà : vérifiez qu'elle est la bonne.")
NAMELESS = N_("sans nom")
TURNED = N_("La page était tournée : elle est ajoutée à l'endroit.")
LIES = N_("La photo est tournée : on peut la lire, mais reprenez-la à l'endroit si vous le pouvez.")
ONLINE = N_("Ce mandat était demandé par e-mail : choisissez “Elle signe un mandat sur papier” sur la même page.")
NO_SQUARE = N_(
    "Aucun carré lisible sur cette page : elle n'est pas ajoutée. Scannez-la de nouveau, à 150 points par pouce au"
    " moins, ou ajoutez-la depuis la page du mandat de la plainte."
)
TWO_SQUARES = N_("Deux mandats sur la même page : elle n'est pas ajoutée. Scannez-les l'un après l'autre.")
UNKNOWN = N_(
    "Ce mandat n'est celui d'aucune plainte que vous préparez : la page n'est pas ajoutée. Demandez qui suit la"
    " plainte, ou imprimez de nouveau le mandat."
)
SENT = N_("Mandat {reference} : cette plainte est déjà envoyée. La page n'est pas ajoutée, il n'y a rien à faire.")
TWICE = N_(
    "Mandat {reference} : il est déjà dans cet envoi ({first}). Cette page n'est pas ajoutée : si elle est utile,"
    " ajoutez-la depuis la page du mandat."
)
REFUSED = N_("Mandat {reference} ({person}) : la page n'est pas ajoutée. {why}")
TOO_MANY_PAGES = N_("“{nom}” a plus de 30 pages. Séparez-le en plusieurs fichiers.")
LEFT = N_("“{nom}” : toutes les pages n'ont pas pu être lues à temps. Envoyez de nouveau celles qui manquent ici.")
PAGE = N_("{nom}, page {n}")


@dataclass(frozen=True)
class PageTold:
    """What became of one page."""

    where: str
    says: str
    b: str = ""
    """Draft whose page of the mandate is the next step; empty when there is none."""
    is_joined: bool = False


def named_by(squares: Iterable[str]) -> set[str]:
    """Return the drafts that the squares of a page name, by their public ids; whether they exist is another matter."""
    found = (PATH.fullmatch(_path(one)) for one in squares)
    return {one[1] for one in found if one and is_drawn(one[1], PUBLIC_LENGTH)}


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def sentence(words: str, reference: str, **more: str) -> str:
    """Translate what is told of a draft, named as on the paper."""
    return translate(words).format(reference=by_fours(reference), **more)
