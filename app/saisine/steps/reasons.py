"""Step 3: the reasons the person sees, the cover that was shown, witnesses and other steps."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, Mistake
from app.base.forms.form import Answers
from app.base.forms.widgets import Checkboxes, LongText, Radios, Text
from app.saisine.steps.facts import Form, YesNo


class Motive(Choices):
    """The motives of the law (Code pénal, art. 225-1 to 225-1-2; CSP L. 1110-3), and two ways out."""

    C2S = "c2s", N_("J'ai la Complémentaire santé solidaire (C2S)")
    AME = "ame", N_("J'ai l'aide médicale de l'État (AME)")
    VULNERABILITE = "vulnerabilite_economique", N_("J'ai peu d'argent")
    HANDICAP = "handicap", N_("Mon handicap")
    ETAT_SANTE = "etat_sante", N_("Mon état de santé (maladie, séropositivité, addiction…)")
    AUTONOMIE = "perte_autonomie", N_("Ma perte d'autonomie")
    GROSSESSE = "grossesse", N_("Ma grossesse")
    APPARENCE = "apparence_physique", N_("Mon apparence physique")
    GENETIQUE = "caracteristiques_genetiques", N_("Mes caractéristiques génétiques")
    AGE = "age", N_("Mon âge")
    ORIGINE = "origine", N_("Mon origine")
    NATION = "nation", N_("Ma nationalité, vraie ou supposée")
    ETHNIE = "ethnie", N_("Mon appartenance à une ethnie, vraie ou supposée")
    RACE = "race", N_("Ma couleur de peau, ou une prétendue race")
    LANGUE = "langue", N_("Je parle une autre langue que le français")
    PATRONYME = "patronyme", N_("Mon nom de famille")
    LIEU = "lieu_residence", N_("Mon lieu de vie (quartier, hébergement, sans domicile…)")
    SEXE = "sexe", N_("Mon sexe")
    GENRE = "identite_genre", N_("Mon identité de genre")
    ORIENTATION = "orientation_sexuelle", N_("Mon orientation sexuelle")
    FAMILLE = "situation_famille", N_("Ma situation de famille")
    MOEURS = "moeurs", N_("Mon mode de vie")
    RELIGION = "religion", N_("Ma religion, vraie ou supposée, ou le fait de ne pas en avoir")
    OPINIONS = "opinions_politiques", N_("Mes opinions politiques")
    SYNDICAT = "activites_syndicales", N_("Mes activités syndicales")
    ALERTE = "lanceur_alerte", N_("J'ai lancé une alerte, ou aidé une personne qui l'a fait")
    HARCELEMENT = "harcelement_sexuel", N_("J'ai subi ou refusé un harcèlement sexuel, ou j'en ai témoigné")
    AUTRE = "autre", N_("Autre raison")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


GROUPS: tuple[tuple[str, tuple[Choices, ...]], ...] = (
    (N_("Ma couverture ou mon argent"), (Motive.C2S, Motive.AME, Motive.VULNERABILITE)),
    (
        N_("Ma santé, mon corps"),
        (
            Motive.HANDICAP,
            Motive.ETAT_SANTE,
            Motive.AUTONOMIE,
            Motive.GROSSESSE,
            Motive.APPARENCE,
            Motive.GENETIQUE,
            Motive.AGE,
        ),
    ),
    (
        N_("Mon origine, ma langue, mon lieu de vie"),
        (
            Motive.ORIGINE,
            Motive.NATION,
            Motive.ETHNIE,
            Motive.RACE,
            Motive.LANGUE,
            Motive.PATRONYME,
            Motive.LIEU,
        ),
    ),
    (
        N_("Ma vie personnelle"),
        (Motive.SEXE, Motive.GENRE, Motive.ORIENTATION, Motive.FAMILLE, Motive.MOEURS),
    ),
    (N_("Mes idées, mes croyances"), (Motive.RELIGION, Motive.OPINIONS, Motive.SYNDICAT, Motive.ALERTE)),
    (N_("Autre"), (Motive.HARCELEMENT, Motive.AUTRE, Motive.NE_SAIT_PAS)),
)


class Cover(Choices):
    """The health cover of the person at that time."""

    C2S = "c2s", N_("La Complémentaire santé solidaire (C2S, ancienne CMU-C)")
    AME = "ame", N_("L'aide médicale de l'État (AME)")
    DEMANDE = "demande_en_cours", N_("Une demande en cours")
    AUTRE = "autre", N_("Une autre couverture")
    AUCUNE = "aucune", N_("Aucune")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")
    NE_REPOND_PAS = "ne_repond_pas", N_("Je préfère ne pas répondre")


class Step(Choices):
    """Who was already asked."""

    CPAM = "cpam", N_("La CPAM")
    MEDIATEUR = "mediateur", N_("Le médiateur de la CPAM")
    ORDRE = "ordre", N_("L'ordre")
    DDD = "ddd", N_("Le Défenseur des droits")
    POLICE = "police_justice", N_("La police ou la justice")
    ETABLISSEMENT = "etablissement", N_("L'hôpital ou la clinique")
    ASSOCIATION = "association", N_("Une association")


SAYS_COVER = {(Motive.C2S,), (Motive.AME,)}
"""Motives that already tell the cover: it is not asked again."""
_ABOUT_COVER = {Motive.C2S, Motive.AME, Motive.VULNERABILITE, Motive.NE_SAIT_PAS}
_PAID = {Form.TIERS_PAYANT_REFUSE, Form.DEPASSEMENT_C2S, Form.DEVIS_REFUSE}
_SHOWN = (Cover.C2S, Cover.AME, Cover.DEMANDE)


def needs_cover(trail: Mapping[str, Any]) -> bool:
    """Tell whether the cover helps to understand: no motive, one that depends on it, or a matter of money."""
    motives, forms = set(trail.get("motifs", ())), set(trail.get("formes", ()))
    return not motives or bool(motives & _ABOUT_COVER) or bool(forms & _PAID)


def asks_cover(trail: Mapping[str, Any]) -> bool:
    """Tell whether the cover is asked: it is useful, and the motives do not already say it."""
    return needs_cover(trail) and tuple(trail.get("motifs", ())) not in SAYS_COVER


def asks_whether_known(trail: Mapping[str, Any]) -> bool:
    """Tell whether the cover is one that a professional may have known, and refused."""
    says_it = tuple(trail.get("motifs", ())) in SAYS_COVER
    return says_it or (asks_cover(trail) and trail.get("couverture") in _SHOWN)


class Motives(Answers):
    """A11; no answer is an answer."""

    motifs: Annotated[
        tuple[Motive, ...],
        Checkboxes(
            label=N_("Selon vous, pourquoi a-t-on refusé ?"),
            hint=N_("Cochez une ou plusieurs raisons."),
            choices=Motive,
            groups=GROUPS,
            passed_on=True,
        ),
    ]
    motif_autre: Annotated[
        str,
        Text(label=N_("Quelle autre raison ?"), only_if=("motifs", Motive.AUTRE.value), optional=False, passed_on=True),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Ask for the other reason in words."""
        if Motive.AUTRE in found.get("motifs", ()) and found.get("motif_autre") == "":
            yield "motif_autre", Mistake(N_("Écrivez l'autre raison, ou décochez “Autre raison”."))


class CoverAnswers(Answers):
    """A12: the cover."""

    couverture: Annotated[
        Cover,
        Radios(
            label=N_("Quelle couverture santé aviez-vous ?"),
            choices=Cover,
            missing=N_("Choisissez une réponse, ou “Je préfère ne pas répondre”."),
            passed_on=True,
        ),
    ]


class CoverKnown(Answers):
    """A12, then: whether the professional knew."""

    couverture_connue: Annotated[
        YesNo | str, Radios(label=N_("Le professionnel le savait-il ?"), choices=YesNo, passed_on=True)
    ]
    couverture_connue_comment: Annotated[
        str,
        Text(
            label=N_("Comment le savait-il ?"),
            hint=N_("Par exemple : j'ai montré ma carte Vitale."),
            only_if=("couverture_connue", YesNo.OUI.value),
            passed_on=True,
        ),
    ]


class Complements(Answers):
    """A13; everything is optional."""

    temoins_texte: Annotated[
        str,
        LongText(
            label=N_("Quelqu'un a-t-il vu ou entendu ?"),
            hint=N_("Un nom, un lien avec vous. Demandez d'abord son accord à cette personne."),
            longest=1000,
            rows=4,
            passed_on=True,
        ),
    ]
    demarches: Annotated[
        tuple[Step, ...], Checkboxes(label=N_("Avez-vous déjà contacté quelqu'un ?"), choices=Step, passed_on=True)
    ]
    demarches_texte: Annotated[str, LongText(label=N_("Numéro ou date, si vous les avez"), longest=500, rows=3)]
