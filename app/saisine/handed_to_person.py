"""A draft of an association that becomes the person's own: the association's part ends, and she sends it herself.

What an association may no longer do once its agreement ended (CSP L. 1114-1), the person still may (CSP R. 1110-11).
"""

import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.associations import own_records
from app.base.clock import Clock
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import Keyring, seal
from app.base.forms.fields import Typed
from app.base.forms.form import inputs
from app.evidence import service as files
from app.evidence.purposes import MANDAT
from app.saisine import attached, returning
from app.saisine.models import Draft, MandateRequest
from app.saisine.press import MARK, READ_IN
from app.saisine.queries import DRAFT, OpenDraft, answers_place, open_row
from app.saisine.rules import KEPT
from app.saisine.service import kept_until
from app.saisine.steps.mandate import SignedMandate
from app.saisine.steps.sending import Declarations
from app.saisine.steps.situation import GIVEN_FOR_MINOR, REPRESENTING, MandateGiver, Quality

OF_ASSOCIATION = frozenset({"mandant", "pers_joindre", *inputs(SignedMandate), *inputs(Declarations)})
"""What the association answered as such, and what the person alone may declare."""
QUALITIES: Mapping[str, Quality] = {
    MandateGiver.PERSONNE: Quality.MOI,
    **dict.fromkeys(GIVEN_FOR_MINOR, Quality.ENFANT),
    **{measure.value: Quality.PROTEGE for measure in REPRESENTING},
}
"""Who writes from now on, by who was to give the mandate; under a measure, both bear the same code."""

LONG_FORM: Typed = {"besoin_soins": [""]}
"""A question of the long form, which no member was asked: it stands without an answer, and is where she goes
on; a draft in which it does not stand is one of the short form."""


def as_own(typed: Typed) -> Typed:
    """Return the answers as those of whoever was to give the mandate, without a word on who wrote them. Pure."""
    giver = "".join(typed.get("mandant", ())[-1:]) or MandateGiver.PERSONNE.value
    kept = {name: value for name, value in typed.items() if name not in OF_ASSOCIATION and not name.startswith(MARK)}
    quality = QUALITIES.get(giver)
    kept |= LONG_FORM
    kept |= {"qualite": [quality.value]} if quality else {}
    return {**kept, "mesure": [giver]} if quality is Quality.PROTEGE else kept


def opened(session: Session, keyring: Keyring, draft_id: str, association: str) -> OpenDraft | None:
    """Open a draft of an association, alone until the end of the transaction; ``None`` once it is sent or handed."""
    row = session.scalar(select(Draft).where(Draft.id == draft_id).with_for_update())
    if row is None or row.association != association or row.sent_code is not None or not is_bound(session, row):
        return None
    return open_row(session, keyring, row)


def hand(
    session: Session, keyring: Keyring, draft: OpenDraft, to: str, clock: Clock, read_in: str
) -> tuple[str, list[str]]:
    """End the association's part in a draft that :func:`opened` gave.

    ``to``: the person's address, by which she finds it again; or empty. ``read_in``: code of her language. Gives the
    token of the link that opens it once, and the ids of the files whose bytes the caller removes.
    """
    now = clock()
    mandates = [file.id for file in attached.files_of(session, draft) if file.purpose == MANDAT]
    gone = [one for one in mandates if files.detach(session, draft.id, one)]
    row = session.get_one(Draft, draft.id)
    own = {**as_own(draft.typed), READ_IN: [read_in]}
    row.answers = seal(draft.key, json.dumps(own, ensure_ascii=False).encode(), answers_place(draft.id))
    row.association = row.member = row.client = ""
    row.reminded = False
    row.changed_at, row.expires_on = now, kept_until(session, "", now)
    if to:
        returning.remember(row, keyring, draft.key, to)
    session.execute(delete(MandateRequest).where(MandateRequest.draft == draft.id))
    own_records.forget(session, select(Draft.id).where(Draft.id == draft.id))
    session.flush()
    return returning.make_link(session, DRAFT, draft.id, now, KEPT), gone
