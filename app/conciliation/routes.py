"""The doors of the conciliation of a complaint, and of what follows it."""

from fastapi import APIRouter

from app.conciliation import chamber, home, members, summons
from app.conciliation.chamber import ChamberPage, DecisionPage
from app.conciliation.closing import ClosePage
from app.conciliation.hearing import HearingPage
from app.conciliation.inaction import InactionPage
from app.conciliation.meeting import MeetingPage
from app.conciliation.recidive import RecidivePage
from app.conciliation.report import ReportPage
from app.conciliation.report_send import SendReport
from app.conciliation.summons import SummonsPage
from app.conciliation.summons_back import AnswerPage, CamePage
from app.intake.desk.act_page import add

router = APIRouter()
for part in (home, summons, chamber, members):
    router.include_router(part.router)
add(router, HearingPage(), MeetingPage(), SummonsPage(), CamePage(), AnswerPage(), ReportPage(), SendReport())
add(router, ChamberPage(), DecisionPage(), RecidivePage(), InactionPage(), ClosePage())
