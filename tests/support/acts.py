"""One act of each kind, in an order that a complaint may live: whoever adds a kind adds its sample here."""

from typing import Any

from app.accounts.queries import Clerk
from app.acts.kinds import ACTS
from app.acts.turn import Press, take
from app.base.portal import Portal
from app.intake.case import DeskCase, actor_of
from app.intake.moving import Move, MovePage

CAISSE = {"code": "595", "kind": "cpam", "name": "CPAM inventée", "address": [], "phone": "", "email": ""}
OTHER_CAISSE = {**CAISSE, "code": "597"}
ORDRE = {**CAISSE, "code": "MED-59", "kind": "ordre_departemental", "name": "Ordre inventé"}
FOUND = {"rpps": "10000000001", "name": "Camille Canari-Pro", "skill": "", "place": "Lille", "taken_on": "2026-03-01"}
OF_CLERK = {"by": "Émile Exemple", "authority": "595", "words": "Une raison inventée"}
OF_PERSON = {"by": "", "authority": "", "words": ""}

LIFE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reorientation", {**OF_CLERK, "reason": "autre", "receiver": OTHER_CAISSE, "informed": ORDRE}),
    ("reorientation", {**OF_CLERK, "authority": "597", "reason": "autre", "receiver": CAISSE, "informed": ORDRE}),
    ("confirmation_ordre", {**OF_CLERK, "informed": ORDRE}),
    ("accuse_reception", {**OF_CLERK, "on": "2026-03-04"}),
    ("message_personne", OF_PERSON),
    ("message_autorite", OF_CLERK),
    ("demande_piece", OF_CLERK),
    ("preuves_ajoutees", OF_PERSON),
    ("coordonnees", OF_PERSON),
    ("identification", {**OF_CLERK, "professional": FOUND}),
    ("traduction", {**OF_CLERK, "text": "Un récit inventé", "source": "clerc"}),
    ("doublon", {**OF_CLERK, "twin": "SA-2026-0000-0000"}),
    ("doublon_annule", {**OF_CLERK, "twin": "SA-2026-0000-0000"}),
    ("transmise_autorite", {**OF_CLERK, "on": "2026-03-04", "is_shared": True}),
    ("transmise_professionnel", {**OF_CLERK, "on": "2026-03-05"}),
    ("retrait_demande", OF_PERSON),
    ("retrait_annule", OF_PERSON),
    ("audition", {**OF_CLERK, "on": "2026-03-10"}),
    ("seance", {**OF_CLERK, "on": "2026-05-28"}),
    ("convocation", {**OF_CLERK, "on": "2026-05-04", "party": "personne"}),
    ("convocation", {**OF_CLERK, "on": "2026-05-04", "party": "professionnel"}),
    ("convocation_recue", {**OF_CLERK, "on": "2026-05-06", "party": "personne"}),
    ("convocation_recue", {**OF_CLERK, "on": "2026-05-11", "party": "professionnel"}),
    ("reponse_reunion", {**OF_PERSON, "party": "personne", "answer": "oui"}),
    ("releve", {**OF_CLERK, "on": "2026-05-28", "issue": "desaccord"}),
    ("releve_envoye", {**OF_CLERK, "on": "2026-06-01"}),
    ("recidive", {**OF_CLERK, "answer": "non"}),
    ("carence", {**OF_CLERK, "on": "2026-09-01", "follow": "rien"}),
    ("avis_motive", {**OF_CLERK, "authority": "MED-59", "on": "2026-07-01"}),
    ("decision_chambre", {**OF_CLERK, "authority": "MED-59", "on": "2026-07-02"}),
    ("conservation", {**OF_CLERK, "until": "2033-03-03"}),
    ("cloture", {**OF_CLERK, "how": "issue"}),
    ("retrait", OF_PERSON),
)


def act(portal: Portal, clerk: Clerk, number: str, code: str, **content: Any) -> None:
    """Do an act of a clerk as its page does, in the turn, with what is sealed."""
    with portal.database.write() as session:
        take(session, portal, actor_of(clerk), Press(number, code)).write(code, content)


def move(portal: Portal, clerk: Clerk, number: str, **typed: Any) -> None:
    """Send a complaint to another authority, as its page does; ``typed``: what the form holds."""
    said = Move(**{"raison_texte": "", "retenir": False, **typed})
    with portal.database.write() as session:
        case = take(session, portal, actor_of(clerk), Press(number, "reorientation"))
        MovePage().do(DeskCase.of(case, clerk), said)


def missing_kinds() -> set[str]:
    """Name the kinds of acts that have no sample."""
    return set(ACTS) - {kind for kind, _ in LIFE}
