"""The journeys of a person and of a clerk, with a canary in all that they type, send and hold."""

import re
from dataclasses import replace
from threading import Event
from typing import Any

import pyotp
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.base.web import reading
from app.evidence.models import Evidence
from app.evidence.store import path_of
from app.notifications.mail import MemoryMailer
from app.runtime.workers import BackgroundWorkers
from tests.cast import AMINA, PASSWORD, Sent, begin, clerk
from tests.journeys import CARDIOLOGIST, PNG, follow
from tests.support.client import HOME, PlainClient
from tests.support.html import Page

PHONE = "06 98 76 54 32"
TYPED = {**AMINA, "prenom": "Canari-Prenom", "moyens": ["email", "telephone"], "telephone": PHONE}
TEXTS = {"pro_nom", "pro_prenom", "pro_specialite", "recit", "prenom", "nom", "aidant_nom", "adresse_rue"}
TEXTS |= {"adresse_ville", "couverture_connue_comment"}
FILES = {"fichiers": [("Canari-photo.png", PNG + b"CANARI", "image/png"), ("canari.exe", b"MZ canari", "image/png")]}
ODD = {"user-agent": "Canari/1.0", "referer": f"{HOME}/canari", "x-canari": "canari", "accept-language": "canari"}


class CanaryJourney:
    """Goes on as a person or a clerk does, and keeps what they hold that must never be told."""

    def __init__(self, client, portal):
        """Carry canaries in every header."""
        self.client, self.portal, self.secrets = client, portal, set()
        client.headers.update(ODD)
        self.mailer = MemoryMailer()

    def hold(self, *secrets):
        """Remember secrets, in the ways that people write them, and the cookies of now."""
        for secret in (*secrets, *self.client.cookies.values()):
            assert len(secret) > 5
            self.secrets |= {secret, secret.replace("-", ""), secret.replace(" ", "")}

    def token(self):
        """Give a token of this visitor."""
        form = next(form for form in self.client.page("/reprendre").forms if form.method == "post")
        return dict(form.fill({}))["csrf"]

    def mails(self):
        """Send what waits; give the mails."""
        BackgroundWorkers(self.portal, self.mailer).worker.run_once(Event())
        return self.mailer.letters

    def files_a_complaint(self):
        """Pause, come back, send with files, lose the code, follow; give the number."""
        client = self.client
        path = begin(client)
        draft = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", client.page(path.replace("court", "pause")).text).group()
        client.submit(path.replace("court", "pause"), {"email_reprise": "canari.pause@exemple.fr"})
        client.submit(path, {"nom": "Canari", "recit": "canari"}, FILES, button="Ajouter ces fichiers")
        sent = Sent(client.submit(path, TYPED))
        client.get(sent.path.replace("confirmation", "recepisse"))
        client.get(sent.path.replace("confirmation", "feuille-de-suivi"))
        self.hold(draft, sent.code, PHONE)
        client.submit("/reprendre", {"code": sent.code})
        client.get("/suivi/recepisse?canari=canari")
        self.hold()
        client.submit("/reprendre/perdu", {"email": AMINA["email"]})
        link = re.search(r"/reprendre/lien/(\S+)", self.mails()[-1].text).group(1)
        fresh = client.submit(f"/reprendre/lien/{link}")
        self.hold(link, re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", Page(fresh.text).text).group())
        client.submit("/suivi", form="/suivi/fermer")
        return sent.number

    def files_the_long_form(self):
        """Answer the detailed form page after page, with a canary in each text."""
        pages = {
            page: {name: f"{value} Canari" if name in TEXTS else value for name, value in fields.items()}
            for page, fields in CARDIOLOGIST.pages.items()
        }
        found = follow(self.client, replace(CARDIOLOGIST, pages=pages))
        self.hold(Sent(self.client.send_form(Page(found.text), found.url.path, dict(CARDIOLOGIST.declarations))).code)

    def reads_as_a_clerk(self, number):
        """Sign in after some mistakes, open the complaint and its file, then the file that was altered."""
        client, portal = self.client, self.portal
        email, seed = clerk(portal, "595")
        client.submit(
            "/agent/connexion", {"email": "canari@exemple.fr", "mot_de_passe": "canari", "code_otp": "canari"}
        )
        client.submit("/agent/connexion", {"email": email, "mot_de_passe": PASSWORD, "code_otp": "canari"})
        code = pyotp.TOTP(seed).at(portal.clock())
        client.submit("/agent/connexion", {"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
        self.hold(PASSWORD, seed)
        client.get("/agent/plaintes?etat=canari&profession=canari")
        assert "CANARI-RECIT" in client.page(f"/agent/plaintes/{number}").text
        with portal.database.read() as session:
            file = session.scalars(select(Evidence.id)).one()
        where = f"/agent/plaintes/{number}/preuves/{file}"
        saved = PlainClient(client.app, headers=ODD, cookies=dict(client.cookies))
        assert PNG not in saved.get(where).content  # a question, and not the file yet
        where += "?confirme=oui"
        assert b"CANARI" in saved.get(where).content  # a file has a policy of its own, stricter than that of pages
        path_of(portal.files, file).write_bytes(b"\0" * 300)
        assert client.get(where).status_code == 503
        for other in (f"/agent/plaintes/SA-CANARI/preuves/{file}", f"/agent/plaintes/{number}/preuves/canari"):
            assert client.get(other).status_code == 404

    def meets_refusals(self, monkeypatch):
        """Every way of being refused: what is typed wrong, unknown, foreign, too big, not a form."""
        client, told = self.client, set()
        path = begin(client)
        self.hold()
        csrf = self.token()
        wrong = client.submit(path, {**TYPED, "email": "canari@", "telephone": "canari", "pro_commune": "Canariville"})
        assert "Canariville" in wrong.text
        told.add(wrong.status_code)
        for code in ("CANA-RICA-NARI-CANA", "canari"):
            told.add(client.submit("/reprendre", {"code": code}).status_code)
        monkeypatch.setattr(reading, "BODY_MOST", 50_000)
        pairs = {"content-type": "application/x-www-form-urlencoded"}
        for where in (path, path.replace("court", "recit"), "/reprendre", "/agent/connexion"):
            much = f"csrf={csrf}&recit={'canari' * 10_000}&canari=canari"
            told.add(client.post(where, content=much, headers=pairs).status_code)
            told.add(client.post(where, content="canari", headers={"content-type": "text/canari"}).status_code)
            told.add(client.post(where, data={"csrf": "canari", "recit": "canari"}).status_code)
            told.add(client.request("CANARI", where).status_code)
            told.add(
                client.post(where, data={"recit": "canari"}, headers={"origin": "https://canari.invalid"}).status_code
            )
        for where in ("/canari?canari=canari", "/saisine/canari/court", "/reprendre/lien/canari", "/static/canari.css"):
            told.add(client.get(where).status_code)
        told.add(client.get("/", headers={"host": "canari.invalid"}).status_code)
        told.add(client.get(path, headers={"cookie": "canari=canari; saisine=canari; agent=canari"}).status_code)
        for _ in range(6):
            last = client.post("/reprendre/perdu", data={"csrf": csrf, "email": "canari.perdu@exemple.fr"})
        told.add(last.status_code)
        assert told == {400, 403, 404, 405, 410, 413, 422, 429}

    def meets_our_own_errors(self, app, monkeypatch):
        """An error that quotes what was typed, in a handler, in the database, in the page of errors, in a mail."""

        def breaks(*_given, **_named):
            raise ValueError("CANARI: could not read 'canari'") from KeyError("canari")

        def is_full(_session):
            raise OperationalError("INSERT INTO canari", {"recit": "canari"}, Exception("canari: disk is full"))

        path, csrf = begin(self.client), self.token()
        client, told = PlainClient(app, headers=ODD, cookies=dict(self.client.cookies)), set()
        pressed = {**TYPED, "csrf": csrf}
        sending: dict[str, Any] = {"data": pressed, "headers": {"content-type": "application/x-www-form-urlencoded"}}
        with monkeypatch.context() as broken:
            broken.setattr("app.filing.receipt.receive.receive", breaks)
            told.add(client.post(path, **sending).status_code)
            broken.setattr("app.base.web.errors.render", breaks)
            told.add(client.post(path, **sending).status_code)
            told.add(client.get("/canari").status_code)
        with monkeypatch.context() as broken:
            broken.setattr(Session, "commit", is_full)
            told.add(client.post(path, **sending).status_code)
            told.add(client.post("/saisine", **sending).status_code)
        with monkeypatch.context() as broken:
            broken.setattr("app.accounts.service.account_by_password", breaks)
            typed = {"csrf": csrf, "email": "canari@exemple.fr", "mot_de_passe": "canari", "code_otp": "canari"}
            told.add(client.post("/agent/connexion", data=typed).status_code)
        assert told == {404, 500, 503}
        Sent(self.client.submit(path, TYPED))
        with monkeypatch.context() as broken:
            broken.setattr(self.mailer, "send", breaks)
            self.mails()
