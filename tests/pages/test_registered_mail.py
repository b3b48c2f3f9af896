"""A summons as an electronic registered letter, through a true server: noted once it is proven, and only then.

Received on Tuesday 3 March 2026; the meeting is on Thursday 28 May, so each party has its summons by 13 May.
"""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from app.conciliation.registered_mail.client import HttpProvider, LetterToSend, ProviderTrouble
from app.conciliation.registered_mail.worker import RegisteredMailWorker
from app.filing.acts.registered_rules import GIVES_UP, RegisteredState
from app.filing.models import RegisteredLetter
from app.filing.queries import read_for
from app.filing.sealed.act import of_kind
from app.filing.sealed.conciliation import Summoned, SummonsCame
from tests.pages.test_acknowledging import whole
from tests.pages.test_conciliation import desks, fix, plain, step, told
from tests.support.client import SuspiciousClient
from tests.support.registered_mail import PROOF, TOKEN, providing

__all__ = ["desks", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
PROFESSIONAL = "convocations/professionnel/envoi"
ADDRESS = {"mode": "par_le_service", "courriel_lre": "cabinet.fictif@exemple.fr"}


@pytest.fixture
def provider(portal):
    """Connect a provider."""
    with providing() as server:
        said = {"lre_url": server.url, "lre_token": SecretStr(TOKEN)}
        object.__setattr__(portal, "settings", portal.settings.model_copy(update=said))
        yield server


@pytest.fixture
def emile(desks, told, provider) -> SuspiciousClient:
    """A clerk of the secretariat on 4 May, the meeting being fixed."""
    fix(desks[0].on(4, 1), told, date(2026, 5, 28))
    browser: SuspiciousClient = desks[0].on(5, 4)
    return browser


def work(portal, provider, hours=0.0):
    """Let some time pass, then let the worker look after all that is due."""
    portal.clock.advance(hours=hours)
    return RegisteredMailWorker(portal, HttpProvider(provider.url, TOKEN)).run_once()


def acts(portal, sent, kind):
    with portal.database.read() as session:
        opened = read_for(session, portal.keyring, sent.number, "595")
        return [act.sealed for act in of_kind(opened.acts, kind)]


def row(portal):
    with portal.database.read() as session:
        return session.scalars(select(RegisteredLetter)).one()


def instant(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC).isoformat()


def test_a_letter_is_noted_at_its_deposit_then_at_its_acceptance(portal, desks, emile, told, provider):
    page = plain(emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs"))
    assert "Recommandé électronique en attente d'envoi" in page
    assert acts(portal, told, Summoned) == []  # nothing is said to have left before it is proven
    assert work(portal, provider) == 2  # handed over, then asked about
    (handed,) = provider.letters.values()
    assert handed["email"] == b"cabinet.fictif@exemple.fr"
    assert handed["letter"].startswith(b"%PDF-")
    assert acts(portal, told, Summoned) == []

    provider.says = {"state": "deposited", "deposited_at": instant(5, 4, 22)}  # 5 May, midnight in Paris
    work(portal, provider, hours=1)
    (sent,) = acts(portal, told, Summoned)
    assert (sent.mode, sent.on, sent.party) == ("recommande_electronique", date(2026, 5, 5), "professionnel")
    assert sent.reference == row(portal).identifier
    assert "déposée le 5 mai 2026" in sent.words.replace("’", "'")
    work(portal, provider, hours=1)
    assert len(acts(portal, told, Summoned)) == 1

    provider.says |= {"state": "accepted", "ended_at": instant(5, 6)}
    work(portal, provider, hours=2)
    (came,) = acts(portal, told, SummonsCame)
    assert came.on == date(2026, 5, 6)
    assert [file["name"] for file in came.files] == [f"preuve-de-reception-{told.number}.pdf"]
    assert row(portal).not_before is None
    assert work(portal, provider, hours=24) == 0
    assert "Reçue 22 jours avant" in plain(desks[0].on(5, 7).page(step(told, "convocations")))
    assert whole(portal)


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("refused", "Recommandé électronique refusé par le destinataire : choisissez un autre envoi."),
        ("unclaimed", "Recommandé électronique non réclamé en 15 jours : choisissez un autre envoi."),
    ],
)
def test_a_letter_that_nobody_took_proves_no_reception_and_says_what_to_do(
    portal,
    emile,
    told,
    provider,
    end,
    says,
):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    provider.says = {"state": end, "deposited_at": instant(5, 4), "ended_at": instant(5, 5)}
    work(portal, provider)
    assert len(acts(portal, told, Summoned)) == 1
    assert acts(portal, told, SummonsCame) == []
    assert says in plain(emile.page(step(told, "convocations"))).replace("\u00a0", " ")
    again = emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    assert "Recommandé électronique en attente d'envoi" in plain(again)


def test_a_server_that_is_down_is_tried_again_and_the_letter_is_one(portal, emile, told, provider):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    provider.status = 503
    work(portal, provider)
    assert (row(portal).state, row(portal).error, row(portal).attempts) == (RegisteredState.QUEUED, "http-503", 1)
    assert work(portal, provider) == 0  # not before a minute
    provider.status = 0
    work(portal, provider, hours=0.1)
    assert len(provider.letters) == 1
    assert row(portal).state == RegisteredState.HANDED


@pytest.mark.parametrize(("status", "over"), [(422, timedelta(0)), (401, GIVES_UP)])
def test_a_letter_that_is_refused_for_good_says_so(portal, desks, emile, told, provider, status, over):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    provider.status = status
    work(portal, provider)
    work(portal, provider, hours=over.total_seconds() / 3600)
    assert (row(portal).state, row(portal).not_before) == (RegisteredState.FAILED, None)
    page = plain(desks[0].on(5, 7).page(step(told, "convocations")))
    assert "Le recommandé électronique n'a pas pu partir : choisissez un autre envoi." in page.replace("\u00a0", " ")
    assert acts(portal, told, Summoned) == []


def test_a_proof_that_is_no_paper_is_asked_again_and_nothing_is_noted(portal, emile, told, provider):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    provider.says = {"state": "accepted", "deposited_at": instant(5, 4), "ended_at": instant(5, 5)}
    provider.proof = b"MZ"
    work(portal, provider)
    assert acts(portal, told, SummonsCame) == []
    provider.proof = PROOF
    work(portal, provider, hours=1)
    assert len(acts(portal, told, SummonsCame)) == 1
    assert whole(portal)


def test_the_person_must_have_consented(portal, emile, told, provider):
    where = step(told, "convocations/personne/envoi")
    assert "amina.canari@exemple.fr" in str(emile.get(where).text)
    refused = emile.submit(where, {"mode": "par_le_service"}, form="envoi#erreurs")
    assert refused.status_code == 422
    assert "Sans son accord, choisissez un autre envoi (CPCE L. 100)." in plain(refused)
    emile.submit(where, {"mode": "par_le_service", "accord_lre": "oui"}, form="envoi#erreurs")
    work(portal, provider)
    assert [one["email"] for one in provider.letters.values()] == [b"amina.canari@exemple.fr"]


def test_one_letter_at_a_time_leaves_for_a_party(emile, told, provider):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    again = emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    assert again.status_code == 422
    assert "Un recommandé électronique est déjà parti pour cette partie." in plain(again)


def test_a_letter_of_a_meeting_that_moved_is_left_to_the_clerk(portal, emile, told, provider, desks):
    emile.submit(step(told, PROFESSIONAL), ADDRESS, form="envoi#erreurs")
    work(portal, provider)
    provider.says = {"state": "accepted", "deposited_at": instant(5, 4), "ended_at": instant(5, 5)}
    provider.proof = b"MZ"
    work(portal, provider, hours=1)
    desks[0].on(5, 5).submit(step(told, PROFESSIONAL), {"mode": "remise"}, form="envoi#erreurs")
    provider.proof = PROOF
    work(portal, provider, hours=1)
    assert row(portal).state == RegisteredState.UNNOTED
    assert acts(portal, told, SummonsCame) == []


def test_without_a_provider_nothing_is_offered(desks, told):
    fix(desks[0].on(4, 1), told, date(2026, 5, 28))
    page = desks[0].on(5, 4).get(step(told, PROFESSIONAL))
    assert "par_le_service" not in page.text


def test_what_is_no_answer_of_the_contract_is_trouble(provider):
    client, letter = HttpProvider(provider.url, TOKEN), LetterToSend("a" * 32, "Zoé", "zoe@exemple.fr", b"%PDF-")
    assert client.hand_over(letter) == client.hand_over(letter)
    for said in ({"state": "lost"}, {"state": "deposited"}, {"state": "accepted", "deposited_at": instant(5, 4)}, []):
        provider.says = said
        with pytest.raises(ProviderTrouble, match="unread"):
            client.progress("LRE-1")


def test_a_provider_that_does_not_answer_is_trouble(monkeypatch):
    def late(*_args, **_kwargs):
        raise httpx.ReadTimeout("late")

    monkeypatch.setattr(httpx.Client, "stream", late)
    with pytest.raises(ProviderTrouble, match="unreachable"):
        HttpProvider("http://127.0.0.1:9", TOKEN).progress("LRE-1")
