"""Which commune of today a line names: by its code, a former code, the name of a CEDEX, or the postal code."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, select

from app.base.storage.database import Database
from app.directory.rules import departement_of, zone_of
from app.routing.models import Commune, CommuneAlias, CommuneName, CommunePostcode
from app.routing.rules.names import compact, normalise

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Placed:
    """Where a site is: a commune if one is known, and the zone where it is looked for."""

    commune: str
    zone: str


class Places:
    """The towns of the reference, in memory for the time of a load; each table is read for the first line it places."""

    def __init__(self, database: Database) -> None:
        """Read nothing yet: many a file that is not the directory has no line."""
        self._database = database
        self._cache: dict[Any, Placed] = {}

    @cached_property
    def _zones(self) -> dict[str, str]:
        """The zone of each town of today."""
        wanted = select(Commune.code, Commune.arrondissement, Commune.departement)
        return {code: zone_of(arrondissement, departement) for code, arrondissement, departement in self._read(wanted)}

    @cached_property
    def _alias(self) -> dict[str, str]:
        return dict(self._read(select(CommuneAlias.code, CommuneAlias.commune)))

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        wanted = select(CommuneName.compact, Commune.departement, Commune.code)
        wanted = wanted.join(Commune, Commune.code == CommuneName.commune).order_by(CommuneName.is_former.desc())
        return {(departement, name): code for name, departement, code in self._read(wanted)}

    @cached_property
    def _postal(self) -> dict[str, str]:
        """The largest town of each postal code."""
        wanted = select(CommunePostcode.postcode, Commune.code).join(Commune, Commune.code == CommunePostcode.commune)
        return dict(self._read(wanted.order_by(Commune.population, Commune.code.desc())))

    def _read(self, wanted: Select[*Columns]) -> Sequence[Row[*Columns]]:
        with self._database.read() as session:
            return session.execute(wanted).all()

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
