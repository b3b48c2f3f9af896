"""What is written of an association and of its agreement, by an administrator or in a file (CSP L. 1114-1)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from app.associations.rules import RNA, SIREN, Agreement, AgreementLevel, Region, plain_number
from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, LongText, Phone, Radios, Select, Text

BAD_RNA = N_("Écrivez le numéro RNA : la lettre W, puis 9 caractères, par exemple W000000000.")
BAD_SIREN = N_("Écrivez le numéro SIREN : 9 chiffres.")
ONE_NUMBER = N_("Écrivez le numéro RNA, ou le numéro SIREN.")
BAD_SITE = N_("Écrivez l'adresse du site, par exemple https://www.exemple.fr.")
NO_REGION = N_("Choisissez la région.")
Number = Annotated[
    str,
    Text(
        label=N_("Numéro de l'agrément"),
        hint=N_("Comme sur la décision"),
        missing=N_("Écrivez le numéro de l'agrément."),
        longest=40,
        autocomplete="off",
    ),
]
Decision = Annotated[str, Text(label=N_("Référence de la décision"), autocomplete="off")]


@dataclass(frozen=True, kw_only=True)
class WebAddress(Text):
    """The address of a site: ``http`` or ``https``, and no other scheme, since a page may make a link of it."""

    type: str = "url"
    spellcheck: bool | None = False
    shape: ClassVar[re.Pattern[str]] = re.compile(
        r"(https?://)?((?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d{1,5})?)([/?#][^\s<>\"\\]*)?", re.IGNORECASE
    )

    def read(self, typed: Sequence[str]) -> str:
        """Accept an address without its scheme, which becomes ``https``. Raises :class:`FieldError`."""
        value = super().read(typed)
        if not value:
            return value
        found = self.shape.fullmatch(value)
        if found is None:
            raise FieldError(BAD_SITE)
        return super().read([value if found[1] else f"https://{value}"])


def number_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Check the RNA number (CRPA R. 112-9-1), or the SIREN number of those that have no RNA number."""
    rna, siren = plain_number(str(found.get("rna") or "")), plain_number(str(found.get("siren") or ""))
    if rna and not RNA.fullmatch(rna):
        yield "rna", FieldError(BAD_RNA)
    if siren and not SIREN.fullmatch(siren):
        yield "siren", FieldError(BAD_SIREN)
    if not rna and not siren:
        yield "rna", FieldError(ONE_NUMBER)


class Described(Answers):
    """What an association is."""

    nom: Annotated[
        str, Text(label=N_("Nom"), missing=N_("Écrivez le nom de l'association."), autocomplete="off")
    ]  # fmt: skip
    sigle: Annotated[str, Text(label=N_("Sigle"), longest=40, autocomplete="off")]
    rna: Annotated[str, Text(label=N_("Numéro RNA"), hint=N_("Par exemple W000000000"), longest=20, autocomplete="off")]
    siren: Annotated[
        str, Text(label=N_("Numéro SIREN"), hint=N_("S'il n'y a pas de numéro RNA"), longest=20, autocomplete="off")
    ]
    courriel: Annotated[str, Email(label=N_("Adresse e-mail"), autocomplete="off")]
    telephone: Annotated[str, Phone(label=N_("Téléphone"), autocomplete="off")]
    adresse: Annotated[
        str,
        LongText(
            label=N_("Adresse postale"),
            hint=N_("Les courriers des personnes que l'association reçoit pour elles arrivent là."),
            longest=300,
            rows=3,
            spellcheck=False,
        ),
    ]
    site: Annotated[str, WebAddress(label=N_("Site"), autocomplete="off")]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for one number at least."""
        yield from number_checks(found)

    def columns(self) -> dict[str, str]:
        """Return what the register keeps."""
        numbers = {"rna": plain_number(self.rna), "siren": plain_number(self.siren)}
        words = {"name": self.nom, "acronym": self.sigle, "email": self.courriel, "phone": self.telephone}
        return {**words, **numbers, "address": self.adresse, "site": self.site}


class Dated(Answers):
    """An agreement: its number, who gave it, its days."""

    numero_agrement: Number
    niveau: Annotated[
        AgreementLevel,
        Radios(label=N_("Niveau"), choices=AgreementLevel, missing=N_("Choisissez le niveau de l'agrément.")),
    ]
    region: Annotated[
        Region | str,
        Select(label=N_("Région"), choices=Region, only_if=("niveau", AgreementLevel.REGIONAL), missing=NO_REGION),
    ]
    debut: Annotated[date, Date(label=N_("Agréée du"), missing=N_("Écrivez la date de la décision."))]
    fin: Annotated[date, Date(label=N_("Jusqu'au"), missing=N_("Écrivez la fin de l'agrément : cinq ans après."))]
    reference_arrete: Decision

    def agreement(self) -> Agreement:
        """Return the agreement."""
        region = self.region.value if isinstance(self.region, Region) else ""
        return Agreement(self.numero_agrement, self.niveau.value, region, self.debut, self.fin)


class Added(Described, Dated):
    """An association to add, with its agreement."""
