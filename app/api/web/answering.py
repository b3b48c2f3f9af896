"""Each answer of the interface: what is wrong told in French (RFC 9457), what is left to ask told in headers."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from app.api.problems import NOT_WRITTEN, UNREAD, WAIT, ApiProblem
from app.api.rules import ASKED_MOST, ASKED_WINDOW
from app.base.errors import Refusal, StorageTrouble, TooMany
from app.base.i18n import translate
from app.base.limits import Limit
from app.base.web.pages import portal_of

PROBLEM = "application/problem+json"


class ApiRoute(APIRoute):
    """An address of the interface: refusals are problem details, each answer says what is left to ask."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap what answers."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await answer(request)
            except TooMany as trouble:
                response = _told(_later(trouble.says, trouble.minutes * 60))
            except Refusal as trouble:
                response = _told(trouble)
            except RequestValidationError:
                response = _told(ApiProblem(400, UNREAD))
            except StorageTrouble:
                response = _told(ApiProblem(503, NOT_WRITTEN, headers={"Retry-After": "60"}))
            response.headers.update(_left(request))
            return response

        return handle


def count(request: Request, who: str) -> None:
    """Count a request of this access, or of this network before it is known. Raises :class:`ApiProblem` (429)."""
    limit = Limit("api", who, ASKED_MOST, ASKED_WINDOW)
    request.state.api_limit = limit
    try:
        portal_of(request).limits.take(limit)
    except TooMany:
        seconds = max(1, math.ceil(portal_of(request).limits.left(limit)[1]))
        raise _later(WAIT, seconds) from None


def _later(says: str, seconds: int) -> ApiProblem:
    headers, minutes = {"Retry-After": str(seconds)}, math.ceil(seconds / 60)
    return ApiProblem(429, says, code=TooMany.code, headers=headers, seconds=seconds, minutes=minutes)


def _told(trouble: Refusal) -> Response:
    named = trouble.named if isinstance(trouble, ApiProblem) else {}
    told: dict[str, Any] = {"type": "about:blank", "title": translate(trouble.says).format(**named)}
    told |= {"status": trouble.status} | ({"code": trouble.code} if trouble.code else {})
    headers: dict[str, str] = {}
    if isinstance(trouble, ApiProblem):
        headers = trouble.headers
        told |= {"erreurs": trouble.errors} if trouble.errors else {}
    return JSONResponse(told, trouble.status, headers, PROBLEM)


def _left(request: Request) -> dict[str, str]:
    """Say how much is left (draft-ietf-httpapi-ratelimit-headers)."""
    limit: Limit | None = getattr(request.state, "api_limit", None)
    if limit is None:
        return {}
    left, seconds = portal_of(request).limits.left(limit)
    return {
        "RateLimit-Policy": f'"acces";q={limit.most};w={int(limit.window)}',
        "RateLimit": f'"acces";r={left};t={math.ceil(seconds)}',
    }
