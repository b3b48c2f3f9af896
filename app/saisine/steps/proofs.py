"""Step 4: the files a person adds, and what else they want to tell: what few need is asked of those who tick it."""

from collections.abc import Callable, Mapping
from typing import Annotated

from app.base.errors import N_
from app.base.forms.fields import Choices, Typed
from app.base.forms.files import Files
from app.base.forms.form import Answers, inputs
from app.base.forms.widgets import Checkboxes
from app.evidence.rules import ACCEPT
from app.saisine.journey import Trail
from app.saisine.steps.needs import Needs
from app.saisine.steps.reasons import Complements
from app.saisine.steps.said import Said

FileField = Annotated[
    tuple[()],
    Files(
        label=N_("Choisir des fichiers"),
        hint=N_("Photos, PDF ou sons. 15 Mo par fichier, 20 fichiers au plus."),
        accept=ACCEPT,
        on_paper=N_("Joignez des copies de vos preuves. Gardez les originaux."),
    ),
]


class Addition(Choices):
    """What may be added, each on a page of its own; no answer is an answer."""

    COMPLEMENTS = "complements", N_("Un témoin, ou une démarche déjà faite")
    BESOINS = (
        "besoins",
        Said(N_("Un besoin pour participer à la réunion"), N_("Un besoin de cette personne pour participer")),
        N_("Interprète, langue des signes, accès en fauteuil…"),
    )


_PAGES: Mapping[Addition, type[Answers]] = {Addition.COMPLEMENTS: Complements, Addition.BESOINS: Needs}


class Additions(Answers):
    """A14, with what opens A13 and A17."""

    fichiers: FileField
    ajouts: Annotated[
        tuple[Addition, ...],
        Checkboxes(label=N_("Je veux aussi parler de"), choices=Addition, silent=True, optional=False, on_paper=False),
    ]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count what was answered without being asked first: by software, or before there was a choice."""
        if "ajouts" in typed:
            return typed
        told = [addition.value for addition, page in _PAGES.items() if _is_answered(page, typed)]
        return {**typed, "ajouts": told}


def adds(addition: Addition) -> Callable[[Trail], bool]:
    """Ask only those who want to add this."""
    return lambda trail: addition in trail.get("ajouts", ())


def _is_answered(page: type[Answers], typed: Typed) -> bool:
    return any(value.strip() for name in inputs(page) for value in typed.get(name, ()))


class Mandate(Answers):
    """B5: a document that shows the right to act for another person; it may come later."""

    titre: Annotated[
        tuple[()],
        Files(
            label=N_("Votre document"),
            hint=N_("Jugement ou mandat. Vous pouvez l'envoyer plus tard."),
            accept=ACCEPT,
            on_paper=N_("Si vous représentez cette personne, joignez une copie du jugement ou du mandat."),
        ),
    ]
