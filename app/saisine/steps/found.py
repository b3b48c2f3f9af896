"""Step 2: the professional found in the directory; the record is copied into the answers, with its date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.base.errors import N_
from app.base.forms.fields import FieldError, Translate, Widget
from app.base.forms.form import Answers
from app.base.forms.widgets import Text
from app.saisine.journey import Trail
from app.saisine.steps.professional import TOWNS
from app.saisine.steps.said import Said

DIRECTORY = "directory"
"""Date of the directory that serves, among what is known beside the answers; absent when none is loaded."""
DESCRIBED, DONT_KNOW = "decrire", "ne_sait_pas"
WHERE_TO = Said(N_("À quelle adresse vouliez-vous aller ?"), N_("À quelle adresse cette personne voulait-elle aller ?"))
CHOOSE = N_("Choisissez un professionnel dans la liste, ou décrivez-le.")


@dataclass(frozen=True, kw_only=True)
class ChosenRecord(Widget):
    """The record that was chosen, with the place of work under which it was found; or that there is none."""

    _shape: ClassVar[re.Pattern[str]] = re.compile(r"[0-9A-Z]{6,16}\.[0-9]{1,12}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep ``810000000001.42`` or ``decrire``. Raises :class:`~app.base.forms.fields.FieldError`."""
        value = typed[-1].strip() if typed else ""
        if value != DESCRIBED and not self._shape.fullmatch(value):
            raise FieldError(CHOOSE)
        return value


@dataclass(frozen=True, kw_only=True)
class SiteChoice(Widget):
    """The place of work where the person wanted to go; the choices come with the record."""

    kind: ClassVar[str] = "radios"
    _key: ClassVar[re.Pattern[str]] = re.compile(r"[0-9]{1,18}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep the key of a site, or that the person does not know.

        Raises :class:`~app.base.forms.fields.FieldError`.
        """
        value = typed[-1].strip() if typed else ""
        if value != DONT_KNOW and not self._key.fullmatch(value):
            raise FieldError(N_("Choisissez une adresse, ou “Je ne sais pas”."))
        return value

    def shown(self, value: str, translate: Translate) -> str:
        """Say nothing: the address stands beside."""
        del value, translate
        return ""


def _copied(label: str, *, silent: bool = False, passed_on: bool = False) -> Text:
    return Text(
        short=N_("Professionnel"),
        label=label,
        longest=300,
        optional=True,
        silent=silent,
        passed_on=passed_on,
        on_paper=False,
    )


class DirectorySearch(Answers):
    """What is looked for on A6."""

    q: Annotated[
        str,
        Text(
            label=N_("Nom du professionnel"),
            hint=N_("Le nom de famille suffit."),
            longest=80,
            autocomplete="off",
            optional=False,
            spellcheck=False,
            on_paper=False,
        ),
    ]
    ou: Annotated[
        str,
        Text(
            label=N_("Ville ou code postal"),
            suggest=TOWNS,
            longest=100,
            autocomplete="off",
            optional=False,
            on_paper=False,
        ),
    ]


class DirectoryChoice(Answers):
    """A6."""

    pro_id: Annotated[str, ChosenRecord(label=N_("Nom du professionnel"), silent=True, optional=False, on_paper=False)]


class FoundProfessional(Answers):
    """A6, once a record is chosen: its copy, and at which address."""

    lieu_exercice: Annotated[
        str,
        SiteChoice(label=WHERE_TO, silent=True, optional=False, on_paper=False),
    ]
    pro_nom: Annotated[str, _copied(N_("Nom"), passed_on=True)]
    pro_prenom: Annotated[str, _copied(N_("Prénom"), passed_on=True)]
    pro_specialite: Annotated[str, _copied(N_("Spécialité"), passed_on=True)]
    pro_lieu: Annotated[str, _copied(N_("Nom du cabinet, de la pharmacie ou de l'hôpital"), passed_on=True)]
    pro_adresse: Annotated[str, _copied(N_("Rue"), passed_on=True)]
    pro_commune: Annotated[str, _copied(N_("Ville"), passed_on=True)]
    commune_insee: Annotated[str, _copied(N_("Ville"), silent=True)]
    pro_telephone: Annotated[str, _copied(N_("Téléphone"))]
    pro_source: Annotated[str, _copied(N_("Source"))]
    pro_profession: Annotated[str, _copied(N_("Profession"), silent=True)]
    pro_section: Annotated[str, _copied(N_("Section"), silent=True)]
    pro_adresses: Annotated[str, _copied(N_("Adresses"), silent=True)]


def is_described(trail: Trail) -> bool:
    """Return whether the person describes the professional: there is no directory, or the record is not in it."""
    return not trail.get(DIRECTORY) or trail.get("pro_id") == DESCRIBED


def is_found(trail: Trail) -> bool:
    """Return whether a record was chosen."""
    return bool(trail.get(DIRECTORY)) and trail.get("pro_id") != DESCRIBED


def has_directory(trail: Trail) -> bool:
    """Return whether a directory serves."""
    return bool(trail.get(DIRECTORY))


def has_one_address(trail: Trail) -> bool:
    """Return whether the record has one place of work: nothing is left to ask."""
    return trail.get("pro_adresses") == "1"
