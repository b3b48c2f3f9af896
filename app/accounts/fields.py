"""What is typed to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.accounts.rules import LONGEST
from app.base.errors import N_
from app.base.forms.fields import FieldError, Widget
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, Text


@dataclass(frozen=True, kw_only=True)
class Secret(Widget):
    """A password: every character counts, spaces too, and it is never shown again."""

    longest: int = LONGEST
    kind: ClassVar[str] = "secret"

    def read(self, typed: Sequence[str]) -> str:
        """Take it as it is; beyond the longest one, it cannot be right."""
        value = typed[-1][: self.longest + 1] if typed else ""
        if not value and self.missing:
            raise FieldError(self.missing)
        return value


@dataclass(frozen=True, kw_only=True)
class Listed(Widget):
    """One of a closed list that comes with the page; whoever made the list checks that it is in it."""

    longest: int = 80
    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep what can stand in the list."""
        value = typed[-1].strip()[: self.longest] if typed else ""
        if not value and self.missing:
            raise FieldError(self.missing)
        return value


WorkEmail = Annotated[
    str,
    Email(
        label=N_("Adresse e-mail"),
        missing=N_("Écrivez votre adresse e-mail professionnelle."),
        autocomplete="username",
    ),
]
OneTimeCode = Annotated[
    str,
    Text(
        label=N_("Code à 6 chiffres"),
        hint=N_("Ouvrez votre application de codes. Chaque code sert une seule fois."),
        missing=N_("Écrivez le code à 6 chiffres de votre application."),
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
        width=5,
        longest=20,
    ),
]


OwnPassword = Annotated[
    str,
    Secret(label=N_("Mot de passe"), missing=N_("Écrivez votre mot de passe."), autocomplete="current-password"),
]


NewPassword = Annotated[
    str,
    Secret(
        label=N_("Mot de passe"),
        hint=N_("12 caractères au moins. Par exemple quatre mots sans lien entre eux."),
        missing=N_("Choisissez un mot de passe."),
        autocomplete="new-password",
    ),
]


class SignIn(Answers):
    """The sign-in page."""

    email: WorkEmail
    mot_de_passe: OwnPassword
    code_otp: OneTimeCode


class Reauthentication(Answers):
    """What is asked again before what matters most."""

    mot_de_passe: OwnPassword
    code_otp: OneTimeCode


class Code(Answers):
    """What is asked of whoever opens a link received by e-mail."""

    code_otp: OneTimeCode


class AskLink(Answers):
    """Where to send a link."""

    email: WorkEmail
