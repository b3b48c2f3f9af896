"""What each role may do, and which right each page of the desk asks for.

The page of an act asks for the right that its act declares (:mod:`app.acts.kinds`); all the others are named here.
A page of the desk takes ``DeskOf``, which asks by the name of its address. What is not named needs the right to
act: a new page is closed to those who only read until a line opens it. Templates ask ``may(name)`` before a link.
"""

from enum import StrEnum

from app.accounts.rules import Role


class Right(StrEnum):
    """What may be done with the complaints on one's desk."""

    READ = "lire"
    SAVE = "enregistrer"
    """Save a file as it came."""
    WRITE = "ecrire"
    """Write to the person, to colleagues, and say who takes care of it."""
    CONCILIATE = "concilier"
    """The meeting, its letters, its report, what follows (CSP R. 1110-12 to R. 1110-15)."""
    ACT = "agir"
    """The acts of the receipt: acknowledge, transmit, send to the competent authority (CSP R. 1110-11)."""
    EXPORT = "exporter"
    FORCE = "forcer"
    """Save a file that the antivirus found dangerous."""
    MANAGE = "gerer"
    """The accounts of the authority, its message templates, its tags, and who read what."""


FRESH = frozenset({Right.EXPORT, Right.FORCE, Right.MANAGE})
"""What asks for password and code again when ten minutes have passed."""
SECRETARIAT = frozenset({Right.READ, Right.SAVE, Right.WRITE, Right.CONCILIATE})
AGENT = SECRETARIAT | {Right.ACT, Right.EXPORT}
RIGHTS: dict[str, frozenset[Right]] = {
    Role.LECTEUR: frozenset({Right.READ}),
    Role.SECRETARIAT: SECRETARIAT,
    Role.AGENT: AGENT,
    Role.RESPONSABLE: AGENT | {Right.FORCE, Right.MANAGE},
    Role.MEMBRE: frozenset(),
    Role.RESPONSABLE_ASSOCIATION: frozenset({Right.MANAGE}),
    Role.ADMIN: frozenset({Right.MANAGE}),
}
NEEDED = {
    "intake.list": Right.READ,
    "intake.people": Right.MANAGE,
    "intake.card": Right.MANAGE,
    "intake.templates": Right.MANAGE,
    "intake.tags": Right.MANAGE,
    "intake.journal": Right.MANAGE,
    "intake.agenda": Right.READ,
    "intake.agenda.link": Right.READ,
    "intake.agenda.link.make": Right.READ,
    "intake.agenda.link.cut": Right.READ,
    "intake.calendar": Right.READ,
    "intake.filing.calendar": Right.READ,
    "intake.list.do": Right.READ,
    "intake.arrivals": Right.READ,
    "intake.display": Right.READ,
    "intake.display.do": Right.READ,
    "intake.view": Right.WRITE,
    "intake.filing": Right.READ,
    "intake.same": Right.READ,
    "intake.preview": Right.READ,
    "intake.preview.page": Right.READ,
    "intake.preview.sent": Right.READ,
    "intake.evidence": Right.SAVE,
    "intake.posting": Right.WRITE,
    "intake.tagging": Right.WRITE,
    "intake.absences": Right.WRITE,
    "intake.assign.several": Right.WRITE,
    "intake.export.several": Right.EXPORT,
    "conciliation": Right.CONCILIATE,
    "conciliation.home": Right.READ,
    "statistics.show": Right.READ,
    "statistics.table": Right.READ,
    "statistics.report": Right.READ,
    "statistics.report.pdf": Right.READ,
}
"""By the name of an address, or its beginning before a dot: an act needs the same as its page (``.do``).

The right to read is never passed on: what only begins like a page to read is not one.
"""


def needed(name: str) -> Right:
    """Return the right that an address asks for, by its name."""
    if name in NEEDED:
        return NEEDED[name]
    head, dot, _ = name.rpartition(".")
    found = needed(head) if dot else Right.ACT
    return Right.ACT if found is Right.READ else found


def may(role: str, right: Right) -> bool:
    """Return whether this role has this right; one that is not known has none."""
    return right in RIGHTS.get(role, frozenset())
