"""« Utilisateurs »: invited by a link that serves once, kept by those who answer for the place."""

import pyotp
import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import Account, Invitation
from app.accounts.queries import seed_place
from app.accounts.service import EmailTaken, add_clerk
from app.accounts.service.invitations import InvitationGone
from app.associations import registry
from app.filing.models import FilingDesk
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.routing.models import Authority
from tests.cast import ASSOCIATION, PASSWORD, Sent, clerk, member, send, sign_in, sign_in_member
from tests.support.client import SuspiciousClient
from tests.support.html import Page

HERE, NEW = "/agent/utilisateurs", "quatre mots choisis au hasard"
AWA = "awa@595.exemple.fr"


@pytest.fixture
def mails(portal):
    """Send what waits; give the links of the mails that left, by address."""
    mailer = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, mailer, portal.clock, "saisine.example")

    def links(to):
        worker.run_once()
        texts = [letter.text for letter in mailer.letters if letter.to == to]
        return [word.partition(":8000")[2] for text in texts for word in text.split() if "/invitation/" in word]

    return links


@pytest.fixture
def rita(client, portal):
    """The manager of Lille's caisse, signed in."""
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    return client


@pytest.fixture
def gael(app, portal):
    with SuspiciousClient(app, portal.database) as other:
        yield other


def seed_in(page):
    return page.text.partition("Écrivez cette clé dans l'application : ")[2][:39].replace(" ", "")


def join(browser, portal, path, **changed):
    """Go through an invitation, as whoever received it."""
    page = Page(browser.submit(path, button="Commencer").text)
    typed = {
        "nom_complet": "Awa Exemple",
        "mot_de_passe": NEW,
        "code_otp": pyotp.TOTP(seed_in(page)).at(portal.clock()),
    }
    return browser.send_form(page, path, typed | changed)


def account(portal, email):
    with portal.database.read() as session:
        return session.scalar(select(Account).where(Account.email == email))


def of(portal, email, here=HERE):
    return f"{here}/{account(portal, email).id}"


def test_someone_invited_opens_an_account_once_and_is_let_in(rita, gael, portal, mails):
    answer = rita.submit(f"{HERE}/inviter", {"email": AWA, "role": "secretariat"})
    assert answer.url.path == HERE
    assert AWA in Page(answer.text).text
    (path,) = mails(AWA)
    first = gael.page(path)
    assert first.h1 == "Ouvrir votre compte"
    assert AWA not in first.text
    for changed, told in (
        ({"mot_de_passe": "court"}, "au moins 12 caractères"),
        ({"code_otp": "000000"}, "Ce code n'est plus valable."),
        ({"nom_complet": ""}, "Écrivez votre prénom et votre nom."),
    ):
        refused = join(gael, portal, path, **changed)
        assert refused.status_code == 422
        assert told in Page(refused.text).text
    assert join(gael, portal, path).url.path == "/agent/plaintes"
    assert (account(portal, AWA).role, account(portal, AWA).authority) == ("secretariat", "595")
    again = gael.get(path)
    assert again.status_code == 410
    assert "Cette invitation ne sert plus." in Page(again.text).text


def test_an_invitation_is_sent_again_cancelled_or_ends(rita, gael, portal, mails):
    for email in (AWA, "jo@595.exemple.fr"):
        rita.submit(f"{HERE}/inviter", {"email": email, "role": "agent"})
    portal.clock.advance(minutes=2)
    rita.submit(HERE, button="renvoyer", form=_invitation(portal, AWA))
    first, second = mails(AWA)
    assert gael.get(first).status_code == 410
    assert gael.get(second).status_code == 200
    rita.submit(HERE, button="annuler", form=_invitation(portal, AWA))
    assert gael.get(second).status_code == 410
    portal.clock.advance(days=7)
    assert gael.get(mails("jo@595.exemple.fr")[0]).status_code == 410


def test_an_invitation_pressed_twice_is_one_mail_whose_link_serves(rita, gael, portal, mails):
    """Of two mails, the first to be opened would say that it serves no more."""
    for _ in range(2):
        rita.submit(f"{HERE}/inviter", {"email": AWA, "role": "agent"})
    rita.submit(HERE, button="renvoyer", form=_invitation(portal, AWA))
    (link,) = mails(AWA)
    assert gael.get(link).status_code == 200
    rita.submit(f"{HERE}/inviter", {"email": AWA, "role": "lecteur"})
    assert [gael.get(one).status_code for one in mails(AWA)] == [410, 200]


def test_each_press_says_what_was_done_and_a_second_one_that_it_was_done_already(rita, portal):
    def invite():
        return Page(rita.submit(f"{HERE}/inviter", {"email": AWA, "role": "agent"}).text).done

    def press(button):
        return Page(rita.submit(HERE, button=button, form=_invitation(portal, AWA)).text).done

    twice = "L'invitation est déjà partie il y a moins d'une minute : rien n'est envoyé deux fois."
    assert [invite(), invite(), press("renvoyer")] == ["L'invitation est envoyée.", twice, twice]
    portal.clock.advance(minutes=2)
    assert press("renvoyer") == "L'invitation est envoyée."
    assert press("annuler") == "L'invitation est annulée. Son lien ne sert plus."
    assert rita.page(HERE).done == ""


def test_each_thing_done_with_an_account_is_said(rita, portal):
    clerk(portal, "595", "Emile Fictif")
    there = of(portal, "emile@595.exemple.fr")

    def press(form, **typed):
        return Page(rita.submit(there, typed, form=form).text).done

    assert press("#nouveau-role", role="lecteur") == "Le rôle est changé."
    assert press("#qualite-lettres", qualite="Chargé des réclamations") == "La qualité est enregistrée."
    assert press("#sessions") == "Les sessions de ce compte sont fermées."
    sent = "Le lien pour choisir un nouveau mot de passe et de nouveaux codes est envoyé."
    twice = "Le lien est déjà parti il y a moins d'une minute : rien n'est envoyé deux fois."
    assert [press("#reinitialiser"), press("#reinitialiser")] == [sent, twice]
    waiting = _invitation(portal, "emile@595.exemple.fr")
    assert Page(rita.submit(HERE, button="renvoyer", form=waiting).text).done == twice
    portal.clock.advance(minutes=2)
    assert Page(rita.submit(HERE, button="renvoyer", form=waiting).text).done == sent
    assert press("#desactiver") == "Le compte est désactivé."
    assert press("#reactiver") == "Le compte est réactivé."


def test_only_a_known_code_is_said_and_never_beside_a_form_to_correct(rita):
    for code in ("", "Un+compte+est+pris", "%00", "reponse", "invitation_envoyee&fait=rien"):
        assert rita.page(f"{HERE}?fait={code}").done == ""
    told = rita.page(f"{HERE}/inviter?fait=invitation_envoyee")
    assert told.done == "L'invitation est envoyée."
    assert Page(rita.post(f"{HERE}/inviter?fait=invitation_envoyee", data=dict(told.forms[1].fill({}))).text).done == ""


def _invitation(portal, email):
    with portal.database.read() as session:
        return session.scalar(select(Invitation.id).where(Invitation.email == email))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "", "role": "agent"}, "Écrivez l'adresse e-mail de la personne à inviter."),
        ({"email": AWA}, "Choisissez un rôle."),
        ({"email": "rita@595.exemple.fr", "role": "agent"}, "Un compte existe déjà avec cette adresse e-mail."),
    ],
)
def test_an_invitation_that_cannot_be_is_told(rita, typed, told):
    answer = rita.submit(f"{HERE}/inviter", typed)
    assert answer.status_code == 422
    assert told in Page(answer.text).text
    assert typed["email"] in answer.text


def test_a_manager_keeps_the_accounts_of_the_authority_and_no_other(rita, portal):
    clerk(portal, "595")
    clerk(portal, "MED-59", "Fatou Fictive")
    member(portal)
    shown = rita.page(HERE).text
    assert "Émile Exemple" in shown
    assert "Fatou" not in shown
    assert "Mona" not in shown
    for email in ("fatou@med-59.exemple.fr", f"mona@{ASSOCIATION}.exemple.fr"):
        assert rita.get(of(portal, email)).status_code == 404


def test_a_manager_gives_only_roles_of_the_authority(rita, portal):
    page = rita.page(f"{HERE}/inviter")
    assert "Administration du service" not in page.text
    form = next(form for form in page.forms if form.action.endswith("#erreurs"))
    typed = dict(form.fill({"email": AWA})) | {"role": "admin"}
    assert rita.post(f"{HERE}/inviter", data=typed).status_code == 422


def test_the_last_manager_stays(rita, portal, app):
    mine = of(portal, "rita@595.exemple.fr")
    assert "C'est votre compte." in rita.page(mine).text
    with SuspiciousClient(app, portal.database) as ada:
        sign_in(ada, portal, "", "Ada Imaginaire", "admin")
        there = of(portal, "rita@595.exemple.fr", "/administration/utilisateurs")
        for answer in (
            ada.submit(there, {"role": "agent"}, form="#nouveau-role"),
            ada.submit(there, form="#desactiver"),
        ):
            assert answer.status_code == 422
            assert "Nommez d'abord une autre personne responsable." in Page(answer.text).text
        clerk(portal, "595", "Sara Inventée", "responsable")
        assert ada.submit(there, {"role": "agent"}, form="#nouveau-role").status_code == 200
    assert account(portal, "rita@595.exemple.fr").role == "agent"
    assert rita.get(HERE).status_code == 403


def test_the_complaints_of_someone_who_leaves_are_given_and_the_history_says_so(client, app, portal, gael):
    number = Sent(send(client)).number
    sign_in(gael, portal, "595")
    emile = account(portal, "emile@595.exemple.fr")
    gael.submit(f"/agent/plaintes/{number}/attribuer", {"agent_id": emile.id})
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    there = of(portal, emile.email)
    assert "Cette personne suit 1 dossier." in client.page(there).text
    missing = client.submit(there, {"a_qui": ""}, form="#desactiver")
    assert "Choisissez une personne, ou « Personne »." in Page(missing.text).text
    client.submit(there, {"a_qui": account(portal, "rita@595.exemple.fr").id}, form="#desactiver")
    assert "À Rita Fictive, car Émile Exemple ne travaille plus ici" in client.page(f"/agent/plaintes/{number}").text
    with portal.database.read() as session:
        given = set(session.scalars(select(FilingDesk.assignee).where(FilingDesk.authority == "595")))
    assert given == {account(portal, "rita@595.exemple.fr").id}
    answer = gael.submit("/reprendre", {"code": "x"}) and gael.get("/agent/plaintes")
    assert answer.url.path == "/agent/connexion"


def test_whoever_is_disabled_in_the_middle_of_an_act_is_told_and_nothing_is_done(client, portal, gael):
    number = Sent(send(client)).number
    here = f"/agent/plaintes/{number}/noter"
    sign_in(gael, portal, "595")
    page = gael.page(here)
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    client.submit(of(portal, "emile@595.exemple.fr"), form="#desactiver")
    answer = gael.send_form(page, here, {"note": "Rien de cela"})
    assert answer.status_code == 403
    told = Page(answer.text)
    assert "Si votre compte a été désactivé, demandez à la personne responsable." in told.text
    assert "Rien de cela" in told.text
    assert "Rien de cela" not in client.page(f"/agent/plaintes/{number}").text
    there = of(portal, "emile@595.exemple.fr")
    client.submit(there, form="#reactiver")
    assert account(portal, "emile@595.exemple.fr").disabled_at is None


def test_lost_factors_are_given_again_by_another_one(rita, portal, gael, mails):
    sign_in(gael, portal, "595")
    before = account(portal, "emile@595.exemple.fr")
    for _ in range(2):
        rita.submit(of(portal, before.email), form="#reinitialiser")
    assert gael.get("/agent/plaintes").url.path == "/agent/connexion"
    (path,) = mails(before.email)
    portal.clock.advance(minutes=1)
    assert join(gael, portal, path).url.path == "/agent/plaintes"
    after = account(portal, before.email)
    assert (after.id, after.role) == (before.id, before.role)
    assert after.password_hash != before.password_hash
    assert after.totp_seed != before.totp_seed


def test_sessions_are_ended_from_afar(rita, portal, gael):
    sign_in(gael, portal, "595")
    rita.submit(of(portal, "emile@595.exemple.fr"), form="#sessions")
    assert gael.get("/agent/plaintes").url.path == "/agent/connexion"


def test_an_administrator_invites_anywhere_and_every_place_fits_its_role(client, portal, gael, mails):
    there = "/administration/utilisateurs"
    member(portal)
    with portal.database.write() as session:
        registry.add(session, {"name": "Association Canari", "rna": "W000000001"}, "sans-compte")
    sign_in(client, portal, "", "Ada Imaginaire", "admin")
    assert "Association Canari" in client.page(f"{there}/inviter").text
    assert "Mona Inventée" in client.page(there).text
    assert "Mona Inventée" not in client.page(f"{there}?q=ada").text
    for role, place in (("agent", ""), ("agent", f"association:{ASSOCIATION}"), ("admin", "autorite:595")):
        refused = client.submit(f"{there}/inviter", {"email": AWA, "role": role, "lieu": place})
        assert "Choisissez l'autorité ou l'association" in Page(refused.text).text
    client.submit(
        f"{there}/inviter", {"email": AWA, "role": "membre_association", "lieu": f"association:{ASSOCIATION}"}
    )
    assert join(gael, portal, mails(AWA)[0]).url.path == "/association"
    assert account(portal, AWA).association == ASSOCIATION


INVITING = "/administration/utilisateurs/inviter"
WANTED = {"email": AWA, "role": "agent", "lieu": "autorite:595"}


@pytest.fixture
def ada(app, portal):
    """An administrator, signed in."""
    with SuspiciousClient(app, portal.database) as other:
        sign_in(other, portal, "", "Ada Imaginaire", "admin")
        yield other


@pytest.fixture
def letters(portal):
    """Send what waits; give the words of the mails to an address."""
    mailer = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, mailer, portal.clock, "saisine.example")

    def texts(to):
        worker.run_once()
        return [letter.text.replace("’", "'") for letter in mailer.letters if letter.to == to]

    return texts


def test_an_administrator_lets_nobody_in_where_somebody_invites(rita, ada, letters):
    refused = ada.submit(INVITING, WANTED)
    assert refused.status_code == 422
    page = Page(refused.text)
    assert "Ce service a une personne responsable, qui invite elle-même." in page.text
    assert "Choisissez la durée de l'accès exceptionnel." in page.text
    assert AWA in refused.text
    assert letters(AWA) == []


def test_an_exceptional_access_is_dated_reasoned_and_told(rita, ada, portal, gael, letters):
    reason = "Mme Fictive est absente cette semaine"
    ada.submit(INVITING, {**WANTED, "exception_raison": reason, "exception_duree": "7"})
    (told,) = letters("rita@595.exemple.fr")
    assert reason in told
    assert "10 mars 2026" in told
    path = letters(AWA)[0].partition(":8000")[2].split()[0]
    portal.clock.advance(minutes=1)
    assert join(gael, portal, path).url.path == "/agent/plaintes"
    shown = rita.page(HERE).text
    assert "Accès exceptionnel jusqu'au" in shown
    assert reason in shown
    assert "Compte : accès exceptionnel donné" in rita.page("/agent/journal").text
    portal.clock.advance(days=7)
    assert gael.get("/agent/plaintes").url.path == "/agent/connexion"
    seed = portal.keyring.unseal(account(portal, AWA).totp_seed, seed_place(account(portal, AWA).id)).decode()
    code = pyotp.TOTP(seed).at(portal.clock())
    gael.submit("/agent/connexion", {"email": AWA, "mot_de_passe": NEW, "code_otp": code})
    assert gael.get("/agent/plaintes").url.path == "/agent/connexion"


def test_where_nobody_answers_the_known_address_is_told(ada, portal, letters):
    known = "contact@cpam-inventee.exemple.fr"
    with portal.database.write() as session:
        session.get_one(Authority, "595").email = known
    ada.submit(INVITING, {**WANTED, "role": "responsable"})
    assert len(letters(AWA)) == 1
    (told,) = letters(known)
    assert "L'administration du service a invité une personne dans votre espace." in told
    assert "exceptionnel" not in told


def test_whoever_answers_for_an_association_keeps_its_accounts(client, portal, gael):
    there = "/association/utilisateurs"
    sign_in_member(gael, portal)
    assert gael.get(there).status_code == 403
    sign_in_member(client, portal, "Paul Fictif", role="responsable_association")
    client.submit(f"{there}/inviter", {"email": AWA, "role": "membre_association"})
    assert AWA in client.page(there).text
    client.submit(of(portal, f"mona@{ASSOCIATION}.exemple.fr", there), form="#desactiver")
    assert gael.get(there).url.path == "/association/connexion"


@pytest.mark.engines("sqlite", "postgresql")
def test_an_address_is_invited_and_opened_once(portal):
    place = service.Membership("agent", "595")
    with portal.database.write() as session:
        token = service.invite(session, portal.keyring, AWA, place, "x" * 32, portal.clock)
        portal.clock.advance(minutes=2)
        service.invite(session, portal.keyring, AWA, place, "x" * 32, portal.clock)
    with pytest.raises(EmailTaken), portal.database.write() as session:
        service.invite(session, portal.keyring, AWA, service.Membership("agent", "594"), "x" * 32, portal.clock)
    with portal.database.write() as session:
        add_clerk(session, portal.keyring, AWA, "Awa Exemple", "595", "agent", PASSWORD, portal.clock)
    with pytest.raises(EmailTaken), portal.database.write() as session:
        service.invite(session, portal.keyring, AWA, place, "x" * 32, portal.clock)
    with portal.database.read() as session, pytest.raises(InvitationGone):
        service.opened_invitation(session, portal.keyring, token, portal.clock())
