"""What has had its time is erased whole, on both databases; cut in the middle, nothing is half erased."""

import io
import json
import os
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from app.acts import withdrawal
from app.backup.service import back_up, bring_back
from app.base.storage.migrate import every_table
from app.evidence.models import Evidence
from app.filing.models import ActSeen, Filing, FilingAct, FilingDesk, FilingKey, FilingWord, LedgerEntry
from app.filing.queries import filing_by_number
from app.intake.tags import service as tags
from app.intake.tags.models import FilingTag
from app.notifications.models import OutboxMail
from app.privacy import expiry
from app.runtime.housekeeping import tidy
from app.saisine.models import Draft
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered, whole
from tests.support.client import SuspiciousClient
from tests.support.pdf import text_of
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LEFT = (Evidence, FilingAct, FilingDesk, FilingKey, FilingTag, FilingWord, ActSeen, Draft, OutboxMail)
GO = {
    "filing",
    "filing_key",
    "filing_desk",
    "filing_duty",
    "filing_act",
    "filing_act_seen",
    "filing_mention",
    "filing_tag",
    "webhook_delivery",
    "evidence",
    "draft",
    "outbox",
    "tallied",
    "filing_word",
    "return_link",
    "post_letter",
    "registered_letter",
}
STAY = {"ledger", "filing_event", "deadline", "stamp", "auth_session", "access_line"}
"""Of a complaint that is erased: its entries and tokens, who did what and when, its dates; sessions are closed;
what the journal says of why was sealed under its key."""


@pytest.fixture
def sent(run, client, portal, app):
    """A complaint with a file, a message and an answer that was read."""
    return lived(run, portal, client, "purged", lambda: followed(client, portal, app))


def followed(client, portal, app):
    path = begin(client)
    client.submit(path, {}, {"fichiers": [("photo.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    made = Sent(client.submit(path, AMINA))
    client.submit("/reprendre", {"code": made.code})
    client.submit("/suivi/message", {"message": "CANARI-MESSAGE"})
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595")
        emile.submit(f"/agent/plaintes/{made.number}/repondre", {"message": "CANARI-REPONSE"})
        emile.submit(f"/agent/plaintes/{made.number}/noter", {"note": "CANARI-NOTE"})
    client.get("/suivi/message")
    with portal.database.write() as session:
        tag = tags.create(session, portal.keyring, "595", "Attend un devis")
        tags.change(session, "595", filing_by_number(session, made.number).id, [tag])
    return made


def counts(portal):
    with portal.database.read() as session:
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in LEFT}


def withdraw(client, portal):
    client.submit("/suivi/retirer", {"retrait": "oui"})
    portal.clock.advance(days=1, seconds=1)
    with portal.database.write() as session:
        assert withdrawal.settle_due(session, portal) == 1


def years(portal, number, *, minus=0):
    """Go to so many years after now, less some days; leap years count."""
    now = portal.clock()
    portal.clock.advance(seconds=(now.replace(year=now.year + number) - now).total_seconds() - minus * 86400)


def test_a_complaint_goes_six_years_after_its_receipt_and_its_entry_stays(client, portal, sent):
    other = Sent(send(client))
    years(portal, 6)
    assert expiry.over(portal) == []
    portal.clock.advance(days=1)
    assert [due.number for due in expiry.over(portal)] == sorted([sent.number, other.number])
    assert [due.ends_on.isoformat() for due in expiry.over(portal)] == ["2032-03-03"] * 2
    assert counts(portal)["filing_key"] > 0, "looking erases nothing"
    assert len(expiry.purge(portal)) == 2
    assert counts(portal) == dict.fromkeys(counts(portal), 0)
    assert not list(portal.files.glob("*/*"))
    with portal.database.read() as session:
        kinds = session.scalars(
            select(LedgerEntry.kind).where(LedgerEntry.number == sent.number).order_by(LedgerEntry.n)
        ).all()
        rows = session.scalars(select(Filing)).all()
    assert kinds[0] == "depot"
    assert kinds[-1] == "effacement"
    for row in rows:
        assert (row.payload, row.summary, row.town, row.commune, row.email_key) == (b"", b"", "", "", None)
    assert whole(portal)
    assert expiry.purge(portal) == []
    assert client.submit("/reprendre", {"code": sent.code}).status_code == 422


def test_a_withdrawn_complaint_goes_a_year_after(client, portal, sent):
    withdraw(client, portal)
    years(portal, 1)
    assert expiry.purge(portal) == []
    portal.clock.advance(days=1)
    assert [due.number for due in expiry.purge(portal)] == [sent.number]
    assert whole(portal)


def test_an_authority_keeps_it_a_year_more_and_says_why(client, app, portal, sent):
    there = f"/agent/plaintes/{sent.number}"
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595", "Rita Fictive")
        assert "gardé jusqu'au 3 mars 2032" in emile.page(f"{there}/conserver").text
        assert not [form for form in emile.page(f"{there}/conserver").forms if "conserver" in (form.action or "")]
    years(portal, 5, minus=-1)
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595", "Sara Fictive")
        page = emile.page(f"{there}/conserver")
        assert emile.send_form(page, there, {"raison": " "}).status_code == 422
        emile.submit(f"{there}/conserver", {"raison": "CANARI-RAISON chambre disciplinaire"})
        assert "CANARI-RAISON" in emile.page(there).text
        assert "gardé jusqu'au 3 mars 2033" in emile.page(f"{there}/conserver").text
        assert emile.send_form(page, there, {"raison": "Encore"}).status_code == 409
    assert whole(portal)
    years(portal, 1, minus=-5)
    assert expiry.purge(portal) == []
    years(portal, 1)
    assert len(expiry.purge(portal)) == 1
    assert whole(portal)


def test_cut_before_the_end_of_the_transaction_nothing_is_erased(client, portal, sent, monkeypatch):
    before = counts(portal)
    years(portal, 6, minus=-2)
    with monkeypatch.context() as cut:
        cut.setattr("app.filing.upkeep.erase.notifications.forget", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            expiry.purge(portal)
    assert counts(portal) == before
    assert whole(portal)
    assert len(expiry.purge(portal)) == 1
    assert whole(portal)


def test_cut_before_the_bytes_are_gone_they_go_with_the_next_tidying(client, portal, sent, monkeypatch):
    years(portal, 6, minus=-2)
    with monkeypatch.context() as cut:
        cut.setattr("app.privacy.service.store.remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            expiry.purge(portal)
    assert counts(portal)["evidence"] == 0
    assert whole(portal)
    (left,) = portal.files.glob("*/*.sealed")
    os.utime(left, (portal.clock().timestamp() - 90000,) * 2)
    tidy(portal)
    assert not list(portal.files.glob("*/*"))


@pytest.mark.parametrize(("days", "erased"), [(1, 1), (100, 0)])
def test_what_was_erased_since_a_copy_is_erased_again_when_it_comes_back(
    client, portal, sent, empty_database, tmp_path, days, erased
):
    """A copy three days before the end; a clock that says much later is not believed."""
    years(portal, 6, minus=2)
    back_up(portal, tmp_path / "copy", lambda *_: None)
    portal.clock.advance(days=2 + days)
    expiry.purge(portal)
    (tmp_path / "elsewhere").mkdir()
    other = replace(portal, database=empty_database, files=tmp_path / "elsewhere")
    done = bring_back(other, tmp_path / "copy", (), (), lambda *_: None)
    assert done.found.is_whole
    assert len(done.erased) == erased
    assert len(list((tmp_path / "elsewhere").glob("*/*.sealed"))) == 1 - erased
    assert whole(other)


@pytest.mark.parametrize(
    "values", [{"payload": b"", "summary": b""}, {"payload": b""}, {"erased_at": None}, {"town": "Lille"}]
)
def test_an_absent_document_is_accepted_with_its_entry_alone(client, portal, sent, values):
    if "erased_at" in values or "town" in values:
        years(portal, 6, minus=-2)
        expiry.purge(portal)
    assert whole(portal)
    with portal.database.write() as session:
        session.execute(update(Filing).values(**values))
    assert not whole(portal)


def test_every_table_about_a_complaint_goes_or_stays_by_name():
    about = {"number", "filing_id", "filing_number", "owner", "subject", "draft_id"}
    named = {
        table.name
        for table in every_table().sorted_tables
        if table.name != "agrement"
        and (about & {column.name for column in table.columns} or table.name in {"draft", "filing_act_seen", "stamp"})
    }
    assert named <= GO | STAY, "say in app/filing/upkeep/erase.py what becomes of its rows when a complaint is erased"


def test_mails_that_left_go_after_ninety_days(client, portal, sent):
    assert delivered(portal).letters
    portal.clock.advance(days=90)
    tidy(portal)
    assert counts(portal)["outbox"] > 0
    portal.clock.advance(seconds=1)
    tidy(portal)
    assert counts(portal)["outbox"] == 0


def test_the_administration_reads_days_and_counts_alone(client, app, portal, sent):
    years(portal, 5, minus=-1)
    with SuspiciousClient(app, portal.database) as ada:
        sign_in(ada, portal, "", "Ada Exemple", "admin")
        page = ada.page("/administration/conservation")
        assert "1 dossier sera effacé le 4 mars 2032" in page.text
        assert sent.number not in page.text
    years(portal, 1)
    with SuspiciousClient(app, portal.database) as ada:
        sign_in(ada, portal, "", "Bo Exemple", "admin")
        assert "1 dossier est arrivé à terme" in ada.page("/administration/conservation").text


def test_a_person_has_a_copy_of_all_that_is_theirs_and_of_nothing_else(client, portal, sent):
    home = client.page("/suivi")
    page = client.page(home.links["Mes données"])
    assert "Elle est gardée jusqu'au 3 mars 2032, puis effacée." in page.text
    assert "RGPD, article 15" in page.text
    assert "Retirer ma plainte" in page.links
    given = client.get(page.links["Télécharger mes données (ZIP)"])
    with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
        names = set(archive.namelist())
        data, paper = archive.read("donnees.json"), text_of(archive.read("donnees.pdf"))
        assert archive.read("preuves/piece-01.png") == PNG
    assert names == {"donnees.json", "donnees.pdf", "preuves/piece-01.png", "empreintes.txt"}
    told = json.loads(data)
    assert told["complaint"]["number"] == sent.number
    assert [act["kind"] for act in told["acts"]] == ["message_personne", "message_autorite"]
    for word in ("CANARI-RECIT", "CANARI-MESSAGE", "CANARI-REPONSE", "amina.canari@exemple.fr"):
        assert word in data.decode()
        assert word.replace("-", "") in paper.replace("-", "").replace("‑", "")
    assert "CANARI-NOTE" not in data.decode()
    assert "ouverte" not in [event["kind"] for event in told["history"]]
