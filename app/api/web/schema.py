"""``GET /api/v1/schema``: what a draft may answer, for whoever writes a program."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from app.api.schema import answers_schema
from app.api.web.answering import ApiRoute
from app.base.i18n import translate

router = APIRouter(prefix="/api/v1", tags=["brouillons"], route_class=ApiRoute)


@router.get("/schema", name="api.schema", summary="JSON Schema of the answers of a draft")
def show() -> Response:
    """Show the schema: it is the same for everybody, and holds nothing of anybody."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return JSONResponse(answers_schema(translate), headers=headers, media_type="application/schema+json")
