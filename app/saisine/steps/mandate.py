"""C4: the express mandate that a person gives to an association (CSP R. 1110-11, CRPA L. 114-5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date, to_come
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Checkboxes, Files
from app.evidence.rules import ACCEPT_PAPERS, is_id
from app.saisine.steps.facts import TODAY

MANDATE_FILE = "mandat_fichier"
NOT_SIGNED_YET = N_("La date de signature n'est pas encore passée.")


class MandateScope(Choices):
    """What the person lets the association do."""

    SAISIR = "saisir", N_("Faire cette plainte en mon nom")
    RECEVOIR = "recevoir", N_("Recevoir les courriers")
    REPRESENTER = "representer", N_("Me représenter ou m'aider à la réunion de conciliation")


@dataclass(frozen=True, kw_only=True)
class SignedPaper(Files):
    """The signed mandate: the ids of its files, which came apart."""

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:  # type: ignore[override]
        """Ask for one file at least."""
        found = tuple(value for value in typed if is_id(value))
        if not found and self.missing:
            raise FieldError(self.missing)
        return found


class SignedMandate(Answers):
    """The mandate that was signed on paper."""

    mandat_portee: Annotated[
        tuple[MandateScope, ...],
        Checkboxes(
            label=N_("Ce que la personne autorise"),
            choices=MandateScope,
            private=True,
            missing=N_("Cochez au moins “Faire cette plainte en mon nom”."),
        ),
    ]
    mandat_date: Annotated[
        date, Date(label=N_("Date de signature"), missing=N_("Écrivez la date de signature."), private=True)
    ]
    mandat_fichier: Annotated[
        tuple[str, ...],
        SignedPaper(
            label=N_("Le mandat signé"),
            hint=N_("Une photo ou un PDF. 15 Mo par fichier."),
            accept=ACCEPT_PAPERS,
            private=True,
            missing=N_("Ajoutez le mandat signé."),
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the mandate to file, and for a day that is not to come."""
        scope = found.get("mandat_portee")
        if scope and MandateScope.SAISIR not in scope:
            yield "mandat_portee", FieldError(N_("Cochez au moins “Faire cette plainte en mon nom”."))
        if mistake := to_come(found.get("mandat_date"), found.get(TODAY), NOT_SIGNED_YET):
            yield "mandat_date", mistake
