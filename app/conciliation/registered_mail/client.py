"""The contract with the provider of electronic registered letters: three addresses over HTTPS (``docs/lre.md``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import AwareDatetime, BaseModel, Field, ValidationError, model_validator

T = TypeVar("T", bound=BaseModel)
CONNECT, WHOLE = 5.0, 30.0
"""Seconds: to connect, and for each step of an exchange."""
MOST_READ = 10 * 1024**2
"""Bytes of an answer, proof included."""


class ProviderTrouble(Exception):
    """The provider did not do what was asked; ``is_final`` when asking again is useless."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        """Keep a short code: never an address, never a word of the letter."""
        super().__init__(code)
        self.code, self.is_final = code, is_final


@dataclass(frozen=True)
class LetterToSend:
    """A letter to hand over; ``reference`` makes a second request the same letter."""

    reference: str
    name: str
    address: str
    pdf: bytes


class HandedOver(BaseModel):
    """What the provider answers to a letter."""

    id: str = Field(min_length=1, max_length=100, pattern=r"^[\w.:-]+$")


class LetterStep(StrEnum):
    """Where a letter is, in the words of the contract."""

    PENDING = "pending"
    DEPOSITED = "deposited"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCLAIMED = "unclaimed"


class Progress(BaseModel):
    """Where a letter is, as the provider says it, and when it came there."""

    state: LetterStep
    deposited_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    """When it was received, refused, or no longer waited for."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        """Refuse a step without its instant: it is what the law counts from."""
        if self.state is not LetterStep.PENDING and self.deposited_at is None:
            raise ValueError("deposited_at is missing")
        if self.state not in {LetterStep.PENDING, LetterStep.DEPOSITED} and self.ended_at is None:
            raise ValueError("ended_at is missing")
        return self


class Provider(Protocol):
    """Sends electronic registered letters."""

    def hand_over(self, letter: LetterToSend) -> str:
        """Hand a letter over; return its identifier. Raises :class:`ProviderTrouble`."""

    def progress(self, identifier: str) -> Progress:
        """Ask where a letter is. Raises :class:`ProviderTrouble`."""

    def proof(self, identifier: str) -> bytes:
        """Return the proof of its reception, a PDF. Raises :class:`ProviderTrouble`."""


class HttpProvider:
    """The provider at the address of the settings; redirects and proxies of the environment are never followed."""

    def __init__(self, url: str, token: str) -> None:
        """Keep where it is, and what it knows us by."""
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "Saisine"}

    def hand_over(self, letter: LetterToSend) -> str:
        """Hand a letter over; return its identifier. Raises :class:`ProviderTrouble`."""
        said = {"reference": letter.reference, "name": letter.name, "email": letter.address}
        pdf = ("letter.pdf", letter.pdf, "application/pdf")
        headers = {"Idempotency-Key": letter.reference}
        return _read(HandedOver, self._ask("POST", "/letters", data=said, files={"letter": pdf}, headers=headers)).id

    def progress(self, identifier: str) -> Progress:
        """Ask where a letter is. Raises :class:`ProviderTrouble`."""
        return _read(Progress, self._ask("GET", f"/letters/{quote(identifier, safe='')}"))

    def proof(self, identifier: str) -> bytes:
        """Return the proof of its reception, a PDF. Raises :class:`ProviderTrouble`."""
        return self._ask("GET", f"/letters/{quote(identifier, safe='')}/proof")

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **sent: Any) -> bytes:
        limits = httpx.Timeout(WHOLE, connect=CONNECT)
        try:
            with (
                httpx.Client(timeout=limits, trust_env=False, follow_redirects=False) as client,
                client.stream(
                    method, f"{self._url}{path}", headers={**self._headers, **(headers or {})}, **sent
                ) as got,
            ):
                body = _bounded(got)
        except httpx.HTTPError as trouble:
            raise ProviderTrouble("unreachable") from trouble
        if not got.is_success:
            # A server in trouble, too many requests, a token to be renewed: later may be better. The rest never will.
            later = got.is_server_error or got.status_code in {401, 403, 408, 425, 429}
            raise ProviderTrouble(f"http-{got.status_code}", is_final=not later)
        return body


def _bounded(answer: httpx.Response) -> bytes:
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > MOST_READ:
            raise ProviderTrouble("too-long", is_final=True)
    return body


def _read(model: type[T], body: bytes) -> T:
    try:
        return model.model_validate_json(body)
    except ValidationError as wrong:
        raise ProviderTrouble("unread") from wrong
