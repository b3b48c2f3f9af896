"""Routes of keeping and erasing."""

from fastapi import APIRouter

from app.privacy import hold, my_data, retention

router = APIRouter()
router.include_router(my_data.router)
router.include_router(hold.router)
router.include_router(retention.router)
