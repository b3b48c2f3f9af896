"""Every door of a draft, for every kind of draft and every state of the account: who opens it, who sends it.

What may be done with a draft is read in its row; the door one came in by adds nothing.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts import service as accounts
from app.accounts.models import Account
from app.associations.models import Agrement
from app.base.crypto.vault import seal
from app.base.errors import NotFound
from app.base.secrets import by_fours, new_token
from app.filing.documents.confirmation import words
from app.filing.models import Filing
from app.filing.receipt.mandate import NotMandated
from app.filing.receipt.receive import PersonalCode, receive
from app.notifications.models import OutboxMail
from app.saisine import queries, returning
from app.saisine.models import Draft
from tests.cast import AMINA, ASSOCIATION, begin, member, sign_in_member
from tests.journeys import TRUE
from tests.pages.test_associations import agree, prepare
from tests.rooms.test_filing_receive import ready
from tests.support.client import SuspiciousClient
from tests.support.html import Page
from tests.support.rewind import lived

ADDRESS = "amina.canari@exemple.fr"
ACCOUNTS = {
    "chargée": ("Mona Inventée", ASSOCIATION, "membre_association"),
    "collègue": ("Noé Imaginaire", ASSOCIATION, "membre_association"),
    "responsable": ("Rita Fictive", ASSOCIATION, "responsable_association"),
    "ailleurs": ("Gaël Fictif", "autre-association", "responsable_association"),
}
DOORS = ("rien", "témoin", "code", "lien", *ACCOUNTS)
"""Nothing, the cookie of the browser, the resume code, the link by e-mail; or an account and no other key."""
OPENS = {"personne": {"témoin", "code", "lien"}, "association": {"chargée", "responsable"}}
"""Which doors open a draft, by who writes; the association's is given to « chargée »."""


class Keys:
    """All that was ever given for a draft: an earlier release gave a code and a link for any of them."""

    def __init__(self, portal, public):
        self.portal, self.public, self.token = portal, public, new_token()
        with portal.database.write() as session:
            row = session.scalars(select(Draft).where(Draft.public == public)).one()
            key = queries.key_of(session, portal.keyring, row.id)
            code, row.code_hash = portal.keyring.fresh_code()
            row.code = seal(key, code.encode(), f"draft|{row.id}|code|1")
            row.email = seal(key, ADDRESS.encode(), f"draft|{row.id}|email|1")
            row.email_key = portal.keyring.address_key(ADDRESS)
            self.id, self.code = row.id, by_fours(code)
            found = returning.draft_by_id(session, row.id)
            returning.reopen(session, self.token, found, portal.clock(), shared_device=False)

    def come_in(self, client, door):
        """Come in by a door."""
        if door == "code":
            client.submit("/reprendre", {"code": self.code})
        elif door == "lien":
            with self.portal.database.write() as session:
                token = returning.make_link(session, queries.DRAFT, self.id, self.portal.clock())
            client.submit(f"/reprendre/lien/{token}")
        elif door == "témoin":
            client.cookies.set("saisine", self.token)
        elif door in ACCOUNTS:
            sign_in_at_once(self.portal, client, ACCOUNTS[door][0])


def sign_in_at_once(portal, client, name):
    """Open the session of an account in this browser: how one signs in has its own tests."""
    token = new_token()
    with portal.database.write() as session:
        account = session.scalar(select(Account.id).where(Account.name == name))
        hour, now = timedelta(hours=1), portal.clock()
        accounts.open_session(session, "association", account, token=token, idle=hour, absolute=hour, now=now)
    client.cookies.set("saisine", token)


def post(client, path, **fields):
    """Press a button of a page that was never shown."""
    form = next(one for one in client.page("/reprendre").forms if "code" in one.names)
    csrf = dict(form.fill({}))["csrf"]
    return client.post(path, data={**fields, "csrf": csrf}, headers={"origin": "null", "sec-fetch-site": "same-origin"})


def state_of(portal):
    """Give all that a stranger could change: the draft, the complaints received."""
    with portal.database.read() as session:
        draft = session.scalars(select(Draft)).one_or_none()
        filings = session.scalar(select(func.count()).select_from(Filing))
        return (draft.answers, draft.expires_on) if draft else None, filings


@pytest.fixture(params=OPENS)
def kept(request, run, app, portal):
    """A whole draft of each kind: who writes it, and its keys."""
    kind = request.param
    with SuspiciousClient(app, portal.database) as first:
        public = lived(run, portal, first, f"draft_of_{kind}", lambda: written_by(kind, first, portal))
    return kind, Keys(portal, public)


def written_by(kind, first, portal):
    """Write a draft, then give everybody an account; give its address."""
    if kind == "personne":
        public = begin(first).split("/")[2]
        first.submit(f"/saisine/{public}/court", AMINA, button="ajouter")
    else:
        agree(portal)
        sign_in_member(first, portal, *ACCOUNTS["chargée"])
        public = prepare(first).url.path.split("/")[2]
    for name, *place in ACCOUNTS.values():
        if kind == "personne" or name != "Mona Inventée":
            member(portal, name, *place)
    return public


def send_all(client, public):
    """Press every button that sends, changes or erases; give the answers."""
    pressed = (("envoyer", TRUE), ("court", {**AMINA, **TRUE}), ("effacer", {}), ("recit", {"recit": "Autre"}))
    return [post(client, f"/saisine/{public}/{where}", **fields).status_code for where, fields in pressed]


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_what_the_row_says_and_nothing_more(kept, app, portal, door):
    kind, keys = kept
    before = state_of(portal)
    with SuspiciousClient(app, portal.database) as client:
        keys.come_in(client, door)
        shown = client.get(f"/saisine/{keys.public}/{'court' if kind == 'personne' else 'verifier'}")
        assert (shown.status_code == 200) is (door in OPENS[kind])
        assert ("Canari-Nom" in shown.text) is (door in OPENS[kind])
        mandate = client.get(f"/saisine/{keys.public}/mandat/imprimer")
        assert mandate.status_code == (200 if kind == "association" and door in OPENS[kind] else 404)
        if door not in OPENS[kind]:
            assert send_all(client, keys.public) == [404] * 4
            assert state_of(portal) == before
            return
        post(client, f"/saisine/{keys.public}/envoyer", **TRUE)
        assert state_of(portal)[1] == 1


@pytest.mark.parametrize("kept", ["association"], indirect=True)
@pytest.mark.parametrize("door", ACCOUNTS)
def test_a_disabled_account_opens_nothing_whatever_it_kept(kept, app, portal, door):
    _, keys = kept
    with SuspiciousClient(app, portal.database) as client:
        keys.come_in(client, door)
        with portal.database.write() as session:
            for account in session.scalars(select(Account)):
                account.disabled_at = portal.clock()
        before = state_of(portal)
        assert client.get(f"/saisine/{keys.public}/verifier").status_code == 404
        assert send_all(client, keys.public) == [404] * 4
        assert state_of(portal) == before


@pytest.mark.parametrize("kept", ["association"], indirect=True)
@pytest.mark.parametrize("door", sorted(OPENS["association"]))
def test_an_agreement_that_ended_opens_the_draft_and_sends_nothing(kept, app, portal, door):
    _, keys = kept
    with portal.database.write() as session:
        session.execute(update(Agrement).values(ends_on=date(2026, 3, 2)))
    before = state_of(portal)
    with SuspiciousClient(app, portal.database) as client:
        keys.come_in(client, door)
        assert client.get(f"/saisine/{keys.public}/verifier").status_code == 200
        assert post(client, f"/saisine/{keys.public}/envoyer", **TRUE).status_code == 409
        assert post(client, f"/saisine/{keys.public}/court", **AMINA).status_code == 404
    assert state_of(portal) == before


@pytest.mark.parametrize("kept", ["association"], indirect=True)
def test_a_code_given_before_says_calmly_that_it_opens_nothing_now(kept, client, portal):
    _, keys = kept
    told = client.submit("/reprendre", {"code": keys.code})
    assert told.status_code == 422
    assert "Une association prépare cette plainte. Ce code ne l'ouvre plus" in Page(told.text).text
    assert client.submit("/reprendre/perdu", {"email": ADDRESS}).status_code == 200
    with portal.database.write() as session:
        assert returning.remind(session, portal.keyring, date(2026, 4, 1), "https://x.exemple.fr", portal.clock) == 0
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0


@pytest.mark.parametrize("kept", ["association"], indirect=True)
def test_a_pause_gives_no_code_and_leads_to_the_desk(kept, client, portal):
    _, keys = kept
    keys.come_in(client, "chargée")
    with portal.database.write() as session:
        row = session.scalars(select(Draft)).one()
        row.code = row.code_hash = None
    shown = client.page(f"/saisine/{keys.public}/pause")
    assert shown.by_id("code-personnel") is None
    assert "gardée dans l'espace de votre association" in shown.text
    assert "/association/plaintes" in [one.get("href") for one in shown.all("a")]
    assert post(client, f"/saisine/{keys.public}/pause", email_reprise=ADDRESS).url.path.endswith("/pause")
    assert client.get(f"/saisine/{keys.public}").url.path.endswith("/verifier")
    with portal.database.write() as session:
        row = session.scalars(select(Draft)).one()
        assert (row.code, row.code_hash) == (None, None)
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0
        draft = queries.open_draft(session, portal.keyring, keys.public, client.cookies["saisine"], portal.clock())
        with pytest.raises(NotFound):
            returning.code_of(session, portal.keyring, draft)
    erased = client.submit(f"/saisine/{keys.public}/effacer")
    assert erased.url.path == "/association/plaintes"
    assert state_of(portal) == (None, 0)


def test_the_receipt_itself_refuses_whatever_it_is_handed(portal):
    draft, complaint = ready(portal)
    with portal.database.write() as session:
        session.scalars(select(Draft)).one().association = ASSOCIATION
    agree(portal)
    code = PersonalCode.draw(portal.keyring)
    assert draft.association == ""
    with pytest.raises(NotMandated), portal.database.write() as session:
        receive(session, portal.keyring, draft, complaint, code, portal.clock, words(portal))
    assert state_of(portal)[1] == 0
