"""The detailed form: its pages in the order people see them, and when each is asked."""

from collections.abc import Callable

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.saisine.journey import Nothing, NoWayOn, Page, Trail
from app.saisine.steps import (
    describe,
    facts,
    found,
    identity,
    mandate,
    needs,
    persons,
    place,
    professional,
    proofs,
    reasons,
    sending,
    situation,
)
from app.saisine.steps.facts import FEES_ALONE
from app.saisine.steps.identity import Means
from app.saisine.steps.professions import rpps_of
from app.saisine.steps.situation import CareNeeded, ChildLink, Quality

FORM_VERSION = "detail-1"
PROCEDURES = "procedures"
"""Name of the procedure of each profession (CSP, CSS), among what is known beside the answers."""
STEPS = (
    N_("Votre situation"),
    N_("Le professionnel"),
    N_("Les faits"),
    N_("Vos preuves"),
    N_("Vous"),
    N_("Vérifier et envoyer"),
)


def answered(name: str, *values: Choices) -> Callable[[Trail], bool]:
    """Ask only those who gave one of these answers."""
    return lambda trail: trail.get(name) in values


BY_MEMBER = "par_association"
"""What is known beside the answers: a member of an association writes, for a person."""


def by_person(trail: Trail) -> bool:
    """Ask only when no association writes."""
    return not trail.get(BY_MEMBER)


def by_member(trail: Trail) -> bool:
    """Ask only a member of an association."""
    return bool(trail.get(BY_MEMBER))


def procedure_of(trail: Trail) -> str:
    """Return the procedure of the profession that was chosen; an unknown profession has both authorities."""
    code = rpps_of(trail.get("profession", ""), trail.get("profession_autre", ""))
    return str(trail.get(PROCEDURES, {}).get(code, ""))


def is_fees_alone(trail: Trail) -> bool:
    """Return whether a price alone is complained of (CSS L. 162-1-14-1, 2°: the caisse decides alone)."""
    return tuple(trail.get("formes", ())) == FEES_ALONE


def has_choice(trail: Trail) -> bool:
    """Return whether the person chooses between two authorities (CSP R. 1110-11)."""
    return procedure_of(trail) != "cpam_seule" and not is_fees_alone(trail)


PAGES = (
    Page(
        "pour-une-personne", situation.ByAssociation, N_("Vous faites une plainte pour une personne"), 1,
        by_member, "saisine/tells/by_association.html",
    ),
    Page("soins", situation.Care, N_("Avez-vous encore besoin de ces soins ?"), 1, by_person),
    Page(
        "soins/urgence", Nothing, N_("Appelez maintenant"), 1,
        answered("besoin_soins", CareNeeded.URGENT), "saisine/tells/emergency.html",
    ),
    Page(
        "soins/trouver", Nothing, N_("Trouver un autre professionnel"), 1,
        answered("besoin_soins", CareNeeded.BIENTOT), "saisine/tells/find_care.html",
    ),
    Page("qui", situation.Who, situation.WHOSE, 1, by_person),
    Page(
        "mineur", Nothing, N_("Vous avez moins de 18 ans"), 1,
        answered("qualite", Quality.MINEUR), "saisine/tells/minor.html",
    ),
    Page("enfant", situation.Child, N_("Quel est votre lien avec l'enfant ?"), 1, answered("qualite", Quality.ENFANT)),
    Page(
        "enfant/autorite", NoWayOn, N_("Il faut avoir l'autorité parentale"), 1,
        lambda trail: trail.get("qualite") == Quality.ENFANT and trail.get("lien") == ChildLink.AUTRE,
        "saisine/tells/parental.html",
    ),
    Page(
        "mesure", situation.Protection, N_("Quelle est la mesure de protection ?"), 1,
        answered("qualite", Quality.PROTEGE),
    ),
    Page(
        "assister", situation.Assisting, N_("La plainte est faite par la personne elle-même"), 1,
        lambda trail: trail.get("qualite") == Quality.PROTEGE and situation.assists(trail),
        "saisine/tells/assist.html",
    ),
    Page(
        "aider", situation.Helping, N_("Vous aidez une personne"), 1,
        answered("qualite", Quality.AIDE), "saisine/tells/help.html",
    ),
    Page(
        "association", NoWayOn, N_("Vous travaillez pour une association agréée"), 1,
        lambda trail: by_person(trail) and trail.get("qualite") == Quality.ASSOCIATION,
        "saisine/tells/association.html",
    ),
    Page("lieu", place.Where, N_("Où cela s'est-il passé ?"), 2),
    Page(
        "etablissement", place.Establishment, N_("Connaissez-vous le professionnel concerné ?"), 2,
        answered("lieu_refus", place.RefusalPlace.ETABLISSEMENT),
    ),
    Page(
        "etablissement/inconnu", Nothing, N_("Cette procédure concerne un professionnel"), 2,
        lambda trail: (
            trail.get("lieu_refus") == place.RefusalPlace.ETABLISSEMENT
            and trail.get("pro_connu") == place.ProfessionalKnown.NON
        ),
        "saisine/tells/hospital.html",
    ),
    Page("profession", professional.ProfessionAnswers, N_("Quelle est sa profession ?"), 2),
    Page(
        "sans-ordre", Nothing, N_("Cette profession n'a pas d'ordre"), 2,
        lambda trail: procedure_of(trail) == "cpam_seule", "saisine/tells/no_ordre.html",
    ),
    Page(
        "hors-champ", sending.Anyway, N_("Cette démarche est faite pour les professions de santé"), 2,
        lambda trail: procedure_of(trail) == "hors_champ", "saisine/tells/out_of_scope.html",
    ),
    Page(
        "professionnel", found.DirectoryChoice, N_("Cherchez le professionnel"), 2,
        found.has_directory, "saisine/search.html",
    ),
    Page(
        "professionnel/adresse", found.FoundProfessional, N_("À quelle adresse vouliez-vous aller ?"), 2,
        found.is_found, "saisine/address_of_work.html", found.has_one_address,
    ),
    Page(
        "professionnel/decrire", describe.Describe, N_("Décrivez le professionnel"), 2,
        found.is_described, "saisine/describe.html",
    ),
    Page("formes", facts.Forms, N_("Que s'est-il passé ?"), 3, template="saisine/forms.html"),
    Page(
        "depassement", Nothing, N_("Un prix trop élevé : c'est la CPAM qui décide"), 3,
        is_fees_alone, "saisine/tells/fees.html",
    ),
    Page("precisions", facts.Precisions, N_("Quelques précisions"), 3),
    Page("date", facts.When, N_("Quand cela s'est-il passé ?"), 3),
    Page("recit", facts.StoryAnswers, N_("Racontez ce qui s'est passé"), 3, template="saisine/story.html"),
    Page(
        "motifs", reasons.Motives, N_("Selon vous, pourquoi a-t-on refusé ? (facultatif)"), 3,
        template="saisine/motives.html",
    ),
    Page("couverture", reasons.CoverAnswers, N_("Quelle couverture santé aviez-vous ?"), 3, reasons.asks_cover),
    Page("couverture/connue", reasons.CoverKnown, N_("Le professionnel le savait-il ?"), 3, reasons.asks_whether_known),
    Page("complements", reasons.Complements, N_("Témoins et autres démarches (facultatif)"), 3),
    Page("preuves", proofs.ProofAnswers, N_("Ajoutez vos preuves (facultatif)"), 4, template="saisine/proofs.html"),
    Page("identite", persons.Identity, N_("Comment vous appelez-vous ?"), 5, template="saisine/identity.html"),
    Page("aidant", persons.Helper, N_("Et vous, qui aidez cette personne ? (facultatif)"), 5, situation.assists),
    Page(
        "personne", persons.RefusedPerson, N_("Quelle personne n'a pas reçu les soins ?"), 5,
        situation.represents, "saisine/person.html",
    ),
    Page(
        "titre", proofs.Mandate, N_("Avez-vous un document qui montre que vous la représentez ?"), 5,
        lambda trail: trail.get("qualite") == Quality.PROTEGE and situation.represents(trail),
        "saisine/mandate.html",
    ),
    Page("joindre", identity.Reach, N_("Comment peut-on vous joindre ?"), 5, template="saisine/reach.html"),
    Page(
        "adresse", identity.Address, N_("Quelle est votre adresse ?"), 5,
        lambda trail: Means.COURRIER in trail.get("moyens", ()), "saisine/address.html",
    ),
    Page(
        "besoins", needs.Needs, N_("De quoi avez-vous besoin pour participer ? (facultatif)"), 5,
        template="saisine/needs.html",
    ),
    Page(
        "mandat", mandate.SignedMandate, N_("Comment la personne donne-t-elle son mandat ?"), 5,
        by_member, "saisine/express_mandate.html",
    ),
    Page(
        "destinataire", sending.SendingAnswers, N_("À qui envoyer votre plainte ?"), 6,
        has_choice, "saisine/addressee.html",
    ),
    Page("verifier", sending.Declarations, N_("Vérifiez vos réponses, puis envoyez"), 6, template="saisine/check.html"),
)  # fmt: skip
"""A page without fields tells something, and is passed by whoever needs it."""
BY_NAME = {page.name: page for page in PAGES}
ASKED = PAGES[:-1]
"""All but the last one, where the complaint is checked and sent."""
LAST = PAGES[-1]
