"""What an administrator writes of an association and of its agreement, shown again and told apart (CSP L. 1114-1)."""

from collections.abc import Mapping, Sequence

from app.associations.models import Association
from app.associations.registry import DESCRIBED
from app.associations.rules import Agreement
from app.base.forms.dates import typed_day
from app.base.forms.fields import Typed
from app.base.forms.shown_version import digest


def typed_of(row: Association) -> dict[str, list[str]]:
    """Return what is known of an association, as a form shows it."""
    words = {"nom": row.name, "sigle": row.acronym, "rna": row.rna or "", "siren": row.siren}
    words |= {"courriel": row.email, "telephone": row.phone, "adresse": row.address, "site": row.site}
    return {name: [value] for name, value in words.items()}


def typed_of_agreement(one: Agreement) -> Typed:
    """Return what is known of an agreement, as a form shows it."""
    words = {"numero_agrement": [one.number], "niveau": [one.level], "region": [one.region]}
    return {**words, **typed_day("debut", one.starts_on), **typed_day("fin", one.ends_on)}


def version_of(described: Association | Mapping[str, str]) -> str:
    """Sum up what an association is, as the register keeps it or would keep it."""
    kept = described if isinstance(described, Mapping) else {name: getattr(described, name) or "" for name in DESCRIBED}
    return digest({name: [value] for name, value in kept.items()}, DESCRIBED)


def version_of_days(agreements: Sequence[Agreement]) -> str:
    """Sum up the agreements of an association."""
    return digest({"agrements": [repr(one) for one in agreements]}, ["agrements"])
