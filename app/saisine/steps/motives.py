"""The reasons that a person may see in a refusal, as the law names them."""

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.saisine.steps.said import Said


class MotiveChoice(Choices):
    """The motives of the law (Code pénal, art. 225-1 to 225-1-2; CSP L. 1110-3), and two ways out."""

    C2S = (
        "c2s",
        Said(N_("J'ai la Complémentaire santé solidaire (C2S)"), N_("Elle a la Complémentaire santé solidaire (C2S)")),
    )
    AME = "ame", Said(N_("J'ai l'aide médicale de l'État (AME)"), N_("Elle a l'aide médicale de l'État (AME)"))
    VULNERABILITE = "vulnerabilite_economique", Said(N_("J'ai peu d'argent"), N_("Elle a peu d'argent"))
    HANDICAP = "handicap", Said(N_("Mon handicap"), N_("Son handicap"))
    ETAT_SANTE = (
        "etat_sante",
        Said(
            N_("Mon état de santé (maladie, séropositivité, addiction…)"),
            N_("Son état de santé (maladie, séropositivité, addiction…)"),
        ),
    )
    AUTONOMIE = "perte_autonomie", Said(N_("Ma perte d'autonomie"), N_("Sa perte d'autonomie"))
    GROSSESSE = "grossesse", Said(N_("Ma grossesse"), N_("Sa grossesse"))
    APPARENCE = "apparence_physique", Said(N_("Mon apparence physique"), N_("Son apparence physique"))
    GENETIQUE = (
        "caracteristiques_genetiques",
        Said(N_("Mes caractéristiques génétiques"), N_("Ses caractéristiques génétiques")),
    )
    AGE = "age", Said(N_("Mon âge"), N_("Son âge"))
    ORIGINE = "origine", Said(N_("Mon origine"), N_("Son origine"))
    NATION = "nation", Said(N_("Ma nationalité, vraie ou supposée"), N_("Sa nationalité, vraie ou supposée"))
    ETHNIE = (
        "ethnie",
        Said(
            N_("Mon appartenance à une ethnie, vraie ou supposée"),
            N_("Son appartenance à une ethnie, vraie ou supposée"),
        ),
    )
    RACE = (
        "race",
        Said(N_("Ma couleur de peau, ou une prétendue race"), N_("Sa couleur de peau, ou une prétendue race")),
    )
    LANGUE = (
        "langue",
        Said(N_("Je parle une autre langue que le français"), N_("Elle parle une autre langue que le français")),
    )
    PATRONYME = "patronyme", Said(N_("Mon nom de famille"), N_("Son nom de famille"))
    LIEU = (
        "lieu_residence",
        Said(
            N_("Mon lieu de vie (quartier, hébergement, sans domicile…)"),
            N_("Son lieu de vie (quartier, hébergement, sans domicile…)"),
        ),
    )
    SEXE = "sexe", Said(N_("Mon sexe"), N_("Son sexe"))
    GENRE = "identite_genre", Said(N_("Mon identité de genre"), N_("Son identité de genre"))
    ORIENTATION = "orientation_sexuelle", Said(N_("Mon orientation sexuelle"), N_("Son orientation sexuelle"))
    FAMILLE = "situation_famille", Said(N_("Ma situation de famille"), N_("Sa situation de famille"))
    MOEURS = "moeurs", Said(N_("Mon mode de vie"), N_("Son mode de vie"))
    RELIGION = (
        "religion",
        Said(
            N_("Ma religion, vraie ou supposée, ou le fait de ne pas en avoir"),
            N_("Sa religion, vraie ou supposée, ou le fait de ne pas en avoir"),
        ),
    )
    OPINIONS = "opinions_politiques", Said(N_("Mes opinions politiques"), N_("Ses opinions politiques"))
    SYNDICAT = "activites_syndicales", Said(N_("Mes activités syndicales"), N_("Ses activités syndicales"))
    ALERTE = (
        "lanceur_alerte",
        Said(
            N_("J'ai lancé une alerte, ou aidé une personne qui l'a fait"),
            N_("Elle a lancé une alerte, ou aidé une personne qui l'a fait"),
        ),
    )
    HARCELEMENT = (
        "harcelement_sexuel",
        Said(
            N_("J'ai subi ou refusé un harcèlement sexuel, ou j'en ai témoigné"),
            N_("Elle a subi ou refusé un harcèlement sexuel, ou en a témoigné"),
        ),
    )
    AUTRE = "autre", N_("Autre raison")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


GROUPS: tuple[tuple[str, tuple[Choices, ...]], ...] = (
    (
        "",
        (
            MotiveChoice.C2S,
            MotiveChoice.AME,
            MotiveChoice.ORIGINE,
            MotiveChoice.HANDICAP,
            MotiveChoice.ETAT_SANTE,
            MotiveChoice.VULNERABILITE,
        ),
    ),
    (
        Said(N_("Mon âge, ma santé, mon corps"), N_("Son âge, sa santé, son corps")),
        (
            MotiveChoice.AGE,
            MotiveChoice.AUTONOMIE,
            MotiveChoice.GROSSESSE,
            MotiveChoice.APPARENCE,
            MotiveChoice.GENETIQUE,
        ),
    ),
    (
        Said(
            N_("Ma nationalité, ma couleur de peau, ma langue, mon lieu de vie"),
            N_("Sa nationalité, sa couleur de peau, sa langue, son lieu de vie"),
        ),
        (
            MotiveChoice.NATION,
            MotiveChoice.ETHNIE,
            MotiveChoice.RACE,
            MotiveChoice.LANGUE,
            MotiveChoice.PATRONYME,
            MotiveChoice.LIEU,
        ),
    ),
    (
        Said(N_("Ma vie personnelle"), N_("Sa vie personnelle")),
        (
            MotiveChoice.SEXE,
            MotiveChoice.GENRE,
            MotiveChoice.ORIENTATION,
            MotiveChoice.FAMILLE,
            MotiveChoice.MOEURS,
            MotiveChoice.HARCELEMENT,
        ),
    ),
    (
        Said(N_("Mes idées, mes croyances"), N_("Ses idées, ses croyances")),
        (MotiveChoice.RELIGION, MotiveChoice.OPINIONS, MotiveChoice.SYNDICAT, MotiveChoice.ALERTE),
    ),
    ("", (MotiveChoice.AUTRE, MotiveChoice.NE_SAIT_PAS)),
)
"""Those that are met most often first, then the others as the law groups them."""
