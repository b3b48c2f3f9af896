"""The sheet of a complaint on paper that a clerk is recording: its key, while nothing else of it is kept."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.accounts.queries import Clerk
from app.base.crypto.vault import PORTAL, new_key
from app.base.errors import NotFound
from app.base.portal import Portal
from app.filing.web.uploads import KEPT_SECONDS
from app.intake.desk.page import DeskOf


@dataclass(frozen=True)
class PaperSheet:
    """A complaint that a clerk is recording: nothing of it is kept but files, until it is whole.

    The address of its form bears ``token``: the key of the complaint, locked and signed.
    """

    token: str
    key: bytes
    draft_id: str

    @classmethod
    def of(cls, portal: Portal, clerk: Clerk, token: str) -> "PaperSheet":
        """Take up the sheet of a page that this clerk was shown; begin one for any other token."""
        signer = URLSafeTimedSerializer(portal.keyring.signature, salt="saisir")
        try:
            whose, wrapped = signer.loads(token, max_age=KEPT_SECONDS)
        except (BadSignature, ValueError):
            whose = wrapped = ""
        if whose != clerk.id:
            wrapped = portal.keyring.wrap(new_key(), PORTAL)
            token = str(signer.dumps([clerk.id, wrapped]))
        return cls(token, portal.keyring.unwrap(wrapped, PORTAL), hashlib.sha256(wrapped.encode()).hexdigest()[:32])


def of_an_authority(clerk: DeskOf) -> Clerk:
    """Return a clerk who records for an authority; the box of « aiguillage » receives no letter.

    Raises :class:`~app.base.errors.NotFound`.
    """
    if clerk.place is None:
        raise NotFound
    return clerk


RecorderOf = Annotated[Clerk, Depends(of_an_authority)]
