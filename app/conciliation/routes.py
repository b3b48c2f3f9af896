"""Routes of the conciliation of a complaint, and of what follows it."""

from fastapi import APIRouter

from app.conciliation import home
from app.conciliation.chamber import transmit as chamber
from app.conciliation.chamber.inaction import InactionPage
from app.conciliation.chamber.transmit import ChamberPage, DecisionPage
from app.conciliation.closing import ClosePage
from app.conciliation.director import download as director_letters
from app.conciliation.director.decision import ConclusionPage
from app.conciliation.director.facts import FactsPage
from app.conciliation.director.follow import FollowPage
from app.conciliation.director.no_action import NoActionPage
from app.conciliation.director.observations import ObservationsPage
from app.conciliation.director.opinions import OpinionPage, ReferralPage
from app.conciliation.export.page import ExportPage
from app.conciliation.meeting import members, summons, term_end
from app.conciliation.meeting.commission import CommissionPage
from app.conciliation.meeting.fix import MeetingPage
from app.conciliation.meeting.hearing import HearingPage
from app.conciliation.meeting.report import ReportPage
from app.conciliation.meeting.report_send import SendReport
from app.conciliation.meeting.responses import AnswerPage, CamePage
from app.conciliation.meeting.secretariat import SecretariatPage
from app.conciliation.meeting.summons import SummonsPage
from app.conciliation.recidive import RecidivePage
from app.intake.desk.act_page import add

router = APIRouter()
for part in (home, summons, chamber, members, term_end, director_letters):
    router.include_router(part.router)
add(router, HearingPage(), SecretariatPage(), MeetingPage(), CommissionPage(), SummonsPage(), CamePage(), AnswerPage())
add(router, ReportPage(), SendReport(), ChamberPage(), DecisionPage(), RecidivePage(), InactionPage(), ClosePage())
add(router, FactsPage(), NoActionPage(), ObservationsPage(), ReferralPage(), OpinionPage(), ConclusionPage())
add(router, FollowPage(), ExportPage())
