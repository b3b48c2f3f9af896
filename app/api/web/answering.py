"""Each answer of the interface: what is wrong told in French (RFC 9457), what is left to ask told in headers."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from app.api.problems import WAIT, ApiProblem
from app.api.rules import ASKED_MOST, ASKED_WINDOW
from app.base.errors import Refusal, TooMany
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
                response = _wait(request, trouble)
            except Refusal as trouble:
                response = _told(trouble)
            response.headers.update(_left(request))
            return response

        return handle


def count(request: Request, who: str) -> None:
    """Count a request of this access, or of this network before it is known. Raises :class:`TooMany`."""
    limit = Limit("api", who, ASKED_MOST, ASKED_WINDOW)
    request.state.api_limit = limit
    portal_of(request).limits.take(limit)


def _told(trouble: Refusal) -> Response:
    named = trouble.named if isinstance(trouble, ApiProblem) else {}
    told: dict[str, Any] = {"type": "about:blank", "title": translate(trouble.says).format(**named)}
    told["status"] = trouble.status
    headers: dict[str, str] = {}
    if isinstance(trouble, ApiProblem):
        headers = trouble.headers
        told |= {"erreurs": trouble.errors} if trouble.errors else {}
    return JSONResponse(told, trouble.status, headers, PROBLEM)


def _wait(request: Request, trouble: TooMany) -> Response:
    limit: Limit | None = getattr(request.state, "api_limit", None)
    seconds = trouble.minutes * 60
    if limit is not None:
        seconds = max(1, math.ceil(portal_of(request).limits.left(limit)[1]))
    return _told(ApiProblem(429, WAIT, headers={"Retry-After": str(seconds)}, seconds=seconds))


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
