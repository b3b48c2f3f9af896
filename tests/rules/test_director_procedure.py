"""The procedure of the director of the caisse: each date was worked out by hand from CSS R. 147-2.

Facts received on 1 April 2026: the month ends on Friday 1 May, a holiday; fifteen days later is Saturday 16 May. Heard
on 6 May: 21 May. Opinion of the commission on 29 May: Saturday 13 June. Received on 31 March: 30 April.
"""

from datetime import date
from typing import Any

import pytest

from app.acts.guards import reason_of
from app.acts.kinds import may
from app.acts.order import first_day
from app.base.clock import PARIS
from app.base.i18n import translate
from app.conciliation.director.ceilings import cents, highest
from app.conciliation.director.rules import Sanction, mistakes
from app.filing.documents.wording import of_the_person, sentence_of
from app.filing.rules import days_left_out
from app.filing.status.calendar import calendar
from app.filing.status.counted_as import as_done
from app.filing.status.duties import owed
from app.filing.status.replay import status_of
from app.procedure.queries import DueRow
from app.saisine.steps.recipients import Recipients
from tests.rules.test_conciliation_state import AGREED, AT_ORDRE, CAISSE, FIXED, ORDRE, RECEIVED, SENT, TOLD, act

ALONE: dict[str, Any] = {
    **RECEIVED,
    "informed": "",
    "outcome": "cpam_seule",
    "authorities": {"receiver": CAISSE, "informed": {}, "proposed": []},
    "channel": "patient",
    "profession": "",
    "commune": "",
    "complaint": [],
}
FEES_ALONE = {**ALONE, "without": "D13 D3 D4 D5 D7"}
SENT_OUT = act("griefs_notifies", "2026-03-30", mode="remise", came_on="")
FACTS = act("griefs_notifies", "2026-03-30", mode="remise", came_on="2026-04-01")
WROTE = act("griefs_observations", "2026-04-20", form="ecrites")
HEARD = act("griefs_observations", "2026-05-06", form="audition")
REFERRED = act("avis_demande", "2026-05-05", body="commission")
ADVISED = act("avis_rendu", "2026-05-29", body="commission", sense="favorable")
CONSULTED = act("avis_demande", "2026-06-02", body="uncam")
AGREES, REFUSES = (act("avis_rendu", "2026-06-30", body="uncam", sense=one) for one in ("favorable", "defavorable"))
NONE = act("sans_suite", "2026-03-20", explanation="Une explication inventée.")
ABANDONED = act("decision_directeur", "2026-05-04", decision="abandon")
SANCTIONED = act("decision_directeur", "2026-07-06", decision="sanction")
SO_FAR = (FACTS, WROTE, REFERRED, ADVISED, CONSULTED, AGREES)


def due(document, *acts):
    return {code: (one.due_strict, one.due_postponed) for code, one in calendar(document, acts).items()}


def owes(document, *acts):
    days = {code: one.due_strict for code, one in calendar(document, acts).items()}
    return [
        (one.authority, one.code) for one in owed(status_of(document, acts), days) if one.code in {"D19", "D20", "D23"}
    ]


def test_a_complaint_keeps_the_days_that_were_sealed_with_it():
    assert set(due(ALONE)) == {"D1", "D2", "D4"}
    assert set(due({**ALONE, "without": "D13 D3 D7"})) == {"D1", "D2", "D4", "D5"}
    assert set(due({**RECEIVED, "without": ""})) == {"D1", "D2", "D3", "D4", "D5", "D7", "D13"}


def test_a_professional_is_heard_about_a_refusal_and_not_about_fees_alone():
    assert days_left_out("cpam_seule", Recipients.NO_ORDRE) == {"D3", "D7", "D13"}
    assert days_left_out("ordre_seul", Recipients.ORDRE) == {"D3"}
    assert days_left_out("a_qualifier", Recipients.SOUGHT) == {"D3"}
    assert days_left_out("resolu", Recipients.EITHER) == set()
    for outcome in ("cpam_seule", "cpam_a_confirmer"):
        assert days_left_out(outcome, Recipients.FEES) == {"D3", "D4", "D5", "D7", "D13"}


def test_of_fees_alone_the_professional_is_told_by_the_facts_and_not_by_the_complaint():
    now = status_of(FEES_ALONE, (TOLD[0],))
    assert now.duties == ("D2",)
    assert not may(status_of(FEES_ALONE, ()), "transmise_professionnel")
    assert may(now, "griefs_notifies")
    found = calendar(FEES_ALONE, ())
    assert (set(found), found["D2"].due_strict) == ({"D1", "D2"}, date(2026, 3, 11))
    assert found["D2"].basis == "CRPA R. 112-11-2, huit jours par prudence"
    known = "L'autorité a accusé réception le mercredi 4 mars 2026. La CPAM peut écrire au professionnel."
    known += " Le directeur de la caisse d'assurance maladie examine les faits."
    assert said(FEES_ALONE, TOLD[0]) == said(FEES_ALONE, TOLD[0], say=of_the_person) == known


@pytest.mark.parametrize("sealed", [{}, {"without": "D13 D3 D5 D7"}], ids=["before it was sealed", "sealed"])
def test_a_complaint_about_fees_of_an_earlier_release_keeps_what_was_told(sealed):
    document = {**ALONE, **sealed}
    assert may(status_of(document, (TOLD[0],)), "transmise_professionnel")
    assert said(document, TOLD[0], TOLD[2]).startswith("Votre plainte a été transmise au professionnel le jeudi 5 mars")
    assert calendar(document, ())["D2"].basis == "CSP R. 1110-11 al. 3"
    assert "peut écrire" not in said(document, TOLD[0])


def test_the_month_of_the_professional_runs_from_the_day_the_facts_came():
    assert "D16" not in due(ALONE, SENT_OUT)
    found = due(ALONE, FACTS)
    assert found["D16"] == (date(2026, 5, 1), date(2026, 5, 4))
    assert found["D19"] == (date(2026, 5, 16), date(2026, 5, 18))
    assert due(ALONE, act("griefs_notifies", "2026-03-30", came_on="2026-03-31"))["D16"][0] == date(2026, 4, 30)


def test_a_hearing_after_the_month_moves_the_day_of_the_commission_and_what_is_written_does_not():
    assert due(ALONE, FACTS, WROTE)["D19"][0] == date(2026, 5, 16)
    assert due(ALONE, FACTS, act("griefs_observations", "2026-04-10", form="audition"))["D19"][0] == date(2026, 5, 16)
    assert due(ALONE, FACTS, HEARD)["D19"][0] == date(2026, 5, 21)


def test_the_uncam_is_asked_within_fifteen_days_of_the_opinion_of_the_commission():
    assert "D20" not in due(ALONE, FACTS, WROTE, REFERRED)
    assert due(ALONE, FACTS, WROTE, REFERRED, ADVISED)["D20"] == (date(2026, 6, 13), date(2026, 6, 15))


def test_a_sanction_is_notified_within_fifteen_days_of_the_opinion_that_binds():
    """CSS R. 147-2 III: the UNCAM agreed on Tuesday 30 June 2026, so by Wednesday 15 July; else it is abandoned."""
    assert due(ALONE, *SO_FAR)["D23"] == (date(2026, 7, 15), date(2026, 7, 15))
    assert "D23" not in due(ALONE, *SO_FAR[:-1])
    assert "D23" not in due(ALONE, *SO_FAR[:-1], REFUSES)
    assert "D23" not in due(ALONE, *SO_FAR, SANCTIONED)


@pytest.mark.parametrize("document", [ALONE, RECEIVED, AT_ORDRE], ids=["alone", "receives", "informed"])
def test_the_caisse_owes_each_opinion_until_it_decides(document):
    told = () if document is ALONE else TOLD
    assert owes(document, *told, FACTS) == [("595", "D19")]
    assert owes(document, *told, FACTS, REFERRED) == []
    assert owes(document, *told, FACTS, REFERRED, ADVISED) == [("595", "D20")]
    assert owes(document, *told, FACTS, REFERRED, ADVISED, CONSULTED) == []
    assert owes(document, *told, *SO_FAR) == [("595", "D23")]
    assert owes(document, *told, *SO_FAR[:-1], REFUSES) == []
    assert owes(document, *told, *SO_FAR, SANCTIONED) == []
    assert owes(document, *told, FACTS, ABANDONED) == []
    assert "D19" not in due(document, *told, FACTS, ABANDONED)


def test_an_agreement_at_the_meeting_does_not_end_what_the_director_began():
    assert owes(RECEIVED, *TOLD, FIXED, AGREED, SENT, FACTS) == [("595", "D19")]


OPEN = (
    *("griefs_notifies", "sans_suite", "griefs_observations", "avis_demande", "avis_rendu"),
    *("decision_directeur", "suites_sanction"),
)


@pytest.mark.parametrize(
    ("acts", "allowed"),
    [
        ((), {"griefs_notifies", "sans_suite"}),
        ((NONE,), set()),
        ((SENT_OUT,), {"griefs_notifies", "decision_directeur"}),
        ((FACTS,), {"griefs_notifies", "griefs_observations", "avis_demande", "decision_directeur"}),
        ((FACTS, REFERRED), {"avis_rendu", "decision_directeur"}),
        ((FACTS, REFERRED, ADVISED), {"avis_demande", "decision_directeur"}),
        ((FACTS, REFERRED, ADVISED, CONSULTED), {"avis_rendu", "decision_directeur"}),
        (SO_FAR, {"decision_directeur"}),
        ((*SO_FAR, SANCTIONED), {"suites_sanction"}),
        ((FACTS, ABANDONED), set()),
    ],
)
@pytest.mark.parametrize("document", [ALONE, RECEIVED, AT_ORDRE], ids=["alone", "receives", "informed"])
def test_what_the_director_may_do_next(document, acts, allowed):
    now = status_of(document, acts)
    assert {code for code in OPEN if may(now, code)} == allowed


def test_without_a_caisse_there_is_no_director():
    nobody = {**AT_ORDRE, "informed": "", "authorities": {"receiver": ORDRE, "informed": {}, "proposed": []}}
    box = {**RECEIVED, "receiver": "AIGUILLAGE", "informed": ""}
    for document in (nobody, box):
        now = status_of(document, ())
        assert now.caisse == ""
        assert not [code for code in OPEN if may(now, code)]


@pytest.mark.parametrize(
    ("acts", "may_sanction"),
    [((FACTS,), False), (SO_FAR[:-2], False), (SO_FAR, True), ((*SO_FAR[:-1], REFUSES), False)],
)
def test_a_sanction_needs_both_opinions_and_that_of_the_uncam_binds(acts, may_sanction):
    assert status_of(ALONE, acts).director.may_sanction is may_sanction


@pytest.mark.parametrize(
    ("acts", "kind", "first"),
    [
        ((FACTS,), "griefs_observations", date(2026, 4, 1)),
        ((FACTS,), "avis_demande", date(2026, 5, 2)),
        ((FACTS, HEARD), "avis_demande", date(2026, 5, 7)),
        ((FACTS, REFERRED), "avis_rendu", date(2026, 5, 5)),
        ((FACTS, REFERRED, ADVISED), "avis_demande", date(2026, 5, 29)),
        ((FACTS,), "decision_directeur", date(2026, 3, 30)),
        (SO_FAR, "decision_directeur", date(2026, 6, 30)),
        ((*SO_FAR, SANCTIONED), "suites_sanction", date(2026, 7, 6)),
        ((), "griefs_notifies", date(2026, 3, 3)),
    ],
)
def test_each_day_follows_that_of_the_act_before(acts, kind, first):
    assert first_day(status_of(ALONE, acts), kind, date(2026, 3, 3), PARIS).on == first


@pytest.mark.parametrize(
    ("acts", "reason"),
    [((), "hors_champ"), ((NONE,), "sans_suite"), ((FACTS, ABANDONED), "abandon"), ((*SO_FAR, SANCTIONED), "sanction")],
)
def test_a_file_of_a_caisse_alone_is_closed_from_what_its_director_decided(acts, reason):
    assert reason_of(status_of(ALONE, acts)) == reason


def test_a_file_of_a_caisse_alone_is_not_closed_while_its_director_is_at_work():
    assert may(status_of(ALONE, ()), "cloture")
    assert not may(status_of(ALONE, (FACTS,)), "cloture")
    assert may(status_of(ALONE, (FACTS, ABANDONED)), "cloture")


def test_beside_a_conciliation_the_director_ends_nothing_of_it():
    now = status_of(RECEIVED, (*TOLD, FACTS))
    assert may(now, "cloture")
    assert reason_of(status_of(RECEIVED, (*TOLD, NONE))) == "hors_champ"
    assert status_of(RECEIVED, (*TOLD, NONE)).state == "transmise"


@pytest.mark.parametrize(
    ("document", "acts", "state", "told"),
    [
        (ALONE, (FACTS,), "recue", "recue"),
        (ALONE, (TOLD[0], FACTS), "accusee", "accusee"),
        (ALONE, (TOLD[0], TOLD[2]), "au_directeur", "au_directeur"),
        (ALONE, (TOLD[0], TOLD[2], FACTS), "procedure_directeur", "au_directeur"),
        (FEES_ALONE, (TOLD[0],), "au_directeur", "au_directeur"),
        (FEES_ALONE, (TOLD[0], *SO_FAR), "procedure_directeur", "au_directeur"),
        (FEES_ALONE, (TOLD[0], NONE), "procedure_non_engagee", "procedure_non_engagee"),
        (ALONE, (NONE,), "procedure_non_engagee", "procedure_non_engagee"),
        (FEES_ALONE, (TOLD[0], FACTS, ABANDONED), "directeur_a_decide", "directeur_a_decide"),
        (ALONE, (*SO_FAR, SANCTIONED), "directeur_a_decide", "directeur_a_decide"),
        (ALONE, (NONE, act("cloture", "2026-03-21", reason="sans_suite")), "close", "close"),
        (RECEIVED, (*TOLD, FACTS), "transmise", "transmise"),
        (RECEIVED, (*TOLD, *SO_FAR, SANCTIONED), "transmise", "transmise"),
    ],
)
def test_the_state_follows_a_director_who_decides_alone_and_the_person_reads_nothing_of_the_facts(
    document, acts, state, told
):
    found = status_of(document, acts).state
    assert (found, found.as_told) == (state, told)
    assert found.is_open is (state != "close")


@pytest.mark.parametrize("document", [ALONE, FEES_ALONE], ids=["no ordre", "fees"])
def test_facts_that_are_notified_change_nothing_of_what_the_person_reads(document):
    told = [TOLD[0], *([] if document is FEES_ALONE else [TOLD[2]])]
    before = said(document, *told)
    assert before.endswith("Le directeur de la caisse d'assurance maladie examine les faits.")
    assert said(document, *told, FACTS) == said(document, *told, *SO_FAR) == before
    facts = status_of(document, (*told, FACTS)).state
    assert facts.is_before_meeting is status_of(document, told).state.is_before_meeting


def said(document, *acts, say=translate):
    found = calendar(document, acts).values()
    rows = [DueRow("", one.code, one.due_strict, one.due_postponed, "", None) for one in found]
    now, received_on, today = status_of(document, acts), date(2026, 3, 3), date(2026, 3, 4)
    told = sentence_of(now, rows, received_on=received_on, today=today, say=say)
    return told.replace("’", "'")


def test_the_person_reads_that_the_director_decided_and_never_which_sanction():
    none = "Le directeur de la caisse d'assurance maladie a décidé le {} de ne pas engager de procédure."
    none = none.format("vendredi 20 mars 2026")
    assert said(ALONE, NONE) == none
    decided = said(ALONE, *SO_FAR, SANCTIONED)
    assert decided == said(ALONE, *SO_FAR, act("decision_directeur", "2026-07-06", decision="abandon"))
    assert decided == "Le directeur de la caisse d'assurance maladie a pris une décision le lundi 6 juillet 2026."
    assert said(ALONE, *SO_FAR, SANCTIONED, say=of_the_person) == decided
    closed = said(ALONE, NONE, act("cloture", "2026-03-21", reason="sans_suite"))
    assert closed == f"{none} Ce dossier est terminé depuis le samedi 21 mars 2026."
    assert "directeur" not in said(ALONE, FACTS)
    assert "directeur" not in said(RECEIVED, *TOLD, NONE)


def test_what_the_authority_wrote_last_is_what_the_person_reads():
    closed = act("cloture", "2026-03-21", reason="sans_suite", explanation="")
    assert status_of(ALONE, (NONE, closed)).explanation == "Une explication inventée."
    later = act("cloture", "2026-03-21", reason="sans_suite", explanation="Une autre.")
    assert status_of(ALONE, (NONE, later)).explanation == "Une autre."


def test_what_the_director_did_is_counted():
    def counted(*acts):
        return {code for code in as_done(ALONE, acts).codes if code.startswith("directeur")}

    assert counted() == set()
    assert counted(NONE) == {"directeur|sans_suite"}
    assert counted(FACTS) == {"directeur|griefs"}
    assert counted(*SO_FAR, SANCTIONED) == {"directeur|griefs", "directeur|sanction"}


PENALTY, FEES, DISPLAY = Sanction.PENALITE, Sanction.DEPASSEMENT, Sanction.AFFICHAGE
DISCRIMINATION = {"penalite_pour": "discrimination", "decision_directeur_le": date(2026, 7, 6)}


@pytest.mark.parametrize(
    ("sanctions", "found", "wrong"),
    [
        ((PENALTY,), {"montant": "8010", **DISCRIMINATION}, set()),
        ((PENALTY,), {"montant": "8010,01", **DISCRIMINATION}, {"montant"}),
        ((PENALTY,), {"montant": "8010", **DISCRIMINATION, "plafond": "8010"}, set()),
        ((PENALTY,), {"montant": "8500", **DISCRIMINATION, "plafond": "9000"}, {"montant", "plafond"}),
        ((PENALTY,), {"montant": "8500", **DISCRIMINATION, "decision_directeur_le": date(2099, 1, 4)}, {"plafond"}),
        ((PENALTY,), {"montant": "91", "penalite_pour": "honoraires", "depassements": "45,50"}, set()),
        ((PENALTY,), {"montant": "91,01", "penalite_pour": "honoraires", "depassements": "45,50"}, {"montant"}),
        ((DISPLAY, FEES), {"montant": "9000", "en_recidive": "oui", **DISCRIMINATION}, set()),
        ((FEES,), {"en_recidive": "oui"}, set()),
        ((FEES,), {"en_recidive": "non"}, {"sanctions"}),
        ((PENALTY, DISPLAY), {"en_recidive": "non"}, set()),
        ((DISPLAY,), {"en_recidive": "oui"}, {"sanctions"}),
    ],
)
def test_a_sanction_stays_within_the_text(sanctions, found, wrong):
    assert set(mistakes(sanctions, found)) == wrong


def test_the_ceiling_is_worked_out_or_asked_where_the_year_is_not_known():
    """Twice the monthly ceiling of the year, twice what was charged above the tariff (CSS R. 147-15 I)."""
    assert highest(DISCRIMINATION) == "8010"
    assert highest({**DISCRIMINATION, "decision_directeur_le": date(2025, 12, 31)}) == "7850"
    unknown = {**DISCRIMINATION, "decision_directeur_le": date(2099, 1, 4)}
    assert (highest(unknown), highest({**unknown, "plafond": "9000"})) == ("", "9000")
    assert highest({"penalite_pour": "honoraires", "depassements": "45,50"}) == "91"
    assert highest({"penalite_pour": "honoraires", "depassements": "0,03"}) == "0,06"
    assert highest({"montant": "45"}) == ""


def test_euros_are_compared_in_cents():
    assert [cents(one) for one in ("45", "45,50", "0,05")] == [4500, 4550, 5]


def test_the_time_of_each_opinion_runs_from_the_day_it_was_asked():
    """Two months for the commission (CSS R. 147-2 II), one for the UNCAM (III)."""

    def silent_on(*acts):
        return status_of(ALONE, acts).director.silent_on

    assert silent_on(FACTS, WROTE) is None
    assert silent_on(FACTS, WROTE, REFERRED) == date(2026, 7, 5)
    assert silent_on(FACTS, WROTE, REFERRED, ADVISED) is None
    assert silent_on(FACTS, WROTE, REFERRED, ADVISED, CONSULTED) == date(2026, 7, 2)
