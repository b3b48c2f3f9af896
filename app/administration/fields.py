"""What an administrator writes of an authority."""

from typing import Annotated, ClassVar

from app.base.errors import N_
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, Phone, Text
from app.routing.models import Authority


class AuthorityContact(Answers):
    """How to reach an authority."""

    columns: ClassVar[dict[str, str]] = {
        "adresse": "address",
        "code_postal": "postal_code",
        "ville": "town",
        "telephone": "phone",
        "courriel": "email",
    }

    adresse: Annotated[str, Text(label=N_("Adresse"), hint=N_("Sans le code postal ni la ville"), longest=300)]
    code_postal: Annotated[str, Text(label=N_("Code postal"), longest=10)]
    ville: Annotated[str, Text(label=N_("Ville"), longest=120)]
    telephone: Annotated[str, Phone(label=N_("Téléphone"), autocomplete="off")]
    courriel: Annotated[str, Email(label=N_("Adresse e-mail"), autocomplete="off")]


def contact_of(row: Authority) -> dict[str, list[str]]:
    """Return what is known of how to reach an authority, as the form shows it."""
    return {name: [getattr(row, column)] for name, column in AuthorityContact.columns.items()}
