"""Asking an application without a network, in one turn of a loop that lasts as long as the process."""

from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future
from contextvars import ContextVar, copy_context
from functools import cache
from threading import Thread, current_thread, main_thread
from typing import Any

import anyio
import anyio.to_thread
import httpx
from anyio.from_thread import BlockingPortal

_ALONE: ContextVar[bool] = ContextVar("alone", default=False)
"""Whether the thread of the test itself asks, and waits for the answer: nobody is kept waiting."""
_in_a_thread = anyio.to_thread.run_sync


async def _beside(function: Callable[..., Any], *words: Any, **named: Any) -> Any:
    """Do what an application gives to a thread of its own: at once, when nothing else could be done meanwhile."""
    if _ALONE.get():
        return copy_context().run(function, *words)
    return await _in_a_thread(function, *words, **named)


anyio.to_thread.run_sync = _beside  # type: ignore[assignment]


@cache
def _loop(is_alone: bool) -> BlockingPortal:  # noqa: FBT001
    """Keep a loop in a thread, which ends with the process; another one for those who ask while a test waits."""
    del is_alone
    made: Future[BlockingPortal] = Future()

    async def live() -> None:
        async with BlockingPortal() as portal:
            made.set_result(portal)
            await portal.sleep_until_stopped()

    Thread(target=anyio.run, args=(live,), daemon=True).start()
    return made.result()


class InOneTurn(httpx.BaseTransport):
    """Ask an application in one turn of the loop of this process: Starlette's client takes one for each message.

    Those who ask at the same time do so from threads of their own, and each is answered in threads, as in production.
    """

    def __init__(self, app: Any) -> None:
        """Ask as the client that the limits of the tests know."""
        self._asked = httpx.ASGITransport(app, client=("testclient", 50000))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or raise what the application raised."""
        if not isinstance(request.stream, httpx.AsyncByteStream):
            request.stream = _InParts(request.stream)
        is_alone = current_thread() is main_thread()
        return _loop(is_alone).call(self._answer, request, is_alone)

    async def _answer(self, request: httpx.Request, is_alone: bool) -> httpx.Response:  # noqa: FBT001
        _ALONE.set(is_alone)
        answer = await self._asked.handle_async_request(request)
        body = b"".join([part async for part in answer.stream])  # type: ignore[union-attr]
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))


class _InParts(httpx.AsyncByteStream):
    """A body that comes in parts, without its length."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part
