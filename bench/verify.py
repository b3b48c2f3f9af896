"""How fast everything is verified again: the chain alone, then whole complaints without files, then with tokens.

All is looked at as the command does it: on each processor, four at most.
"""

import tempfile
import threading
import time
import uuid
from pathlib import Path

from app.base.forms.fields import Typed
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import new_token
from app.base.settings import Settings
from app.filing.receipt import competence
from app.filing.receipt.mails import Words
from app.filing.receipt.receive import PersonalCode, receive
from app.runtime.instance import make_portal
from app.runtime.preparation import migrate, prepare_demo
from app.runtime.timestamping import TimestampWorker
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.short_form import COURT
from app.stamping.trust import trust_of
from app.verification.chain import check_chain
from app.verification.findings import Findings
from app.verification.service import verify
from app.verification.side_by_side import processors
from bench.support import FORM, verdict

COMPLAINTS, PACE = 5000, 5000


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        migrate(settings)
        prepare_demo(settings)
        portal = make_portal(settings)
        for _ in range(COMPLAINTS):
            _receive(portal)
        with portal.database.read() as session:
            began, found = time.perf_counter(), Findings()
            for _entry in check_chain(session, found, ()):
                pass
            pace = _pace("the chain", found.entries, time.perf_counter() - began)
        whole = _verify(portal, "whole complaints, keys and dates included")
        keeping = TimestampWorker(portal)
        while keeping.step(threading.Event()):
            pass
        _verify(portal, "the same with the tokens")
        portal.database.close()
    kept = verdict("1 000 entries of the chain", 1e6 / pace, "ms", 1e6 / PACE)
    return verdict("1 000 whole complaints", 1e6 / whole, "ms", 1e6 / PACE) and kept


def _verify(portal: Portal, what: str) -> float:
    began = time.perf_counter()
    found = verify(portal, trust_of(portal.settings, portal.keyring), copies=processors())
    if not found.is_whole:
        raise RuntimeError(f"not whole: {found.problems[:3]}")
    return _pace(what, found.entries, time.perf_counter() - began)


def _pace(what: str, entries: int, seconds: float) -> float:
    print(f"     {what}: {entries} entries, {entries / seconds:.0f} a second")
    return entries / seconds


def _receive(portal: Portal) -> None:
    """Receive one complaint as a real one is received, but for the slow hash of the personal code."""
    typed: Typed = {name: [value] for name, value in FORM.items()}
    visitor, code = new_token(), PersonalCode("0000", uuid.uuid4().hex)
    with portal.database.write() as session:
        public = drafting.start(session, portal.keyring, visitor, portal.clock, shared_device=False).public
        session.flush()
        draft = drafts.open_draft(session, portal.keyring, public, visitor, portal.clock())
        settled = competence.settle(session, typed, COURT.parse(typed).values)
        if draft is None or settled.complaint is None:
            raise ValueError("the complaint of the bench does not pass")
        words = Words(translate, portal.settings.address)
        receive(session, portal.keyring, draft, settled.complaint, code, portal.clock, words)


if __name__ == "__main__":
    raise SystemExit(not main())
