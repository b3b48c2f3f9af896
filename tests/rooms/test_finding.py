"""Complaints are found by whole words or beginnings, by who may read them, and by nobody else."""

import pytest
from sqlalchemy import select

from app.filing.models import FilingWord
from app.filing.queries import read_for
from app.filing.search import word_index
from app.filing.upkeep import reindex
from app.intake import queries
from app.intake.acts import duplicates
from app.intake.counts import are_many
from app.intake.filters import Filters
from tests.rooms.test_intake_desk import HAINAUT, LILLE, ORDRE, TODAY, Given, put

DOCUMENT = {
    "person": "Léa D'Ornano-Fictive",
    "filer": "Ana Inventée",
    "professional": "Camille Exemple",
    "town": "Saint-Étienne",
    "complaint": [
        {"name": "pro_lieu", "answer": "Cabinet des Tilleuls"},
        {"name": "pro_source", "answer": "Annuaire Santé du 1 mars 2026. Numéro : 10009999999"},
        {"name": "formes", "answer": ["rdv_refuse", "autre"]},
        {"name": "motifs", "answer": ["c2s"]},
        {"name": "recit", "answer": "un récit secret"},
    ],
    "signs": "mineur besoins",
    "contact": [{"name": "email", "answer": "lea@exemple.invalid"}, {"name": "aidant_nom", "answer": "Bilal Fictif"}],
}


def test_names_towns_and_codes_are_words_and_the_story_is_not():
    terms = word_index.terms_of(DOCUMENT)
    assert {f"mot:{word}" for word in ("lea", "ornano", "dornano", "fictive", "ana", "camille", "tilleuls")} <= terms
    assert {f"mot:{word}" for word in ("bilal", "10009999999", "saint", "etienne")} <= terms
    assert {term for term in terms if term.startswith("signe:")} == {"signe:besoins"}
    assert {"forme:rdv_refuse", "motif:c2s", "personne:d fictive lea ornano", "pro:camille exemple"} <= terms
    assert not any(word in term for term in terms for word in ("secret", "invalid"))


def found(portal, authority, **asked):
    with portal.database.read() as session:
        asking = queries.Asking(authority, TODAY)
        return [row.person for row in queries.inbox(session, portal.keyring, asking, Filters(**asked)).rows]


@pytest.fixture
def three(portal):
    """Three complaints of Lille and one of Hainaut, indexed as a new version of the service does."""
    numbers = {}
    for name, professional in [("Léa Fictive", "Camille Exemple"), ("Noé Fictif", "Camille Autre"), ("Zoé Rare", "—")]:
        numbers[name], _ = put(portal, Given(person=name, professional=professional))
    put(portal, Given(HAINAUT, "", person="Gaël Fictive"))
    assert reindex.index(portal.database, portal.keyring) == 4
    assert reindex.index(portal.database, portal.keyring) == 0
    return numbers


@pytest.fixture(params=[True, False], ids=["many", "few"])
def crowd(request, monkeypatch):
    """Fill a page in the order of the desk, then by all that answers: the size of both chooses, and shows the same."""
    monkeypatch.setattr(queries, "are_many", lambda *_given: request.param)


@pytest.mark.usefixtures("three", "crowd")
@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("camille", ["Léa Fictive", "Noé Fictif"]),
        ("FICTIVE", ["Léa Fictive"]),
        ("Dr Camille Léa", ["Léa Fictive"]),
        ("fictive camille lille", ["Léa Fictive"]),
        ("zoe", ["Zoé Rare"]),
        ("Lille", ["Léa Fictive", "Noé Fictif", "Zoé Rare"]),
        ("rarement", []),
        ("ficti", ["Léa Fictive", "Noé Fictif"]),
        ("ficti noé", ["Noé Fictif"]),
        ("fic", []),
        ("ficti gaël", []),
        ("gaël", []),
    ],
)
def test_all_the_words_asked_are_there_whole_or_begin_alike_when_none_is(portal, words, people):
    assert sorted(found(portal, LILLE, mots=words)) == people


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("words", ["fictive", "ficti", "fic"])
def test_what_leaves_as_a_table_is_what_the_list_shows(portal, words):
    asking, asked = queries.Asking(LILLE, TODAY), Filters(mots=words)
    with portal.database.read() as session:
        listed = [row.number for row in queries.inbox(session, portal.keyring, asking, asked).rows]
        assert queries.readable(session, portal.keyring, asking, asked) == listed


@pytest.mark.usefixtures("three")
def test_who_may_not_read_finds_nothing_and_words_of_one_desk_tell_nothing_of_another(portal):
    assert found(portal, ORDRE, mots="fictive") == []
    with portal.database.read() as session:
        rows = session.execute(select(FilingWord.authority, FilingWord.word)).all()
    keys = {authority: {row.word for row in rows if row.authority == authority} for authority in (LILLE, HAINAUT)}
    assert set(keys) == {row.authority for row in rows}
    assert all(keys.values())
    assert not keys[LILLE] & keys[HAINAUT]


@pytest.mark.usefixtures("three")
def test_all_words_can_be_made_again(portal):
    with portal.database.read() as session:
        before = set(session.execute(select(FilingWord.authority, FilingWord.word, FilingWord.filing_id)).all())
    told = []
    assert reindex.index(portal.database, portal.keyring, again=True, tell=lambda *n: told.append(n)) == 4
    with portal.database.read() as session:
        assert set(session.execute(select(FilingWord.authority, FilingWord.word, FilingWord.filing_id)).all()) == before
    assert told == [(4, 4)]


def test_a_likely_twin_is_told_by_its_words_and_no_other_complaint_is_opened(portal, clock, monkeypatch):
    first, _ = put(portal, Given(professional="Camille Exemple"))
    put(portal, Given(professional="Camille Autre"))
    put(portal, Given(person="Noé Fictif", professional="Camille Exemple"))
    put(portal, Given(HAINAUT, "", professional="Camille Exemple"))
    assert reindex.index(portal.database, portal.keyring) == 4

    def are_likely(authority=LILLE):
        with portal.database.read() as session:
            opened = read_for(session, portal.keyring, first, LILLE)
            with monkeypatch.context() as patch:
                patch.setattr(duplicates, "read_for", None)
                return duplicates.has_likely_duplicates(session, portal.keyring, opened, authority)

    assert not are_likely()
    clock.advance(days=32)
    put(portal, Given(professional="Camille Exemple"))
    reindex.index(portal.database, portal.keyring)
    assert not are_likely(), "more than a month apart"
    clock.advance(days=-2)
    put(portal, Given(professional="Exemple Camille"))
    reindex.index(portal.database, portal.keyring)
    assert are_likely()
    assert not are_likely("593"), "of another desk"


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("tri", ["", "-recue", "numero"])
def test_the_pages_of_a_search_follow_one_another_whoever_fills_them(portal, monkeypatch, tri):
    for n in range(5):
        put(portal, Given(days=n % 3, person=f"Fictive{n} Léa"))
    put(portal, Given(person="Noé Autre"))
    put(portal, Given(HAINAUT, "", person="Fictive9 Zoé"))
    assert reindex.index(portal.database, portal.keyring) == 7

    def pages(*, many, **asked):
        monkeypatch.setattr(queries, "are_many", lambda *_given: many)
        with portal.database.read() as session:
            asking = queries.Asking(LILLE, TODAY)
            for page in (1, 2, 3, 9):
                read = queries.inbox(session, portal.keyring, asking, Filters(par=2, page=page, tri=tri, **asked))
                yield read.total, read.filters.page, [row.person for row in read.rows]

    for asked in ({"mots": "lea"}, {"mots": "fict"}, {"mots": "fictivement"}, {"mots": "lea fictive3"}):
        many = list(pages(many=True, **asked))
        assert many == list(pages(many=False, **asked))
        everybody = [person for _, _, people in many[:3] for person in people] if many[0][0] > 1 else many[0][2]
        assert len(everybody) == many[0][0] > 0
        assert set(everybody) <= {f"Fictive{n} Léa" for n in range(5)}
        assert many[3] == many[-(-many[0][0] // 2) - 1]


@pytest.mark.parametrize(
    ("total", "page", "size", "many"),
    [(80_000, 1, 80_000, True), (895, 1, 80_000, True), (894, 1, 80_000, False), (895, 2, 80_000, False)],
)
def test_a_page_is_filled_in_the_order_of_the_desk_where_that_reads_less(total, page, size, many):
    """Of 895 among 80 000, fifty are met in 4 470 lines, which cost as much as 894 found by their words."""
    assert are_many(total, Filters(par=50, page=page), size) is many
