"""Routes of the interface."""

from fastapi import APIRouter

from app.api.web.complaints import router as complaints
from app.api.web.drafts import router as drafts
from app.api.web.files import router as files
from app.api.web.mandate import router as mandate
from app.api.web.schema import router as schema
from app.api.web.sending import router as sending
from app.api.web.token import router as token

router = APIRouter()
router.include_router(token)
router.include_router(drafts)
router.include_router(files)
router.include_router(mandate)
router.include_router(sending)
router.include_router(complaints)
router.include_router(schema)
