"""Small rules of the pages to read: a way back that stays here, the mailbox of whoever runs the service."""

import re

from email_validator import EmailNotValidError, validate_email

LONGEST = 200
_PLAIN = re.compile(r"/[A-Za-z0-9/_.~-]*")
_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")


def own_path(asked: str) -> str | None:
    """Return the path to go back to, when it is one of ours: no host, no scheme, nothing hidden."""
    is_plain = len(asked) <= LONGEST and _PLAIN.fullmatch(asked) is not None
    return asked if is_plain and "//" not in asked and ".." not in asked else None


def address_in(contact: str) -> str | None:
    """Find the e-mail address in what the operator says of itself, if there is one."""
    found = _ADDRESS.search(contact)
    if found is None:
        return None
    try:
        return validate_email(found[0].rstrip("."), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None
