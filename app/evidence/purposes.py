"""What each file is for, and where it may go: one table, that every place which lists or sends files asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Choices


class Purpose(Choices):
    """Why a file was given."""

    EVIDENCE = "preuve", N_("Preuve")
    MANDAT = "mandat", N_("Mandat signé")
    TITLE = "titre", N_("Document de la personne qui représente")
    SCAN = "scan", N_("Plainte reçue sur papier")
    ACT_FILE = "acte", N_("Document de la procédure")


EVIDENCE, MANDAT, TITLE, SCAN, ACT_FILE = Purpose
EVERY = frozenset(Purpose)
PAPERS = frozenset({MANDAT, SCAN})
"""What is on paper: a photo or a PDF."""
GIVEN = EVERY - {ACT_FILE}
"""What comes with a complaint, or from the person after it."""

EVIDENCE_PAGE, TITLE_PAGE, MANDATE_PAGE = "vos-preuves", "titre", "mandat"
READ_BY_PROFESSIONAL, PROFESSIONAL = "lue-par-le-professionnel", "professionnel"
DESK, CHAMBER, EXPORT = "espace-agent", "chambre", "export"
"""The desk serves the authority that received, and the other one once it is told."""
PERSON_COPY, SENT_LIST = "copie-personne", "suivi-preuves"
GOES_TO: Mapping[str, frozenset[Purpose]] = {
    EVIDENCE_PAGE: frozenset({EVIDENCE}),
    TITLE_PAGE: frozenset({TITLE}),
    MANDATE_PAGE: frozenset({MANDAT}),
    READ_BY_PROFESSIONAL: frozenset({EVIDENCE}),
    PROFESSIONAL: frozenset({EVIDENCE}),
    DESK: EVERY,
    CHAMBER: EVERY,
    EXPORT: EVERY,
    PERSON_COPY: GIVEN,
    SENT_LIST: GIVEN,
}
"""Purposes that may go to each destination; what is not named goes nowhere.

The professional is given what shows the facts, never a signature nor an address (CSP R. 1110-11; RGPD art. 5, 1, c).
"""


def may_go(purpose: str, destination: str) -> bool:
    """Return whether a file of this purpose may go to, or be listed at, a destination."""
    return purpose in GOES_TO[destination]


def caption_of(purpose: str) -> str:
    """Return the words, to translate, that tell a file from a proof; empty for a proof, which is what files are."""
    return next((one.label for one in Purpose if one == purpose and one != EVIDENCE), "")


def purpose_of(file: Mapping[str, Any], mandates: Iterable[str] = ()) -> str:
    """Return the purpose of a file as a document or an act names it.

    Before purposes were written down, a mandate was known by the answer that named it; all else was evidence.
    """
    return str(file.get("purpose") or (MANDAT if file["id"] in mandates else EVIDENCE).value)
