"""Bringing caisses up to date from the public directory: their addresses, and the communes of each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.routing.dila import Published, Service
from app.routing.models import Authority, Commune, CommuneAlias, CpamException
from app.routing.queries.book import CAISSES
from app.routing.rules.belonging import KnownCaisse, caisse_of

ORIGIN = "directory"


@dataclass
class Update:
    """What a file changes."""

    contacts: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Caisse → field → before and after."""
    communes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Commune of a département with several caisses → its caisses."""
    unmatched: list[str] = field(default_factory=list)
    """Services that are none of our caisses for certain, by name."""
    kept: list[str] = field(default_factory=list)
    """Caisses whose address was checked by a person: it stays."""

    def as_json(self) -> dict[str, Any]:
        """Count, and show what a person must look at."""
        several = {code: list(codes) for code, codes in self.communes.items() if len(codes) > 1}
        counts = {"contacts": self.contacts, "communes": len(self.communes), "communes_with_several": several}
        return {**counts, "unmatched": sorted(set(self.unmatched)), "kept": sorted(self.kept)}


def source_of(file_name: str, taken_on: date) -> str:
    """Credit the file, as its licence asks: where it comes from, its name, its date."""
    return f"DILA, base de données locales, {file_name}, {taken_on:%Y-%m-%d} (Licence Ouverte 2.0)"


def prepare(session: Session, published: Published) -> Update:
    """Compare a file with what is known; nothing is written."""
    found = Update()
    towns = {row.code: row.departement for row in session.execute(select(Commune.code, Commune.departement))}
    aliases = dict(session.execute(select(CommuneAlias.code, CommuneAlias.commune)).all())
    every = session.scalars(select(Authority).where(Authority.kind.in_(CAISSES), Authority.is_retired.is_(False))).all()
    known = [KnownCaisse(one.code, one.name, one.postal_code, tuple(one.departements.split(";"))) for one in every]
    caisses = {
        one.id: caisse_of(one.name, one.postal_code, one.communes, towns, known) for one in published.services
    }  # fmt: skip
    found.unmatched = [one.name for one in published.services if not caisses[one.id]]
    _contacts(found, published, caisses, {one.code: one for one in every})
    shared = {departement for departement, n in _counted(known).items() if n > 1}
    belongs = defaultdict(set)
    for one in published.services:
        for code in one.communes if caisses[one.id] else ():
            belongs[aliases.get(code, code)].add(caisses[one.id])
    for code, ids in published.communes.items():
        belongs[aliases.get(code, code)] |= _codes_of(session, ids)
    found.communes = {
        code: tuple(sorted(codes)) for code, codes in sorted(belongs.items()) if codes and towns.get(code) in shared
    }
    return found


def _counted(known: list[KnownCaisse]) -> Mapping[str, int]:
    count: dict[str, int] = defaultdict(int)
    for one in known:
        for departement in one.departements:
            count[departement] += 1
    return count


def _codes_of(session: Session, ids: set[str]) -> set[str]:
    """Find the caisses of the ids that an earlier file of services gave."""
    wanted = select(Authority.code).where(Authority.directory_id.in_(ids))
    return set(session.scalars(wanted))


def _contacts(found: Update, published: Published, caisses: dict[str, str], known: Mapping[str, Authority]) -> None:
    """Keep the address of the one service that is the seat of a caisse: its e-mail, its postal address."""
    seats: dict[str, list[Service]] = defaultdict(list)
    for one in published.services:
        if caisses[one.id]:
            seats[caisses[one.id]].append(one)
    for code, services in seats.items():
        one = max(services, key=lambda service: (len(service.communes), service.id))
        if known[code].contact_checked_on:
            found.kept.append(code)
            continue
        fresh = {"address": one.address, "postal_code": one.postal_code, "town": one.town}
        fresh |= {"phone": one.phone, "email": one.email, "directory_id": one.id}
        changed = {name: (str(getattr(known[code], name) or ""), value) for name, value in fresh.items() if value}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if changed:
            found.contacts[code] = changed


def apply(session: Session, found: Update, taken_on: date, source: str) -> None:
    """Write what was prepared, in the caller's transaction; decisions of clerks and checked addresses stay."""
    for code, changed in found.contacts.items():
        values = {name: after for name, (_, after) in changed.items()}
        if {"address", "postal_code", "town"} & set(values):
            values["address_date"] = f"{taken_on:%Y-%m}"
        session.execute(update(Authority).where(Authority.code == code).values(**values))
    if not found.communes:
        return
    names = {row.code: (row.name, row.departement) for row in session.scalars(select(Commune))}
    session.execute(
        delete(CpamException).where(CpamException.origin == ORIGIN, CpamException.scope_code.in_(list(found.communes)))
    )
    session.execute(
        insert(CpamException),
        [
            {
                "origin": ORIGIN,
                "scope": "commune",
                "scope_code": code,
                "scope_name": names[code][0],
                "departement": names[code][1],
                "caisses": ";".join(codes),
                "status": "certain" if len(codes) == 1 else "ambigu",
                "confidence": "confirmed",
                "source": source,
                "remark": "",
                "decided_by": "",
            }
            for code, codes in found.communes.items()
        ],
    )
