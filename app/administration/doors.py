"""All the doors of the administration."""

from fastapi import APIRouter

from app.administration import people, routes

router = APIRouter()
for part in (routes, people):
    router.include_router(part.router)
