"""Two presses on one page of a draft at the same instant: one is kept, the other one is told."""

from threading import Barrier, Thread

from app.base.secrets import new_token
from app.saisine import queries, service
from app.saisine.press import PagePress, mark_on, version_of
from app.saisine.short_form import COURT

TEXTS = ("Le premier récit.", "Le second récit.", "Le troisième récit.")


def test_of_presses_at_the_same_instant_one_is_kept_and_the_others_are_past(portal):
    visitor = new_token()
    with portal.database.write() as session:
        made = service.start(session, portal.keyring, visitor, portal.clock, shared_device=False)
        public, at = made.public, made.created_at
    with portal.database.read() as session:
        draft = queries.open_draft(session, portal.keyring, public, visitor, at)
    start, saved = Barrier(len(TEXTS)), {}

    def press(text):
        one = PagePress(COURT, version_of(COURT, {}), text)
        start.wait()
        with portal.database.write() as session:
            saved[text] = service.save(session, draft.id, draft.key, {"recit": [text]}, one, portal.clock)

    threads = [Thread(target=press, args=(text,)) for text in TEXTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = (text for text, one in saved.items() if not one.is_past)
    assert {one.typed["recit"][0] for one in saved.values()} == {kept}
    assert mark_on(COURT, saved[kept].typed).by == kept
    with portal.database.read() as session:
        assert queries.open_draft(session, portal.keyring, public, visitor, at).typed == saved[kept].typed
