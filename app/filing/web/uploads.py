"""A form that comes with papers of a complaint: sealed while they arrive, and kept when the page is shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool

from app.base.forms.fields import FieldError, FieldErrors
from app.base.portal import Portal
from app.base.web.reading import FormData
from app.evidence import rules as limits
from app.evidence import store
from app.evidence.purposes import ACT_FILE
from app.evidence.receiving import intake_for, read_files
from app.evidence.store import Received
from app.filing.queries import OpenFiling

PAPERS, KEPT = "papiers_recus", "papiers_gardes"
"""What a page knows beside its fields: how many files came; the field that keeps them when it is shown again."""
KEPT_SECONDS = 12 * 3600
"""A file that no act names is erased after a day."""


@dataclass(frozen=True)
class Papers:
    """A form that came with files."""

    form: FormData
    files: Sequence[Received]
    mistakes: Sequence[FieldError]
    kept: str
    """What the page sends again, so that no file has to be chosen twice."""

    @property
    def known(self) -> dict[str, Any]:
        """What the checks of the form know of the files."""
        return {PAPERS: len(self.files)}

    def told(self, field: str, errors: Mapping[str, FieldError]) -> dict[str, FieldError]:
        """Put what is wrong with the files next to their field."""
        return {field: FieldErrors(self.mistakes), **errors} if self.mistakes else dict(errors)


async def receive(request: Request, portal: Portal, opened: OpenFiling, purpose: str = ACT_FILE.value) -> Papers:
    """Receive a form with its files of one purpose, sealed under the key of the complaint."""
    return await receive_under(request, portal, opened.key, opened.filing.number, purpose)


async def receive_under(request: Request, portal: Portal, key: bytes, bound_to: str, purpose: str) -> Papers:
    """Receive a form with its files, sealed under ``key``; those kept are taken up again with ``bound_to`` alone."""
    intake = intake_for(portal, key, limits.Room(), purpose)
    form = await read_files(request, portal, intake)
    return await run_in_threadpool(_papers, portal, bound_to, form, intake)


def _papers(portal: Portal, number: str, form: FormData, intake: store.Intake) -> Papers:
    signer = URLSafeTimedSerializer(portal.keyring.signature, salt="papers")
    before = [] if intake.done else _before(signer, portal, number, form.get(KEPT))
    files = [*intake.done, *before]
    kept = str(signer.dumps([number, *map(asdict, files)])) if files else ""
    return Papers(form, files, intake.mistakes, kept)


def _before(signer: URLSafeTimedSerializer, portal: Portal, number: str, kept: str) -> list[Received]:
    """Return the files that came with the page shown before; those that are gone must be chosen again."""
    try:
        told, *files = signer.loads(kept, max_age=KEPT_SECONDS)
    except (BadSignature, ValueError):
        return []
    found = [Received(**file) for file in files] if told == number else []
    return [file for file in found if store.path_of(portal.files, file.id).exists()]
