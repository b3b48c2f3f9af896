"""Step 3: the reasons the person sees, the cover that was shown, witnesses and other steps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Checkboxes, LongText, Radios, Text
from app.saisine.steps.facts import FEES, RefusalKind, YesNo
from app.saisine.steps.motives import GROUPS, MotiveChoice
from app.saisine.steps.place import RefusedBy
from app.saisine.steps.said import Said


class Cover(Choices):
    """The health cover of the person at that time."""

    C2S = "c2s", N_("La Complémentaire santé solidaire (C2S, ancienne CMU-C)")
    AME = "ame", N_("L'aide médicale de l'État (AME)")
    DEMANDE = "demande_en_cours", N_("Une demande en cours")
    AUTRE = "autre", N_("Une autre couverture")
    AUCUNE = "aucune", N_("Aucune")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")
    NE_REPOND_PAS = "ne_repond_pas", N_("Je préfère ne pas répondre")


class PreviousStep(Choices):
    """Who was already asked."""

    CPAM = "cpam", N_("La CPAM")
    MEDIATEUR = "mediateur", N_("Le médiateur de la CPAM")
    ORDRE = "ordre", N_("L'ordre")
    DDD = "ddd", N_("Le Défenseur des droits")
    POLICE = "police_justice", N_("La police ou la justice")
    ETABLISSEMENT = "etablissement", N_("L'hôpital ou la clinique")
    ASSOCIATION = "association", N_("Une association")


SAYS_COVER = (MotiveChoice.C2S, MotiveChoice.AME)
"""Motives that already tell the cover: it is not asked again."""
_ABOUT_COVER = {MotiveChoice.VULNERABILITE, MotiveChoice.NE_SAIT_PAS}
_PAID = {RefusalKind.TIERS_PAYANT_REFUSE, RefusalKind.DEPASSEMENT_C2S, RefusalKind.DEVIS_REFUSE}
_SHOWN = (Cover.C2S, Cover.AME, Cover.DEMANDE)


def is_fees_alone(trail: Mapping[str, Any]) -> bool:
    """Return whether a price or its information is complained of, and no ground: the caisse decides alone.

    CSS L. 162-1-14-1, 2° to 4°, R. 147-13. With a ground it is a refusal (CSP R. 1110-8: « conditions normales de prise
    en charge financière »), whichever ground; not knowing why is no ground. Ask it after the motives.
    """
    forms, motives = set(trail.get("formes", ())), set(trail.get("motifs", ()))
    return bool(forms) and forms <= FEES and motives <= {MotiveChoice.NE_SAIT_PAS}


def needs_cover(trail: Mapping[str, Any]) -> bool:
    """Return whether the cover helps to understand: no motive, one that depends on it, or a matter of money."""
    motives, forms = set(trail.get("motifs", ())), set(trail.get("formes", ()))
    return not motives or bool(motives & _ABOUT_COVER) or bool(forms & _PAID)


def asks_cover(trail: Mapping[str, Any]) -> bool:
    """Return whether the cover is asked: it is useful, and the motives do not already say it."""
    return needs_cover(trail) and not set(trail.get("motifs", ())) & set(SAYS_COVER)


def _known(*, when: tuple[str, tuple[Choices, ...]]) -> Radios:
    name, values = when
    return Radios(
        short=N_("Couverture connue"),
        label=N_("Le professionnel le savait-il ?"),
        choices=YesNo,
        on_paper=False,
        only_if=(name, tuple(str(one.value) for one in values)),
        passed_on=True,
    )


_HOW = Text(
    short=N_("Comment"),
    label=N_("Comment le savait-il ?"),
    hint=Said(N_("Par exemple : j'ai montré ma carte Vitale."), N_("Par exemple : elle a montré sa carte Vitale.")),
    only_if=("couverture_connue", YesNo.OUI.value),
    passed_on=True,
    on_paper=False,
)


class Motives(Answers):
    """A11; no answer is an answer. A motive may say the cover (A12): then whether the professional knew it."""

    motifs: Annotated[
        tuple[MotiveChoice, ...],
        Checkboxes(
            short=N_("Raisons du refus"),
            label=N_("Selon vous, pourquoi a-t-on refusé ?"),
            hint=N_("Cochez une ou plusieurs raisons."),
            choices=MotiveChoice,
            groups=GROUPS,
            folded=True,
            passed_on=True,
        ),
    ]
    couverture_connue: Annotated[YesNo | str, _known(when=("motifs", SAYS_COVER))]
    couverture_connue_comment: Annotated[str, _HOW]
    motif_autre: Annotated[
        str,
        Text(
            short=N_("Autre raison"),
            label=N_("Quelle autre raison ?"),
            only_if=("motifs", MotiveChoice.AUTRE.value),
            optional=False,
            passed_on=True,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the other reason in words."""
        if MotiveChoice.AUTRE in found.get("motifs", ()) and found.get("motif_autre") == "":
            yield "motif_autre", FieldError(N_("Écrivez l'autre raison, ou décochez “Autre raison”."))


class CoverAnswers(Answers):
    """A12: the cover, and whether the professional knew it."""

    couverture: Annotated[
        Cover,
        Radios(
            short=N_("Couverture santé"),
            label=Said(
                N_("Quelle couverture santé aviez-vous ?"), N_("Quelle couverture santé cette personne avait-elle ?")
            ),
            choices=Cover,
            missing=N_("Choisissez une réponse, ou “Je préfère ne pas répondre”."),
            passed_on=True,
        ),
    ]
    couverture_connue: Annotated[YesNo | str, _known(when=("couverture", _SHOWN))]
    couverture_connue_comment: Annotated[str, replace(_HOW, on_paper=N_("Le professionnel le savait-il ? Comment ?"))]


class Complements(Answers):
    """A13; everything is optional."""

    refus_par: Annotated[
        RefusedBy | str,
        Radios(
            short=N_("Réponse donnée par"),
            label=Said(N_("Qui vous a répondu ?"), N_("Qui a répondu ?")),
            choices=RefusedBy,
            passed_on=True,
            on_paper=False,
        ),
    ]
    temoins_texte: Annotated[
        str,
        LongText(
            short=N_("Témoins"),
            label=N_("Quelqu'un a-t-il vu ou entendu ?"),
            hint=Said(
                N_("Un nom, un lien avec vous. Demandez d'abord son accord à cette personne."),
                N_("Un nom, un lien avec la personne soignée. Demandez d'abord l'accord du témoin."),
            ),
            longest=1000,
            rows=4,
            passed_on=True,
        ),
    ]
    demarches: Annotated[
        tuple[PreviousStep, ...],
        Checkboxes(
            short=N_("Autres démarches"),
            label=N_("Avez-vous déjà contacté quelqu'un ?"),
            choices=PreviousStep,
            passed_on=True,
        ),
    ]
    demarches_texte: Annotated[
        str, LongText(short=N_("Numéro ou date"), label=N_("Numéro ou date, si vous les avez"), longest=500, rows=3)
    ]
