"""Every state that acts can reach has an act that leaves it: no complaint is ever stuck.

The guards walked are those that the pages ask (:mod:`app.acts.guards`). The walk goes breadth first from what each
outcome of the routing seals, over every act that its guard allows, until no new state appears.
"""

from collections import deque
from dataclasses import replace
from functools import cache

import pytest

from app.acts import kinds
from app.acts.guards import reason_of
from app.acts.kinds import KINDS, may
from app.acts.rules import DESK
from app.filing.rules import AIGUILLAGE
from app.filing.status.director import BODIES, DIRECTOR_ACTS
from app.filing.status.replay import apply_act, status_of
from app.routing.rules import Outcome
from tests.rules.test_conciliation_state import CAISSE, ORDRE, RECEIVED, act

OTHER = {"code": "597", "kind": "cpam"}
BOX = {"code": AIGUILLAGE, "kind": "cpam"}


def sealed(outcome, receiver, informed, proposed=()):
    """Give what the receipt seals."""
    met = {"receiver": receiver, "informed": informed, "proposed": list(proposed)}
    codes = {"receiver": receiver["code"], "informed": informed.get("code", "")}
    return {**RECEIVED, **codes, "outcome": outcome.value, "authorities": met}


BEGINNINGS = {
    "resolved": sealed(Outcome.RESOLU, CAISSE, ORDRE),
    "resolved, received by the council": sealed(Outcome.RESOLU, ORDRE, CAISSE),
    "town to choose": sealed(Outcome.COMMUNE_A_CHOISIR, BOX, {}, [CAISSE, OTHER, ORDRE]),
    "caisse presumed": sealed(Outcome.CPAM_PRESUMEE, CAISSE, ORDRE),
    "caisse alone": sealed(Outcome.CPAM_SEULE, CAISSE, {}),
    "council alone": sealed(Outcome.ORDRE_SEUL, ORDRE, {}),
    "out of scope": sealed(Outcome.HORS_CHAMP, CAISSE, {}, [ORDRE]),
    "to qualify, in the box": sealed(Outcome.A_QUALIFIER, BOX, {}),
    "council to confirm": sealed(Outcome.CONSEIL_A_CONFIRMER, CAISSE, {}, [ORDRE]),
    "caisse to confirm, received by the council": sealed(Outcome.CPAM_A_CONFIRMER, ORDRE, {}, [CAISSE, OTHER]),
    "both to confirm, in the box": sealed(Outcome.CPAM_A_CONFIRMER, BOX, {}, [CAISSE, OTHER, ORDRE]),
}
ONE_PARTY = ({"party": "personne"},)
WAYS = {
    "transmise_autorite": ({"is_shared": True},),
    "confirmation_ordre": ({"informed": ORDRE}, {"informed": CAISSE}, {"informed": {}}),
    "reorientation": ({"receiver": OTHER, "informed": ORDRE}, {"receiver": ORDRE, "informed": CAISSE}),
    "convocation": ONE_PARTY,
    "convocation_recue": ONE_PARTY,
    "releve": ({"issue": "retrait"}, {"issue": "desaccord"}, {"issue": "absence"}),
    "recidive": ({"answer": "oui"}, {"answer": "non"}),
    "carence": ({"follow": "attente"}, {"follow": "sanction"}),
    "griefs_notifies": ({"came_on": ""}, {"came_on": "2026-03-05"}),
    "griefs_observations": ({"form": "ecrites"},),
    "avis_demande": ({"body": "commission"}, {"body": "uncam"}),
    "avis_rendu": tuple({"body": body, "sense": sense} for body in BODIES for sense in ("favorable", "defavorable")),
    "decision_directeur": ({"decision": "abandon"}, {"decision": "sanction"}),
}
"""The ways in which an act can be done, when they lead to different states; no guard asks of both parties at once."""
OUT = {"out of scope"}
"""What nobody is competent for is closed with an explanation for the person; where a caisse is alone, it decides."""
ASIDE = {"note", "attribuee", "exportee", "preuve_dangereuse", "code_poste", "message_autorite", "demande_piece"}
ASIDE |= {"identification", "traduction", "doublon", "doublon_annule", "conservation", "audition", "reponse_reunion"}
ASIDE |= {"cloture", "ouverte", "courrier_poste"}
"""Acts that change nothing of what the guards of the others ask; the closing bears its reason."""
ON = "2026-03-04"
MOST = 40_000
DESK_ACTS = {code for code, kind in KINDS.items() if kind.by & DESK} - ASIDE
DONE = {kind: [(way, act(kind, ON, **way)) for way in WAYS.get(kind, ({},))] for kind in DESK_ACTS}
"""Each act in all its ways, made once for all the states that are walked."""
WITHDRAWAL = act("retrait_demande", ON)
AFTER_WITHDRAWAL = [act(kind, ON) for kind in ("retrait", "retrait_annule")]
OF_DIRECTOR = set(DIRECTOR_ACTS)
"""Where a meeting is planned, that of the director stands beside: it changes nothing of what others may."""


@cache
def closing(reason):
    """Close for a reason."""
    return act("cloture", ON, reason=reason)


def nexts(now, first):
    """Give the acts that the guards allow, each in all its ways, and what the person may do; ``first``: the receiver.

    A complaint is sent elsewhere once: from there on, all begins again as it did.
    """
    if now.withdrawing_since:
        yield from AFTER_WITHDRAWAL
        return
    aside = {"suites_sanction"} if now.is_without_meeting else OF_DIRECTOR
    for kind in DESK_ACTS - aside - ({"reorientation"} if now.receiver != first else set()):
        if may(now, kind):
            yield from (one for way, one in DONE[kind] if _is_sound(now, kind, way))
    if now.may_be_withdrawn:
        yield WITHDRAWAL
    if may(now, "cloture"):
        yield closing(reason_of(now))


def _is_sound(now, kind, way):
    """Leave out what the pages do not offer."""
    if kind == "convocation_recue":
        return way["party"] in now.conciliation.summons
    if kind == "avis_demande":
        return way["body"] == now.director.next_body
    if kind == "avis_rendu":
        return way["body"] == now.director.awaited
    if kind == "decision_directeur":
        return way["decision"] == "abandon" or now.director.may_sanction
    is_council = now.receiver in now.ordres
    return kind != "confirmation_ordre" or way["informed"] in ({}, CAISSE if is_council else ORDRE)


def shape(now):
    """Give what tells two states apart: what was done, and not when."""
    conciliation = now.conciliation
    return (
        *(now.receiver, now.informed, now.is_alone, now.is_shared, frozenset(now.told), now.ordres),
        *(bool(now.withdrawing_since), bool(now.withdrawn_at), conciliation.is_recidive, bool(conciliation.meeting)),
        frozenset((party, bool(one.came_on)) for party, one in conciliation.summons.items()),
        *(
            conciliation.issue,
            bool(conciliation.report_sent),
            bool(conciliation.passed_on),
            bool(conciliation.decision),
        ),
        *(conciliation.inaction and conciliation.inaction.follow, bool(conciliation.closed)),
        *(bool(now.director.facts), now.director.came_on, now.director.end, frozenset(now.director.asked)),
        frozenset((body, one.sense) for body, one in now.director.given.items()),
    )


@cache
def begun(name):
    """Give the first of the beginnings that stand as this one: what is reached from them is the same."""
    begin = status_of(BEGINNINGS[name], ())
    return next(one for one, document in BEGINNINGS.items() if status_of(document, ()) == begin)


@cache
def walk(name):
    """Give every state that acts can reach from a beginning, and the steps between them, each by its act."""
    begin = status_of(BEGINNINGS[name], ())
    first = shape(begin)
    seen, queue, steps = {first: begin}, deque([first]), {}
    while queue:
        here = queue.popleft()
        now = seen[here]
        for one in nexts(now, begin.receiver):
            then = apply_act(now, one)
            there = shape(then)
            if there != here:
                steps.setdefault(here, []).append((there, one))
            if there not in seen:
                seen[there] = then
                queue.append(there)
        assert len(seen) < MOST
    return seen, steps


def is_final(now):
    """Tell whether nothing more is to be done: closed, or withdrawn."""
    return bool(now.conciliation.closed or now.withdrawn_at)


def goes_on(name, now, one):
    """Tell whether an act leads to an end of the procedure, and neither around it nor out of it."""
    if one.kind == "cloture":
        return one.sealed.reason != "hors_champ" or name in OUT
    if one.kind == "reorientation":
        return now.receiver == AIGUILLAGE
    return one.kind != "retrait_demande"


@pytest.mark.parametrize("name", BEGINNINGS)
def test_some_act_leaves_every_state_and_leads_to_an_end(name):
    seen, steps = walk(begun(name))
    before = {}
    for here, ways in steps.items():
        for there, one in ways:
            if goes_on(name, seen[here], one):
                before.setdefault(there, set()).add(here)
    reached = {where for where, now in seen.items() if is_final(now)}
    assert reached
    queue = deque(reached)
    while queue:
        for where in before.get(queue.popleft(), ()):
            if where not in reached:
                reached.add(where)
                queue.append(where)
    stuck = [now for where, now in seen.items() if where not in reached]
    assert stuck == [], f"{len(stuck)} of {len(seen)} states lead to no end"


def test_the_walk_sees_a_state_without_a_way_out(monkeypatch):
    never = replace(KINDS["confirmation_ordre"], asks=lambda _now: False)
    monkeypatch.setattr(kinds, "KINDS", {**KINDS, "confirmation_ordre": never})
    walk.cache_clear()
    with pytest.raises(AssertionError, match="lead to no end"):
        test_some_act_leaves_every_state_and_leads_to_an_end("council to confirm")
    walk.cache_clear()


def test_every_outcome_of_the_routing_is_walked():
    assert {document["outcome"] for document in BEGINNINGS.values()} == {one.value for one in Outcome}


def test_what_ended_takes_only_what_its_guard_says():
    for end in ("cloture", "retrait"):
        now = status_of(RECEIVED, (act(end, "2026-03-05", reason="hors_champ"),))
        assert {code for code in KINDS if may(now, code)} <= {code for code, kind in KINDS.items() if kind.after}
