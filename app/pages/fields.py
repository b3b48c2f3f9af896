"""What the small forms ask: the page that blocks and why; the colours of the screen."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, LongText, Radios, Text


class AccessibilityProblem(Answers):
    """A problem of accessibility, told by anybody, without an account."""

    page: Annotated[
        str,
        Text(
            label=N_("Quelle page vous bloque ?"),
            hint=N_("Son titre ou son adresse. Par exemple : Avant de commencer"),
            missing=N_("Dites-nous quelle page vous bloque."),
            autocomplete="off",
        ),
    ]
    probleme: Annotated[
        str,
        LongText(
            label=N_("Que se passe-t-il ?"),
            hint=N_("Ce que vous vouliez faire, et ce qui vous en empêche. Ne racontez pas votre plainte ici."),
            missing=N_("Décrivez le problème. Une phrase suffit."),
            shortest=10,
            longest=2000,
            rows=6,
        ),
    ]
    contact: Annotated[
        str,
        Email(
            label=N_("Votre adresse e-mail"),
            hint=N_("Seulement si vous voulez une réponse."),
            autocomplete="email",
        ),
    ]


class Theme(Choices):
    """The colours of the screen; the value is that of the cookie, ``auto`` needs none."""

    AUTO = "auto", N_("Automatiques"), N_("Comme votre téléphone ou votre ordinateur")
    LIGHT = "light", N_("Claires")
    DARK = "dark", N_("Sombres")


class Colours(Answers):
    """One choice."""

    couleurs: Annotated[
        Theme,
        Radios(label=N_("Quelles couleurs voulez-vous ?"), choices=Theme, missing=N_("Choisissez des couleurs.")),
    ]
