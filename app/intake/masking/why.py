"""Why something is masked: asked with each mask, and told to the person."""

from typing import Annotated

from app.base.errors import N_
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios
from app.filing.documents.mask_wording import MaskReason
from app.intake.desk.courtesy import Courtesy


class WhyMasked(Answers):
    """A reason of the closed list, and its explanation."""

    motif_masque: Annotated[
        MaskReason,
        Radios(label=N_("Pourquoi le masquer ?"), choices=MaskReason, missing=N_("Dites pourquoi vous le masquez.")),
    ]
    explication_masque: Annotated[
        str,
        LongText(
            label=N_("Expliquez en quelques mots"),
            hint=N_("La personne peut lire votre explication. N'y répétez pas ce que vous masquez."),
            missing=N_("Expliquez pourquoi vous le masquez."),
            longest=500,
            rows=3,
        ),
    ]
    traduction: Courtesy
