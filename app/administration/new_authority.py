"""What an administrator writes of a new authority: what it is, where and from when it receives, its card."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios, Select, Text
from app.filing.rules import AIGUILLAGE
from app.routing.card import AuthorityContact
from app.routing.rules.articles import GENDERS
from app.routing.rules.holding import kinds_of

BAD_CODE = N_("Écrivez de 2 à 20 chiffres, lettres sans accent ou tirets, par exemple 595 ou MED-59.")
BAD_NAME = N_("Commencez par CPAM, Caisse ou Conseil : les lettres et les pages en dépendent.")
WRONG_LEVEL = N_("Cet ordre n'a pas de conseil de ce type. Choisissez un autre type ou un autre ordre.")


class AuthorityType(Choices):
    """What may be created; a central council, or a caisse of its own kind overseas, is named by the law itself."""

    CPAM = "cpam", N_("Caisse primaire d'assurance maladie (CPAM)")
    CCSS = "ccss", N_("Caisse commune de sécurité sociale (CCSS)")
    CGSS = "cgss", N_("Caisse générale de sécurité sociale (CGSS)")
    DEPARTEMENTAL = "ordre_departemental", N_("Conseil départemental d'un ordre")
    INTERDEPARTEMENTAL = "ordre_interdepartemental", N_("Conseil interdépartemental d'un ordre")
    REGIONAL = "ordre_regional", N_("Conseil régional d'un ordre")
    INTERREGIONAL = "ordre_interregional", N_("Conseil interrégional d'un ordre")
    TERRITORIAL = "ordre_territorial", N_("Conseil territorial d'un ordre, outre-mer")


COUNCILS = tuple(one.value for one in AuthorityType if one.value.startswith("ordre_"))


class Ordre(Choices):
    """The seven ordres, by the RPPS code of their profession (CSP R. 1110-9 2°)."""

    MEDECINS = "10", N_("Médecins")
    DENTISTES = "40", N_("Chirurgiens-dentistes")
    SAGES_FEMMES = "50", N_("Sages-femmes")
    INFIRMIERS = "60", N_("Infirmiers")
    MASSEURS_KINES = "70", N_("Masseurs-kinésithérapeutes")
    PEDICURES = "80", N_("Pédicures-podologues")
    PHARMACIENS = "21", N_("Pharmaciens (section A, officines)")


@dataclass(frozen=True, kw_only=True)
class AuthorityCode(Text):
    """The code of an authority, in capitals."""

    _shape: ClassVar[re.Pattern[str]] = re.compile(r"[0-9A-Z][0-9A-Z-]{1,19}")

    def read(self, typed: Sequence[str]) -> str:
        """Refuse what an address of a page cannot bear; the box of « aiguillage » has its own."""
        value = super().read(typed).upper()
        if value == AIGUILLAGE or not self._shape.fullmatch(value):
            raise FieldError(BAD_CODE)
        return value


@dataclass(frozen=True, kw_only=True)
class DepartementCodes(Text):
    """Codes of départements, as people list them; none: ``()``."""

    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:  # type: ignore[override]
        """Take them apart, each once; whoever asked checks that they exist."""
        codes = re.split(r"[\s,;]+", super().read(typed).upper())
        return tuple(dict.fromkeys(code.zfill(2) for code in codes if code))


class AuthorityIdentity(Answers):
    """What an authority is, before its card."""

    type: Annotated[
        AuthorityType, Radios(label=N_("Type"), choices=AuthorityType, missing=N_("Choisissez le type d'autorité."))
    ]
    ordre: Annotated[
        Ordre | str,
        Select(label=N_("Ordre"), choices=Ordre, missing=N_("Choisissez l'ordre."), only_if=("type", COUNCILS)),
    ]
    code: Annotated[
        str,
        AuthorityCode(
            label=N_("Code"),
            hint=N_("Pour une caisse, son numéro d'organisme. Il ne change plus ensuite."),
            missing=N_("Écrivez le code."),
            longest=60,
            width=20,
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    nom: Annotated[
        str,
        Text(
            label=N_("Nom complet"),
            hint=N_("Tel que les lettres le portent. Par exemple : CPAM de l'Ain."),
            missing=N_("Écrivez le nom."),
            longest=160,
            autocomplete="off",
        ),
    ]
    departements: Annotated[
        tuple[str, ...],
        DepartementCodes(
            label=N_("Départements"),
            hint=N_(
                "Leurs numéros, par exemple : 59, 62. Laissez vide si elle succède à d'autres. "
                "Leur territoire lui passe quand elles ferment."
            ),
            longest=400,
            autocomplete="off",
        ),
    ]
    ouverture: Annotated[
        date,
        Date(label=N_("Reçoit des plaintes à partir du"), missing=N_("Écrivez le premier jour où elle en reçoit.")),
    ]
    motif: Annotated[
        str,
        LongText(
            label=N_("Raison"),
            hint=N_("Par exemple la référence du texte qui la crée. N'écrivez le nom de personne."),
            missing=N_("Écrivez la raison."),
            longest=300,
            rows=2,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that the ordre has such councils, and that sentences can name the authority."""
        if (ordre := found.get("ordre")) and found.get("type") not in {None, *kinds_of(ordre)}:
            yield "ordre", FieldError(WRONG_LEVEL)
        if found.get("nom") and found["nom"].partition(" ")[0] not in GENDERS:
            yield "nom", FieldError(BAD_NAME)


class NewAuthority(AuthorityContact, AuthorityIdentity):
    """An authority to create, with its card."""
