"""Each letter as it leaves, made from invented data on a fixed day, is the one that docs/lettres shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import clerk as clerk_of
from app.base.i18n import translate
from app.conciliation import letters, summons_letter
from app.conciliation.chamber import bundle
from app.conciliation.chamber.letters import to_director
from app.conciliation.director.accusation import Accusation, notification, referral
from app.conciliation.director.ceilings import PenaltyFor, highest
from app.conciliation.director.paper import DirectorEnvelope
from app.conciliation.director.rules import Sanction
from app.conciliation.director.told_person import to_person
from app.conciliation.director.verdict import DecisionWords, decision, to_council
from app.conciliation.rules import Issue, MeetingEnd
from app.demo.accounts import CARD
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Decided, Fixed, PassedOn, RecidiveChecked, SittingMember
from app.filing.sealed.director import (
    DirectorConcluded,
    FactsNotified,
    NoActionDecided,
    Observed,
    OpinionAsked,
    OpinionGiven,
)
from app.filing.sealed.receipt import Acknowledged
from app.filing.status.case_status import ACKNOWLEDGED
from app.filing.status.conciliation import AGAIN, DECISION, FIXED, OPINION, REPORT
from app.filing.status.director import CONCLUDED, FACTS, NO_ACTION, OBSERVED, OPINION_ASKED, OPINION_GIVEN
from app.intake.desk.case import DeskCase
from app.intake.letters import letter_text, sheets
from app.intake.letters.acknowledgement import acknowledgement
from app.intake.letters.frame import LetterText, framed
from app.intake.letters.sheets import Section
from app.routing.service import fill_card
from tests.cast import clerk, filed
from tests.support.pdf import bare, faults, text_of

Acts = tuple[tuple[str, Sealed], ...]
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
AGAIN_SANCTIONED = RecidiveChecked(
    words="",
    answer="oui",
    sanction_on=date(2024, 2, 1),
    sanction_by="chambre disciplinaire inventée",
    source="",
)
ACKNOWLEDGEMENT = Acknowledged(words="", on=date(2026, 3, 4), channel="courrier", letter=["Une lettre"], message="")
DESKS = ("595", "MED-59")
COURT = "Chambre disciplinaire inventée"
ALONE = {"profession": "autre", "profession_autre": "91"}
FIXED_ALONE: Acts = ((FIXED, MEETING),)
LATE, MEETING_DAY, AFTER = 200, 86, 90
FACTS_DAY, DECISION_DAY = 27, 125
"""Days since the receipt."""
FACTS_ON = date(2026, 3, 30)
ACCUSED = "Le 2 mars 2026, à Lille, vous avez refusé un rendez-vous à une personne, au motif de sa couverture sociale."
SIGNED_BY = DirectorEnvelope(address=PROFESSIONAL, signatory="Dominique Fictive", quality="directrice")
VERDICT = DecisionWords(
    grounds="Le refus est établi par l'enregistrement de l'appel, et n'a pas de motif médical.",
    court="Tribunal judiciaire inventé, pôle social\n3 place Fictive\n59000 Lille",
)
PENALTY = {"sanctions": ("penalite", "affichage"), "amount": "1000", "ceiling": "8010", "display_months": 2}
NOTIFIED: Acts = ((FACTS, FactsNotified(words="", on=FACTS_ON, mode="remise", reference="", came_on=date(2026, 4, 1))),)


def advised(*senses: str) -> Acts:
    """Give the opinions of the commission and of the UNCAM, each asked a month before."""
    days = {"commission": (date(2026, 5, 5), date(2026, 5, 29)), "uncam": (date(2026, 6, 2), date(2026, 6, 30))}
    return tuple(
        act
        for (body, (asked, given)), sense in zip(days.items(), senses, strict=True)
        for act in (
            (OPINION_ASKED, OpinionAsked(words="", on=asked, body=body)),
            (OPINION_GIVEN, OpinionGiven(words="", on=given, body=body, sense=sense)),
        )
    )


SILENT = advised("repute_rendu", "repute_rendu")
HEARD_AND_ADVISED: Acts = (
    (OBSERVED, Observed(words="", on=date(2026, 4, 20), form="ecrites")),
    (OBSERVED, Observed(words="", on=date(2026, 4, 27), form="audition")),
    *advised("favorable", "favorable"),
)
NOTHING_BEGUN = NoActionDecided(
    words="", on=date(2026, 3, 4), explanation="Les honoraires demandés sont ceux de la convention."
)
PASSED_ON: Acts = ((OPINION, PassedOn(words="", on=date(2026, 6, 1), court="Chambre inventée", joins="oui")),)
JUDGED = (DECISION, Decided(words="", on=date(2026, 7, 20), decision="Blâme."))
OF_COUNCIL: Mapping[str, Any] = {"complaint": {"destinataire": "ordre"}, "desk": "MED-59"}
CONCLUDED_ALONE: Acts = (
    *NOTIFIED,
    (
        CONCLUDED,
        DirectorConcluded(
            words="",
            on=date(2026, 7, 6),
            decision="sanction",
            explanation="Une sanction est prononcée.",
            sanctions=(),
        ),
    ),
)


def enclosed_to_the_court(case: DeskCase) -> tuple[LetterText, Sequence[Section]]:
    """Give the list of the pieces, as long as one page each."""
    pieces = bundle.pieces_of(case)
    letter, rows = bundle.list_of(case, COURT, pieces, {piece.n: "1 page" for piece in pieces})
    return letter, [(bundle.LIST, rows)]


@dataclass(frozen=True)
class Reference:
    """How the letter of a reference is made, of which complaint, how many days after its receipt."""

    write: Callable[[DeskCase], LetterText | tuple[LetterText, Sequence[Section]]]
    days: int = 1
    acts: Acts = FIXED_ALONE
    complaint: Mapping[str, Any] = field(default_factory=dict)
    desk: str = "595"
    """Who received it, and writes."""

    def made(self, case: DeskCase) -> tuple[LetterText, Sequence[Section]]:
        """Give the letter, and what it lists."""
        found = self.write(case)
        return (found, ()) if isinstance(found, LetterText) else found


def to_professional(case: DeskCase) -> LetterText:
    """Give the letter to the professional at a known address."""
    return letter_text.to_professional(case, PROFESSIONAL)


def summoned(party: str) -> Callable[[DeskCase], LetterText]:
    """Give the summons of a party."""
    return lambda case: summons_letter.summons(case, party)


def accused(**more: Any) -> Callable[[DeskCase], LetterText]:
    """Give the notification of facts."""
    said = {"breach": PenaltyFor.DISCRIMINATION, "sanctions": (Sanction.PENALITE, Sanction.AFFICHAGE), **more}
    found = {"penalite_pour": said["breach"], "depassements": said.get("excess"), "decision_directeur_le": FACTS_ON}
    whole = {"on": FACTS_ON, "facts": ACCUSED, "ceiling": highest(found), "display_months": 2, **said}
    return lambda case: notification(case, SIGNED_BY, Accusation(**whole))


def decided(verdict: DecisionWords, **sealed: Any) -> Callable[[DeskCase], LetterText]:
    """Give the decision of the director to the professional."""
    return lambda case: decision(case, SIGNED_BY, concluded(**sealed), verdict)


def concluded(**sealed: Any) -> DirectorConcluded:
    """Give a decision of the director; a sanction, unless it is said."""
    usual = {"words": "", "on": date(2026, 7, 6), "decision": "sanction", "explanation": "", "sanctions": ()}
    return DirectorConcluded(**{**usual, **sealed})


REFERENCES = {
    "accuse-de-reception": Reference(acknowledgement),
    "accuse-de-reception-caisse-seule": Reference(acknowledgement, complaint=ALONE),
    "accuse-de-reception-tardif": Reference(acknowledgement, LATE),
    "transmission": Reference(letter_text.to_authority),
    "transmission-recidive": Reference(letter_text.to_authority, acts=((AGAIN, AGAIN_SANCTIONED),)),
    "professionnel": Reference(to_professional),
    "professionnel-tardif": Reference(to_professional, LATE),
    "professionnel-caisse-seule": Reference(to_professional, complaint=ALONE),
    "convocation-personne": Reference(summoned("personne")),
    "convocation-personne-association": Reference(
        summoned("personne"), complaint={"by_association": True, "powers": ["representer"]}
    ),
    "convocation-professionnel": Reference(summoned("professionnel")),
    "compte-rendu": Reference(lambda case: letters.report(case, END), MEETING_DAY),
    "griefs": Reference(accused(), FACTS_DAY),
    "griefs-honoraires": Reference(
        accused(
            breach=PenaltyFor.HONORAIRES,
            facts="Consultation du 2 mars 2026 : 75 € demandés, pour un tarif de 30 €.",
            count="1",
            excess="45",
            sanctions=tuple(Sanction),
            publication="dans un journal du département, pendant un jour.",
        ),
        FACTS_DAY,
        complaint=ALONE,
    ),
    "saisine-commission": Reference(
        referral,
        DECISION_DAY,
        (*NOTIFIED, (OPINION_ASKED, OpinionAsked(words="", on=date(2026, 5, 5), body="commission"))),
    ),
    "decision-abandon": Reference(
        decided(DecisionWords(grounds="Les honoraires demandés sont ceux de la convention."), decision="abandon"),
        DECISION_DAY,
        NOTIFIED,
    ),
    "decision-sanction": Reference(decided(VERDICT, **PENALTY), DECISION_DAY, (*NOTIFIED, *HEARD_AND_ADVISED)),
    "decision-sanction-recidive": Reference(
        decided(
            replace(VERDICT, publication="dans un journal du département, pendant un jour."),
            **{**PENALTY, "sanctions": [one.value for one in Sanction]},
            fees_months=12,
            contributions_months=1,
            is_repeat=True,
        ),
        DECISION_DAY,
        (*NOTIFIED, *SILENT),
    ),
    "decision-ordre": Reference(lambda case: to_council(case, concluded(**PENALTY)), DECISION_DAY, CONCLUDED_ALONE),
    "decision-personne": Reference(to_person, DECISION_DAY, CONCLUDED_ALONE),
    "sans-suite-personne": Reference(to_person, complaint=ALONE, acts=((NO_ACTION, NOTHING_BEGUN),)),
    "transmission-directeur": Reference(to_director, AFTER, PASSED_ON, **OF_COUNCIL),
    "transmission-directeur-decision": Reference(to_director, AFTER + 60, (*PASSED_ON, JUDGED), **OF_COUNCIL),
    "liste-des-pieces": Reference(
        enclosed_to_the_court, AFTER, ((ACKNOWLEDGED, ACKNOWLEDGEMENT), *FIXED_ALONE, (REPORT, END.sealed()))
    ),
    "liste-des-pieces-recidive": Reference(enclosed_to_the_court, AFTER, ((AGAIN, AGAIN_SANCTIONED),)),
}


@pytest.fixture
def opened(portal):
    """Give the complaint of a reference as its receiver opens it, some days after its receipt."""
    with portal.database.write() as session:
        for one in DESKS:
            fill_card(session, one, CARD)

    def give(session, reference):
        clerk(portal, reference.desk)
        number = filed(portal, **{**PERSON, **reference.complaint}).number
        portal.clock.advance(days=reference.days)
        with portal.database.write() as writing:
            who = clerk_of(writing, writing.scalars(select(Account.id)).one())
            for kind, sealed in reference.acts:
                DeskCase.open(writing, portal, who, number).write(kind, sealed)
        return DeskCase.open(session, portal, who, number)

    return give


def shown(case, letter, sections):
    """Write what the sheet shows, from top to bottom."""
    sheet = framed(letter, case.today)
    parts = ["\n".join(sheet["from"]), "\n".join(f"{'':50}{line}" for line in sheet["to"]), sheet["place"]]
    parts += [sheet["reference"], sheet["subject"], sheet["salutation"], *sheet["paragraphs"], sheet["closing"]]
    parts += ["\n".join(sheet["signature"]), sheet["enclosed"], *sheet["notes"]]
    for heading, rows in sections:
        listed = (f"{row['label']}\n{indent(row['shown'].strip(), '    ')}".rstrip() for row in rows)
        parts += [translate(heading), *listed]
    return "\n\n".join(part for part in parts if part).replace(case.number, NUMBER) + "\n"


@pytest.mark.parametrize("name", REFERENCES)
def test_each_letter_is_the_one_that_is_shown_and_printed(portal, opened, name):
    with portal.database.read() as session:
        case = opened(session, REFERENCES[name])
        letter, sections = REFERENCES[name].made(case)
        text = shown(case, letter, sections)
        made = sheets.letter_pdf(case.opened, letter, case.portal.clock(), sections)
    assert text == (FOLDER / f"{name}.txt").read_text("utf-8")
    assert faults(made) == []
    words = text_of(made).replace(bare(case.number), bare(NUMBER))
    assert [line for line in text.splitlines() if bare(line) not in words] == []


def told(name):
    """Read a reference, with plain spaces."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["accuse-de-reception-tardif", "professionnel-tardif"])
def test_a_late_letter_promises_no_day_that_is_past(name):
    assert "réunion de conciliation" in told(name)
    assert "au plus tard" not in told(name)
    assert "au plus tard" in told(name.removesuffix("-tardif"))


@pytest.mark.parametrize("name", ["transmission", "liste-des-pieces"])
def test_after_a_first_sanction_a_paper_has_its_own_article(name):
    usual = {"transmission": "R. 1110-11", "liste-des-pieces": "R. 1110-13"}[name]
    assert usual in told(name)
    assert usual not in told(f"{name}-recidive")
    assert "R. 1110-14" in told(f"{name}-recidive")


def test_a_caisse_that_is_alone_writes_to_the_professional_under_no_article_of_the_conciliation(portal, opened):
    with portal.database.read() as session:
        said = to_professional(opened(session, REFERENCES["accuse-de-reception-caisse-seule"])).said
    assert "R. 1110-11" not in " ".join(said).replace("\u00a0", " ")


def test_no_reference_is_left_without_its_letter():
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*REFERENCES}
