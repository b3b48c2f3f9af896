"""The doors of keeping and erasing."""

from fastapi import APIRouter

from app.privacy import holding, mine, retention

router = APIRouter()
router.include_router(mine.router)
router.include_router(holding.router)
router.include_router(retention.router)
