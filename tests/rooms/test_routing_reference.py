"""The reference carried by the product: loaded whole, once, and without losing what people decided."""

import shutil
from datetime import date

import pytest
from sqlalchemy import func, select

from app.routing import bundled
from app.routing.models import Authority, CommuneAlias, CpamException, Motive
from app.routing.queries import (
    authorities,
    authority,
    departements,
    forms,
    motives,
    place,
    professions,
    reference_is_loaded,
    reference_version,
)
from app.routing.rules import PracticePlace
from app.routing.service import UnknownAuthority, load_reference, remember_caisse

COUNTS = {
    "departement": 109,
    "commune": 34_969 + 45,
    "commune_postcode": 35_539,
    "commune_name": 37_512,
    "commune_alias": 4_240,
    "authority": 109 + 542,
    "cpam_exception": 99,
    "profession": 35,
    "motive": 28,
    "refusal_form": 11,
}


def test_everything_is_loaded_and_a_second_time_changes_nothing(database, clock):
    with database.read() as session:
        assert not reference_is_loaded(session)
        assert reference_version(session) is None
    with database.write() as session:
        first = load_reference(session, clock=clock)
    loaded_at = clock()
    clock.advance(days=1)
    with database.write() as session:
        second = load_reference(session, clock=clock)
    assert first.counts == second.counts == COUNTS
    assert (first.changed, second.changed) == (True, False)
    with database.read() as session:
        assert reference_is_loaded(session)
        assert reference_version(session) == (first.version, loaded_at)


@pytest.fixture
def newer(tmp_path):
    """Make a folder like the product's, where the CPAM of Lille-Douai is renamed and that of the Ain is gone."""
    folder = tmp_path / "newer"
    shutil.copytree(bundled.DATA, folder)
    kept = [
        line for line in (folder / "cpam.csv").read_bytes().splitlines(keepends=True) if not line.startswith(b"011")
    ]
    (folder / "cpam.csv").write_bytes(b"".join(kept).replace(b"CPAM de Lille-Douai", b"CPAM de Lille"))
    return folder


def test_a_newer_reference_updates_in_place_retires_what_is_gone_and_keeps_what_people_said(reference, newer, clock):
    with reference.write() as session:
        lille = session.get(Authority, "595")
        lille.address, lille.contact_checked_on = "1 rue Vérifiée", date(2026, 3, 3)
        remember_caisse(session, "59328", "595", "emile", clock)
    with reference.write() as session:
        assert load_reference(session, newer, clock).changed
    with reference.read() as session:
        assert authority(session, "595").name == "CPAM de Lille"
        assert authority(session, "595").address == "1 rue Vérifiée"
        assert authority(session, "011").is_retired
        assert "011" not in {row.code for row in authorities(session)}
        assert [row.code for row in authorities(session, ("MED-59", "011", "nobody"))] == ["MED-59", "011"]
        assert session.scalar(select(func.count()).select_from(Motive)) == COUNTS["motive"]
        kept = session.scalars(select(CpamException).where(CpamException.origin == "decision")).one()
        assert (kept.scope_code, kept.caisses, kept.decided_by, kept.decided_at) == ("59328", "595", "emile", clock())


def test_an_aborted_load_leaves_the_former_reference_whole(reference, newer, clock):
    (newer / "forms.csv").write_text("code\n", encoding="utf-8")
    (newer / "motives.csv").write_text("code\nbroken\n", encoding="utf-8")
    with pytest.raises(KeyError), reference.write() as session:
        load_reference(session, newer, clock)
    with reference.read() as session:
        assert place(session, "59350") is not None
        assert authority(session, "595").name == "CPAM de Lille-Douai"


def test_only_a_caisse_and_a_commune_of_today_can_be_remembered(reference, clock):
    for commune, caisse in [("59328", "MED-59"), ("59328", "nobody"), ("00000", "595"), ("75113", "751")]:
        with pytest.raises(UnknownAuthority), reference.write() as session:
            remember_caisse(session, commune, caisse, "emile", clock)


def test_a_second_decision_replaces_the_first(reference, clock):
    with reference.write() as session:
        remember_caisse(session, "59328", "595", "emile", clock)
        remember_caisse(session, "59328", "597", "emile", clock)
    with reference.read() as session:
        kept = session.scalars(select(CpamException.caisses).where(CpamException.origin == "decision")).all()
    assert kept == ["597"]


@pytest.mark.parametrize(
    ("code", "commune", "departement"),
    [
        ("59350", "59350", "59"),
        (" 2b033 ", "2B033", "2B"),
        ("75113", "75056", "75"),
        ("69383", "69123", "69"),
        ("13216", "13055", "13"),
        ("59355", "59350", "59"),  # Lomme, associated with Lille
        ("59298", "59350", "59"),  # Hellemmes, the same
        ("01340", "01015", "01"),  # a former code
        ("02285", "59545", "59"),  # parts whose code begins with another département
        ("39012", "25527", "25"),
        ("79224", "49099", "49"),
        ("60455", "60694", "60"),  # where the commune déléguée and a former code disagree
    ],
)
@pytest.mark.engines("sqlite")
def test_an_insee_code_leads_to_the_commune_of_today(reference, code, commune, departement):
    with reference.read() as session:
        found = place(session, code)
    assert isinstance(found, PracticePlace)
    assert (found.commune, found.departement) == (commune, departement)


@pytest.mark.engines("sqlite")
def test_an_unknown_code_leads_nowhere(reference):
    with reference.read() as session:
        assert [place(session, code) for code in ("00000", "99138", "", "lille")] == [None] * 4


def test_every_former_code_leads_to_a_commune_of_today(reference):
    with reference.read() as session:
        for code in session.scalars(select(CommuneAlias.code)).all()[::50]:
            assert place(session, code) is not None


def test_the_lists_of_the_forms_are_in_order(reference):
    with reference.read() as session:
        found, grounds, shapes = professions(session), motives(session), forms(session)
        places = departements(session)
    assert [row.code for row in found[:7]] == ["10", "40", "50", "60", "70", "80", "21"]
    assert (found[-1].code, found[-1].procedure, len(found)) == ("", "a_qualifier", 35)
    assert (grounds[0].code, grounds[-1].code, grounds[-1].is_legal) == ("origine", "ne_sait_pas", False)
    assert {row.code for row in grounds if row.is_sensitive} >= {"origine", "etat_sante", "religion"}
    assert [row.code for row in shapes if row.procedure == "cpam_seule"] == [
        "depassement_tact_mesure",
        "depassement_convention",
        "information_dm",
    ]
    assert (places[0].name, places[0].region_name, len(places)) == ("Ain", "Auvergne-Rhône-Alpes", 107)
    assert {row.code for row in places} >= {"2A", "2B", "976", "988"}


def test_an_authority_is_shown_whole(reference):
    with reference.read() as session:
        flandres, aisne, spm, owners, abroad = (
            authority(session, code) for code in ("594", "021", "CPS-975", "PHA-A-PACA-COR", "974")
        )
    assert (flandres.kind, flandres.town, flandres.postal_code) == ("cpam", "Dunkerque Cedex 1", "59386")
    assert aisne.address == "29 boulevard Roosevelt\nCS 20606"
    assert (spm.kind, spm.confidence, spm.zone) == ("cps", "a_verifier", "America/Miquelon")
    assert (owners.kind, owners.section, owners.is_ordre) == ("ordre_regional", "A", True)
    assert (abroad.kind, abroad.zone, abroad.is_ordre) == ("cgss", "Indian/Reunion", False)
    assert flandres.email == ""


def test_an_address_keeps_its_street_number(reference):
    with reference.read() as session:
        assert authority(session, "673").address == "16, rue de Lausanne"
        assert authority(session, "INF-27-76").address == "11-13 rue du Colonel Rémy"
        assert authority(session, "nobody") is None
