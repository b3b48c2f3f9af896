"""All the routes of the administration."""

from fastapi import APIRouter

from app.administration import (
    agreement_withdrawal,
    association_requests,
    closing,
    creation,
    journal,
    mentions,
    people,
    routes,
)

router = APIRouter()
for part in (creation, routes, association_requests, agreement_withdrawal, people, journal, mentions, closing):
    router.include_router(part.router)
