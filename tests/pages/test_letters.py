"""Each letter as it leaves, made from invented data on a fixed day, is the one that docs/lettres shows."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import clerk as clerk_of
from app.conciliation import letters
from app.conciliation.rules import Issue, MeetingEnd
from app.demo.accounts import CARD
from app.filing.sealed.conciliation import Fixed, SittingMember
from app.filing.status.conciliation import FIXED
from app.intake.desk.case import DeskCase
from app.intake.letters import letter_text, sheets
from app.intake.letters.frame import framed
from app.routing.service import fill_card
from tests.cast import clerk, filed
from tests.support.pdf import bare, faults, text_of

FOLDER = Path(__file__).parents[2] / "docs" / "lettres"
NUMBER = "SA-2026-ABCD-EFGH"
PERSON = {"moyens": "courrier", "email": "", "prenom": "Amina", "nom": "Inventée", "pro_nom": "Camille Fictif"}
PERSON |= {"adresse_rue": "1 rue Fictive", "adresse_code_postal": "59000", "adresse_ville": "Lille"}
PROFESSIONAL = "Camille Fictif\nCabinet inventé\n2 rue Inventée\n59000 Lille"
MEMBERS = [
    SittingMember(side="595", authority="CPAM de Lille-Douai", name="Nour Fictive"),
    SittingMember(side="MED-59", authority="Conseil départemental", name="Lise Exemple"),
]
MEETING = Fixed(
    words="",
    on=date(2026, 5, 28),
    hour="14:30",
    place="1 rue Fictive\n59000 Lille",
    mode="presentiel",
    why_remote="",
    why_late="",
    members=MEMBERS,
    needs="",
)
END = MeetingEnd(
    on=date(2026, 5, 28),
    presents=("La personne : Amina Inventée", "Nour Fictive", "Lise Exemple"),
    issue=Issue.DESACCORD,
    points="Le rendez-vous refusé.",
    absent=None,
    warnings=(),
)
MADE = {
    "accuse-de-reception": letter_text.acknowledgement,
    "transmission": letter_text.to_authority,
    "professionnel": lambda case: letter_text.to_professional(case, PROFESSIONAL),
    "convocation-personne": lambda case: letters.summons(case, "personne"),
    "convocation-professionnel": lambda case: letters.summons(case, "professionnel"),
    "compte-rendu": lambda case: letters.report(case, END)[0],
}


@pytest.fixture
def opened(portal):
    """Give the complaint as its receiver opens it, its meeting fixed, after some days."""
    clerk(portal, "595")
    with portal.database.write() as session:
        fill_card(session, "MED-59", CARD)

    def give(session, days=1, **changes):
        number = filed(portal, **{**PERSON, **changes}).number
        portal.clock.advance(days=days)
        with portal.database.write() as writing:
            who = clerk_of(writing, writing.scalars(select(Account.id)).one())
            DeskCase.open(writing, portal, who, number).write(FIXED, MEETING)
        return DeskCase.open(session, portal, who, number)

    return give


def shown(case, letter):
    """Write what the sheet shows, from top to bottom."""
    sheet = framed(letter, case.today)
    parts = ["\n".join(sheet["from"]), "\n".join(f"{'':50}{line}" for line in sheet["to"]), sheet["place"]]
    parts += [sheet["reference"], sheet["subject"], sheet["salutation"], *sheet["paragraphs"], sheet["closing"]]
    parts += ["\n".join(sheet["signature"]), sheet["enclosed"], *sheet["notes"]]
    return "\n\n".join(part for part in parts if part).replace(case.number, NUMBER) + "\n"


def compared(name, case, letter):
    """Compare a letter with its reference, and what is printed of it with both."""
    text = shown(case, letter)
    assert text == (FOLDER / f"{name}.txt").read_text("utf-8")
    made = sheets.letter_pdf(case.opened, letter, case.portal.clock())
    assert faults(made) == []
    words = text_of(made).replace(bare(case.number), bare(NUMBER))
    assert [line for line in text.splitlines() if bare(line) not in words] == []


@pytest.mark.parametrize("name", MADE)
def test_each_letter_is_the_one_that_is_shown(portal, opened, name):
    with portal.database.read() as session:
        case = opened(session)
        compared(name, case, MADE[name](case))


def test_a_caisse_that_is_alone_says_what_its_director_may_do(portal, opened):
    with portal.database.read() as session:
        case = opened(session, profession="autre", profession_autre="91")
        compared("accuse-de-reception-caisse-seule", case, letter_text.acknowledgement(case))
        assert "R. 1110-11" not in " ".join(letter_text.to_professional(case, PROFESSIONAL).said)


def test_a_late_letter_promises_no_day_that_is_past(portal, opened):
    with portal.database.read() as session:
        case = opened(session, days=200)
        assert case.today > date(2026, 9, 1)
        for letter in (letter_text.acknowledgement(case), letter_text.to_professional(case, PROFESSIONAL)):
            said = " ".join(letter.said)
            assert "réunion de conciliation" in said
            assert "au plus tard" not in said


@pytest.mark.parametrize(("again", "article"), [(False, "R. 1110-11"), (True, "R. 1110-14")])
def test_after_a_first_sanction_the_transmission_has_its_own_article(again, article):
    now: Any = SimpleNamespace(conciliation=SimpleNamespace(is_recidive=again))
    assert letter_text.transmission_article(now) == article


def test_no_reference_is_left_without_its_letter():
    kept = {path.stem for path in FOLDER.glob("*.txt")}
    assert kept == {*MADE, "accuse-de-reception-caisse-seule"}
