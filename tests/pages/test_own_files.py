"""The person's own files: a small picture of each photo, a link to the copy, and nobody else's."""

import pytest

from app.evidence import giving, service, store
from app.evidence.antivirus import Scan
from app.evidence.reader.pictures import THUMBNAIL_MOST
from tests.cast import AMINA, Sent, begin
from tests.journeys import ORDINARY, follow
from tests.pages.test_evidence import add, examine, ids, raw
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.files import located, mp3, pdf
from tests.support.html import Page

PHOTO = ("photo.jpg", located(), "image/jpeg")
GIVEN = [PHOTO, ("devis.pdf", pdf(2), "application/pdf"), ("message.mp3", mp3(), "audio/mpeg")]


def pictures(page):
    """Give the small pictures of a page: their addresses by their text."""
    return {image.get("alt"): image.get("src") for image in page.all("img") if image.get("src").endswith("/vignette")}


def link(page, name):
    """Give the address that opens a file; nothing when its name is no link."""
    return next((a.get("href") for a in page.all("a") if "".join(a.itertext()).startswith(name)), None)


def is_harmless(answer):
    """Say whether an answer can do nothing, is kept by nobody, and is not guessed at."""
    headers = answer.headers
    return (
        headers["content-security-policy"] == "sandbox; default-src 'none'"
        and headers["x-content-type-options"] == "nosniff"
        and "no-store" in headers["cache-control"]
    )


def test_a_photo_is_seen_small_at_once_and_opened_as_its_copy(client, portal):
    path = begin(client)
    page = add(client, path, PHOTO)
    small = raw(client, pictures(page)["photo.jpg"])
    assert (small.status_code, small.headers["content-type"]) == (200, "image/jpeg")
    assert small.content.startswith(b"\xff\xd8")
    assert len(small.content) <= THUMBNAIL_MOST
    assert is_harmless(small)
    assert raw(client, link(page, "photo.jpg")).status_code == 409
    examine(portal)
    opened = raw(client, link(client.page(path), "photo.jpg"))
    assert opened.headers["content-disposition"] == 'attachment; filename="piece-01.jpg"'
    assert is_harmless(opened)
    assert opened.content.startswith(b"\xff\xd8")
    assert opened.content != PHOTO[1]
    assert b"Exif" in PHOTO[1]
    assert b"Exif" not in opened.content + small.content


def test_the_small_picture_is_drawn_once_and_goes_with_its_file(client, portal, monkeypatch):
    page = add(client, begin(client), PHOTO)
    where = pictures(page)["photo.jpg"]
    first = raw(client, where).content
    monkeypatch.setattr("tests.support.portal.EXAMINER.read_thumbnail", None)
    monkeypatch.setattr(type(portal), "read_thumbnail", None)
    assert raw(client, where).content == first
    [file_id] = ids(portal)
    assert store.path_of(portal.files, file_id, store.THUMBNAIL).exists()
    store.remove(portal.files, file_id)
    assert not list(portal.files.rglob(f"{file_id}*"))


def test_other_files_say_their_kind_and_are_saved(client, portal):
    path = begin(client)
    add(client, path, *GIVEN)
    examine(portal)
    page = client.page(path)
    assert list(pictures(page)) == ["photo.jpg"]
    assert "devis.pdf Document PDF, 1" in page.text
    assert "message.mp3 Son, " in page.text
    for name, kind in (("devis.pdf", "application/pdf"), ("message.mp3", "audio/mpeg")):
        answer = raw(client, link(page, name))
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-disposition"].startswith('attachment; filename="piece-0')
        assert is_harmless(answer)
    document = link(page, "devis.pdf")
    assert raw(client, f"{document}/vignette").status_code == 404


@pytest.mark.engines("sqlite", "postgresql")
def test_only_this_device_opens_the_files_of_a_draft(client, app, portal):
    path = begin(client)
    page = add(client, path, PHOTO)
    examine(portal)
    stranger = SuspiciousClient(app, portal.database)
    begin(stranger)
    for where in (link(page, "photo.jpg"), pictures(page)["photo.jpg"]):
        assert raw(client, where).status_code == 200
        assert raw(stranger, where).status_code == 404
        assert raw(PlainClient(app), where).status_code == 404
        file_id = ids(portal)[0]
        assert raw(client, where.replace(file_id, "0" * 32)).status_code == 404
        assert raw(client, where.replace(file_id, "%00")).status_code == 404
    other = begin(stranger).removesuffix("/court")
    assert raw(stranger, f"{other}/fichiers/{ids(portal)[0]}").status_code == 404
    client.submit(path, AMINA)
    assert raw(client, link(page, "photo.jpg")).status_code == 404


def test_the_detailed_form_and_the_follow_up_show_them_too(client, app, portal):
    proofs = follow(client, ORDINARY, until="preuves").url.path
    shown = Page(client.submit(proofs, {}, {"fichiers": [PHOTO]}, button="Ajouter").text)
    assert raw(client, pictures(shown)["photo.jpg"]).status_code == 200
    other = SuspiciousClient(app, portal.database)
    path = begin(other)
    add(other, path, PHOTO)
    made = Sent(other.submit(path, AMINA))
    other.submit("/reprendre", {"code": made.code})
    late = ("tard.jpg", located((300, 500)), "image/jpeg")
    page = Page(other.submit("/suivi/preuves", {}, {"fichiers": [late]}, button="Ajouter").text)
    examine(portal)
    assert set(pictures(page)) == {"photo.jpg", "tard.jpg"}
    for name, where in pictures(page).items():
        assert raw(other, where).status_code == 200
        assert raw(other, link(page, name)).headers["content-type"] == "image/jpeg"
        assert raw(PlainClient(app), where).headers["content-type"] != "image/jpeg"
    assert raw(other, pictures(shown)["photo.jpg"].replace("/saisine/", "/suivi/")).status_code == 404


def test_what_is_dangerous_or_gone_is_neither_shown_nor_opened(client, portal):
    path = begin(client)
    page = add(client, path, PHOTO)
    where, small = link(page, "photo.jpg"), pictures(page)["photo.jpg"]
    examine(portal)
    [file_id] = ids(portal)
    store.remove(portal.files, file_id)
    answer = raw(client, where)
    assert answer.status_code == 409
    assert giving.CannotBeShown.says.split(".")[0] in Page(answer.text).text
    assert raw(client, small).status_code == 409
    with portal.database.write() as session:
        service.note_scan(session, file_id, Scan.SUSPECT)
    assert raw(client, small).status_code == 404
    after = client.page(path)
    assert (pictures(after), link(after, "photo.jpg")) == ({}, None)


def test_a_full_disk_loses_no_small_picture(client, portal, monkeypatch):
    page = add(client, begin(client), PHOTO)

    def full(*_):
        raise OSError

    monkeypatch.setattr(store, "write_part", full)
    assert raw(client, pictures(page)["photo.jpg"]).status_code == 200
