"""Acts are read as they were sealed; documents of other editions are read too, and change nothing that is not known."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from types import UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from app.acts.kinds import KINDS
from app.filing.sealed.base import Sealed, read
from app.filing.sealed.receipt import Professional
from app.filing.status.act_codes import SEALED, act_of
from app.filing.status.case_status import CaseStatus
from app.filing.status.replay import apply_act
from tests.support.acts import LIFE

AT, INSTANT = datetime(2026, 3, 4, 9, tzinfo=UTC), "2026-03-04T09:00:00.000000Z"
DATED = (
    *("accuse_reception", "transmise_autorite", "transmise_professionnel", "appel", "audition", "seance", "carence"),
    "secretariat",
    "mandat_revoque_papier",
    *("griefs_notifies", "griefs_observations", "avis_demande", "avis_rendu", "sans_suite", "decision_directeur"),
    *("convocation", "convocation_recue", "releve", "releve_envoye", "avis_motive", "decision_chambre"),
)
NEEDED = {
    **{code: {"on"} for code in DATED},
    "demande_piece": {"until"},
    "conservation": {"until"},
    "identification": {"professional"},
}
"""Keys without which an act cannot be read."""
NOW = CaseStatus("595", "MED-59")


def stored(code, content):
    """Give a document as the ledger commits to it."""
    return {"kind": code, "number": "SA-2026-0000-0001", "at": INSTANT, **content}


@pytest.mark.parametrize(("code", "content"), LIFE, ids=str)
def test_what_is_stored_reads_as_the_value_that_was_sealed_and_writes_the_same_bytes(code, content):
    found = act_of(stored(code, content))
    assert type(found.sealed) is SEALED[code]
    assert (found.kind, found.at, found.by, found.authority) == (code, AT, content["by"], content["authority"])
    document = {"by": content["by"], "authority": content["authority"], **found.sealed.document()}
    assert rfc8785.dumps(document) == rfc8785.dumps(content)
    assert read(SEALED[code], found.sealed.document()) == found.sealed


@pytest.mark.parametrize("code", SEALED)
def test_every_value_that_can_be_sealed_is_read_back(code):
    @given(st.builds(SEALED[code], **{name: _any(hint) for name, hint in get_type_hints(SEALED[code]).items()}))
    @settings(max_examples=15)
    def check(sealed):
        document = json.loads(rfc8785.dumps(sealed.document()))
        assert read(SEALED[code], document) == sealed
        assert read(SEALED[code], {**document, "unknown": ["of another edition"]}) == sealed

    check()


def _any(hint):
    """Draw any value of a field; lists as tuples, as they are read."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([_any(one) for one in inner])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is Sequence:
        return st.lists(_any(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2)
    if isinstance(hint, type) and is_dataclass(hint):
        return st.builds(hint, **{name: _any(one) for name, one in get_type_hints(hint).items()})
    exact = st.integers(0, 2**53 - 1)  # those that JSON holds exactly (RFC 8785)
    return exact if hint is int else st.from_type(hint)


@pytest.mark.parametrize(("code", "content"), LIFE, ids=str)
def test_a_key_that_an_older_document_lacks_is_empty_and_the_others_are_read(code, content):
    whole = act_of(stored(code, content)).sealed
    for name in {one.name for one in fields(whole)} - NEEDED.get(code, set()):
        document = {key: value for key, value in stored(code, content).items() if key != name}
        read_without = act_of(document).sealed
        assert not getattr(read_without, name), name
        assert replace(read_without, **{name: getattr(whole, name)}) == whole


@pytest.mark.parametrize("code", NEEDED)
def test_a_document_without_what_has_no_empty_value_is_refused(code):
    content = next(one for kind, one in LIFE if kind == code)
    for name in NEEDED[code]:
        with pytest.raises(KeyError, match=name):
            act_of({key: value for key, value in stored(code, content).items() if key != name})


def test_only_days_and_the_record_of_a_professional_have_no_empty_value():
    hints = {code: get_type_hints(sealed) for code, sealed in SEALED.items()}
    wanted = {code: {name for name, one in own.items() if one in (date, Professional)} for code, own in hints.items()}
    assert {code: names for code, names in wanted.items() if names} == NEEDED


def test_a_day_that_is_none_is_refused():
    for day in ("", "2026-02-30", "4 mars"):
        with pytest.raises(ValueError, match=r"isoformat|day is out of range"):
            act_of(stored("audition", {"on": day}))


def test_an_act_of_another_edition_tells_its_words_and_files_and_changes_nothing():
    found = act_of(stored("mediation", {"words": "Un mot", "on": "jamais", "files": [{"id": "a"}], "party": "autre"}))
    assert (found.kind, found.sealed.words, found.sealed.brought) == ("mediation", "Un mot", ({"id": "a"},))
    assert apply_act(NOW, found) == NOW


def test_a_line_of_the_history_that_is_no_act_seals_words_alone():
    assert {code for code, kind in KINDS.items() if kind.sealed is Sealed} == set(KINDS) - set(SEALED)
    assert set(SEALED) <= set(KINDS)
