"""Routes of the interface."""

from fastapi import APIRouter

from app.api.web.drafts import router as drafts
from app.api.web.schema import router as schema
from app.api.web.token import router as token

router = APIRouter()
router.include_router(token)
router.include_router(drafts)
router.include_router(schema)
