"""« Même professionnel »: other complaints about one professional, for those who may read them and for nobody else."""

from datetime import date

import pytest
from sqlalchemy import event

from app.filing.acts import act_store
from app.filing.ledger import chain
from app.filing.queries import read_for
from app.filing.status.sanctions import final_sanctions
from app.filing.upkeep.erase import erase
from tests.cast import AMINA, Sent, filed, filed_for, send, sign_in, sign_in_member
from tests.pages.test_acknowledging import delivered
from tests.pages.test_acts import moved
from tests.support.acts import FOUND, TOLD, day, did
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
SAME = "meme-professionnel"
HINTS = ("Même professionnel", "autre plainte", "autres autorités")


def of_another(portal):
    """File for somebody else, about the professional of Amina; give the number."""
    return filed(portal, prenom="Noé", nom="Inventé", email="noe@exemple.fr").number


def there(number, act=""):
    return f"/agent/plaintes/{number}{act and '/'}{act}"


def records(portal, number, *done, authority="595"):
    with portal.database.write() as session:
        for kind, content in done:
            opened = read_for(session, portal.keyring, number, authority)
            act_store.record(session, portal.keyring, opened, kind, content, portal.clock)


def named(rpps=FOUND["rpps"]):
    return did("identification", words="Identifié", professional={**FOUND, "rpps": rpps})


@pytest.fixture
def emile(client, portal):
    """A clerk of the CPAM of Lille-Douai, signed in."""
    sign_in(client, portal, "595")
    return client


def test_the_same_name_in_the_same_town_is_to_be_checked(portal, emile):
    one, two = filed(portal).number, of_another(portal)
    filed(portal, pro_nom="Alix Autre")
    filed(portal, pro_commune="Roubaix")
    page = emile.page(there(one))
    assert page.links["Même professionnel : 1 autre plainte"] == there(one, SAME)
    page = emile.page(there(one, SAME))
    assert page.links[two] == there(two)
    assert "Même nom, même profession et même commune : à vérifier" in page.text
    assert "Aucune décision" in page.text
    assert [link for link in page.links if link.startswith("SA-")] == [two]
    assert "Inventé" not in page.text


def test_the_same_number_is_sure_whatever_was_written(portal, emile):
    one, two = filed(portal).number, filed(portal, pro_nom="Docteur C.").number
    for number in (one, two):
        records(portal, number, named())
    page = emile.page(there(one, SAME))
    assert page.links[two] == there(two)
    assert "Même numéro RPPS" in page.text
    assert "à vérifier" not in page.text


def test_the_same_name_under_another_number_is_somebody_else(portal, emile):
    one, two = filed(portal).number, filed(portal).number
    records(portal, two, did("recidive", answer="oui", sanction_on="2024-05-06"), named("10000000002"))
    assert "à vérifier" in emile.page(there(one, SAME)).text
    records(portal, one, named())
    page = emile.page(there(one, SAME))
    assert "Même nom, mais un autre numéro RPPS" in page.text
    assert "elle compte pour la récidive" not in page.text


def test_the_last_ones_alone_are_opened(portal, emile, monkeypatch):
    monkeypatch.setattr("app.intake.dossier.same_professional.MOST", 1)
    one, two, three = (filed(portal).number for _ in range(3))
    page = emile.page(there(one, SAME))
    assert len([number for number in (two, three) if number in page.text]) == 1
    assert "Les plus récentes sont montrées ici." in page.text


def test_alone_nothing_is_said(portal, emile):
    number = filed(portal).number
    assert emile.page(there(number)).links["Même professionnel : aucune autre plainte ici"] == there(number, SAME)
    assert "ne peut lire aucune autre plainte" in emile.page(there(number, SAME)).text


def test_what_lies_elsewhere_is_counted_and_never_named(portal, emile):
    one, two, three = (filed(portal).number for _ in range(3))
    for number in (two, three):
        moved(portal, number)
    page = emile.page(there(one, SAME))
    assert "2 plaintes chez d'autres autorités." in page.text
    assert not any(number in page.text for number in (two, three))
    assert emile.get(there(two, SAME)).status_code == 404


def test_a_council_that_is_not_told_yet_reads_no_other(client, portal):
    one, two = filed(portal).number, filed(portal).number
    sign_in(client, portal, "MED-59", "Fatou Exemple")
    assert client.get(there(one, SAME)).status_code == 404
    records(portal, one, did("transmise_autorite", is_shared=True))
    page = client.page(there(one, SAME))
    assert "1 plainte chez une autre autorité." in page.text
    assert two not in page.text


def test_a_final_sanction_counts_for_six_years(portal, emile):
    one, two = filed(portal).number, filed(portal).number
    said = {"answer": "oui", "sanction_by": "Chambre", "source": "Registre", "words": "Oui"}
    records(portal, two, did("recidive", **said, sanction_on="2020-03-02"))
    since = "Sanction définitive depuis le"
    assert since not in emile.page(there(one, SAME)).text
    records(portal, two, did("recidive", **said, sanction_on="2024-05-06"))
    page = emile.page(there(one, SAME))
    assert f"{since} 6 mai 2024 : elle compte pour la récidive si c'est le même professionnel." in page.text
    assert "Récidive vérifiée : Oui" in page.text
    assert page.links["Vérifier la récidive"] == there(one, "recidive")
    for number in (one, two):
        records(portal, number, named())
    assert f"{since} 6 mai 2024 : elle compte pour la récidive." in emile.page(there(one, SAME)).text


def test_the_answer_of_today_is_shown_and_proposed_again(portal, emile):
    number = filed(portal).number
    records(portal, number, *TOLD)
    page = there(number, "recidive")
    assert "Réponse actuelle" not in emile.page(page).text
    assert emile.page(page).links["Même professionnel : aucune autre plainte ici"] == there(number, SAME)
    told = {"recidive": "oui", "sanction_autorite": "Chambre inventée", "source": "Registre inventé"}
    asked = emile.submit(page, {**told, **day("sanction_date", date(2024, 5, 6))}, form="recidive#erreurs")
    emile.send_form(Page(asked.text), asked.url.path, {}, form="recidive#erreurs")
    again = emile.page(page)
    assert "Réponse actuelle : Oui : sanction définitive depuis le 6 mai 2024, Chambre inventée" in again.text
    assert "D'où on le sait : Registre inventé" in again.text
    assert "par Émile Exemple" in again.text
    kept = dict(next(form for form in again.forms if "recidive" in form.action).fill({}))
    assert {name: kept[name] for name in told} == told
    assert kept["sanction_date_annee"] == "2024"
    emile.submit(page, {"recidive": "non"}, form="recidive#erreurs")
    assert "Réponse actuelle : Non" in emile.page(page).text


def test_a_decision_that_is_awaited_is_told(portal, emile):
    one, two = filed(portal).number, filed(portal).number
    facts = did("griefs_notifies", mode="remise", reference="", came_on="", words="Notifiés le 4 mars 2026")
    records(portal, two, facts)
    page = emile.page(there(one, SAME))
    assert "Décision attendue" in page.text
    assert "Griefs notifiés par le directeur : Notifiés le 4 mars 2026" in page.text


def test_the_last_word_of_each_authority_is_kept(portal):
    number = filed(portal).number
    sanction = {"decision": "Blâme", "is_sanction": True, "final_on": "2025-01-02"}
    records(
        portal, number, did("decision_chambre", **sanction), did("recidive", answer="oui", sanction_on="2024-05-06")
    )
    with portal.database.read() as session:
        acts = read_for(session, portal.keyring, number, "595").acts
    assert final_sanctions(acts) == [date(2024, 5, 6), date(2025, 1, 2)]
    records(
        portal, number, did("recidive", answer="non"), did("decision_chambre", decision="Relaxe", is_sanction=False)
    )
    with portal.database.read() as session:
        assert final_sanctions(read_for(session, portal.keyring, number, "595").acts) == []


def test_statements_do_not_grow_with_the_complaints(portal, emile):
    numbers = [filed(portal).number for _ in range(2)]

    heard = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))

    def asked(path):
        heard.clear()
        emile.page(path)
        return len(heard)

    paths = there(numbers[0]), there(numbers[0], SAME)
    emile.page(paths[0])
    before = [asked(path) for path in paths]
    filed(portal)
    filed(portal)
    assert [asked(path) for path in paths] == before


def test_what_was_erased_is_counted_no_more(portal, emile):
    one, two = filed(portal).number, filed(portal).number
    with portal.database.write() as session:
        chain.take_turn(session)
        erase(session, portal.keyring, two, portal.clock)
    assert two not in emile.page(there(one, SAME)).text
    assert "Même professionnel : aucune autre plainte ici" in emile.page(there(one)).text


def test_neither_the_person_nor_the_association_reads_a_hint(client, portal):
    mine = Sent(send(client))
    others = [of_another(portal) for _ in range(2)]
    followed = client.submit("/reprendre", {"code": mine.code})
    told = [mine.page.text, followed.text, client.get("/suivi/recepisse").content.decode("latin-1")]
    sign_in_member(client, portal)
    theirs = filed_for(portal).number
    told.append(client.page(f"/association/plaintes/{theirs}").text)
    told += [letter.subject + letter.text for letter in delivered(portal).letters if letter.to == AMINA["email"]]
    assert len(told) > 4
    for text in told:
        assert not any(hint in text for hint in (*HINTS, *others))
