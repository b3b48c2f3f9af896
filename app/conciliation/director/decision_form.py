"""What is asked of the decision of the director: its sanctions, and what its letter says (CSS R. 147-2, R. 147-14)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Amount, Checkboxes, LongText, Radios
from app.conciliation.director.ceilings import PenaltyFor
from app.conciliation.director.letter_fields import HERE, Address, Quality, Signatory, WrittenHere
from app.conciliation.director.rules import (
    DISPLAY,
    LONGEST,
    NOT_YET,
    PUBLICATION,
    Conclusion,
    Known,
    Sanction,
    mistakes,
    unannounced,
)
from app.conciliation.fields import Months
from app.intake.desk.act_dates import order_checks
from app.intake.desk.courtesy import Courtesy, french_too

MAY = "avis_favorables"
"""Whether the opinions that a sanction needs are there, as the check of the form knows it."""
ANNOUNCED = "sanctions_annoncees"
"""What the notification announced, as the check of the form knows it; nothing when it was written elsewhere."""
OWED = {
    "motifs": N_("Écrivez les motifs : une sanction est motivée."),
    "tribunal": N_("Écrivez le tribunal : la lettre dit où la sanction se conteste."),
}
"""What the letter of a sanction must say (CSS R. 147-2, III), by the name of the field."""
SANCTION = ("decision_directeur", "sanction")
MONTHS = N_("36 mois au plus, 72 en cas de nouvelle récidive pendant une telle sanction (CSS R. 147-15, II).")


class Conclude(Answers):
    """How the procedure ends, with each sanction and its measure."""

    decision_directeur: Annotated[
        Conclusion,
        Radios(
            label=N_("Que décide le directeur ?"),
            choices=Conclusion,
            missing=N_("Choisissez ce que décide le directeur."),
        ),
    ]
    decision_directeur_le: Annotated[
        date, Date(label=N_("Décision notifiée au professionnel le"), missing=N_("Écrivez la date de la décision."))
    ]
    sanctions: Annotated[
        tuple[Sanction, ...],
        Checkboxes(
            label=N_("Sanctions prononcées"),
            hint=N_("Avec les voies et délais de recours."),
            choices=Sanction,
            missing=N_("Choisissez au moins une sanction."),
            only_if=SANCTION,
        ),
    ]
    en_recidive: Annotated[
        Known | str,
        Radios(
            label=N_("Le professionnel a-t-il déjà une sanction définitive ?"),
            hint=N_(
                "Dans les six ans pour une discrimination, dans les trois ans pour les honoraires (CSS R. 147-15)."
            ),
            choices=Known,
            missing=N_("Dites s'il y a une sanction antérieure."),
            only_if=SANCTION,
        ),
    ]
    montant: Annotated[
        str,
        Amount(
            label=N_("Montant de la pénalité, en euros"),
            missing=N_("Écrivez le montant de la pénalité."),
            only_if=("sanctions", "penalite"),
        ),
    ]
    penalite_pour: Annotated[
        PenaltyFor | str,
        Radios(
            label=N_("Pour quels faits ?"),
            choices=PenaltyFor,
            missing=N_("Dites pour quels faits est la pénalité."),
            only_if=("sanctions", "penalite"),
        ),
    ]
    depassements: Annotated[
        str,
        Amount(
            label=N_("Montant des dépassements facturés, en euros"),
            missing=N_("Écrivez le montant des dépassements facturés."),
            only_if=("penalite_pour", "honoraires"),
        ),
    ]
    plafond: Annotated[
        str,
        Amount(
            label=N_("Plafond de cette pénalité, en euros"),
            hint=N_(
                "Le service le connaît en général : laissez vide. Sinon, écrivez deux fois le plafond mensuel de "
                "la sécurité sociale de l'année de la décision."
            ),
            optional=True,
            only_if=("penalite_pour", "discrimination"),
        ),
    ]
    mois_depassement: Annotated[
        int | None,
        Months(
            label=N_("Retrait du droit à dépassement, en mois"),
            hint=MONTHS,
            least=LONGEST.least,
            most=LONGEST.most,
            only_if=("sanctions", "retrait_depassement"),
        ),
    ]
    mois_cotisations: Annotated[
        int | None,
        Months(
            label=N_("Suspension de la participation aux cotisations, en mois"),
            hint=MONTHS,
            least=LONGEST.least,
            most=LONGEST.most,
            only_if=("sanctions", "suspension_cotisations"),
        ),
    ]
    mois_affichage: Annotated[
        int | None,
        Months(
            label=N_("Affichage, en mois"),
            hint=N_("De un à trois mois (CSS R. 147-16)."),
            least=DISPLAY.least,
            most=DISPLAY.most,
            only_if=("sanctions", "affichage"),
        ),
    ]
    explication: Annotated[
        str,
        LongText(
            label=N_("Ce que la personne lit de cette décision"),
            hint=N_(
                "Sans ces mots, elle lit seulement que le directeur a pris une décision. Ce qu'elle peut savoir d'une "
                "sanction n'est pas tranché."
            ),
            longest=2000,
        ),
    ]
    traduction: Courtesy

    lettre_ici: WrittenHere
    adresse_professionnel: Address
    motifs: Annotated[
        str,
        LongText(
            label=N_("Motifs de la décision"),
            hint=N_("En droit et en fait (CRPA L. 211-5). Sans nom ni détail médical d'une autre personne."),
            longest=4000,
            rows=8,
            only_if=HERE,
        ),
    ]
    publication: Annotated[
        str,
        LongText(
            label=N_("Publication de la sanction, et comment"),
            hint=N_("En récidive seulement, une fois les recours épuisés (CSS R. 147-16). Sinon, laissez vide."),
            longest=500,
            rows=2,
            optional=True,
            only_if=("en_recidive", "oui"),
        ),
    ]
    tribunal: Annotated[
        str,
        LongText(
            label=N_("Tribunal judiciaire où la sanction se conteste : nom et adresse"),
            hint=N_("Celui du ressort où le professionnel demeure (CSS R. 142-10)."),
            longest=300,
            rows=3,
            only_if=HERE,
        ),
    ]
    signataire: Signatory
    signataire_qualite: Quality

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day, that a sanction has its opinions, and the measure of each one."""
        yield from order_checks(found, "decision_directeur_le")
        yield from french_too(found, "explication")
        if found.get("decision_directeur") is Conclusion.SANCTION and not found[MAY]:
            yield "decision_directeur", FieldError(NOT_YET)
        yield from mistakes(found.get("sanctions", ()), found).items()
        decided = unannounced(found.get("sanctions") or (), found.get(PUBLICATION), found.get(ANNOUNCED))
        yield from ((name, FieldError(words)) for name, words in decided)
        if found.get("lettre_ici") and found.get("decision_directeur") is Conclusion.SANCTION:
            yield from ((name, FieldError(words)) for name, words in OWED.items() if not found.get(name))
