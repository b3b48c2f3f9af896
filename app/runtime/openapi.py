"""The programming interface says what it answers (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from app.api.web.answering import ApiRoute, count
from app.api.web.described import ApiRefusal
from app.api.web.routes import router as interface
from app.base.web.pages import AddressOf
from app.routing.routes import router as competence
from app.runtime.health import VERSION

router = APIRouter(route_class=ApiRoute)
DESCRIBED = (competence, interface)


@router.get("/api/v1/openapi.json", name="interface.openapi")
def openapi(request: Request, address: AddressOf) -> Response:
    """Describe what programs may ask."""
    count(request, address)
    return JSONResponse(_described(), headers={"Access-Control-Allow-Origin": "*"})


@cache
def _described() -> dict[str, Any]:
    routes = [route for known in DESCRIBED for route in known.routes]
    found = get_openapi(title="Saisine", version=VERSION, openapi_version="3.1.0", routes=routes)
    parts = found["components"]
    parts["schemas"]["ApiRefusal"] = ApiRefusal.model_json_schema()
    parts["securitySchemes"]["acces"] = {"type": "http", "scheme": "basic", "description": "RFC 6749, 2.3.1"}
    found["paths"]["/api/v1/jeton"]["post"]["security"] = [{"acces": []}]
    return found
