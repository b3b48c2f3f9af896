"""« Attribuer », « Ajouter une note interne » and the lists that clerks ask for, on both databases."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.filing.acts import mentions
from app.filing.models import FilingDesk, FilingDuty, FilingMention
from app.filing.upkeep.erase import erase
from app.intake.reminders import Notices
from tests.cast import Sent, clerk, come_in, send, sign_in
from tests.pages.test_acknowledging import whole
from tests.rooms.test_notices import at_nine, mails
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST = "/agent/plaintes"


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in, with a colleague."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        clerk(portal, "595", "Zoé Fictive")
        yield one


def account(portal, name):
    with portal.database.read() as session:
        return session.scalars(select(Account.id).where(Account.name == name)).one()


def there(sent, act=""):
    return f"{LIST}/{sent.number}{act and '/'}{act}"


def listed(page, *sent):
    """Tell which of these complaints a page of the list shows."""
    return [one for one in sent if one.number in page.text]


def test_a_complaint_is_given_to_a_colleague_and_found_by_it(client, portal, emile):
    mine, hers, nobodys = (Sent(send(client)) for _ in range(3))
    portal.clock.advance(seconds=1)
    ask = emile.page(there(mine)).links["Attribuer"]
    emile.submit(ask, {"note": "À traiter vite."})
    emile.submit(there(hers, "attribuer"), {"agent_id": account(portal, "Zoé Fictive")})
    page = emile.page(there(hers))
    assert "Attribuée à : Zoé Fictive" in page.text
    assert "À Zoé Fictive" in page.text
    assert "À traiter vite." in emile.page(there(mine)).text
    everything = (mine, hers, nobodys)
    assert listed(emile.page(LIST), *everything) == [*everything]
    assert listed(emile.page(f"{LIST}?attribution=moi"), *everything) == [mine]
    assert listed(emile.page(f"{LIST}?attribution=personne"), *everything) == [nobodys]
    assert listed(emile.page(f"{LIST}?q={hers.number.lower()}"), *everything) == [hers]
    assert "Zoé Fictive" in emile.page(LIST).text
    emile.submit(there(mine, "attribuer"), {"agent_id": "personne"})
    assert "Attribuée à : personne" in emile.page(there(mine)).text
    assert whole(portal)


def test_who_takes_care_of_it_stays_through_the_acts(client, portal, emile):
    sent = Sent(send(client))
    emile.submit(there(sent, "attribuer"), form="attribuer#erreurs")
    emile.submit(there(sent, "accuser-reception"), {"canal_ar": "email"})
    assert "Attribuée à : Émile Exemple" in emile.page(there(sent)).text
    emile.submit(there(sent, "reorienter"), {"nouvelle_autorite": "597", "raison": "lieu_exercice"})
    with portal.database.read() as session:
        assert set(session.scalars(select(FilingDesk.assignee))) == {""}


@pytest.mark.parametrize(
    ("who", "told"),
    [("", "Choisissez une personne."), ("0" * 32, "Cette personne ne travaille plus ici."), ("'; --", "Choisissez")],
)
def test_a_stranger_takes_care_of_nothing(client, portal, emile, who, told):
    sent = Sent(send(client))
    form = next(form for form in emile.page(there(sent, "attribuer")).forms if "attribuer" in form.action)
    typed = {**dict(form.fill({})), "agent_id": who, "note": "Gardée"}
    after = emile.post(there(sent, "attribuer"), data=typed)
    assert after.status_code == 422
    assert told in Page(after.text).text
    assert (Page(after.text).by_id("note").text or "").strip() == "Gardée"


def test_somebody_who_left_is_not_offered(client, portal, emile):
    sent = Sent(send(client))
    emile.submit(there(sent, "attribuer"), {"agent_id": account(portal, "Zoé Fictive")})
    with portal.database.write() as session:
        session.scalars(select(Account).where(Account.name == "Zoé Fictive")).one().disabled_at = portal.clock()
    assert "Zoé" not in emile.page(there(sent, "attribuer")).text
    assert "Attribuée à : personne" in emile.page(there(sent)).text


def test_a_note_is_read_here_and_nowhere_else(client, app, portal, emile):
    sent = Sent(send(client))
    emile.submit(there(sent, "noter"), {"note": "Rappeler le cabinet lundi."})
    emile.submit(there(sent, "transmettre-autorite"), {"mode": "remise"}, form="transmettre-autorite#erreurs")
    assert "Rappeler le cabinet lundi." in emile.page(there(sent)).text
    after = emile.send_form(emile.page(there(sent, "noter")), there(sent, "noter"), {"note": " "})
    assert after.status_code == 422
    assert "Écrivez votre note." in Page(after.text).text
    assert "Rappeler" not in Page(client.submit("/reprendre", {"code": sent.code}).text).text
    assert whole(portal)


def test_the_other_authority_reads_neither_notes_nor_names_of_readers(client, app, portal, emile):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as ordre:
        sign_in(ordre, portal, "MED-59", "Fatou Exemple")
        emile.submit(there(sent, "noter"), {"note": "Rappeler le cabinet lundi."})
        emile.submit(there(sent, "transmettre-autorite"), form="transmettre-autorite#erreurs")
        ordre.submit(there(sent, "noter"), {"note": "Séance en mai."})
        seen = ordre.page(there(sent)).text
        assert "Séance en mai." in seen
        assert "Transmise à l'autre autorité" in seen
        assert "Rappeler" not in seen
        assert "Séance en mai." not in emile.page(there(sent)).text


def test_the_named_lists(client, portal, emile):
    late = Sent(send(client))
    portal.clock.advance(days=9)
    sign_in(emile, portal, "595", "Noé Fictif")
    new = Sent(send(client, qualite="enfant", pers_prenom="Noa", pers_nom="Fictive"))
    emile.submit(there(new, "accuser-reception"), {"canal_ar": "email"})
    views = emile.page(LIST).links
    assert listed(emile.page(views["En retard"]), late, new) == [late]
    assert listed(emile.page(views["À accuser réception"]), late, new) == [late]
    assert listed(emile.page(views["À transmettre"]), late, new) == [new]
    assert listed(emile.page(f"{LIST}?canal=representant"), late, new) == [new]
    assert listed(emile.page(f"{LIST}?besoin=oui"), late, new) == []
    assert "n'existe pas" in emile.page(f"{LIST}?q=CANARI").text


def told(emile, sent, name="Zoé Fictive", note="Peux-tu relire ?"):
    """Write a note for a colleague."""
    ask = emile.page(there(sent, "noter"))
    who = next(form for form in ask.forms if "prevenir" in form.names).offered("prevenir")
    assert len(who) == 2  # nobody, and the other one who works here
    return emile.submit(there(sent, "noter"), {"note": note, "prevenir": who[-1]})


def news(who, where=LIST):
    return [one.text for one in who.page(where).all("strong") if "govuk-tag" in (one.get("class") or "")]


MENTIONS = f"{LIST}?mention=moi"


def test_a_colleague_who_is_told_finds_the_complaint_until_it_is_opened(client, app, portal, emile):
    mine, other = Sent(send(client)), Sent(send(client))
    assert told(emile, mine).status_code == 200
    assert "Pour Zoé Fictive" in emile.page(there(mine)).text
    assert news(emile) == []
    assert listed(emile.page(MENTIONS), mine, other) == []
    with SuspiciousClient(app, portal.database) as zoe:
        come_in(zoe, portal, address(portal, "Zoé Fictive"))
        assert news(zoe) == ["Mention"]
        page = zoe.page(LIST)
        assert listed(zoe.page(page.links["Mentions"]), mine, other) == [mine]
        assert "d'un collègue pour moi" in zoe.page(f"{MENTIONS}&etat=recue").text
        told(emile, mine, note="Et ceci.")
        assert news(zoe) == ["Mention"]
        assert "Peux-tu relire" in zoe.page(there(mine)).text
        assert news(zoe) == []
        assert listed(zoe.page(MENTIONS), mine, other) == []
    assert whole(portal)


def test_a_note_for_somebody_who_left_is_not_lost(client, portal, emile):
    sent = Sent(send(client))
    page = emile.page(there(sent, "noter"))
    zoe = account(portal, "Zoé Fictive")
    with portal.database.write() as session:
        session.get_one(Account, zoe).disabled_at = portal.clock()
    refused = emile.send_form(page, there(sent, "noter"), {"note": "Gardée.", "prevenir": zoe})
    assert refused.status_code == 422
    assert "Gardée." in refused.text
    assert "ne travaille plus ici" in Page(refused.text).text
    assert "Gardée." not in emile.page(there(sent)).text


def test_the_morning_mail_counts_what_colleagues_tell(client, portal, emile):
    sent = Sent(send(client))
    told(emile, sent, note="CANARI-NOTE")
    at_nine(portal, 4)
    Notices(portal).step()
    said = {one.to: " ".join(one.text.split()) for one in mails(portal)}
    assert "1 plainte où un collègue vous mentionne" in said[address(portal, "Zoé Fictive")]
    assert "vous mentionne" not in said[address(portal, "Émile Exemple")]
    assert not any("CANARI" in text or sent.number in text for text in said.values())


def test_a_mail_leaves_for_a_mention_alone_and_an_erased_complaint_counts_no_more(client, portal, emile):
    sent = Sent(send(client))
    told(emile, sent)
    with portal.database.write() as session:
        session.query(FilingDuty).delete()
        assert list(mentions.waiting(session, "595").values()) == [1]
        assert mentions.waiting(session, "597") == {}
    at_nine(portal, 4)
    assert Notices(portal).step() == 1
    with portal.database.write() as session:
        erase(session, portal.keyring, sent.number, portal.clock)
        assert session.query(FilingMention).count() == 0


def address(portal, name):
    with portal.database.read() as session:
        return session.scalars(select(Account.email).where(Account.name == name)).one()
