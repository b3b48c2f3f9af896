"""The page that asks for the code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, Text
from app.base.secrets import CODE_LENGTH, typed

WRONG_CODE = N_("Ce code ne correspond à aucune plainte. Vérifiez chaque caractère.")
ON_A_DESK = N_("Une association prépare cette plainte. Ce code ne l'ouvre plus : demandez à l'association.")
"""Answers a code that was given before drafts of associations were opened by accounts alone."""
ALREADY_SENT = N_("Cette plainte est déjà envoyée. Écrivez le code donné après l'envoi.")


@dataclass(frozen=True, kw_only=True)
class CodeText(Text):
    """A personal code, as people type it."""

    _behind_words: ClassVar[re.Pattern[str]] = re.compile(r".*?[\s:]((?:\w{4}\W*){4})", re.DOTALL)

    def read(self, given: Sequence[str]) -> str:
        """Read past case, spaces, dashes and « code : »; a code of the wrong length is a wrong code."""
        value = super().read(given)
        code = typed(value)
        if len(code) > CODE_LENGTH and (found := self._behind_words.fullmatch(value)):
            code = typed(found[1])
        if len(code) != CODE_LENGTH:
            raise FieldError(WRONG_CODE)
        return code


class Resume(Answers):
    """One field: the code."""

    code: Annotated[
        str,
        CodeText(
            label=N_("Votre code personnel"),
            hint=N_("16 lettres et chiffres, par exemple H7KD-2MPX-9WQ4-VT3R"),
            missing=N_("Écrivez votre code."),
            longest=100,
            autocomplete="off",
            inputmode="text",
            autocapitalize="characters",
            spellcheck=False,
            width=20,
        ),
    ]


class Lost(Answers):
    """One field: the address where the link goes."""

    email: Annotated[
        str,
        Email(
            label=N_("Votre adresse e-mail"),
            hint=N_("Celle que vous avez donnée pour ce dossier."),
            missing=N_("Écrivez une adresse e-mail complète, par exemple nom@exemple.fr."),
            autocomplete="email",
        ),
    ]
