"""What each act seals: the keys and the forms that are stored, as those who read old complaints know them."""

import json
from dataclasses import MISSING, fields, replace
from datetime import date
from importlib import import_module

import pytest
import rfc8785

from app.acts.case import Case
from app.acts.kinds import ACTS, KINDS
from app.acts.rules import Actor
from app.acts.summons_answer import answered
from app.filing.sealed import conciliation, person, receipt
from app.filing.sealed.base import Brings, Sealed, bringing, read
from app.filing.sealed.to_person import CourtesyTranslation
from app.filing.status.attendance import Attendance, Presence
from app.intake.desk.act_page import ActPage
from tests.support.acts import LIFE, sealed_of

ON = date(2026, 3, 4)
KEYS = {
    "accuse_reception": ("on channel letter message", "translation"),
    "transmise_autorite": ("on is_shared", "mode reference"),
    "transmise_professionnel": (
        "on mode reference address letter answers pieces kept_back why_kept_back",
        "masks masked_copies",
    ),
    "passage_masque": ("reason explanation text places", "translation"),
    "zone_masquee": ("reason explanation file sha256 page left top width height", "translation"),
    "masque_retire": ("mask", ""),
    "confirmation_ordre": ("informed", ""),
    "message_autorite": ("text until", "translation"),
    "demande_piece": ("text until", "translation"),
    "appel": ("on caller text", ""),
    "reorientation": ("reason receiver informed", ""),
    "doublon": ("twin twin_received_at", ""),
    "doublon_annule": ("twin twin_received_at", ""),
    "identification": ("professional", ""),
    "traduction": ("text source", ""),
    "conservation": ("until", ""),
    "audition": ("on", "files"),
    "secretariat": ("to on", ""),
    "seance": ("on hour place mode why_remote why_late members needs", "is_place_agreed ends experts translation"),
    "commission": ("members", ""),
    "convocation": ("party mode on reference letter", ""),
    "convocation_recue": ("party on", "files"),
    "reponse_reunion": ("party presence represented_by why_absent observations agrees_remote", "files"),
    "releve": ("on presents issue points absent warnings", "files"),
    "releve_envoye": ("on reference", ""),
    "avis_motive": ("on court joins", "files director_told_on"),
    "decision_chambre": ("on decision", "is_sanction final_on director_told_on"),
    "carence": ("follow on told_on", ""),
    "griefs_notifies": ("on mode reference came_on", "letter announced"),
    "griefs_observations": ("on form", ""),
    "avis_demande": ("on body", ""),
    "avis_rendu": ("on body sense", ""),
    "sans_suite": ("on explanation", "translation"),
    "decision_directeur": (
        "on decision explanation sanctions",
        "is_repeat amount ceiling fees_months contributions_months display_months letter translation",
    ),
    "suites_sanction": ("told_on appeal appealed_on final_on published_on", ""),
    "recidive": ("answer", "sanction_on sanction_by source"),
    "cloture": ("reason explanation", "translation"),
    "message_personne": ("text until", ""),
    "preuves_ajoutees": ("files", ""),
    "coordonnees": ("contact", ""),
    "retrait_demande": ("reason is_pressed", ""),
    "retrait_annule": ("", ""),
    "retrait": ("", ""),
    "mandat_revoque": ("", ""),
    "mandat_revoque_papier": ("on", "files"),
    "mandat_rendu": ("", ""),
}
"""Keys beside ``words`` that every stored act of a kind has, then those that only some have: frozen."""


def test_every_act_seals_what_is_its_own():
    assert set(KEYS) == ACTS
    own = [KINDS[code].sealed for code in KEYS]
    assert len(set(own)) == len(own)


@pytest.mark.parametrize("code", KEYS)
def test_an_act_seals_the_keys_that_it_always_had(code):
    always, some = (set(keys.split()) for keys in KEYS[code])
    found = {one.name: one.default for one in fields(KINDS[code].sealed)}
    assert set(found) == {"words", *always, *some}
    assert {name for name, default in found.items() if default is None} == some
    assert {name for name, default in found.items() if default not in (None, MISSING, "")} == set()


@pytest.mark.parametrize("code", KEYS)
def test_what_the_copy_of_the_person_holds_is_sealed(code):
    assert set(KINDS[code].given) <= {"by"} | {one.name for one in fields(KINDS[code].sealed)}


@pytest.mark.parametrize(("code", "content"), LIFE, ids=str)
def test_a_value_gives_back_the_document_that_it_was_made_of(code, content):
    always, some = (set(keys.split()) for keys in KEYS[code])
    document = sealed_of(code, content).document()
    assert {"words", *always} <= set(document) <= {"words", *always, *some}
    assert {"by": content["by"], "authority": content["authority"], **document} == content
    assert json.loads(rfc8785.dumps(document)) == document


def test_days_lists_and_what_is_inside_are_written_as_json():
    fixed = conciliation.Fixed(
        words="Le 4 mars",
        on=ON,
        hour="14:30",
        place="Ici",
        mode="presentiel",
        why_remote="",
        why_late="",
        members=(conciliation.SittingMember(side="595", authority="CPAM inventée", name="Nour Fictive"),),
        needs="",
    )
    assert fixed.document() == {
        "words": "Le 4 mars",
        "on": "2026-03-04",
        "hour": "14:30",
        "place": "Ici",
        "mode": "presentiel",
        "why_remote": "",
        "why_late": "",
        "members": [{"side": "595", "authority": "CPAM inventée", "name": "Nour Fictive"}],
        "needs": "",
    }
    names = ("rpps", "name", "profession", "skill", "place", "commune")
    found = receipt.Professional(**dict.fromkeys(names, ""), taken_on=ON)
    assert receipt.Identified(professional=found).document() == {
        "words": "",
        "professional": {**dict.fromkeys(names, ""), "taken_on": "2026-03-04"},
    }
    left = receipt.ToldProfessional(
        on=ON,
        mode="remise",
        reference="",
        address="2 rue Inventée",
        letter=(),
        answers=(),
        pieces=[receipt.SealedFile(id="a", sha256="b")],
        kept_back=(),
        why_kept_back="",
    )
    assert left.document()["pieces"] == [{"id": "a", "sha256": "b"}]
    assert left.document()["letter"] == []


def test_what_is_absent_has_no_key_and_what_is_empty_has_one():
    shared = receipt.ToldAuthority(on=ON, is_shared=True)
    assert shared.document() == {"words": "", "on": "2026-03-04", "is_shared": True}
    assert conciliation.RecidiveChecked(answer="non").document() == {"words": "", "answer": "non"}
    waits = conciliation.DirectorDecided(follow="attente", on=ON, told_on="")
    assert waits.document() == {"words": "", "follow": "attente", "on": "2026-03-04", "told_on": ""}
    assert person.PersonWrote(text="Bonjour").document() == {"words": "", "text": "Bonjour", "until": ""}
    assert person.ProofsAdded(files=[]).document() == {"words": "", "files": []}


def test_an_answer_to_the_summons_is_kept_whole():
    said = Attendance(
        presence=Presence.REPRESENTE,
        representant="Nour Fictive",
        mandat=(),
        empechement="",
        observations="Un mot",
        distance=True,
    )
    assert answered(said, "personne").document() == {
        "party": "personne",
        "presence": "represente",
        "represented_by": "Nour Fictive",
        "why_absent": "",
        "observations": "Un mot",
        "agrees_remote": True,
        "words": "Sera représenté par Nour Fictive",
    }


@pytest.mark.parametrize("code", KINDS)
def test_an_act_is_refused_what_another_kind_seals(code):
    case = Case(None, None, None, Actor())
    own = KINDS[code].sealed
    for other in {kind.sealed for kind in KINDS.values()} - {own}:
        with pytest.raises(TypeError):
            case.write(code, object.__new__(other))
    with pytest.raises(AttributeError):  # its own goes on to a portal, which is not here
        case.write(code, object.__new__(own))


def test_files_are_named_where_they_may_come_and_nowhere_else():
    files = [{"id": "a"}]
    heard = conciliation.Heard(on=ON)
    assert "files" not in bringing(heard, []).document()
    assert bringing(heard, files).document()["files"] == files
    with pytest.raises(TypeError):
        bringing(Sealed(words="Un mot"), files)


@pytest.fixture(scope="module")
def pages():
    """Load every page of an act, and give them."""
    for room in ("intake", "conciliation", "privacy"):
        import_module(f"app.{room}.routes")
    found, left = [], [ActPage]
    while left:
        page = left.pop()
        left += page.__subclasses__()
        found += [page] if "kind" in vars(page) else []
    return found


def test_a_page_takes_files_where_its_act_brings_some(pages):
    pressed = {code for code, kind in KINDS.items() if kind.page}
    assert pressed - {page.kind for page in pages} == {"preuve_dangereuse"}, "it is done from the page of a file"
    brings = {code for code, kind in KINDS.items() if issubclass(kind.sealed, Brings)}
    assert {page.kind for page in pages if page.files} == brings


@pytest.mark.parametrize("kind", [receipt.AuthorityWrote, receipt.Asked])
def test_a_message_without_a_translation_is_sealed_as_before_there_were_any(kind):
    until = ON if kind is receipt.Asked else ""
    said, before = kind(text="Bonjour", until=until), {"words": "", "text": "Bonjour", "until": str(until)}
    assert rfc8785.dumps(said.document()) == rfc8785.dumps(before)
    assert read(kind, before) == said
    own = CourtesyTranslation(language="ar", text="مرحبا")
    both = replace(said, translation=own)
    assert both.document() == {**before, "translation": {"language": "ar", "text": "مرحبا"}}
    assert read(kind, both.document()) == both
