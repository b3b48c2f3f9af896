"""The doors of the road of a complaint."""

from fastapi import APIRouter

from app.conciliation import (
    chamber,
    closing,
    hearing,
    home,
    inaction,
    meeting,
    members,
    recidive,
    report,
    report_send,
    summons,
    summons_back,
)

router = APIRouter()
for part in (home, hearing, meeting, summons, summons_back, report, report_send, chamber, recidive, inaction, closing):
    router.include_router(part.router)
router.include_router(members.router)
