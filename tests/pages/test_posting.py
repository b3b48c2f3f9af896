"""« Courriers à poster »: prepared, printed together, dated; on both databases."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import POST, state, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/agent/a-poster"


@pytest.fixture
def emile(app, portal):
    """Sign a clerk of the CPAM of Lille-Douai in, in a browser of his own, when asked."""
    with SuspiciousClient(app, portal.database) as one:

        def arrives(authority="595", name="Émile Exemple"):
            one.cookies.clear()
            sign_in(one, portal, authority, name)
            return one

        yield arrives


def there(sent, act):
    return f"/agent/plaintes/{sent.number}/{act}"


def prepares(one, sent, **more):
    named = {"button": "Mettre avec les courriers à poster", "form": "accuser-reception#erreurs"}
    return one.submit(there(sent, "accuser-reception"), more, **named)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def dated(one, day, shown=None, **more):
    typed = {"poste_le_jour": day, "poste_le_mois": "3", "poste_le_annee": "2026", **more}
    return one.send_form(shown or one.page(HERE), HERE, typed, button="Marquer comme postés", form="a-poster#erreurs")


def test_it_is_sent_once_it_is_dated(client, portal, emile):
    """Received on 3 March 2026, prepared that day, posted on 5 March."""
    sent, other = Sent(send(client, **POST)), Sent(send(client, **POST))
    one = emile()
    shown = Page(prepares(one, sent, message="CANARI-MOT").text)
    assert shown.done == "Le courrier est prêt : il attend d'être posté."
    portal.clock.advance(seconds=1)
    prepares(one, other)
    assert sent.number in shown.text
    assert state(portal, sent.number)[0] == "recue"
    assert one.page("/agent/plaintes").links["2 courriers à poster"] == HERE
    pages = text_of(one.get(f"{HERE}/courriers").content)
    assert len(pages) == 2
    assert f"Nos réf. : {sent.number}" in pages[0]
    assert "Émile Exemple gestionnaire de réclamations" in pages[0]
    assert "1 rue Fictive" in pages[0]
    assert "CANARI-MOT" in pages[0]
    assert one.get(f"{HERE}/courriers").content == one.get(f"{HERE}/courriers").content
    portal.clock.now = datetime(2026, 3, 6, 9, tzinfo=UTC)
    one = emile(name="Rita Exemple")
    assert "Cette date est avant la préparation" in Page(dated(one, "2").text).text
    assert "Cette date n'est pas encore passée." in Page(dated(one, "7").text).text
    assert "Cochez les courriers qui sont partis." in Page(dated(one, "5", lettres=[]).text).text
    assert Page(dated(one, "5").text).done == "Les courriers choisis sont marqués comme postés."
    assert "courrier" not in "".join(one.page("/agent/plaintes").links)
    assert state(portal, sent.number)[:2] == ("accusee", "D3")
    assert "Par courrier, posté le 5 mars 2026" in one.page(f"/agent/plaintes/{sent.number}").text
    assert "Aucun courrier n'attend." in one.page(HERE).text
    assert one.get(f"{HERE}/courriers").status_code == 404
    assert whole(portal)


def test_it_is_prepared_once_and_can_be_taken_back(client, portal, emile):
    sent, one = Sent(send(client, **POST)), emile()
    prepares(one, sent, message="Premier mot")
    prepares(one, sent, message="CANARI-SECOND")
    (page,) = text_of(one.get(f"{HERE}/courriers").content)
    assert "CANARI-SECOND" in page
    assert "Premier mot" not in page
    shown = one.page(HERE)
    back = one.send_form(shown, HERE, {}, button="retirer", form="a-poster#erreurs")
    assert Page(back.text).done == "Le courrier est retiré : il n'est plus à envoyer."
    again = one.send_form(shown, HERE, {}, button="retirer", form="a-poster#erreurs")
    assert Page(again.text).done == "Rien n'a changé : ce courrier n'attend plus. Il est posté, ou retiré."
    assert "Aucun courrier n'attend." in one.page(HERE).text
    assert state(portal, sent.number)[0] == "recue"


def test_an_old_page_says_which_letters_had_left(client, portal, emile):
    taken_back, posted = Sent(send(client, **POST)), Sent(send(client, **POST))
    one = emile()
    prepares(one, taken_back)
    portal.clock.advance(seconds=1)
    prepares(one, posted)
    shown = one.page(HERE)
    one.submit(HERE, {}, button="retirer", form="a-poster#erreurs")
    portal.clock.advance(seconds=1)
    told = Page(dated(one, "3", shown).text).done
    assert told.startswith("Certains courriers n'attendaient plus : déjà postés, ou retirés. Les autres sont marqués")
    assert (state(portal, taken_back.number)[0], state(portal, posted.number)[0]) == ("recue", "accusee")
    told = Page(dated(one, "3", shown).text).done
    assert told == "Rien n'a changé : ce courrier n'attend plus. Il est posté, ou retiré."
    assert whole(portal)


def test_a_question_to_a_person_without_an_address_of_mail_goes_by_post(client, portal, emile):
    sent, one = Sent(send(client, **POST)), emile()
    one.submit(there(sent, "demander-piece"), {"demande": "CANARI-QUESTION"}, form="demander-piece#erreurs")
    (page,) = text_of(one.get(f"{HERE}/courriers").content)
    assert "CANARI-QUESTION" in page
    assert "18 mars 2026" in page
    portal.clock.advance(seconds=1)
    dated(one, "3")
    assert "Courrier posté" in one.page(f"/agent/plaintes/{sent.number}").text
    assert whole(portal)


def test_the_letters_of_another_authority_are_out_of_reach(client, portal, emile):
    sent = Sent(send(client, **POST))
    prepares(emile(), sent)
    assert "Aucun courrier n'attend." in emile("MED-59", "Fatou Exemple").page(HERE).text
    emile(name="Rita Exemple").submit(
        there(sent, "reorienter"), {"nouvelle_autorite": "594", "raison": "lieu_exercice"}, form="reorienter#erreurs"
    )
    assert "Aucun courrier n'attend." in emile("594", "Gaël Exemple").page(HERE).text
    assert whole(portal)
