"""Authorities that an administrator creates: what was decided, and what of it is in force.

Until its day, an authority is set aside as a retired one is: nobody is sent to it. No reload changes it.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.base.dates import local_day
from app.base.errors import N_, Back, NotFound, Refusal
from app.base.i18n import translate
from app.routing import closures
from app.routing.models import Authority, AuthorityOpening, ProfessionRow, ReferenceVersion
from app.routing.rules import Caisse, departement_of, local_zone
from app.routing.rules.holding import holders

log = logging.getLogger("saisine.routing")
SEVERAL = ";"
TO_AUTHORITY = N_("Revenir à cette autorité")


class CodeTaken(Refusal):
    """Another authority bears this code, or did."""

    code, status = "code_pris", 422
    says = N_("Une autorité a déjà ce code. Choisissez-en un autre.")


class TerritoryHeld(Refusal):
    """Another authority of the same kind holds a part of the territory on that day."""

    code, status = "territoire_tenu", 422
    says = N_("Ce territoire est déjà tenu ce jour-là, par : {names}.")

    def __init__(self, codes: Collection[str]) -> None:
        """Keep who holds it."""
        super().__init__(self.code)
        self.codes = tuple(codes)


class OpeningInUse(Refusal):
    """Accounts, or a closure, count on an authority that is to open."""

    code, status = "creation_utilisee", 409
    says = N_("Des comptes ou une fermeture comptent sur cette autorité. Sa création ne peut plus être annulée.")

    def __init__(self, authority: str) -> None:
        """Lead back to it."""
        super().__init__(self.code)
        self.back = Back(translate(TO_AUTHORITY), "administration.authority", {"autorite": authority})


class AlreadyOpen(OpeningInUse):
    """It is open, whoever brought it."""

    code = "autorite_ouverte"
    says = N_("Cette autorité est déjà ouverte. Pour qu'elle ne reçoive plus de plainte, fermez-la.")


@dataclass(frozen=True)
class Created:
    """What an administrator says of a new authority."""

    code: str
    kind: str
    name: str
    profession: str
    section: str
    departements: tuple[str, ...]
    opens_on: date
    reason: str
    contact: dict[str, str]
    """Its card, by column."""


def opening_of(session: Session, code: str) -> AuthorityOpening | None:
    """Return the creation of an authority, if it was created here."""
    return session.get(AuthorityOpening, code)


def created(session: Session) -> set[str]:
    """List the codes of the authorities that were created here."""
    return set(session.scalars(select(AuthorityOpening.authority)))


def to_come(session: Session) -> dict[str, date]:
    """Return the day of each authority that is not open yet."""
    wanted = select(AuthorityOpening).where(AuthorityOpening.in_force_at.is_(None))
    return {row.authority: row.opens_on for row in session.scalars(wanted)}


def zone_of(departements: Sequence[str], postal_code: str) -> str:
    """Return the IANA time zone of a seat: that of its first département, else of its postal code."""
    return local_zone(departements[0] if departements else departement_of(postal_code))


def create(session: Session, said: Created, by: str, at: datetime) -> Authority:
    """Keep a new authority, which opens on its day. Raises :class:`CodeTaken`, :class:`TerritoryHeld`.

    Creations wait for one another, so that two administrators never give one territory twice.
    """
    session.get(ReferenceVersion, 1, with_for_update=True)
    if session.get(Authority, said.code):
        raise CodeTaken
    zone = zone_of(said.departements, said.contact["postal_code"])
    profession = session.get(ProfessionRow, said.profession) if said.profession else None
    today = local_day(at, ZoneInfo(zone))
    row = Authority(
        **said.contact,
        code=said.code,
        kind=said.kind,
        name=said.name,
        ordre=profession.ordre if profession else "",
        profession=said.profession,
        section=said.section,
        departements=SEVERAL.join(said.departements),
        zone=zone,
        confidence="confirmed",
        source=said.reason,
        remark="",
        contact_checked_on=today if any(said.contact.values()) else None,
        address_date=f"{today:%Y-%m}" if said.contact["address"] else "",
        is_retired=True,
    )
    if found := held_by(session, row, said.opens_on):
        raise TerritoryHeld(found)
    session.add(row)
    session.add(AuthorityOpening(authority=said.code, opens_on=said.opens_on, decided_at=at, decided_by=by))
    session.flush()
    return row


def cancel(session: Session, code: str) -> None:
    """Forget an authority that is not open yet. Raises :class:`OpeningInUse` when something names it, or it is open.

    Creations, decisions to close and this wait for one another by its row.
    """
    row = session.get(Authority, code, with_for_update=True)
    kept = session.get(AuthorityOpening, code, with_for_update=True)
    if row is None:
        raise NotFound
    if kept is None or kept.in_force_at is not None:
        raise AlreadyOpen(code)
    if closures.is_successor(session, code):
        raise OpeningInUse(code)
    session.delete(kept)
    session.delete(row)
    session.flush()


def held_by(session: Session, row: Authority, day: date | None = None) -> list[str]:
    """Name the others of its kind that hold a part of its territory: on a day to come, or now."""
    heirs, waiting = closures.heirs(session, day), to_come(session) if day else {}
    known = or_(Authority.is_retired.is_(False), Authority.code.in_([*heirs, *waiting]))
    wanted = select(Authority.code, Authority.departements, Authority.kind).where(known, Authority.code != row.code)
    wanted = wanted.where(Authority.profession == row.profession, Authority.section == row.section)
    bodies = [Caisse(one.code, tuple(one.departements.split(SEVERAL))) for one in session.execute(wanted)]
    return holders(bodies, heirs, row.departements.split(SEVERAL) if row.departements else ())


def also_held(session: Session) -> list[str]:
    """Name the open authorities, created here, whose territory another one holds too since the reference changed."""
    wanted = select(Authority).where(Authority.code.in_(created(session)), Authority.is_retired.is_(False))
    return [row.code for row in session.scalars(wanted) if held_by(session, row)]


def due(session: Session, now: datetime) -> list[AuthorityOpening]:
    """List the creations whose day has come, where the authority sits."""
    wanted = select(AuthorityOpening, Authority.zone).join(Authority, Authority.code == AuthorityOpening.authority)
    rows = session.execute(wanted.where(AuthorityOpening.in_force_at.is_(None)).order_by(AuthorityOpening.authority))
    return [kept for kept, zone in rows if kept.opens_on <= local_day(now, ZoneInfo(zone))]


def open_due(session: Session, now: datetime) -> list[str]:
    """Open the authorities whose day has come; those whose territory is still held wait for it."""
    opened = []
    for kept in due(session, now):
        row = session.get_one(Authority, kept.authority)
        if found := held_by(session, row):
            log.warning("a new authority waits for its territory", extra={"authority": row.code, "held_by": found})
            continue
        kept.in_force_at, row.is_retired = now, False
        session.flush()
        opened.append(row.code)
    return opened
