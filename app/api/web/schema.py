"""``GET /api/v1/schema``: what a draft may answer, for whoever writes a program."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.api.schema import answers_schema
from app.api.web.answering import ApiRoute, count
from app.base.i18n import translate
from app.base.web.pages import AddressOf

router = APIRouter(prefix="/api/v1", tags=["brouillons"], route_class=ApiRoute)


@router.get("/schema", name="api.schema", summary="JSON Schema of the answers of a draft")
def show(request: Request, address: AddressOf) -> Response:
    """Show the schema: it is the same for everybody, and holds nothing of anybody."""
    count(request, address)
    headers = {"Access-Control-Allow-Origin": "*"}
    return JSONResponse(answers_schema(translate), headers=headers, media_type="application/schema+json")
