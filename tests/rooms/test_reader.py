"""The reader of strangers' files: what it accepts, what it draws and leaves out, and what it survives."""

import os
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.evidence.examiner import Examiner, Examiners
from app.evidence.reader import __main__ as reader
from app.evidence.reader import found, papers, pictures, wire
from app.evidence.reader.jpeg_segments import without_metadata
from tests.support.files import aac, amr, located, m4a, mail, mp3, pdf, picture, wav
from tests.support.portal import EXAMINER

KINDS = {
    "image/jpeg": lambda: picture("JPEG"),
    "image/png": lambda: picture("PNG"),
    "image/webp": lambda: picture("WEBP"),
    "application/pdf": pdf,
    "audio/mpeg": mp3,
    "audio/mp4": m4a,
    "audio/wav": wav,
    "audio/aac": aac,
    "audio/amr": amr,
    "text/plain": "Le cabinet refuse : « pas de CMU ».".encode,
    "message/rfc822": mail,
}


def check(media_type, content):
    return EXAMINER.check(media_type, lambda: content)


def read(media_type, content):
    return EXAMINER.read(media_type, lambda: content)


def opened(content):
    return Image.open(BytesIO(content))


def vast(width, height):
    """Write a PNG of a few bytes that claims a vast picture."""

    def chunk(kind, content):
        return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))

    frame = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + frame + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_recognised_and_read(kind):
    content = KINDS[kind]()
    assert check(kind, content) == found.FINE
    assert read(kind, content).verdict == found.FINE


@pytest.mark.parametrize("claimed", [kind for kind in KINDS if kind not in {"text/plain", "message/rfc822"}])
@pytest.mark.parametrize("true", KINDS)
def test_a_liar_is_found_out(claimed, true):
    if claimed != true:
        assert check(claimed, KINDS[true]()) == found.UNREADABLE


def test_a_photo_is_upright_small_enough_and_says_nothing_of_where_it_was_taken():
    content = located((4000, 2000))
    assert opened(content).getexif()[0x010F] == "CANARI-APPAREIL"
    copy = read("image/jpeg", content).copy
    assert opened(copy).size == (1500, 3000)  # held sideways, and no side above 3000
    assert not opened(copy).getexif()
    assert b"CANARI" not in copy
    assert b"Exif" not in copy


def test_what_is_see_through_becomes_white():
    made = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(read("image/png", made.getvalue()).copy).getpixel((5, 5)) == (255, 255, 255)


def test_half_a_photo_still_shows_something():
    noise = Image.effect_noise((800, 600), 90).convert("RGB")
    made = BytesIO()
    noise.save(made, "JPEG")
    seen = read("image/jpeg", made.getvalue()[: len(made.getvalue()) // 2])
    assert seen.verdict == found.FINE
    assert opened(seen.copy).size == (800, 600)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (80_001, 1000), (20_000, 20_000)])
def test_a_picture_too_vast_is_told(width, height):
    assert check("image/png", vast(width, height)) == found.VAST
    assert check("image/png", vast(2**31 - 1, 2**31 - 1)) in {found.VAST, found.UNREADABLE}


@pytest.mark.parametrize(("width", "height"), [(8900, 8900), (1230, 65_000)])
def test_the_largest_picture_allowed_is_read_within_the_memory(width, height):
    assert check("image/png", vast(width, height)) == found.FINE
    assert read("image/png", vast(width, height)).verdict == found.FINE


@pytest.mark.parametrize(("width", "height"), [(8192, 6144), (12_000, 9000), (16_300, 12_200), (65_000, 3000)])
def test_a_photo_of_two_hundred_million_pixels_is_decoded_smaller(width, height):
    content = picture("JPEG", (8, 8)).replace(b"\0\x08\0\x08\x03", struct.pack("!HHB", height, width, 3))
    assert check("image/jpeg", content) == found.FINE
    seen = read("image/jpeg", content)
    assert seen.verdict == found.FINE
    assert max(opened(seen.copy).size) in range(3000, 12_001)


def test_a_photo_that_only_many_passes_would_tell_is_too_vast_sooner():
    """Its decoder holds it whole, however small it is drawn."""
    for size, said in (((7000, 7000), found.FINE), ((8000, 7000), found.VAST)):
        assert check("image/jpeg", picture("JPEG", size, progressive=True)) == said
    wide = picture("JPEG", (8, 8)).replace(b"\0\x08\0\x08\x03", struct.pack("!HHB", 15_000, 15_000, 3))
    assert check("image/jpeg", wide) == found.VAST


def screenshot(size, mode="RGB", kind="PNG", **said):
    """Draw what a telephone shows of a long conversation: a line every forty pixels."""
    drawn, made = Image.new(mode, size, "white"), BytesIO()
    for y in range(0, size[1], 40):
        drawn.paste("black", (10, y, size[0] // 2, y + 4))
    drawn.save(made, kind, **said)
    return made.getvalue()


@pytest.mark.parametrize(("size", "mode", "pages"), [((1080, 12_000), "RGB", 9), ((1440, 8000), "RGBA", 5)])
def test_a_tall_screenshot_is_cut_in_pages_as_wide_as_it_is(size, mode, pages):
    seen = read("image/png", screenshot(size, mode))
    assert (seen.copy_type, len(seen.pages), seen.remark) == ("application/pdf", pages, "")
    wide = min(1240, size[0])
    assert {opened(page).width for page in seen.pages} == {wide}
    shared = sum(opened(page).height for page in seen.pages) - size[1] * wide / size[0]
    assert 0.07 * wide * (pages - 1) < shared < 0.2 * wide * pages  # a line that is cut is whole on one of two pages
    with pikepdf.open(BytesIO(seen.copy)) as copy:
        assert len(copy.pages) == pages
        assert copy.pages[0].Resources.XObject.P.read_raw_bytes() == seen.pages[0]
        assert "/Info" not in copy.trailer
    assert check("application/pdf", seen.copy) == found.FINE


@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_the_pages_of_a_tall_photo_are_upright_and_go_down(turn):
    """However the camera was held, the first page is the top one: here the dark one."""
    upright = Image.linear_gradient("L").resize((300, 2000))
    lying = {
        1: upright,
        3: upright.rotate(180),
        6: upright.rotate(90, expand=True),
        8: upright.rotate(-90, expand=True),
    }
    exif = Image.Exif()
    exif[0x0112] = turn
    made = BytesIO()
    lying[turn].save(made, "JPEG", exif=exif)
    pages = [opened(page).convert("L") for page in read("image/jpeg", made.getvalue()).pages]
    assert len(pages) > 3
    light = [page.resize((1, 1)).getpixel((0, 0)) for page in pages]
    assert light == sorted(light)
    assert pages[0].getpixel((9, 0)) < 9
    assert pages[-1].getpixel((9, pages[-1].height - 1)) > 246


@pytest.mark.parametrize("size", [(4000, 500), (8000, 1100), (1000, 2900), (30, 3000), (1, 1)])
def test_no_copy_is_narrower_than_what_can_be_read(size):
    seen = read("image/png", screenshot(size))
    pages = [opened(page).size for page in seen.pages] or [opened(seen.copy).size]
    assert min(min(page) if len(pages) == 1 else page[0] for page in pages) >= min(1000, *size)
    assert seen.remark == ""


def test_a_copy_that_shows_less_than_its_original_is_marked():
    assert read("image/png", screenshot((40_000, 1500))).remark == found.POOR  # no copy is as wide as that
    made = BytesIO()
    clear = Image.new("RGBA", (90, 90), (255, 255, 255, 0))
    clear.paste((255, 255, 255, 255), (20, 20, 40, 40))
    clear.save(made, "PNG")
    assert read("image/png", made.getvalue()).remark == found.POOR  # white on nothing, which becomes white
    assert read("image/png", picture("PNG")).remark == ""


def test_a_photo_of_which_little_came_is_read_and_told():
    noise = Image.effect_noise((800, 600), 90).convert("RGB")
    made = BytesIO()
    noise.save(made, "JPEG")
    whole = made.getvalue()
    assert read("image/jpeg", whole[:5000]).remark == found.CUT
    assert read("image/jpeg", whole).remark == ""
    assert read("image/jpeg", whole + b"what a telephone adds").remark == ""


def test_a_document_is_drawn_and_its_copy_keeps_only_its_pages():
    content = pdf(3, script=True, photo=located())
    assert b"CANARI-AUTEUR" in content
    assert b"CANARI-SCRIPT" in content
    seen = read("application/pdf", content)
    assert [opened(page).size for page in seen.pages] == [(1240, 1605)] * 3  # 612 × 792 points
    assert opened(seen.pages[0]).getpixel((300, 400)) == (255, 255, 255)
    with pikepdf.open(BytesIO(seen.copy)) as copy:
        assert len(copy.pages) == 3
        assert not copy.attachments
        assert "/OpenAction" not in copy.Root
        assert "/Info" not in copy.trailer
        photo = copy.pages[0].Resources.XObject.P.read_raw_bytes()
    assert opened(photo).size == (40, 30)
    assert b"CANARI" not in photo
    assert b"CANARI" not in seen.copy


def test_a_long_document_shows_its_first_pages_and_a_longer_one_is_refused():
    assert len(read("application/pdf", pdf(30)).pages) == 20
    assert check("application/pdf", pdf(200)) == found.FINE
    assert check("application/pdf", pdf(201)) == found.TOO_LONG


def test_a_document_that_asks_for_a_password_is_told_apart_from_one_that_only_forbids_printing():
    assert check("application/pdf", pdf(password="lune")) == found.LOCKED
    forbids = pdf(owner="lune")
    assert check("application/pdf", forbids) == found.FINE
    seen = read("application/pdf", forbids)
    assert (seen.copy_type, len(seen.pages)) == ("application/pdf", 1)
    assert b"/Encrypt" not in seen.copy


def test_a_sound_is_measured_and_loses_its_words():
    told = mp3(told=b"CANARI 12 rue Inventee")
    seen = read("audio/mpeg", told)
    assert (seen.seconds, seen.copy, seen.copy_type) == (3, mp3(), "audio/mpeg")
    where = m4a(7, told=b"CANARI 12 rue Inventee")
    seen = read("audio/mp4", where)
    assert (seen.seconds, len(seen.copy)) == (7, len(where))
    assert b"CANARI" not in seen.copy
    assert seen.copy.index(b"mdat") == where.index(b"mdat")  # the sound is where its index says
    assert check("audio/mpeg", b"\xff\xfb" + bytes(500)) == found.UNREADABLE


@pytest.mark.parametrize("brand", [b"M4A ", b"mp42", b"isom", b"3gp4", b"qt  "])
def test_an_mp4_file_is_a_sound_by_its_tracks_whatever_its_brand(brand):
    assert check("audio/mp4", m4a(brand=brand)) == found.FINE
    assert read("audio/mp4", m4a(5, brand=brand)).seconds == 5
    assert check("audio/mp4", m4a(brand=brand, tracks=(b"soun", b"vide"))) == found.FILM


@pytest.mark.parametrize(
    ("kind", "told", "bare"),
    [
        ("audio/wav", wav(told=b"CANARI 12 rue Inventee"), wav()),
        ("audio/aac", aac(told=b"CANARI 12 rue Inventee"), aac()),
        ("audio/amr", amr() + b"CANARI", amr()),
        ("audio/amr", amr(wide=True), amr(wide=True)),
    ],
)
def test_the_sounds_of_telephones_are_measured_and_lose_their_words(kind, told, bare):
    assert check(kind, told) == found.FINE
    seen = read(kind, told)
    assert (seen.seconds, seen.copy_type, seen.copy) == (3, kind, bare)


def test_a_recorder_that_was_cut_leaves_a_sound_and_one_without_frames_is_none():
    whole = wav(3)
    open_ended = whole.replace(b"data" + struct.pack("<I", 48000), b"data\0\0\0\0")
    assert open_ended != whole
    assert read("audio/wav", open_ended).copy == whole
    assert read("audio/aac", aac(3)[:-5]).copy == aac(2)
    for kind, hollow in (("audio/wav", whole[:44]), ("audio/aac", aac(1)[:-1]), ("audio/amr", b"#!AMR\n")):
        assert check(kind, hollow) == found.UNREADABLE


def test_a_mail_keeps_its_words_and_gives_no_address():
    html = mail("<p>Bonjour,</p><script>CANARI()</script><p>c'est <b>non</b>.</p>", kind="html")
    words = read("message/rfc822", html).copy.decode()
    assert words == (
        "Objet : Rendez-vous refusé\nDate : Tue, 03 Mar 2026 10:00:00 +0100\nDe : Cabinet Exemple\n\n"
        "Bonjour,\nc'est non.\n"
    )
    assert "cabinet" in read("message/rfc822", mail("x", sender="a@cabinet.exemple.fr")).copy.decode()
    assert "@" not in read("message/rfc822", mail("x", sender="a@cabinet.exemple.fr")).copy.decode()


@pytest.mark.parametrize(("content", "words"), [("é".encode("cp1252"), "é"), ("\ufeffé".encode(), "é")])
def test_a_note_is_read_in_the_encodings_of_phones(content, words):
    assert read("text/plain", content).copy.decode() == words


def test_the_reader_holds_no_secret_and_starts_again(monkeypatch, tmp_path):
    """The reader starts again when it was killed; nothing of our settings is in its surroundings."""
    monkeypatch.setenv("SAISINE_KEYRING", str(tmp_path / "CANARI.json"))
    examiner = Examiner()
    try:
        assert examiner.check("image/png", picture) == found.FINE
        process = examiner._process
        with suppress(PermissionError), open(f"/proc/{process.pid}/environ", "rb") as around:  # noqa: PTH123
            assert b"CANARI" not in around.read()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert examiner.check("image/png", picture) == found.FINE
        assert examiner._process.pid != process.pid
    finally:
        examiner.close()


def test_what_cannot_be_examined_is_not_refused(monkeypatch):
    """A machine without memory for another process: evidence is kept, a clerk decides."""
    examiner = Examiner()
    monkeypatch.setattr("app.evidence.examiner.PROGRAM", ("/nowhere/python",))
    assert examiner.check("image/png", picture) == found.FINE


def test_a_child_that_never_ends_is_stopped(monkeypatch):
    class Endless:
        @staticmethod
        def read(_content, _media_type):
            while True:
                pass

    monkeypatch.setitem(reader.READERS, "text/plain", Endless)
    monkeypatch.setitem(reader.CPU_SECONDS, "read", 1)
    begun = time.monotonic()
    said = reader._by_a_child("read", "text/plain", b"")
    assert b'"unsafe"' in said
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("deed", ["open", "connect", "abort", "hoard", "say"])
def test_a_child_taken_over_by_its_file_can_do_nothing(monkeypatch, tmp_path, capfd, deed):
    import socket  # noqa: PLC0415

    mark = tmp_path / "mark"

    class Evil:
        @staticmethod
        def read(_content, _media_type):
            if deed == "open":
                mark.write_bytes(b"x")
            elif deed == "connect":
                socket.create_connection(("127.0.0.1", 9))
            elif deed == "hoard":
                _ = bytearray(600 * 1024 * 1024)
            elif deed == "say":
                os.write(1, b"CANARI-SAID")
                os.write(2, b"CANARI-SAID")
                raise ValueError
            elif deed == "abort":
                os.abort()
            return found.FileReading(seconds=99)

    monkeypatch.setitem(reader.READERS, "text/plain", Evil)
    assert b'"seconds": 0' in reader._by_a_child("read", "text/plain", b"")
    assert not mark.exists()
    assert "CANARI" not in "".join(capfd.readouterr())


SIZE = 15 * 1024 * 1024
EMPTY_CHUNK = b"\0\0\0\0teXt" + struct.pack("!I", zlib.crc32(b"teXt"))
HOLLOW = {
    "comments": ("image/jpeg", b"\xff\xd8" + b"\xff\xfe\0\2" * (SIZE // 4)),
    "cameras": ("image/jpeg", b"\xff\xd8" + b"\xff\xe1\0\x08Exif\0\0" * (SIZE // 10)),
    "fill": ("image/jpeg", b"\xff\xd8" + b"\xff" * SIZE),
    "junk": ("image/jpeg", b"\xff\xd8\xff\xfe\0\2" + b"\0" * SIZE),
    "markers": ("image/jpeg", b"\xff\xd8" + b"\xff\xd0" * (SIZE // 2)),
    "silences": ("audio/amr", b"#!AMR\n" + b"\x7c" * SIZE),
    "chunks": ("image/png", vast(9, 9)[:33] + EMPTY_CHUNK * (SIZE // 12)),
}
"""Files that decoders read step by step for seconds, and that show nothing."""


@pytest.mark.parametrize("name", HOLLOW)
def test_a_file_of_millions_of_empty_pieces_costs_no_more_than_a_photo(name):
    """Time of the processor, not of the clock: the machine of the tests may be busy."""
    kind, content = HOLLOW[name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found.FINE.encode() not in reader._by_a_child("check", kind, content)[:60]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_a_photo_with_every_segment_a_camera_may_write_is_taken():
    photo = picture("JPEG")
    segments = b"".join(b"\xff\xe2" + struct.pack("!H", 1002) + bytes(1000) for _ in range(1000))
    assert check("image/jpeg", photo[:2] + segments + photo[2:]) == found.FINE


def test_a_quick_look_ends_after_two_seconds_of_the_processor(monkeypatch):
    limits = {}

    class Asking:
        @staticmethod
        def check(_content, _media_type):
            return found.FileReading(seconds=resource.getrlimit(resource.RLIMIT_CPU)[0])

        read = check

    monkeypatch.setitem(reader.READERS, "text/plain", Asking)
    for task in ("check", "read"):
        said = reader._by_a_child(task, "text/plain", b"")
        limits[task] = int(said.partition(b'"seconds": ')[2].partition(b",")[0])
    assert limits == {"check": 2, "read": 10}


def test_a_file_that_keeps_one_reader_busy_does_not_hold_the_next_file():
    readers, begun, may_end = Examiners(2), threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert may_end.wait(60)
        return picture("PNG")

    told = []
    busy = threading.Thread(target=lambda: told.append(readers.check("image/png", slow)))
    busy.start()
    assert begun.wait(60)
    small = threading.Thread(target=lambda: told.append(readers.check("image/png", lambda: b"not one")))
    small.start()
    small.join(60)
    assert told == [found.UNREADABLE], "the small one was told before the slow one"
    may_end.set()
    busy.join(60)
    assert told == [found.UNREADABLE, found.FINE]
    readers.close()


def test_the_reader_and_its_children_gain_no_privilege_and_nobody_looks_inside():
    examiner = Examiner()
    try:
        assert examiner.check("image/png", picture) == found.FINE
        status = Path(f"/proc/{examiner.process_id}/status").read_text(encoding="ascii")
        assert "NoNewPrivs:\t1" in status
    finally:
        examiner.close()
    ask = (
        "from app.base.confined import _LIBC as c, give_up_privileges\n"
        "give_up_privileges()\nprint(c.prctl(3), c.prctl(39, 0, 0, 0, 0))"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "1"], "not dumpable, no new privilege"


@pytest.mark.parametrize("before", [b"\xff" * 3, b"\xff" * 5000, b"\0junk", b"\xff\xd0"])
def test_what_a_camera_wrote_is_left_out_whatever_stands_before_it(before):
    camera = b"\xff\xe1" + struct.pack("!H", 2 + 17) + b"Exif\0\0CANARI-LIEU"
    photo = picture("JPEG")
    bare = without_metadata(photo[:2] + before + camera + photo[2:])
    assert b"CANARI" not in bare
    assert opened(bare).size == opened(photo).size
    assert without_metadata(photo) == photo


def test_a_stack_is_taken_apart_in_a_bounded_time(monkeypatch):
    pages = papers.stack(pdf(3), "application/pdf")
    assert (len(pages.pages), pages.squares, pages.left) == (3, [(), (), ()], 0)
    assert EXAMINER.read_stack("application/pdf", lambda: pdf(3)).pages == tuple(pages.pages)
    monkeypatch.setattr(papers, "STACK_SECONDS", -1)
    late = papers.stack(pdf(3), "application/pdf")
    assert (late.pages, late.left) == ([], 3)
    monkeypatch.undo()
    monkeypatch.setattr(papers, "STACK_BYTES", len(pages.pages[0]))
    with pytest.raises(found.FileRefused, match=found.UNSAFE):
        papers.stack(pdf(3), "application/pdf")


def test_a_stack_that_cannot_be_read_or_told_is_refused():
    assert EXAMINER.read_stack("application/pdf", lambda: pdf(31)).verdict == found.TOO_LONG
    assert EXAMINER.read_stack("image/jpeg", lambda: picture("JPEG")[:40]).verdict in {found.UNREADABLE, found.UNSAFE}
    told = {"verdict": "fine", "seconds": 0, "copy_type": "", "squares": [["a"], []], "turns": [0]}
    with pytest.raises(wire.Garbled):
        wire.heard(told, [b"", b"page", b"page"])


def test_a_small_picture_is_light_whatever_the_photo_and_upright():
    noise = Image.effect_noise((900, 1600), 120).convert("RGB")
    for kind, name in (("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/webp", "WEBP")):
        made = BytesIO()
        noise.save(made, name)
        small = EXAMINER.read_thumbnail(kind, made.getvalue)
        assert len(small.copy) <= pictures.THUMBNAIL_MOST
        shown = opened(small.copy)
        assert (shown.format, max(shown.size) <= 160, shown.height > shown.width) == ("JPEG", True, True)
        assert not shown.getexif()
    plain = opened(EXAMINER.read_thumbnail("image/png", lambda: picture("PNG", (900, 300))).copy)
    assert plain.size == (160, 53)
    turned = opened(EXAMINER.read_thumbnail("image/jpeg", lambda: located((900, 300))).copy)
    assert turned.size == (53, 160)
    cut = located((900, 700))
    assert EXAMINER.read_thumbnail("image/jpeg", lambda: cut[: len(cut) * 3 // 4]).copy


def test_painted_areas_hold_nothing_of_what_they_covered():
    photo = Image.new("RGB", (300, 200), "white")
    photo.paste((200, 0, 0), (100, 50, 200, 150))
    made = BytesIO()
    photo.save(made, "JPEG", quality=95, exif=b"Exif\0\0un lieu")
    masked = EXAMINER.mask("image/jpeg", made.getvalue, [(0, 30, 20, 40, 60)])
    shown = opened(masked.copy)
    assert (masked.copy_type, shown.size) == ("image/jpeg", (300, 200))
    assert not shown.getexif()
    for x, y in product((90, 150, 209), (40, 100, 159)):
        assert all(60 <= part <= 68 for part in shown.getpixel((x, y)))  # JPEG rounds
    assert min(shown.getpixel((20, 20))) > 240


def test_a_masked_document_is_pictures_alone_and_whole_or_nothing():
    masked = EXAMINER.mask("application/pdf", lambda: pdf(2), [(1, 0, 0, 100, 100)])
    with pikepdf.open(BytesIO(masked.copy)) as document:
        assert len(document.pages) == 2
        assert not any("/Font" in page.Resources for page in document.pages)
        first, second = (opened(page.Resources.XObject.P.read_raw_bytes()).getextrema() for page in document.pages)
    assert first == ((64, 64), (64, 64), (64, 64))
    assert second != first
    assert EXAMINER.mask("application/pdf", lambda: pdf(21), [(1, 0, 0, 10, 10)]).verdict == found.TOO_LONG
    assert not EXAMINER.mask("application/pdf", lambda: pdf(21), [(1, 0, 0, 10, 10)]).copy
