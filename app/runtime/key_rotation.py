"""Changing the keys that lock the others, while the service runs; and saying how old they are.

New versions are written to the keyring first: the service follows the file, and locks with them from then on. Every row
locked under an older version is then locked again, some at a time. An interruption loses nothing: the next run goes on
with the same versions. Older versions are retired once a whole look finds nothing under them, and destroyed 35 days
later, when no copy of the database needs them any more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.accounts.models import Account, AuthSession, Invitation
from app.accounts.queries import seed_place
from app.accounts.service.invitations import invitation_place
from app.accounts.service.shown_once import shown_place
from app.associations.models import AssociationRecord, AssociationRequest
from app.associations.registry import request_place
from app.base.crypto.keyfile import WRAPPING, KeyFile
from app.base.crypto.relocking import Locks, count, relock
from app.base.crypto.vault import PORTAL
from app.base.portal import Portal
from app.counters.models import CountedComplaint, CounterRow
from app.counters.queries import counts_place, record_place
from app.filing.models import FilingKey
from app.intake.tags.models import AuthorityTag
from app.notifications.models import OutboxMail
from app.notifications.service import PLACE
from app.saisine.models import Draft
from app.webhooks.models import Webhook
from app.webhooks.queries import address_place
from app.webhooks.service import secret_place

LOCKS = (
    Locks(FilingKey.wrapped, lambda row: row.holder, is_wrap=True),
    Locks(AssociationRecord.wrapped, lambda row: row.holder, is_wrap=True),
    Locks(AuthorityTag.wrapped, lambda row: row.holder, is_wrap=True),
    Locks(Draft.wrapped, lambda _: PORTAL, is_wrap=True),
    Locks(Draft.sent_code, lambda row: f"draft|{row.id}|code"),
    Locks(OutboxMail.sealed, lambda row: f"{PLACE}|{row.filing_number}|{row.kind}|{row.recipient_key}"),
    Locks(Webhook.address, lambda row: address_place(row.id)),
    Locks(Webhook.secret, lambda row: secret_place(row.id)),
    Locks(Webhook.secret_before, lambda row: secret_place(row.id)),
    Locks(Account.totp_seed, lambda row: seed_place(row.id)),
    Locks(AuthSession.shown, lambda row: shown_place(row.kind, row.subject)),
    Locks(Invitation.seed, lambda row: invitation_place(row.id)),
    Locks(AssociationRequest.content, lambda row: request_place(row.id)),
    Locks(
        CounterRow.counts,
        lambda row: counts_place(row.authority, row.month, row.profession, row.town, is_kept=bool(row.is_kept)),
    ),
    Locks(CountedComplaint.portrait, lambda row: record_place(row.filing_number)),
)
"""Every column that a master key locks; a test fails on one that is not here."""
YEAR = timedelta(days=365)
NEVER_DONE = 10
"""Whole looks after which rows still come under an old version: something writes with it, and must be told."""
Tell = Callable[[int, int], None]


class StillLocked(Exception):
    """Rows are still locked under a version that was to go; says which."""


@dataclass(frozen=True)
class Version:
    """One version of a family, with what still needs it."""

    family: str
    name: str
    made_on: date | None
    retired_on: date | None
    ends_on: date | None
    rows: int | None
    """Rows locked under it; nothing for a family that locks none."""


@dataclass(frozen=True)
class Status:
    """What an operator must know of the keys."""

    versions: tuple[Version, ...]
    is_rotating: bool
    escrow_tried_on: date | None
    due: tuple[str, ...]
    """What must be done, in plain words; nothing when all is well."""


def rotate(
    portal: Portal, path: Path, today: date, tell: Tell = lambda _d, _t: None, *, signature: bool = False
) -> int:
    """Make new versions and lock everything again, or go on with a rotation that was cut; return how many rows changed.

    Raises :class:`~app.base.crypto.keyfile.KeyringTrouble`, ``OSError``, :class:`StillLocked`.
    """
    held = KeyFile.read(path)
    if not held.is_rotating:
        held = held.with_new((*WRAPPING, "signature") if signature else WRAPPING, today)
        held.replace(path)
    done = _relock_all(portal, tell)
    KeyFile.read(path).with_old_retired(today).replace(path)
    return done


def _relock_all(portal: Portal, tell: Tell) -> int:
    """Lock again until a whole look changes nothing: what the service wrote in the meantime is seen too."""
    total = 0
    for _ in range(NEVER_DONE):
        changed = 0
        for place, locks in enumerate(LOCKS):
            after: Any = None
            while True:
                with portal.database.write() as session:
                    done, after = relock(session, portal.keyring, locks, after)
                changed += done
                if after is None:
                    break
            tell(place + 1, len(LOCKS))
        total += changed
        if not changed:
            return total
    raise StillLocked("rows still come under an old version: is a service running with another keyring?")


def destroy_ended(portal: Portal, path: Path, today: date) -> list[str]:
    """Destroy the versions retired 35 days ago; name them. What a restored copy brought back is locked again before.

    Raises :class:`~app.base.crypto.keyfile.KeyringTrouble`, ``OSError``, :class:`StillLocked`.
    """
    held = KeyFile.read(path)
    kept = held.without_ended(today)
    if kept == held or held.is_rotating:
        return []
    _relock_all(portal, lambda _d, _t: None)
    kept.replace(path)
    left = {(family, one.name) for family, versions in kept.families.items() for one in versions}
    return [f"{f} {one.name}" for f, versions in held.families.items() for one in versions if (f, one.name) not in left]


def status(portal: Portal, path: Path, today: date) -> Status:
    """Return the versions, their ages, what is locked under each, and what is due."""
    held = KeyFile.read(path)
    versions = []
    with portal.database.read() as session:
        for family, found in held.families.items():
            for one in found:
                rows = sum(count(session, locks, one.name, family) for locks in LOCKS) if family in WRAPPING else None
                versions.append(Version(family, one.name, one.made_on, one.retired_on, one.ends_on(), rows))
    return Status(tuple(versions), held.is_rotating, held.escrow_tried_on, tuple(_due(held, versions, today)))


def _due(held: KeyFile, versions: list[Version], today: date) -> list[str]:
    due = []
    if held.is_rotating:
        due.append("a rotation was cut: run `saisine keys rotate` again")
    newest = {one.family: one for one in versions}
    made = [newest[family].made_on for family in WRAPPING]
    if any(day is None or today - day > YEAR for day in made):
        due.append("the keys are more than a year old: run `saisine keys rotate`")
    if any(one.ends_on and one.ends_on <= today for one in versions):
        due.append("old versions have had their time: run `saisine keys destroy`")
    if any(one.retired_on and one.rows for one in versions):
        due.append("rows are locked under a retired version (a copy was restored): run `saisine keys destroy` in time")
    if held.escrow_tried_on is None or today - held.escrow_tried_on > YEAR:
        due.append("the copies of the keyring outside the site were not tried for a year: `saisine keys escrow-tried`")
    return due


def note_escrow(path: Path, day: date) -> None:
    """Note that the copies outside the site were tried that day. Raises ``OSError``."""
    KeyFile.read(path).with_escrow_tried(day).replace(path)
