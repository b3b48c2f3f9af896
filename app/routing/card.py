"""The card of an authority: what its letters must say of it, and how to reach it (CRPA R. 112-5 2°, R. 112-11-1 2°)."""

from typing import Annotated, ClassVar

from app.base.errors import N_
from app.base.forms.fields import Typed
from app.base.forms.form import Answers
from app.base.forms.shown_version import digest
from app.base.forms.widgets import Email, Phone, Text
from app.routing.models import Authority
from app.routing.queries import AuthorityRow


class AuthorityContact(Answers):
    """The card, as its manager or an administrator writes it."""

    columns: ClassVar[dict[str, str]] = {
        "service": "service",
        "adresse": "address",
        "code_postal": "postal_code",
        "ville": "town",
        "telephone": "phone",
        "courriel": "email",
        "horaires": "hours",
        "dpo": "dpo",
    }

    service: Annotated[
        str,
        Text(
            label=N_("Nom du service"),
            hint=N_("Celui que nomment ses lettres. Par exemple : service des réclamations."),
            longest=120,
        ),
    ]
    adresse: Annotated[str, Text(label=N_("Adresse"), hint=N_("Sans le code postal ni la ville"), longest=300)]
    code_postal: Annotated[str, Text(label=N_("Code postal"), longest=10)]
    ville: Annotated[str, Text(label=N_("Ville"), longest=120)]
    telephone: Annotated[str, Phone(label=N_("Téléphone"), autocomplete="off")]
    courriel: Annotated[str, Email(label=N_("Adresse e-mail"), autocomplete="off")]
    horaires: Annotated[
        str, Text(label=N_("Horaires"), hint=N_("Par exemple : du lundi au vendredi, de 9 h à 17 h."), longest=200)
    ]
    dpo: Annotated[
        str,
        Text(
            label=N_("Pour joindre le délégué à la protection des données"),
            hint=N_("Une adresse e-mail ou postale."),
            longest=200,
        ),
    ]


def contact_of(row: Authority | AuthorityRow) -> dict[str, list[str]]:
    """Return what is known of an authority, as the form shows it."""
    return {name: [getattr(row, column)] for name, column in AuthorityContact.columns.items()}


def columns_of(answers: AuthorityContact) -> dict[str, str]:
    """Return what was written, by column."""
    return {column: getattr(answers, name) for name, column in AuthorityContact.columns.items()}


def version_of(contact: Typed) -> str:
    """Return a digest of a card: a press never replaces, unseen, what changed since."""
    return digest(contact, AuthorityContact.columns)
