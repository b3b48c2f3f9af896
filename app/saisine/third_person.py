"""How the form speaks when the person who was refused care is not the one who types."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.saisine.journey import Trail
from app.saisine.steps.situation import Quality, assists, represents

_OF_ANOTHER = (
    (N_("Qui vous a répondu ?"), N_("Qui a répondu ?")),
    (N_("Chez moi"), N_("Chez cette personne")),
    (N_("On m'a refusé un rendez-vous"), N_("On lui a refusé un rendez-vous")),
    (N_("On m'a proposé un délai trop long"), N_("On lui a proposé un délai trop long")),
    (
        N_("On m'a envoyé chez un autre professionnel, plusieurs fois ou sans raison"),
        N_("On l'a envoyée chez un autre professionnel, plusieurs fois ou sans raison"),
    ),
    (N_("On a refusé de me faire un devis"), N_("On a refusé de lui faire un devis")),
    (N_("On m'a demandé d'avancer l'argent"), N_("On lui a demandé d'avancer l'argent")),
    (N_("On m'a fait payer plus cher que le tarif"), N_("On lui a fait payer plus cher que le tarif")),
    (
        N_("Alors que j'ai la Complémentaire santé solidaire ou l'AME"),
        N_("Alors que cette personne a la Complémentaire santé solidaire ou l'AME"),
    ),
    (
        N_("On a refusé de me soigner alors que j'étais sur place"),
        N_("On a refusé de la soigner alors qu'elle était sur place"),
    ),
    (
        N_("On a refusé de me donner une contraception d'urgence"),
        N_("On a refusé de lui donner une contraception d'urgence"),
    ),
    (N_("On m'a demandé un prix trop élevé"), N_("On lui a demandé un prix trop élevé")),
    (
        N_("Aviez-vous besoin de soins en urgence à ce moment-là ?"),
        N_("Cette personne avait-elle besoin de soins en urgence à ce moment-là ?"),
    ),
    (N_("Quel délai vous a-t-on proposé ?"), N_("Quel délai lui a-t-on proposé ?")),
    (N_("Vers qui vous a-t-on envoyé ?"), N_("Vers qui l'a-t-on envoyée ?")),
    (N_("Combien vous a-t-on demandé ?"), N_("Combien lui a-t-on demandé ?")),
    (
        N_("Combien auriez-vous dû payer, selon vous ?"),
        N_("Combien cette personne aurait-elle dû payer, selon vous ?"),
    ),
    (
        N_("Les mots exacts que vous avez entendus ou lus"),
        N_("Les mots exacts qui ont été entendus ou lus"),
    ),
    (N_("Ma couverture ou mon argent"), N_("Sa couverture ou son argent")),
    (N_("Ma santé, mon corps"), N_("Sa santé, son corps")),
    (N_("Mon origine, ma langue, mon lieu de vie"), N_("Son origine, sa langue, son lieu de vie")),
    (N_("Ma vie personnelle"), N_("Sa vie personnelle")),
    (N_("Mes idées, mes croyances"), N_("Ses idées, ses croyances")),
    (
        N_("J'ai la Complémentaire santé solidaire (C2S)"),
        N_("Elle a la Complémentaire santé solidaire (C2S)"),
    ),
    (N_("J'ai l'aide médicale de l'État (AME)"), N_("Elle a l'aide médicale de l'État (AME)")),
    (N_("J'ai peu d'argent"), N_("Elle a peu d'argent")),
    (N_("Mon handicap"), N_("Son handicap")),
    (
        N_("Mon état de santé (maladie, séropositivité, addiction…)"),
        N_("Son état de santé (maladie, séropositivité, addiction…)"),
    ),
    (N_("Ma perte d'autonomie"), N_("Sa perte d'autonomie")),
    (N_("Ma grossesse"), N_("Sa grossesse")),
    (N_("Mon apparence physique"), N_("Son apparence physique")),
    (N_("Mes caractéristiques génétiques"), N_("Ses caractéristiques génétiques")),
    (N_("Mon âge"), N_("Son âge")),
    (N_("Mon origine"), N_("Son origine")),
    (N_("Ma nationalité, vraie ou supposée"), N_("Sa nationalité, vraie ou supposée")),
    (
        N_("Mon appartenance à une ethnie, vraie ou supposée"),
        N_("Son appartenance à une ethnie, vraie ou supposée"),
    ),
    (N_("Ma couleur de peau, ou une prétendue race"), N_("Sa couleur de peau, ou une prétendue race")),
    (
        N_("Je parle une autre langue que le français"),
        N_("Elle parle une autre langue que le français"),
    ),
    (N_("Mon nom de famille"), N_("Son nom de famille")),
    (
        N_("Mon lieu de vie (quartier, hébergement, sans domicile…)"),
        N_("Son lieu de vie (quartier, hébergement, sans domicile…)"),
    ),
    (N_("Mon sexe"), N_("Son sexe")),
    (N_("Mon identité de genre"), N_("Son identité de genre")),
    (N_("Mon orientation sexuelle"), N_("Son orientation sexuelle")),
    (N_("Ma situation de famille"), N_("Sa situation de famille")),
    (N_("Mon mode de vie"), N_("Son mode de vie")),
    (
        N_("Ma religion, vraie ou supposée, ou le fait de ne pas en avoir"),
        N_("Sa religion, vraie ou supposée, ou le fait de ne pas en avoir"),
    ),
    (N_("Mes opinions politiques"), N_("Ses opinions politiques")),
    (N_("Mes activités syndicales"), N_("Ses activités syndicales")),
    (
        N_("J'ai lancé une alerte, ou aidé une personne qui l'a fait"),
        N_("Elle a lancé une alerte, ou aidé une personne qui l'a fait"),
    ),
    (
        N_("J'ai subi ou refusé un harcèlement sexuel, ou j'en ai témoigné"),
        N_("Elle a subi ou refusé un harcèlement sexuel, ou en a témoigné"),
    ),
    (N_("Quelle couverture santé aviez-vous ?"), N_("Quelle couverture santé cette personne avait-elle ?")),
    (N_("Par exemple : j'ai montré ma carte Vitale."), N_("Par exemple : elle a montré sa carte Vitale.")),
    (
        N_("Un nom, un lien avec vous. Demandez d'abord son accord à cette personne."),
        N_("Un nom, un lien avec la personne soignée. Demandez d'abord l'accord du témoin."),
    ),
    (
        N_("De quoi avez-vous besoin pour participer ? (facultatif)"),
        N_("De quoi cette personne a-t-elle besoin pour participer ? (facultatif)"),
    ),
    (
        N_("De quoi avez-vous besoin pour participer ?"),
        N_("De quoi cette personne a-t-elle besoin pour participer ?"),
    ),
    (N_("Que l'on m'écrive au lieu de m'appeler"), N_("Qu'on lui écrive au lieu de l'appeler")),
    (N_("Un interprète dans ma langue"), N_("Un interprète dans sa langue")),
)
_OF_SOMEBODY_HELPED = (
    (N_("Comment vous appelez-vous ?"), N_("Comment s'appelle cette personne ?")),
    (N_("Écrivez votre prénom."), N_("Écrivez son prénom.")),
    (N_("Écrivez votre nom."), N_("Écrivez son nom.")),
    (N_("Je n'ai qu'un seul nom"), N_("Cette personne n'a qu'un seul nom")),
    (N_("Comment s'adresser à vous ?"), N_("Comment s'adresser à elle ?")),
    (N_("Comment peut-on vous joindre ?"), N_("Comment peut-on joindre cette personne ?")),
    (
        N_("Choisissez au moins un moyen. Vous recevrez par là l'accusé de réception et la date de la réunion."),
        N_("Choisissez au moins un moyen. L'accusé de réception et la date de la réunion arrivent par là."),
    ),
    (N_("Choisissez au moins un moyen de vous joindre."), N_("Choisissez au moins un moyen de la joindre.")),
    (N_("Quand vous appeler, ou consigne"), N_("Quand l'appeler, ou consigne")),
    (N_("Écrivez votre adresse e-mail."), N_("Écrivez son adresse e-mail.")),
    (N_("Quelle est votre adresse ?"), N_("Quelle est son adresse ?")),
)
REPRESENTED = dict(_OF_ANOTHER)
HELPED = dict(_OF_ANOTHER + _OF_SOMEBODY_HELPED)


def words_for(trail: Trail) -> dict[str, str]:
    """Return the sentences to replace for this filer: « vous » becomes « cette personne » when care was for another."""
    if assists(trail) or trail.get("qualite") == Quality.ASSOCIATION:
        return HELPED
    return REPRESENTED if represents(trail) or trail.get("qualite") == Quality.ENFANT else {}


@dataclass(frozen=True)
class _Speaker:
    """Speaks to one kind of filer; equal to another that says the same."""

    translate: Translate
    words: dict[str, str] = field(hash=False)

    def __call__(self, sentence: str) -> str:
        return self.translate(self.words.get(sentence, sentence))


def speaking(trail: Trail, translate: Translate) -> Callable[[str], str]:
    """Translate as this filer should read it."""
    return _Speaker(translate, words_for(trail))
