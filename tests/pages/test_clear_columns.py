"""Whoever copies the database without its keys reads nothing of the person: health, age, needs, reasons, words."""

import re

import pytest
from sqlalchemy import select

from app.base.storage.migrate import every_table
from app.filing.models import Filing
from app.filing.queries import open_for_person
from app.intake.rules import Sign
from app.saisine.steps.motives import MotiveChoice
from tests.cast import Sent, sign_in
from tests.journeys import ARABIC, CARDIOLOGIST, LAWYER, PARENT, follow
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
PUBLIC = ("authority", "commune", "cpam_exception", "departement", "directory_", "motive", "profession", "refusal_form")
"""How tables are named that hold what everybody may read, the same in every instance."""
SEALED_LETTERS = 6
"""Shorter words come by chance in sealed bytes."""
ELSE = {"filing.town", "filing.zone", "account.email"}
"""Where the professional works, by which authorities are chosen; addresses of clerks, invented as those of persons."""
CODES = {code.value for kind in (Sign, MotiveChoice) for code in kind}


NUMBER = re.compile(r"SA-\d{4}-\w{4}-\w{4}")
"""Drawn at random: its letters may spell a word."""


def words_of(text):
    return {word for word in re.findall(r"\w+", NUMBER.sub(" ", text).lower()) if len(word) > 2}


def in_clear(portal):
    """Give every word of every cell, with where it stands."""
    found = set()
    with portal.database.read() as session:
        for table in every_table().sorted_tables:
            for row in session.execute(select(table)).mappings() if not table.name.startswith(PUBLIC) else ():
                for name, value in row.items():
                    is_sealed = isinstance(value, bytes)
                    words = words_of(value.decode("latin-1") if is_sealed else str(value))
                    found |= {(f"{table.name}.{name}", w) for w in words if not is_sealed or len(w) >= SEALED_LETTERS}
    return found


def told(portal):
    """Give every word that was answered, of those that name no day, and every sign that was made of the answers."""
    words = set()
    with portal.database.read() as session:
        for filing in session.scalars(select(Filing)):
            document = open_for_person(session, portal.keyring, filing).payload
            words |= words_of(document["signs"])
            for row in (*document["complaint"], *document["contact"]):
                words |= words_of(f"{row['answer']} {row['shown']}")
    return {word for word in words if not word.isdigit()}


def lives(client, portal):
    """Send complaints of a protected adult, a child, a client and a foreigner, leave a draft; a clerk answers one."""
    sent = []
    for journey in (CARDIOLOGIST, PARENT, LAWYER, ARABIC):
        found = follow(client, journey)
        sent.append(Sent(client.send_form(Page(found.text), found.url.path, dict(journey.declarations))))
        portal.clock.advance(minutes=1)
    follow(client, PARENT, until="identite")
    sign_in(client, portal, "595", "Odile Bureau")
    typed = {"canal_ar": "courrier", "poste_le_jour": "3", "poste_le_mois": "mars", "poste_le_annee": "2026"}
    client.submit(f"/agent/plaintes/{sent[0].number}/accuser-reception", typed)


def test_no_column_in_clear_says_anything_of_the_person(client, portal):
    lives(client, portal)
    known, seen = told(portal), in_clear(portal)
    assert {"mineur", "protege", "besoins", "langue", "urgence", "handicap", "falc", "curatelle"} <= known
    assert {("filing.state", "accusee"), ("filing_event.kind", "ouverte")} <= seen
    assert {one for one in seen if one[1] in known | CODES and one[0] not in ELSE} == set()
