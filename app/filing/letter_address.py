"""Where what is sent to the person goes: to her, or to the association that receives it for her (CSP R. 1110-11)."""

from app.filing.queries import OpenFiling
from app.filing.status import contact


def is_through_association(opened: OpenFiling) -> bool:
    """Return whether an association receives today what is sent to the person, as she chose.

    One whose mandate ended receives nothing more (Code civil, art. 2003).
    """
    return opened.now.is_mandated and contact.goes_through_association(opened.contact)


def post_address(opened: OpenFiling) -> list[str]:
    """Return where letters to the person go, line by line; empty when no address is known."""
    if own := contact.post_address(opened.contact):
        return own
    if not is_through_association(opened):
        return []
    association = opened.payload["association"]
    lines = association.get("address", "").splitlines()
    return [contact.care_of(association["name"]), *lines] if lines else []


def letter_to(opened: OpenFiling) -> list[str]:
    """Return to whom a letter to the person goes: the name, then the address as far as one is known."""
    return [str(opened.payload["filer"]), *post_address(opened)]


def code_way(opened: OpenFiling) -> str:
    """Return how the person may be given a code: ``email``, ``poste`` (by the authority, when asked), or empty."""
    return "email" if contact.email_of(opened.contact) else "poste" if post_address(opened) else ""
