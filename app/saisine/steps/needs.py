"""Step 5: what a person needs to take part (Convention on the rights of persons with disabilities, art. 13)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.languages import Language
from app.base.forms.widgets import Checkboxes, LongText, Select
from app.saisine.steps.said import Said


class Need(Choices):
    """What the authority should provide."""

    LSF = "lsf", N_("Un interprète en langue des signes (LSF)")
    LFPC = "lfpc", N_("Un codeur en langue parlée complétée")
    TRANSCRIPTION = "transcription", N_("Une boucle magnétique ou une transcription écrite")
    ECRIT = "ecrit", Said(N_("Que l'on m'écrive au lieu de m'appeler"), N_("Qu'on lui écrive au lieu de l'appeler"))
    INTERPRETE = "interprete", Said(N_("Un interprète dans ma langue"), N_("Un interprète dans sa langue"))
    BRAILLE = "braille", N_("Des documents en braille")
    GROS = "gros_caracteres", N_("En gros caractères")
    NUMERIQUE = "numerique", N_("Lisibles par un lecteur d'écran")
    FALC = "falc", N_("Faciles à lire")
    FAUTEUIL = "fauteuil", N_("Un lieu accessible en fauteuil")
    DISTANCE = "distance", N_("Participer à distance")
    ACCOMPAGNE = "accompagne", N_("Venir avec une personne")
    AUTRE = "autre", N_("Autre besoin")


GROUPS: tuple[tuple[str, tuple[Choices, ...]], ...] = (
    (N_("Communiquer"), (Need.LSF, Need.LFPC, Need.TRANSCRIPTION, Need.ECRIT, Need.INTERPRETE)),
    (N_("Lire"), (Need.BRAILLE, Need.GROS, Need.NUMERIQUE, Need.FALC)),
    (N_("Venir"), (Need.FAUTEUIL, Need.DISTANCE, Need.ACCOMPAGNE, Need.AUTRE)),
)


class Needs(Answers):
    """A17; all of it goes to the authorities alone."""

    besoins: Annotated[
        tuple[Need, ...],
        Checkboxes(
            short=N_("Besoins"),
            label=Said(
                N_("De quoi avez-vous besoin pour participer ?"),
                N_("De quoi cette personne a-t-elle besoin pour participer ?"),
            ),
            choices=Need,
            groups=GROUPS,
            private=True,
        ),
    ]
    langue: Annotated[
        Language | str,
        Select(
            short=N_("Langue"),
            label=N_("Quelle langue ?"),
            choices=Language,
            only_if=("besoins", Need.INTERPRETE.value),
            missing=N_("Choisissez la langue."),
            private=True,
        ),
    ]
    besoin_autre: Annotated[
        str,
        LongText(
            short=N_("Autre besoin"),
            label=N_("Quel autre besoin ?"),
            only_if=("besoins", Need.AUTRE.value),
            optional=False,
            longest=300,
            rows=3,
            private=True,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the other need in words."""
        if Need.AUTRE in found.get("besoins", ()) and found.get("besoin_autre") == "":
            yield "besoin_autre", FieldError(N_("Précisez votre besoin."))
