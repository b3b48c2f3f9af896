"""Step 2: where it happened and who answered; the professional may be another person than the one who said no."""

from collections.abc import Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios
from app.saisine.steps.said import Said


class RefusalPlace(Choices):
    """Where the refusal was met."""

    CABINET = "cabinet", N_("Dans un cabinet")
    ETABLISSEMENT = "etablissement", N_("Dans un hôpital, une clinique ou un centre de santé")
    HOPITAL_ARMEES = "hopital_armees", N_("Dans un hôpital militaire")
    PHARMACIE = "pharmacie", N_("Dans une pharmacie ou un laboratoire")
    TELEPHONE = "telephone", N_("Au téléphone")
    INTERNET = "internet", N_("Sur un site ou une application de rendez-vous")
    DOMICILE = "domicile", Said(N_("Chez moi"), N_("Chez cette personne"))
    AUTRE = "autre", N_("Ailleurs")


HOSPITALS = (RefusalPlace.ETABLISSEMENT, RefusalPlace.HOPITAL_ARMEES)


class RefusedBy(Choices):
    """Who gave the answer; the complaint concerns the professional all the same."""

    PROFESSIONNEL = "professionnel", N_("Le professionnel lui-même")
    SECRETARIAT = "secretariat", N_("Le secrétariat ou l'accueil")
    AUTOMATIQUE = "automatique", N_("Un répondeur ou un site")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class ProfessionalKnown(Choices):
    """What is known of the professional of an establishment."""

    OUI = "oui", N_("Oui")
    SERVICE = "service", N_("Non, mais je connais le service")
    NON = "non", N_("Non")


class Where(Answers):
    """A4."""

    lieu_refus: Annotated[
        RefusalPlace,
        Radios(
            short=N_("Lieu"),
            label=N_("Dans quel endroit ?"),
            choices=RefusalPlace,
            missing=N_("Dites-nous où cela s'est passé."),
            passed_on=True,
            on_paper=N_("Où cela s'est-il passé ?"),
        ),
    ]


class Establishment(Answers):
    """A4, in a hospital or a centre."""

    pro_connu: Annotated[
        ProfessionalKnown,
        Radios(
            short=N_("Professionnel connu"),
            label=N_("Connaissez-vous le professionnel concerné ?"),
            choices=ProfessionalKnown,
            missing=N_("Dites-nous si vous connaissez le professionnel."),
            on_paper=False,
        ),
    ]


def is_of_armed_forces(answers: Mapping[str, Any]) -> bool:
    """Return whether care was refused in a hospital of the armed forces (CSP L. 4061-1, L. 4112-6)."""
    return answers.get("lieu_refus") == RefusalPlace.HOPITAL_ARMEES
