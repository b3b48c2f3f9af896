"""Step 2: the professional, and where he or she works, which decides the authorities (CSP R. 1110-9)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from app.base.errors import N_
from app.base.forms.fields import FieldError, Translate, Widget
from app.base.forms.widgets import Name, Radios, Select, Text
from app.saisine.steps.place import Where
from app.saisine.steps.professions import OtherProfession, Owner, PharmacyType, ProfessionChoice

UNKNOWN_TOWN, ABROAD = "inconnue", "hors_france"
UNKNOWN_DEPARTMENT = "inconnu"
TOWNS = "/communes"
"""Where the towns that may be meant are listed."""
CHOOSE_TOWN = N_("Choisissez la ville dans la liste.")
NOT_FOUND = N_("Nous ne trouvons pas ce lieu. Essayez avec le code postal.")
TOO_VAGUE = N_("Donnez au moins un nom, un lieu ou une description.")


@dataclass(frozen=True, kw_only=True)
class TownChoice(Widget):
    """The town, when several answer to what was typed; the choices come with each search."""

    kind: ClassVar[str] = "radios"
    _code: ClassVar[re.Pattern[str]] = re.compile(r"[0-9][0-9AB][0-9]{3}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep an INSEE code, or the answer that no town fits; anything else is as if nothing was chosen."""
        value = typed[-1].strip() if typed else ""
        return value if value in {UNKNOWN_TOWN, ABROAD} or self._code.fullmatch(value) else ""

    def shown(self, value: str, translate: Translate) -> str:
        """Write the code; the name stands in the field before."""
        return translate(N_("Ville non trouvée")) if value == UNKNOWN_TOWN else value


@dataclass(frozen=True, kw_only=True)
class DepartmentChoice(Widget):
    """A COG code of a département or overseas territory, or the answer that it is not known."""

    kind: ClassVar[str] = "select"
    _code: ClassVar[re.Pattern[str]] = re.compile(r"[0-9][0-9AB]|9[0-9]{2}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep a code."""
        value = typed[-1].strip() if typed else ""
        if value == UNKNOWN_DEPARTMENT or self._code.fullmatch(value):
            return value
        raise FieldError(self.missing or "")

    def shown(self, value: str, translate: Translate) -> str:
        """Write the code as on number plates."""
        return translate(N_("Je ne sais pas")) if value == UNKNOWN_DEPARTMENT else value


PROFESSION = Radios(
    short=N_("Profession"),
    label=N_("Quelle est sa profession ?"),
    choices=ProfessionChoice,
    missing=N_("Choisissez une profession, ou “Je ne sais pas”."),
    passed_on=True,
)
ProfessionField = Annotated[ProfessionChoice, PROFESSION]
PharmacyField = Annotated[
    PharmacyType | str,
    Radios(
        short=N_("Pharmacie"),
        label=N_("Où travaille cette personne ?"),
        choices=PharmacyType,
        only_if=("profession", ProfessionChoice.PHARMACIEN),
        missing=N_("Dites-nous où travaille cette personne, ou choisissez “Je ne sais pas”."),
        passed_on=True,
        on_paper=False,
    ),
]
OwnerField = Annotated[
    Owner | str,
    Radios(
        short=N_("Propriétaire"),
        label=N_("Est-ce le ou la propriétaire de la pharmacie ?"),
        hint=N_("Cela change le conseil de l'ordre qui est compétent."),
        choices=Owner,
        only_if=("pharmacie_type", PharmacyType.OFFICINE),
        passed_on=True,
        on_paper=False,
    ),
]
OtherField = Annotated[
    OtherProfession | str,
    Select(
        short=N_("Profession"),
        label=N_("Choisissez la profession"),
        choices=OtherProfession,
        only_if=("profession", ProfessionChoice.AUTRE),
        missing=N_("Choisissez la profession."),
        passed_on=True,
        on_paper=False,
    ),
]
OtherText = Annotated[
    str,
    Text(
        short=N_("Profession"),
        label=N_("Si elle n'est pas dans la liste, écrivez la profession"),
        only_if=("profession", ProfessionChoice.AUTRE),
        optional=True,
        longest=80,
        passed_on=True,
        on_paper=N_("Quelle autre profession ?"),
    ),
]
ProName = Annotated[
    str,
    Name(
        short=N_("Professionnel"),
        label=N_("Nom du professionnel"),
        hint=N_("Avec le prénom si vous le connaissez."),
        longest=80,
        autocomplete="off",
        passed_on=True,
    ),
]
ProPlace = Annotated[
    str,
    Text(
        short=N_("Professionnel"),
        label=N_("Nom du cabinet, de la pharmacie ou de l'hôpital"),
        longest=120,
        autocomplete="off",
        passed_on=True,
    ),
]
ProStreet = Annotated[
    str, Text(short=N_("Professionnel"), label=N_("Rue"), longest=200, autocomplete="off", passed_on=True)
]
ProTown = Annotated[
    str,
    Text(
        short=N_("Professionnel"),
        label=N_("Ville ou code postal"),
        suggest=TOWNS,
        hint=N_("Pour trouver la bonne CPAM et le bon ordre."),
        missing=N_("Écrivez la ville ou le code postal du lieu."),
        longest=120,
        autocomplete="off",
        passed_on=True,
    ),
]
TownCode = Annotated[str, TownChoice(label=N_("Quelle ville est-ce ?"), optional=False, silent=True, on_paper=False)]


def _unlisted(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    if found.get("profession_autre") == OtherProfession.INCONNUE and not found.get("profession_autre_texte"):
        yield "profession_autre_texte", FieldError(N_("Écrivez la profession."))


def professional_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Ask for what identifies the professional: any one thing is enough (CSP R. 1110-11)."""
    yield from _unlisted(found)
    named = [found.get(name) for name in ("pro_nom", "pro_lieu", "pro_adresse")]
    if all(value == "" for value in named):
        yield "pro_nom", FieldError(TOO_VAGUE)


class WhereAndProfession(Where):
    """A4 and A5: the place, then the profession."""

    profession: ProfessionField
    pharmacie_type: PharmacyField
    pharmacie_titulaire: OwnerField
    profession_autre: OtherField
    profession_autre_texte: OtherText

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the words of a profession that is not in the list."""
        yield from _unlisted(found)
