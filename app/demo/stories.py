"""Two dozen invented complaints; names, streets and numbers are made up, and look it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.directory.rules import bare

Typed = dict[str, list[str]]

RDV = (
    "J'ai téléphoné pour un rendez-vous. Quand j'ai dit que j'ai la Complémentaire santé solidaire, "
    "on m'a répondu qu'il n'y avait plus de place."
)
QUOTE = (
    "J'ai demandé un devis pour une couronne. La secrétaire a dit : « pas de devis pour les bénéficiaires de l'AME »."
)
DISABILITY = (
    "Le cabinet a refusé de me recevoir avec mon fauteuil. "
    "On m'a dit que c'était trop compliqué et de chercher ailleurs."
)
THIRD_PARTY = (
    "On m'a demandé d'avancer tout l'argent. J'ai montré mon attestation. "
    "On m'a répondu que le tiers payant n'était pas possible pour moi."
)
LANGUAGE = "Je parle peu français. La personne a raccroché trois fois, puis m'a dit de revenir avec quelqu'un."
DELAY = (
    "On m'a proposé un rendez-vous dans onze mois. Ma voisine, qui n'a pas l'AME, a eu un rendez-vous la même semaine."
)
PRICE = "On m'a demandé 150 euros pour une consultation. Le tarif affiché dans la salle d'attente était de 30 euros."


def email_of(first_name: str, last_name: str) -> str:
    """Invent the address of a person; before the @ it has no accent, which mail does not carry (RFC 5321, 4.1.2)."""
    return f"{bare(first_name)}.{bare(last_name)}@exemple.fr".replace(" ", "-")


@dataclass(frozen=True)
class Story:
    """A complaint of the demonstration: who, about whom, where, how many days ago, sent to whom."""

    days_ago: int
    first_name: str
    last_name: str
    profession: str
    professional: str
    town: str
    told: str
    to: str = "cpam"
    more: Typed = field(default_factory=dict)

    def typed(self) -> Typed:
        """Write the form as this person would have typed it."""
        form = {
            "qualite": "moi",
            "prenom": self.first_name,
            "nom": self.last_name,
            "moyens": "email",
            "email": email_of(self.first_name, self.last_name),
            "profession": self.profession,
            "pro_nom": self.professional,
            "pro_commune": self.town,
            "recit": self.told,
            "destinataire": self.to,
            "declare_vrai": "oui",
            "compris_transmission": "oui",
        }
        return {**{name: [value] for name, value in form.items()}, **self.more}


POST = {
    "moyens": ["courrier"],
    "adresse_chez": ["Association Exemple"],
    "adresse_rue": ["3 rue Inventée"],
    "adresse_code_postal": ["59000"],
    "adresse_ville": ["Lille"],
}
PHONE = {"moyens": ["telephone"], "telephone": ["06 00 00 00 00"], "tel_consigne": ["Ne pas laisser de message"]}
CHILD = {"qualite": ["enfant"], "pers_prenom": ["Zoé"], "pers_nom": ["Fictive"]}
HELPED = {"qualite": ["aide"], "accord_personne": ["oui"]}
UNKNOWN = {"commune_insee": ["inconnue"]}

STORIES: Sequence[Story] = (
    Story(11, "Léa", "Fictive", "medecin", "Camille Exemple-Durand", "Lille", RDV),
    Story(10, "Noé", "Inventé", "chirurgien_dentiste", "Alex Fictif", "Douai", QUOTE, more=CHILD),
    Story(9, "Ida", "Imaginaire", "medecin", "Dominique Exemple", "59000", DISABILITY, more=POST),
    Story(8, "Ana", "Exemple", "masseur_kinesitherapeute", "Sacha Inventé", "Lille", THIRD_PARTY),
    Story(7, "Amina", "Exemple", "medecin", "Charlie Imaginaire", "Lille", DELAY, to="ordre"),
    Story(6, "Omar", "Fictif", "chirurgien_dentiste", "Lou Exemple", "Bastia", QUOTE),
    Story(
        6,
        "Rosa",
        "Inventée",
        "pharmacien",
        "Pharmacie Fictive",
        "Marseille 1er",
        THIRD_PARTY,
        more={"pharmacie_type": ["officine"]},
    ),
    Story(5, "Ali", "Imaginaire", "medecin", "Dr Exemple", "Mamoudzou", LANGUAGE, to="ordre"),
    Story(
        5, "Jeanne", "Exemple", "autre", "Cabinet d'orthoptie inventé", "Lille", RDV, more={"profession_autre": ["92"]}
    ),
    Story(5, "Maria", "Fictive", "infirmier", "Andrea Exemple", "Lille", LANGUAGE),
    Story(4, "Paul", "Inventé", "sage_femme", "Claude Fictive", "Lille", RDV),
    Story(4, "Fatima", "Imaginaire", "medecin", "Morgan Exemple", "Marseille 13e", DELAY, more=PHONE),
    Story(4, "Yann", "Exemple", "pedicure_podologue", "Eden Fictif", "Ajaccio", DISABILITY),
    Story(3, "Sofia", "Fictive", "medecin", "Nom inconnu, cabinet du port", "Bastia", RDV, more=HELPED),
    Story(3, "Malik", "Inventé", "ne_sait_pas", "Madame Exemple", "Lille", DISABILITY),
    Story(3, "Élise", "Imaginaire", "medecin", "Robin Fictif", "Ville Inventée", RDV, more=UNKNOWN),
    Story(2, "Ibrahim", "Exemple", "medecin", "Maxime Inventé", "Lille", THIRD_PARTY, more=POST),
    Story(2, "Chloé", "Fictive", "chirurgien_dentiste", "Noa Exemple", "Lille", QUOTE, to="ne_sait_pas"),
    Story(2, "Tran", "Inventé", "medecin", "Sam Imaginaire", "Saint-Denis 974", LANGUAGE),
    Story(1, "Nadia", "Exemple", "masseur_kinesitherapeute", "Jo Fictif", "Marseille 5e", DISABILITY),
    Story(1, "Luc", "Imaginaire", "medecin", "Alix Exemple", "Lille", DELAY, to="ordre"),
    Story(
        1,
        "Sara",
        "Fictive",
        "pharmacien",
        "Pharmacie Inventée",
        "Lille",
        THIRD_PARTY,
        more={"pharmacie_type": ["officine"]},
    ),
    Story(0, "Moussa", "Exemple", "medecin", "Camille Exemple-Durand", "Lille", RDV),
    Story(0, "Inès", "Inventée", "chirurgien_dentiste", "Alex Fictif", "Bastia", QUOTE, more=PHONE),
)
