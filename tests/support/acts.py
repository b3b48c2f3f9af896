"""One act of each kind, in an order that a complaint may live, and how its page is pressed: a new kind adds its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from app.accounts.queries import Clerk
from app.acts.kinds import ACTS, KINDS
from app.acts.turn import ActPress, take
from app.base.portal import Portal
from app.filing.sealed.base import Sealed
from app.intake.acts.reroute import Move, MovePage
from app.intake.desk.case import DeskCase, actor_of
from tests.journeys import PNG

CAISSE = {"code": "595", "kind": "cpam", "name": "CPAM inventée", "address": [], "phone": "", "email": ""}
OTHER_CAISSE = {**CAISSE, "code": "597"}
ORDRE = {**CAISSE, "code": "MED-59", "kind": "ordre_departemental", "name": "Ordre inventé"}
FOUND = {
    "rpps": "10000000001",
    "name": "Camille Canari-Pro",
    "profession": "10",
    "skill": "",
    "place": "Lille",
    "commune": "59350",
    "taken_on": "2026-03-01",
}
OF_CLERK = {"by": "Émile Exemple", "authority": "595", "words": "Une raison inventée"}
OF_PERSON = {"by": "", "authority": "", "words": ""}

MEMBERS = [{"side": one, "authority": one, "name": f"Membre {one}"} for one in ("595", "MED-59")]
SUBSTITUTES = [{**one, "name": f"Suppléant {one['side']}"} for one in MEMBERS]
MEETING = {
    "hour": "14:30",
    "place": "1 rue Fictive",
    "mode": "presentiel",
    "needs": "",
    "why_remote": "",
    "why_late": "",
    "members": MEMBERS,
}
IN_ARABIC = {"language": "ar", "text": "نسخة؟"}
TWIN = {"twin": "SA-2026-0000-0000", "twin_received_at": "2026-03-03T12:00:00.000000Z"}
LETTER = {"on": "2026-03-04", "channel": "courrier", "letter": ["Une lettre"], "message": ""}
BY_HAND = {"mode": "remise", "reference": ""}
BUNDLE = {"address": "2 rue Inventée", "letter": [], "answers": [], "pieces": [], "kept_back": [], "why_kept_back": ""}
MASKED = {"reason": "tiers", "explanation": "Une explication inventée"}
PLACE = {"answer": "recit", "start": 0, "end": 12}
AREA = {"file": "f" * 32, "sha256": "0" * 64, "page": 0, "left": 10, "top": 0, "width": 50, "height": 20}
COMES = {"presence": "oui", "represented_by": "", "why_absent": "", "observations": "", "agrees_remote": False}
PROVEN = {"mode": "courrier_recommande", "reference": ""}
PENALTY = {
    "decision": "sanction",
    "explanation": "",
    "sanctions": ["penalite", "affichage"],
    "is_repeat": False,
    "amount": "1000",
    "ceiling": "8010",
    "display_months": 2,
}
END = {"issue": "desaccord", "presents": [], "points": "", "absent": "", "warnings": []}

LIFE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reorientation", {**OF_CLERK, "reason": "autre", "receiver": OTHER_CAISSE, "informed": ORDRE}),
    ("reorientation", {**OF_CLERK, "authority": "597", "reason": "autre", "receiver": CAISSE, "informed": ORDRE}),
    ("confirmation_ordre", {**OF_CLERK, "informed": ORDRE}),
    ("accuse_reception", {**OF_CLERK, **LETTER}),
    ("message_personne", {**OF_PERSON, "text": "Bonjour", "until": ""}),
    ("message_autorite", {**OF_CLERK, "text": "Bonjour", "until": ""}),
    ("demande_piece", {**OF_CLERK, "text": "Une copie ?", "until": "2026-03-20", "translation": IN_ARABIC}),
    ("appel", {**OF_CLERK, "on": "2026-03-04", "caller": "autorite", "text": "Un appel inventé"}),
    ("preuves_ajoutees", {**OF_PERSON, "files": []}),
    ("coordonnees", {**OF_PERSON, "contact": []}),
    ("identification", {**OF_CLERK, "professional": FOUND}),
    ("traduction", {**OF_CLERK, "text": "Un récit inventé", "source": "clerc"}),
    ("doublon", {**OF_CLERK, **TWIN}),
    ("doublon_annule", {**OF_CLERK, **TWIN}),
    ("transmise_autorite", {**OF_CLERK, "on": "2026-03-04", "is_shared": True}),
    ("passage_masque", {**OF_CLERK, **MASKED, "text": "un passage", "places": [PLACE]}),
    ("zone_masquee", {**OF_CLERK, **MASKED, **AREA}),
    ("masque_retire", {**OF_CLERK, "mask": 1}),
    ("transmise_professionnel", {**OF_CLERK, **BY_HAND, **BUNDLE, "on": "2026-03-05"}),
    ("retrait_demande", {**OF_PERSON, "reason": "", "is_pressed": False}),
    ("retrait_annule", OF_PERSON),
    ("audition", {**OF_CLERK, "on": "2026-03-10"}),
    ("secretariat", {**OF_CLERK, "to": "MED-59", "on": "2026-03-10"}),
    ("secretariat", {**OF_CLERK, "authority": "MED-59", "to": "595", "on": "2026-03-11"}),
    ("seance", {**OF_CLERK, **MEETING, "on": "2026-05-28"}),
    ("commission", {**OF_CLERK, "members": SUBSTITUTES}),
    ("convocation", {**OF_CLERK, **BY_HAND, "letter": [], "on": "2026-05-04", "party": "personne"}),
    ("convocation", {**OF_CLERK, **BY_HAND, "letter": [], "on": "2026-05-04", "party": "professionnel"}),
    ("convocation_recue", {**OF_CLERK, "on": "2026-05-06", "party": "personne"}),
    ("convocation_recue", {**OF_CLERK, "on": "2026-05-11", "party": "professionnel"}),
    ("reponse_reunion", {**OF_PERSON, **COMES, "party": "personne"}),
    ("releve", {**OF_CLERK, **END, "on": "2026-05-28"}),
    ("releve_envoye", {**OF_CLERK, "on": "2026-06-01", "reference": ""}),
    ("recidive", {**OF_CLERK, "answer": "non"}),
    ("carence", {**OF_CLERK, "on": "2026-09-01", "told_on": "", "follow": "pas_de_sanction"}),
    ("griefs_notifies", {**OF_CLERK, **PROVEN, "on": "2026-04-01", "came_on": "2026-04-03"}),
    ("griefs_observations", {**OF_CLERK, "on": "2026-04-20", "form": "ecrites"}),
    ("avis_demande", {**OF_CLERK, "on": "2026-05-05", "body": "commission"}),
    ("avis_rendu", {**OF_CLERK, "on": "2026-06-05", "body": "commission", "sense": "favorable"}),
    ("sans_suite", {**OF_CLERK, "on": "2026-03-04", "explanation": "Une explication inventée"}),
    ("decision_directeur", {**OF_CLERK, **PENALTY, "on": "2026-07-05"}),
    (
        "suites_sanction",
        {**OF_CLERK, "told_on": "2026-07-06", "appeal": "aucun", "appealed_on": "", "final_on": "", "published_on": ""},
    ),
    ("avis_motive", {**OF_CLERK, "authority": "MED-59", "on": "2026-07-01", "court": "Cour inventée", "joins": "non"}),
    ("decision_chambre", {**OF_CLERK, "authority": "MED-59", "on": "2026-07-02", "decision": "Blâme"}),
    ("conservation", {**OF_CLERK, "until": "2033-03-03"}),
    ("cloture", {**OF_CLERK, "reason": "chambre", "explanation": ""}),
    ("retrait", OF_PERSON),
    ("mandat_revoque", OF_PERSON),
    ("mandat_revoque_papier", {**OF_CLERK, "on": "2026-03-04", "files": []}),
    ("mandat_rendu", OF_PERSON),
)


def sealed_of(code: str, content: Mapping[str, Any]) -> Sealed:
    """Make what an act seals from a document; what its kind does not know is left out."""
    seals = KINDS[code].sealed
    return seals(**{one.name: content[one.name] for one in fields(seals) if one.name in content})


def act(portal: Portal, clerk: Clerk, number: str, code: str, **content: Any) -> None:
    """Do an act of a clerk as its page does, in the turn, with what is sealed."""
    with portal.database.write() as session:
        take(session, portal, actor_of(clerk), ActPress(number, code)).write(code, sealed_of(code, content))


def move(portal: Portal, clerk: Clerk, number: str, **typed: Any) -> None:
    """Send a complaint to another authority, as its page does; ``typed``: what the form holds."""
    said = Move(**{"raison_texte": "", "retenir": False, **typed})
    with portal.database.write() as session:
        case = take(session, portal, actor_of(clerk), ActPress(number, "reorientation"))
        MovePage().do(DeskCase.of(case, clerk), said)


ON = "2026-03-04"
TODAY = date(2026, 3, 4)
PAPER = [("papier.png", PNG + b"papier", "image/png")]


def day(prefix, on):
    """Type a date in its three fields."""
    return {f"{prefix}_jour": str(on.day), f"{prefix}_mois": str(on.month), f"{prefix}_annee": str(on.year)}


def did(kind, **content):
    """Give an act of Lille, as it is sealed."""
    return kind, {"by": "Nour Fictive", "authority": "595", "words": "", "on": ON, **content}


TOLD = (
    did("accuse_reception", channel="email"),
    did("transmise_autorite", is_shared=True),
    did("transmise_professionnel"),
)
FIXED = did("seance", **MEETING)
SUMMONED = did("convocation", party="personne", mode="remise", reference="")
FAILED = did("releve", issue="desaccord", presents=[], points="", absent="")
SENT = did("releve_envoye", reference="")
NOTIFIED = did("griefs_notifies", mode="remise", reference="", came_on=ON)
REFERRED = did("avis_demande", body="commission")
SANCTIONED = did("decision_directeur", **PENALTY)
PASSED_ON = did("avis_motive", court="Cour inventée", joins="non")


WHY_MASKED = {"motif_masque": "tiers", "explication_masque": "Une raison CANARI-TAPE."}
HIDDEN = did("passage_masque", **MASKED, text="CANARI-RECIT", places=[PLACE])


@dataclass(frozen=True)
class Button:
    """A press on the button of an act: what was done before, who presses, what is typed."""

    kind: str
    typed: dict[str, Any] = field(default_factory=dict)
    before: tuple[Any, ...] = ()
    files: dict[str, Any] | None = None
    button: str | None = None
    at_council: bool = False
    is_mandated: bool = False
    """Whether the complaint must be one that an association filed."""
    month: int = 3


PRESSES = {
    "accuser-reception": Button("accuse_reception", {"canal_ar": "email"}),
    "transmettre-autorite": Button("transmise_autorite"),
    "transmettre-professionnel": Button(
        "transmise_professionnel",
        {"adresse_envoi": "2 rue Inventée", "mode": "courrier_suivi", "relu": "oui"},
        button="Marquer comme transmise",
    ),
    "masquer-passage": Button("passage_masque", {"passage": "CANARI-RECIT", **WHY_MASKED}),
    "masquer-preuve": Button("zone_masquee", {"largeur": "50", **WHY_MASKED}),
    "retirer-masque": Button("masque_retire", {"masque": "1"}, (HIDDEN,)),
    "repondre": Button("message_autorite", {"message": "Bonjour CANARI-TAPE."}),
    "appel": Button("appel", {"appelant": "personne", "appel_contenu": "Un appel CANARI-TAPE."}),
    "demander-piece": Button("demande_piece", {"demande": "Une copie CANARI-TAPE."}),
    "traduire": Button("traduction", {"traduction_texte": "Un texte CANARI-TAPE.", "traduction_source": "humaine"}),
    "reorienter": Button("reorientation", {"nouvelle_autorite": "594", "raison": "profession"}),
    "confirmer-ordre": Button("confirmation_ordre", {"autre_autorite": "MED-59"}),
    "exporter": Button("exportee", {"format": "json", "usage": "Essai."}),
    "attribuer": Button("attribuee", {"agent_id": "personne"}),
    "noter": Button("note", {"note": "Essai CANARI-TAPE."}),
    "identifier": Button("identification", button="C'est ce professionnel"),
    "doublon": Button("doublon", button="Suivre ensemble"),
    "fin-du-mandat": Button("mandat_revoque_papier", day("ecrit_le", TODAY), files={"ecrit": PAPER}, is_mandated=True),
    "nouveau-code": Button("code_poste", {"code_demande": "oui"}),
    "conserver": Button("conservation", {"raison": "Une affaire CANARI-TAPE."}),
    "preuves/{preuve}": Button("preuve_dangereuse", {"motif": "Comparer CANARI-TAPE."}),
    "cloturer": Button("cloture", {"explication": "Ce dossier est hors champ CANARI-TAPE."}, TOLD),
    "recidive": Button("recidive", {"recidive": "non"}, TOLD),
    "conciliation/professionnel": Button("audition", day("audition_le", TODAY), TOLD, {"releve": PAPER}),
    "conciliation/secretariat": Button("secretariat", {"accord_autorite": "oui"}, TOLD),
    "conciliation/seance": Button("seance", {}, TOLD),
    "conciliation/commission": Button("commission", {}, (*TOLD, FIXED)),
    "conciliation/convocations/{partie}/envoi": Button("convocation", {"mode": "remise"}, (*TOLD, FIXED)),
    "conciliation/convocations/{partie}/reception": Button(
        "convocation_recue", day("recue_le", TODAY), (*TOLD, FIXED, SUMMONED), {"preuve": PAPER}
    ),
    "conciliation/convocations/{partie}/reponse": Button(
        "reponse_reunion", {"presence": "oui"}, (*TOLD, FIXED, SUMMONED)
    ),
    "conciliation/releve": Button(
        "releve",
        {"presents": ["personne", "professionnel", "m0", "m1"], "issue": "retrait"},
        (*TOLD, FIXED),
        {"signatures": PAPER},
        "Enregistrer le compte rendu",
    ),
    "conciliation/envoi-releve": Button("releve_envoye", {"a_tous": "oui"}, (*TOLD, FIXED, FAILED)),
    "conciliation/avis-motive": Button(
        "avis_motive", {"s_associe": "non"}, (*TOLD, FIXED, FAILED, SENT), {"avis": PAPER}, at_council=True
    ),
    "conciliation/decision": Button(
        "decision_chambre",
        {**day("decision_le", TODAY), "decision_sens": "Blâme CANARI-TAPE.", "sanction": "non"},
        (*TOLD, FIXED, FAILED, SENT, PASSED_ON),
        at_council=True,
    ),
    "directeur/griefs": Button("griefs_notifies", {"mode_griefs": "remise", "griefs_recus": "non"}),
    "directeur/sans-suite": Button("sans_suite", {"explication": "Aucune procédure n'est engagée CANARI-TAPE."}),
    "directeur/observations": Button(
        "griefs_observations", {"observations_forme": "ecrites", **day("observations_le", TODAY)}, (NOTIFIED,)
    ),
    "directeur/demande-avis": Button("avis_demande", {}, (NOTIFIED,), month=7),
    "directeur/avis": Button("avis_rendu", {"avis_sens": "favorable", **day("avis_le", TODAY)}, (NOTIFIED, REFERRED)),
    "directeur/decision": Button(
        "decision_directeur", {"decision_directeur": "abandon", "explication": "CANARI-TAPE"}, (NOTIFIED,)
    ),
    "directeur/suites": Button(
        "suites_sanction", {"copie": "non", "recours": "aucun", "definitive": "non"}, (NOTIFIED, SANCTIONED)
    ),
    "conciliation/carence": Button("carence", {"suite": "attente"}, (*TOLD, FIXED, FAILED, SENT), month=7),
}
"""Each act of the desk, and of what follows; the page of the meeting is filled by hand."""


def missing_kinds() -> set[str]:
    """Name the kinds of acts that have no sample."""
    return set(ACTS) - {kind for kind, _ in LIFE}
