"""After a file is received: it is drawn apart, sealed beside the original, shown to the antivirus, swept with it."""

import os
import threading

import pytest

from app.base.crypto.vault import DecryptionError
from app.base.secrets import new_token
from app.evidence import queries, service, store
from app.evidence.antivirus import Scan
from app.evidence.rules import Reading
from app.privacy import service as privacy
from app.runtime.file_examination import FileExaminationWorker
from app.saisine import service as drafts
from tests.rooms.test_antivirus import EICAR, clamd
from tests.support.files import located, mp3, pdf, picture
from tests.support.portal import make_portal


@pytest.fixture
def portal(database, clock, tmp_path):
    return make_portal(database, clock, tmp_path)


class Desk:
    """A draft, to which files are added."""

    def __init__(self, portal):
        self.portal = portal
        with portal.database.write() as session:
            draft = drafts.start(session, portal.keyring, new_token(), portal.clock, shared_device=False)
            self.id, self.key = draft.id, portal.keyring.unwrap(draft.wrapped, "portail")

    def add(self, name, content):
        intake = store.Intake(self.portal.files, self.key, 20, 10**9, free=lambda _: 2**40)
        intake.begin("fichiers", name)
        intake.add(content)
        intake.end()
        with self.portal.database.write() as session:
            service.attach(session, self.id, self.key, intake.done, self.portal.clock)
        return intake.done[0].id

    def row(self, file_id):
        with self.portal.database.read() as session:
            return next(row for row in queries.files_of(session, self.id, self.key) if row.id == file_id)

    def part(self, file_id, part):
        return store.read_part(self.portal.files, self.key, file_id, part)


@pytest.fixture
def desk(portal):
    return Desk(portal)


@pytest.fixture
def examination(portal):
    made = FileExaminationWorker(portal)
    yield made
    made._examiner.close()


def examined(examination):
    return examination.step(threading.Event())


def test_each_file_gets_its_copy_once_sealed_beside_it(desk, examination):
    photo, paper, sound = desk.add("a.jpg", located()), desk.add("b.pdf", pdf(2)), desk.add("c.mp3", mp3())
    assert desk.row(photo).reading == Reading.WAITING
    assert examined(examination) == 3
    assert examined(examination) == 0
    seen = {name: desk.row(one) for name, one in (("photo", photo), ("paper", paper), ("sound", sound))}
    assert {row.reading for row in seen.values()} == {Reading.READ}
    assert (seen["photo"].copy_type, seen["photo"].pages) == ("image/jpeg", 0)
    assert (seen["paper"].copy_type, seen["paper"].pages) == ("application/pdf", 2)
    assert (seen["sound"].copy_type, seen["sound"].seconds) == ("audio/mpeg", 3)
    assert desk.part(photo, store.COPY)[:2] == b"\xff\xd8"
    assert desk.part(paper, store.page_part(2))[:2] == b"\xff\xd8"
    on_disk = b"".join(path.read_bytes() for path in desk.portal.files.rglob("*.sealed"))
    clear = (located(), desk.part(photo, store.COPY), desk.part(paper, store.page_part(2)))
    begins = [one[:16] for one in clear]  # long enough not to be met by chance in what is sealed
    assert not any(mark in on_disk for mark in (*begins, b"%PDF", b"JFIF"))
    assert store.read(desk.portal.files, desk.key, photo) == located()  # the original is as it came


def test_a_part_cannot_take_the_place_of_another(desk, examination):
    paper = desk.add("b.pdf", pdf(2))
    examined(examination)
    first, second = (store.path_of(desk.portal.files, paper, store.page_part(n)) for n in (1, 2))
    second.write_bytes(first.read_bytes())
    with pytest.raises(DecryptionError):
        desk.part(paper, store.page_part(2))


def test_a_file_that_does_not_open_is_told_and_not_tried_again(desk, examination):
    broken = desk.add("d.png", picture("PNG")[:40])
    assert examined(examination) == 1
    assert examined(examination) == 0
    assert desk.row(broken).reading == Reading.UNREADABLE
    assert "ne s'ouvre pas" in desk.row(broken).trouble


def test_a_file_that_is_gone_or_altered_is_noted(desk, examination):
    lost, altered = desk.add("e.png", picture("PNG")), desk.add("f.png", picture("PNG", colour="red"))
    store.path_of(desk.portal.files, lost).unlink()
    store.path_of(desk.portal.files, altered).write_bytes(os.urandom(300))
    examined(examination)
    assert {desk.row(one).reading for one in (lost, altered)} == {Reading.MISSING}
    assert examined(examination) == 0


def test_without_an_antivirus_nothing_is_said_to_be_clean(desk, examination):
    photo = desk.add("a.png", picture("PNG"))
    examined(examination)
    assert desk.row(photo).scan == Scan.NOT_YET


def test_the_antivirus_sees_each_file_once_and_the_person_is_told(database, clock, tmp_path):
    with clamd(tmp_path) as (address, heard):
        desk = Desk(make_portal(database, clock, tmp_path, clamd=address))
        clean, bad = desk.add("a.png", picture("PNG")), desk.add("note.txt", EICAR)
        examination = FileExaminationWorker(desk.portal)
        examined(examination)
        examined(examination)
        examination._examiner.close()
        assert sorted(heard) == sorted([picture("PNG"), EICAR])
    assert (desk.row(clean).scan, desk.row(clean).trouble) == (Scan.CLEAN, "")
    assert desk.row(bad).scan == Scan.SUSPECT
    assert "dangereux" in desk.row(bad).trouble


def test_a_silent_antivirus_is_left_alone_for_a_while_and_delays_nothing(database, clock, tmp_path, monkeypatch):
    desk = Desk(make_portal(database, clock, tmp_path, clamd=str(tmp_path / "clamd.sock")))
    photo = desk.add("a.png", picture("PNG"))
    examination = FileExaminationWorker(desk.portal)
    assert examined(examination) == 1  # drawn, though the antivirus is not there
    assert desk.row(photo).scan == Scan.NOT_YET
    with clamd(tmp_path) as (_, heard):
        examined(examination)
        assert heard == []
        monkeypatch.setattr(examination, "_asked_again_at", 0.0)
        examined(examination)
    examination._examiner.close()
    assert desk.row(photo).scan == Scan.CLEAN


def test_what_was_drawn_goes_with_its_file(desk, examination):
    paper, photo = desk.add("b.pdf", pdf(2)), desk.add("a.jpg", located())
    examined(examination)
    folder, portal = desk.portal.files, desk.portal
    store.remove(folder, paper)
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert {store.id_of(path) for path in left} == {photo}
    assert len(left) == 2
    with portal.database.write() as session:
        service.detach(session, desk.id, photo)
    for path in left:
        os.utime(path, times=(0, 0))
    with portal.database.read() as session:
        lost = privacy.orphans(session, folder, portal.clock())
    assert lost == [photo]
    privacy.remove(folder, lost)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
