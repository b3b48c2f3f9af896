"""Why an act is refused: the reason that is said is the true one."""

from datetime import UTC, datetime, timedelta

import pytest

from app.acts.refusals import happened, no_more
from app.acts.rules import HistoryEntry
from app.filing.status.replay import status_of
from tests.rules.test_conciliation_state import FAILED, FIXED, RECEIVED, TOLD, act

ASKED = act("retrait_demande", "2026-06-02", reason="", is_pressed=False)
CLOSED = act("cloture", "2026-06-10", reason="hors_champ")
ENDED = act("mandat_revoque", "2026-06-12")
HOLDS_IT_BACK = "La personne demande à retirer sa plainte"


def told(*acts):
    """Give where a complaint stands after some acts, and its history."""
    begun = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    lines = [HistoryEntry(n, one.kind, "Nour Fictive", begun + timedelta(days=n)) for n, one in enumerate(acts, 1)]
    return status_of(RECEIVED, acts), lines


@pytest.mark.parametrize(
    ("code", "acts", "says"),
    [
        ("seance", (*TOLD, ASKED), HOLDS_IT_BACK),
        ("cloture", (ASKED,), HOLDS_IT_BACK),
        ("seance", (ASKED,), "La procédure ne demande pas cet acte pour ce dossier, ou pas encore."),
        ("seance", (*TOLD, FIXED, FAILED, ASKED), "Dernier acte de ce dossier : Réunion tenue"),
        ("releve_envoye", (*TOLD, ASKED), "Dernier acte de ce dossier : Transmise au professionnel"),
        ("accuse_reception", (*TOLD, ASKED), "Accusé de réception envoyé : déjà fait"),
        ("cloture", (*TOLD, FIXED, FAILED, ASKED), "Dernier acte de ce dossier : Réunion tenue"),
    ],
)
def test_a_demand_to_withdraw_is_the_reason_of_what_it_holds_back_alone(code, acts, says):
    now, lines = told(*acts)
    assert says in happened(now, lines, code).replace("\xa0", " ")


def test_the_end_of_a_file_is_not_why_a_mandate_is_not_revoked_twice():
    now, lines = told(ENDED, CLOSED)
    assert "Votre dossier est terminé" in no_more(now, lines, "preuves_ajoutees")
    assert "Votre dossier est terminé" not in no_more(now, lines, "mandat_revoque")
