"""What is done to the reference: load it, and remember where a clerk says a commune belongs."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.base.clock import Clock, system_clock
from app.base.errors import N_, Refusal
from app.base.storage.database import Base
from app.routing import bundled, closures, openings
from app.routing.bundled import DATA
from app.routing.models import (
    Authority,
    AuthorityLogo,
    Commune,
    CommuneAlias,
    CommuneName,
    CommunePostcode,
    CpamException,
    Departement,
    Motive,
    ProfessionRow,
    ReferenceVersion,
    RefusalForm,
)

Row = dict[str, Any]
CONTACT = ("address", "postal_code", "town", "address_date", "email", "phone")
"""What an operator may correct; kept by a reload once it was checked."""
LOGO_DIGITS = 24
"""Of a digest: what names a picture is a word that print never cuts."""


@dataclass(frozen=True)
class LoadResult:
    """What a load left in the tables."""

    counts: dict[str, int]
    """Rows by table."""
    version: str
    """SHA-256 of the files."""
    changed: bool
    """False when this very version was already there."""
    created_here: tuple[str, ...] = ()
    """Codes that the files bring for authorities created here, which stay as they are."""
    also_held: tuple[str, ...] = ()
    """Authorities created here, of whose territory the files give a part to another one too."""

    def as_json(self) -> Row:
        """Count, and name what a person must look at."""
        here = {"created_here": list(self.created_here), "also_held": list(self.also_held)}
        return {"version": self.version, **here, **self.counts}


class UnknownAuthority(Refusal):
    """The caisse or the commune that was named is not in the reference."""

    code, status = "autorite_inconnue", 404
    says = N_("Cette caisse ou cette commune n'est pas dans les données de référence.")


def load_reference(session: Session, folder: Path = DATA, clock: Clock = system_clock) -> LoadResult:
    """Replace the reference by the files of a folder, in the caller's transaction; a second time does nothing.

    Decisions of clerks, imports of the public directory, checked contacts and authorities created here are kept.
    """
    version = bundled.digest(folder)
    there = session.get(ReferenceVersion, 1)
    if there and there.digest == version:
        return LoadResult(_counts(session), version, changed=False)
    _replace_towns(session, folder)
    _replace(session, Departement, bundled.departements(folder))
    brought = bundled.authorities(folder)
    own = openings.created(session)
    _update_authorities(session, [row for row in brought if row["code"] not in own], own)
    session.execute(delete(CpamException).where(CpamException.origin == "reference"))
    session.execute(insert(CpamException), bundled.exceptions(folder))
    _update(session, ProfessionRow, bundled.professions(folder))
    _update(session, Motive, bundled.motives(folder))
    _update(session, RefusalForm, bundled.forms(folder))
    session.merge(ReferenceVersion(id=1, digest=version, loaded_at=clock()))
    session.flush()
    here = tuple(sorted(own & {row["code"] for row in brought}))
    held = tuple(sorted(openings.also_held(session)))
    return LoadResult(_counts(session), version, changed=True, created_here=here, also_held=held)


def remember_caisse(session: Session, commune: str, caisse: str, by: str, clock: Clock) -> CpamException:
    """Keep a clerk's word on the caisse of a commune: from now on it is certain there.

    Raises :class:`UnknownAuthority`. The commune is one of today (see ``queries.place``).
    """
    town = session.get(Commune, commune)
    body = session.get(Authority, caisse)
    if town is None or town.parent or body is None or body.kind.startswith("ordre_"):
        raise UnknownAuthority
    known = session.scalars(
        select(CpamException).where(
            CpamException.origin == "decision",
            CpamException.scope == "commune",
            CpamException.scope_code == commune,
        )
    ).one_or_none()
    decision = known or CpamException(origin="decision", scope="commune", scope_code=commune, scope_name=town.name)
    decision.departement, decision.caisses, decision.status = town.departement, caisse, "certain"
    decision.confidence, decision.source = "confirmed", N_("décision d'un agent")
    decision.decided_at, decision.decided_by, decision.remark = clock(), by, ""
    session.add(decision)
    session.flush()
    return decision


def keep_contact(session: Session, code: str, contact: Mapping[str, str], today: date) -> None:
    """Keep what a person wrote that day of the card of an authority.

    A reload leaves address, telephone and e-mail alone from then on; what it never brings changes nothing of that.
    """
    values: Row = dict(contact)
    if not set(CONTACT).isdisjoint(contact):
        values["contact_checked_on"] = today
    if "address" in contact:
        values["address_date"] = f"{today:%Y-%m}"
    session.execute(update(Authority).where(Authority.code == code).values(**values))


def keep_logo(session: Session, content: bytes) -> str:
    """Keep a PNG picture for letters; return the digest that a card names."""
    digest = hashlib.sha256(content).hexdigest()[:LOGO_DIGITS]
    if session.get(AuthorityLogo, digest) is None:
        session.add(AuthorityLogo(digest=digest, content=content))
        session.flush()
    return digest


def fill_card(session: Session, code: str, card: Mapping[str, str]) -> None:
    """Write what is not known of an authority; an address is taken whole or not at all. Nothing else changes."""
    row = session.get(Authority, code)
    if row is None:
        return
    kept = {"address", "postal_code", "town"} if row.address else set()
    for column, value in card.items():
        if column not in kept and not getattr(row, column):
            setattr(row, column, value)
    session.flush()


def _replace_towns(session: Session, folder: Path) -> None:
    towns = bundled.towns(folder)
    _replace(session, CommunePostcode, towns.postcodes)
    _replace(session, CommuneName, towns.names)
    _replace(session, CommuneAlias, towns.aliases)
    _replace(session, Commune, towns.communes)


def _replace(session: Session, table: type[Base], rows: list[Row]) -> None:
    """Empty a table that nothing points at, and fill it."""
    session.execute(delete(table))
    session.execute(insert(Base.metadata.tables[table.__tablename__]), rows)  # rows: no object is made of them


def _update(session: Session, table: type[Base], rows: Iterable[Row]) -> None:
    """Bring rows up to date by code, so that what points at them stays; a code that left the files stays too."""
    there = set(session.scalars(select(table.__table__.c.code)))
    wanted = list(rows)
    old, new = [row for row in wanted if row["code"] in there], [row for row in wanted if row["code"] not in there]
    if old:
        session.execute(update(table), old)
    if new:
        session.execute(insert(table), new)


def _update_authorities(session: Session, rows: list[Row], own: Collection[str]) -> None:
    """Bring authorities up to date; retire those that left the files, not our ``own``; leave newer contacts alone."""
    newer = or_(Authority.contact_checked_on.is_not(None), Authority.directory_id != "")
    checked = set(session.scalars(select(Authority.code).where(newer)))
    fresh = [{**row, "is_retired": False} for row in rows]
    _update(session, Authority, [row for row in fresh if row["code"] not in checked])
    kept = [
        {name: value for name, value in row.items() if name not in CONTACT} for row in fresh if row["code"] in checked
    ]
    if kept:
        session.execute(update(Authority), kept)
    gone = select(Authority.code).where(Authority.code.not_in([*own, *(row["code"] for row in rows)]))
    closures.retire(session, [*session.scalars(gone), *closures.heirs(session)])


TABLES = (
    Departement,
    Commune,
    CommunePostcode,
    CommuneName,
    CommuneAlias,
    Authority,
    CpamException,
    ProfessionRow,
    Motive,
    RefusalForm,
)


def _counts(session: Session) -> dict[str, int]:
    return {t.__tablename__: session.scalar(select(func.count()).select_from(t)) or 0 for t in TABLES}
