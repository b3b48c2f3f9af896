"""All the routes of the administration."""

from fastapi import APIRouter

from app.administration import journal, people, routes

router = APIRouter()
for part in (routes, people, journal):
    router.include_router(part.router)
