"""What is asked of the tables of towns, whoever asks."""

from sqlalchemy import Row, Select, bindparam, or_, select

from app.routing.models import Commune, CommuneName, Departement
from app.routing.rules.names import with_articles

Found = Row[str, str, str | None, str, str, int, str, str, bool, str]
SPELLINGS = len(with_articles(""))


def towns() -> Select[str, str, str | None, str, str, int, str, str, bool, str]:
    """Read the towns, each once for every name that it bears or bore."""
    return (
        select(
            Commune.code,
            Commune.name,
            Commune.parent,
            Commune.postal_codes,
            Commune.departement,
            Commune.population,
            Departement.name.label("departement_name"),
            CommuneName.name.label("found_name"),
            CommuneName.is_former,
            CommuneName.compact,
        )
        .join(CommuneName, CommuneName.commune == Commune.code)
        .join(Departement, Departement.code == Commune.departement)
    )


BY_INSEE = towns().where(Commune.code == bindparam("insee"), CommuneName.is_former.is_(False))
BY_NAME = (
    towns()
    .where(CommuneName.compact == bindparam("compact"))
    .order_by(CommuneName.is_former, Commune.population.desc(), Commune.code, CommuneName.name)
    .limit(bindparam("limit"))
)
BEGINNING_SO = (
    select(CommuneName.key, Commune.population)
    .join(Commune, Commune.code == CommuneName.commune)
    .where(
        or_(*(CommuneName.compact.between(bindparam(f"from_{n}"), bindparam(f"to_{n}")) for n in range(SPELLINGS))),
        Commune.code != bindparam("code"),
        or_(Commune.parent.is_(None), Commune.parent != bindparam("code")),
    )
)
"""Written once: they are asked each time that a town is typed or said back."""
