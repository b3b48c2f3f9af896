"""What the director decides once facts were notified: an abandonment, or a sanction (CSS L. 162-1-14-1, R. 147-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import typed_day
from app.base.forms.fields import Option, Typed
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.conciliation.director.ceilings import PenaltyFor, highest, highest_for_refusal
from app.conciliation.director.decision_form import ANNOUNCED, MAY, Conclude
from app.conciliation.director.letter_fields import typed_envelope
from app.conciliation.director.paper import DirectorEnvelope, sealed
from app.conciliation.director.rules import NOT_YET, Conclusion, Known
from app.conciliation.director.verdict import DecisionWords, decision
from app.conciliation.director.writing import WritingPage
from app.conciliation.page import ConciliationPage
from app.filing.sealed.director import DirectorConcluded
from app.filing.status.director import CONCLUDED
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import courtesy
from app.intake.letters.frame import LetterText

DONE = {
    Conclusion.ABANDON: N_("Procédure abandonnée, le {day}"),
    Conclusion.SANCTION: N_("Sanction prononcée, le {day}"),
}
PROPOSED = N_(
    "Au plus {ceiling} € en {year} : deux fois le plafond mensuel de la sécurité sociale (CSS R. 147-15, I, 1°)."
)


class ConclusionPage(WritingPage, ConciliationPage):
    """The procedure is abandoned or a sanction notified; the person reads that there is a decision, and not which."""

    kind, path, template, model = CONCLUDED, "directeur/decision", "intake/act.html", Conclude
    button = N_("Enregistrer la décision")
    lede = NOT_YET

    def first(self, case: DeskCase) -> Typed:
        """Propose today, and what the letter needs."""
        facts = case.now.director.facts
        to = facts.letter.to if facts and facts.letter else ()
        return {**typed_day("decision_directeur_le", case.today), **typed_envelope(case, to)}

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:
        """Propose the ceiling of a penalty decided today, where it is known before anything is written."""
        ceiling = highest_for_refusal(case.today)
        hint = translate(PROPOSED).format(ceiling=ceiling, year=case.today.year)
        options = widgets(Conclude)["penalite_pour"].options()
        told = [replace(one, hint=hint) if one.value == PenaltyFor.DISCRIMINATION else one for one in options]
        return {"penalite_pour": told} if ceiling else {}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Know whether the opinions allow a sanction, and what was announced with the facts."""
        facts = case.now.director.facts
        announced = facts.announced if facts else None
        return {**super().known(case), MAY: case.now.director.may_sanction, ANNOUNCED: announced}

    def letter(self, case: DeskCase, said: Conclude) -> LetterText:
        """Write it to the professional."""
        envelope = DirectorEnvelope(said.adresse_professionnel, said.signataire, said.signataire_qualite)
        told = DecisionWords(grounds=said.motifs, publication=said.publication, court=said.tribunal)
        return decision(case, envelope, _decided(said), told)

    def content(self, case: DeskCase, said: Conclude) -> DirectorConcluded:
        """Keep the decision, and its letter when it was written here."""
        letter = sealed(self.letter(case, said)) if said.lettre_ici else None
        return replace(_decided(said), translation=courtesy(case, said.traduction), letter=letter)


def _decided(said: Conclude) -> DirectorConcluded:
    """Keep the decision, each sanction with its measure, and what the person is told."""
    on, is_sanction = said.decision_directeur_le, said.decision_directeur is Conclusion.SANCTION
    return DirectorConcluded(
        on=on,
        decision=said.decision_directeur.value,
        explanation=said.explication,
        sanctions=tuple(one.value for one in said.sanctions),
        is_repeat=said.en_recidive is Known.OUI if is_sanction else None,
        amount=said.montant or None,
        ceiling=highest(dict(said)) or None,
        fees_months=said.mois_depassement,
        contributions_months=said.mois_cotisations,
        display_months=said.mois_affichage,
        words=translate(DONE[said.decision_directeur]).format(day=date_text(on, weekday=False)),
    )
