"""What the list is asked, in words: the head of each filter, and what is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.filing.status.state import ComplaintState
from app.intake import filters
from app.intake.filters import Filters
from app.intake.rules import is_id, label_of
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.motives import MotiveChoice

CHOICES: Mapping[str, type[Choices]] = {
    "etat": ComplaintState,
    "echeance": filters.DueWithin,
    "role": filters.DeskRole,
    "suite": filters.Ahead,
    "canal": filters.Channel,
    "forme": RefusalKind,
    "motif": MotiveChoice,
}
TITLES = {
    "q": N_("Recherche"),
    "echeance": N_("Échéance"),
    "etat": N_("État"),
    "attribution": N_("Attribuée"),
    "mention": N_("Mention"),
    "etiquette": N_("Étiquette"),
    "profession": N_("Profession"),
    "suite": N_("Suite"),
    "role": N_("Notre rôle"),
    "forme": N_("Ce qui s'est passé"),
    "motif": N_("Raison"),
    "canal": N_("Écrite par"),
    "besoin": N_("Besoins pour participer"),
    "recue_du": N_("Reçue à partir du"),
    "recue_au": N_("Reçue jusqu'au"),
}
"""By the names of the fields, in the order in which they are read."""
GONE = N_("quelqu'un qui n'est plus là")
LAST_FIRST = N_("{column}, du dernier au premier")
ALONE = {"mention": N_("d'un collègue pour moi"), "besoin": N_("Avec des besoins")}
"""What is said of the filters that ask one thing alone."""
NO_MORE = N_("une étiquette qui n'existe plus")


@dataclass(frozen=True)
class Names:
    """What the codes of an authority are called: professions, its clerks, its tags."""

    professions: Mapping[str, str]
    people: Mapping[str, str]
    tags: Mapping[str, str]


def asked(said: Filters, names: Names, t: Translate) -> dict[str, str]:
    """Say what is set, by the names of the fields: each can be taken away alone."""

    def words(name: str, value: str) -> str:
        if name in CHOICES:
            return t(label_of(CHOICES[name], value))
        if name == "attribution":
            return names.people.get(value) or t(GONE if is_id(value) else label_of(filters.Attribution, value))
        if name == "etiquette":
            return names.tags.get(value) or t(NO_MORE)
        if name == "profession":
            return t(names.professions.get(value, value))
        if name in ("recue_du", "recue_au"):
            return date_text(date.fromisoformat(value), weekday=False)
        return t(ALONE[name]) if name in ALONE else value

    return {name: f"{t(title)} : {words(name, said.sent[name])}" for name, title in TITLES.items() if name in said.sent}


def kept(said: Filters, names: Names, t: Translate) -> list[str]:
    """Say what a saved view asks, its order last; nothing when it asks nothing."""
    column = t(said.column.label)
    order = t(LAST_FIRST).format(column=column) if said.is_last_first else column
    ordered = [t(N_("Triée par : {order}")).format(order=order)] if said.tri else []
    return [*asked(said, names, t).values(), *ordered]
