"""What a new draft takes from an earlier one, or from a complaint that was sent: the person, or the professional.

Never the facts, the mandate or the files: each complaint has its own (CSP R. 1110-11, an express mandate).
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.association_desk import desk
from app.base.crypto.vault import Keyring
from app.base.errors import NotFound
from app.base.forms.fields import Typed
from app.filing.queries import open_for_association
from app.saisine.pages import BY_NAME
from app.saisine.queries import open_for_mandate
from app.saisine.steps.found import DESCRIBED


def _asked_on(*pages: str) -> frozenset[str]:
    return frozenset().union(*(BY_NAME[page].names for page in pages))


PERSON = _asked_on("identite/mandant", "personne-representee", "joindre-par", "joindre", "adresse", "besoins") | {
    "mandant"
}
"""Identity, contact, needs, and who gives the mandate."""
PROFESSIONAL = _asked_on(*("lieu", "etablissement", "professionnel", "professionnel/adresse", "professionnel/decrire"))
"""Who it is, and the place."""


def taken_from(session: Session, keyring: Keyring, member: SignedInMember, b: str, names: Collection[str]) -> Typed:
    """Take some answers of a draft of a member, or of a complaint whose mandate holds, by its eight characters.

    Raises :class:`~app.base.errors.NotFound` for any other. What is silent is not sealed with a complaint: the record
    of a directory is not there, so that the professional is the one described, and a date is asked again.
    """
    found = desk.own_case(session, member, b)
    if found is None:
        raise NotFound
    draft, number = found
    typed = _sealed(session, keyring, member, number) if number else _drafted(session, keyring, draft)
    return {name: list(values) for name, values in typed.items() if name in names}


def _drafted(session: Session, keyring: Keyring, draft: str) -> Typed:
    opened = open_for_mandate(session, keyring, draft)
    if opened is None:
        raise NotFound
    return opened.typed


def _sealed(session: Session, keyring: Keyring, member: SignedInMember, number: str) -> Typed:
    filing = desk.own_filing(session, member, number)
    opened = open_for_association(session, keyring, filing, member.association) if filing else None
    if opened is None:
        raise NotFound
    rows = (*opened.payload["complaint"], *opened.payload["contact"])
    return {row["name"]: _as_typed(row["answer"]) for row in rows} | {"pro_id": [DESCRIBED]}


def _as_typed(answer: Any) -> Sequence[str]:
    if isinstance(answer, bool):
        return ["oui"] if answer else []
    return answer if isinstance(answer, list) else [answer]
