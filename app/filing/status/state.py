"""The states of a complaint: a summary of what was done, drawn from its acts and never decided by itself."""

from app.base.errors import N_
from app.base.forms.fields import Choices


class ComplaintState(Choices):
    """Where a complaint stands, in a clerk's words. The code is stored and frozen."""

    RECEIVED = "recue", N_("Reçue")
    ACKNOWLEDGED = "accusee", N_("Accusé envoyé")
    TRANSMITTED = "transmise", N_("Transmise")
    MEETING_FIXED = "conciliation_fixee", N_("Réunion fixée")
    MEETING_HELD = "conciliation_faite", N_("Réunion tenue")
    AGREED = "accord", N_("Accord")
    NOT_AGREED = "sans_accord", N_("Sans accord")
    NO_CONCILIATION = "sans_conciliation", N_("Sans conciliation")
    WITH_DIRECTOR = "au_directeur", N_("Chez le directeur")
    FACTS_NOTIFIED = "procedure_directeur", N_("Griefs notifiés")
    NOT_BEGUN = "procedure_non_engagee", N_("Procédure non engagée")
    DIRECTOR_DECIDED = "directeur_a_decide", N_("Décision du directeur")
    REROUTED = "reorientee", N_("Envoyée à une autre autorité")
    WITHDRAWAL_ASKED = "retrait_demande", N_("Retrait demandé")
    WITHDRAWN = "retiree", N_("Retirée")
    CLOSED = "close", N_("Terminée")

    @property
    def as_told(self) -> "ComplaintState":
        """What the person and the association read of it: nothing of the facts that a director notified."""
        return ComplaintState.WITH_DIRECTOR if self is ComplaintState.FACTS_NOTIFIED else self

    @property
    def is_open(self) -> bool:
        """Whether it is neither withdrawn nor closed: whoever holds it may still act, and the person write."""
        return self not in {ComplaintState.WITHDRAWN, ComplaintState.CLOSED}

    @property
    def is_ended(self) -> bool:
        """Whether nothing is owed any more: an agreement at the meeting is a withdrawal (CSP R. 1110-12)."""
        return self is ComplaintState.AGREED or not self.is_open

    @property
    def is_before_meeting(self) -> bool:
        """Whether the person still waits for the first acts and the date of the meeting."""
        return self in BEFORE_MEETING


BEFORE_MEETING = frozenset(
    {
        ComplaintState.RECEIVED,
        ComplaintState.ACKNOWLEDGED,
        ComplaintState.TRANSMITTED,
        ComplaintState.WITH_DIRECTOR,
        ComplaintState.FACTS_NOTIFIED,
        ComplaintState.REROUTED,
        ComplaintState.WITHDRAWAL_ASKED,
    }
)
TOLD_STATES = tuple(state for state in ComplaintState if state.as_told is state)
"""States that the person and the association may read, in their order."""
