"""Lists made for pages: authorities, professions, motives, forms, départements."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.routing.models import Authority, Commune, Departement, Motive, ProfessionRow, ReferenceVersion, RefusalForm

_PROCEDURES = select(ProfessionRow.code, ProfessionRow.procedure)


@dataclass(frozen=True)
class AuthorityRow:
    """An authority as pages and letters show it; an empty contact is not known."""

    code: str
    kind: str
    name: str
    ordre: str
    profession: str
    section: str
    departements: str
    address: str
    postal_code: str
    town: str
    address_date: str
    email: str
    phone: str
    service: str
    hours: str
    dpo: str
    logo: str
    zone: str
    confidence: str
    source: str
    remark: str
    is_retired: bool

    @property
    def is_ordre(self) -> bool:
        """Whether this is the council of an ordre; otherwise a caisse."""
        return self.kind.startswith("ordre_")


@dataclass(frozen=True)
class ProfessionLine:
    """A profession as forms offer it."""

    code: str
    label: str
    ordre: str
    level: str
    is_health: bool
    procedure: str
    confidence: str
    remark: str


@dataclass(frozen=True)
class ChoiceRow:
    """A prohibited ground or a form of refusal as forms offer it."""

    code: str
    label: str
    article: str
    procedure: str
    """Of a form: ``L1110-3`` or ``cpam_seule``; of a ground: empty."""
    is_sensitive: bool
    is_legal: bool


@dataclass(frozen=True)
class DepartementRow:
    """A département or collectivity."""

    code: str
    name: str
    region: str
    region_name: str


def reference_is_loaded(session: Session) -> bool:
    """Return whether the reference was loaded at least once."""
    return session.get(ReferenceVersion, 1) is not None


def reference_version(session: Session) -> tuple[str, datetime] | None:
    """Return the digest of the files in force and when they were loaded."""
    row = session.get(ReferenceVersion, 1)
    return (row.digest, row.loaded_at) if row else None


def _authorities() -> Select[Authority]:
    return select(Authority).order_by(Authority.code)


def authority(session: Session, code: str) -> AuthorityRow | None:
    """Return one authority by its code, retired or not."""
    row = session.get(Authority, code)
    return _shown(row) if row else None


def authorities(session: Session, codes: tuple[str, ...] | None = None) -> list[AuthorityRow]:
    """List the authorities in force, or those of the codes in the order asked, retired or not."""
    if codes == ():
        return []
    if codes is None:
        return [_shown(row) for row in session.scalars(_authorities().where(Authority.is_retired.is_(False)))]
    found = {row.code: row for row in session.scalars(_authorities().where(Authority.code.in_(codes)))}
    return [_shown(found[code]) for code in codes if code in found]


def codes(session: Session) -> list[str]:
    """List the codes of all authorities, retired ones too: what they received is theirs still."""
    return list(session.scalars(select(Authority.code)))


def _shown(row: Authority) -> AuthorityRow:
    return AuthorityRow(**{name: getattr(row, name) for name in AuthorityRow.__dataclass_fields__})


def professions(session: Session) -> list[ProfessionLine]:
    """List the professions in the order of the reference; the last one, without code, is « je ne sais pas »."""
    rows = session.scalars(select(ProfessionRow).order_by(ProfessionRow.position))
    return [
        ProfessionLine(**{name: getattr(row, name) for name in ProfessionLine.__dataclass_fields__}) for row in rows
    ]


def procedures(session: Session) -> dict[str, str]:
    """Return the procedure of each profession by its RPPS code; each page of the form asks for it, and no more."""
    return {row[0]: row[1] for row in session.execute(_PROCEDURES)}


def motives(session: Session) -> list[ChoiceRow]:
    """List the prohibited grounds in order."""
    rows = session.scalars(select(Motive).order_by(Motive.position))
    return [ChoiceRow(r.code, r.label, r.article, "", r.is_sensitive, r.is_legal) for r in rows]


def forms(session: Session) -> list[ChoiceRow]:
    """List the forms of refusal in order."""
    rows = session.scalars(select(RefusalForm).order_by(RefusalForm.position))
    return [
        ChoiceRow(r.code, r.label, r.article, r.procedure, is_sensitive=False, is_legal=r.procedure == "L1110-3")
        for r in rows
    ]


def region_of(session: Session, commune: str, departement: str = "") -> str:
    """Return the code of the region of a town, else of a département, by their codes; empty when neither is known."""
    own = select(Commune.departement).where(Commune.code == commune).scalar_subquery()
    place = Departement.code == (own if commune else departement)
    return session.scalar(select(Departement.region).where(place)) or ""


def departements(session: Session) -> list[DepartementRow]:
    """List the départements and collectivities by code; those without people are left out."""
    rows = session.execute(
        select(Departement.code, Departement.name, Departement.region, Departement.region_name)
        .where(Departement.code.not_in(("984", "989")))
        .order_by(Departement.code)
    )
    return [DepartementRow(*row) for row in rows]
