"""Which commune of today a line names: by its code, a former code, the name of a CEDEX, or the postal code."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.rules import departement_of, zone_of
from app.routing.models import Commune, CommuneAlias, CommuneName, CommunePostcode
from app.routing.rules.names import compact, normalise


@dataclass(frozen=True)
class Placed:
    """Where a site is: a commune if one is known, and the zone where it is looked for."""

    commune: str
    zone: str


class Places:
    """The towns of the reference, in memory for the time of a load."""

    def __init__(self, session: Session) -> None:
        """Read them."""
        rows = session.execute(select(Commune.code, Commune.arrondissement, Commune.departement, Commune.population))
        self._zones, self._people = {}, {}
        for code, arrondissement, departement, people in rows:
            self._zones[code], self._people[code] = zone_of(arrondissement, departement), people
        self._alias = dict(session.execute(select(CommuneAlias.code, CommuneAlias.commune)).all())
        self._names: dict[tuple[str, str], str] = {}
        names = select(CommuneName.compact, Commune.departement, Commune.code).join(
            Commune, Commune.code == CommuneName.commune
        )
        for name, departement, code in session.execute(names.order_by(CommuneName.is_former.desc())):
            self._names[departement, name] = code
        self._postal: dict[str, str] = {}
        for postal, code in session.execute(select(CommunePostcode.postcode, CommunePostcode.commune)):
            known = self._postal.get(postal)
            if known is None or self._people.get(code, 0) > self._people.get(known, 0):
                self._postal[postal] = code
        self._cache: dict[Any, Placed] = {}

    def find(self, commune: str, postal_code: str, town: str) -> Placed:
        """Find the place of a site; an unknown one keeps the zone of its département, or none."""
        asked = (commune, postal_code, town)
        found = self._cache.get(asked)
        if found is None:
            found = self._cache[asked] = self._find(*asked)
        return found

    def _find(self, commune: str, postal_code: str, town: str) -> Placed:
        code = commune if commune in self._zones else self._alias.get(commune, "")
        departement = departement_of(commune or postal_code)
        code = code or self._names.get((departement, compact(normalise(town))), "")
        code = code or self._postal.get(postal_code, "")
        return Placed(code, self._zones[code]) if code in self._zones else Placed("", departement)
