"""What is sealed: one JSON document per filing, canonical (RFC 8785), so that the same bytes are hashed and locked."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from app.base.crypto.vault import seal, unseal
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.forms.form import Answers
from app.base.i18n import FRENCH
from app.evidence.queries import FileRow
from app.filing import rules
from app.filing.ledger.chain import SALT, instant
from app.filing.sealed.recorded import CHANNEL, RECORDED, Recorded
from app.procedure.days import LegalDay
from app.saisine.steps.recipients import recipients_of
from app.saisine.third_person import speaking

UNNAMED = N_("Nom non renseigné")
"""A person whose name a paper does not say: it is asked for (CRPA L. 114-5)."""
READ_IN = "read_in"
"""Key of the language in which the form was read, when it was not French."""
SUMMED = ("person", "professional", "signs")
"""What a list shows of a document; ``signs``: codes of what a clerk must see at once, separated by spaces."""


@dataclass(frozen=True)
class Complaint:
    """A complete complaint, valid, just before it is received."""

    sheets: tuple[Answers, ...]
    """The valid answers, page after page."""
    form: str
    profession: str
    """RPPS code, or empty."""
    commune: str
    """INSEE code, or empty."""
    town: str
    place: str
    """The town as it is said back, with a postal code and its département; empty when it is not known."""
    zone: str
    decision: rules.CompetenceDecision
    receiver: dict[str, Any]
    """Who receives, as known that day: code, name, kind, address lines, phone, email; empty when to be decided."""
    informed: dict[str, Any]
    proposed: tuple[dict[str, Any], ...] = ()
    """The authorities among which a person must still decide."""
    association: Mapping[str, Any] | None = None
    """The association that files for the person: its agreement of that day, the mandate (CSP R. 1110-11)."""
    recorded: Recorded | None = None
    """What the authority declares, when it received the complaint by itself."""
    read_in: str = FRENCH
    """Code of the language in which the form was read; where an association files, of the one that the person reads."""

    @property
    def answers(self) -> dict[str, Any]:
        """Every answer by its name."""
        return {name: value for sheet in self.sheets for name, value in sheet}

    @property
    def channel(self) -> str:
        """How the complaint came."""
        return CHANNEL if self.recorded else rules.channel_of(self.answers)

    def received_at(self, now: datetime) -> datetime:
        """Return the instant of its receipt: now, or the one that an authority declares (CSP R. 1110-11)."""
        return self.recorded.received_at(now) if self.recorded else now


def document(
    complaint: Complaint, number: str, draft_id: str, at: datetime, files: Sequence[FileRow], t: Translate
) -> bytes:
    """Write the canonical bytes of a filing; ``at``: the instant at which it enters the ledger."""
    answers = complaint.answers
    who = recipients_of(complaint.decision.outcome, complaint.profession, answers)
    t = speaking(answers, t, who)
    return rfc8785.dumps(
        {
            "number": number,
            "draft": draft_id,
            "form": complaint.form,
            "received_at": instant(complaint.received_at(at)),
            "zone": complaint.zone,
            "receiver": complaint.decision.receiver,
            "informed": complaint.decision.informed,
            "authorities": {
                "receiver": complaint.receiver,
                "informed": complaint.informed,
                "proposed": list(complaint.proposed),
            },
            "outcome": complaint.decision.outcome,
            "without": " ".join(sorted(_left_out(complaint))),
            **{name: getattr(complaint, name) for name in ("profession", "commune", "town", "place")},
            "channel": complaint.channel,
            "signs": " ".join(rules.signs_of(answers, complaint.decision)),
            "to_confirm": " ".join(complaint.decision.to_confirm),
            "candidates": " ".join(complaint.decision.candidates),
            "person": rules.person_name(answers) or t(UNNAMED),
            "filer": rules.filer_name(answers) or t(UNNAMED),
            "professional": rules.professional_name(answers),
            "complaint": rules.said_back(_told(complaint, t), complaint.place),
            "contact": rules.rows_of(complaint.sheets, t, private=True),
            "files": [
                {
                    "id": f.id,
                    "name": f.name,
                    "title": f.title,
                    "size": f.size,
                    "sha256": f.sha256,
                    "media_type": f.media_type,
                    "purpose": f.purpose,
                }
                for f in files
            ],
            **({READ_IN: complaint.read_in} if complaint.read_in != FRENCH else {}),
            **({"association": dict(complaint.association)} if complaint.association else {}),
            **({RECORDED: complaint.recorded.sealed(instant(at))} if complaint.recorded else {}),
        }
    )


def _told(complaint: Complaint, t: Translate) -> list[rules.Row]:
    return rules.rows_of(complaint.sheets, t, private=False, blanks=complaint.recorded is not None)


def _left_out(complaint: Complaint) -> frozenset[str]:
    """Leave out the récépissé of CRPA R. 112-11-2 too where nothing was sent to the service: it is of what was."""
    outcome = complaint.decision.outcome
    left = rules.days_left_out(outcome, recipients_of(outcome, complaint.profession, complaint.answers))
    return left | ({LegalDay.RECEIPT} if complaint.recorded else frozenset())


def salted(content: bytes) -> bytes:
    """Put a fresh salt before the contents: nobody can test a guess against the commitment."""
    return secrets.token_bytes(SALT) + content


def summary_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Take from a document the few words that a list shows; who is a minor or has needs is sealed like the rest."""
    return {name: document.get(name, "") for name in SUMMED}


def lock(key: bytes, filing_id: str, content: bytes, summary: dict[str, str]) -> tuple[bytes, bytes]:
    """Seal the salted document, and apart the few words that a list shows."""
    return seal(key, content, _place(filing_id, "payload")), lock_summary(key, filing_id, summary)


def lock_summary(key: bytes, filing_id: str, summary: dict[str, str]) -> bytes:
    """Seal the few words that a list shows."""
    return seal(key, json.dumps(summary, ensure_ascii=False).encode(), _place(filing_id, "summary"))


def opened(key: bytes, filing_id: str, payload: bytes) -> bytes:
    """Open the document with its salt: what the commitment is made of.

    Raises :class:`~app.base.crypto.vault.DecryptionError`.
    """
    return unseal(key, payload, _place(filing_id, "payload"))


def act_place(filing_id: str, n: int) -> str:
    """Return what the seal of an act is bound to; ``n`` is the number of its entry in the ledger."""
    return f"filing|{filing_id}|act|{n}"


def opened_act(key: bytes, filing_id: str, n: int, content: bytes) -> bytes:
    """Open an act with its salt: what its commitment is made of.

    Raises :class:`~app.base.crypto.vault.DecryptionError`.
    """
    return unseal(key, content, act_place(filing_id, n))


def read(content: bytes) -> dict[str, Any]:
    """Read a document past its salt."""
    document: dict[str, Any] = json.loads(content[SALT:])
    return document


def unlock(key: bytes, filing_id: str, payload: bytes) -> dict[str, Any]:
    """Open the document. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    return read(opened(key, filing_id, payload))


def unlock_summary(key: bytes, filing_id: str, summary: bytes) -> dict[str, str]:
    """Open the few words of a list. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    words: dict[str, str] = json.loads(unseal(key, summary, _place(filing_id, "summary")))
    return words


def _place(filing_id: str, what: str) -> str:
    return f"filing|{filing_id}|{what}|1"
