"""The true type of a file is told by its content; each refusal says what to do."""

import pytest

from app.evidence import rules
from app.evidence.reader import found

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\0" * 100
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 100
PDF = b"%PDF-1.7\n1 0 obj"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0" * 50
OGG = b"OggS\0\x02" + b"\0" * 22 + b"\x01\x13OpusHead"
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 50


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (JPEG, "photo.exe", "image/jpeg"),
        (PNG, "x", "image/png"),
        (PDF, "devis.pdf", "application/pdf"),
        (HEIC, "IMG.HEIC", "image/heic"),
        (M4A, "vocal.m4a", "audio/mp4"),
        (OGG, "vocal.ogg", "audio/ogg"),
        (WEBP, "x.webp", "image/webp"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "x.wav", "audio/wav"),
        (b"\xff\xf1\x50\x80", "x.aac", "audio/aac"),
        (b"\xff\xf8\x50\x80", "x.aac", "audio/aac"),
        (b"\xff\xfa\x90\x00", "x.mp3", "audio/mpeg"),
        (b"#!AMR\n\x3c" + bytes(31), "x.amr", "audio/amr"),
        (b"#!AMR-WB\n\x3c", "x.awb", "audio/amr"),
        (b"ID3\x03\0\0\0\0\0\0", "x.mp3", "audio/mpeg"),
        ("Bonjour, voici le SMS reçu".encode(), "sms.txt", "text/plain"),
        (b"From: a@exemple.fr\r\nTo: b@exemple.fr\r\n\r\nBonjour", "mail.eml", "message/rfc822"),
    ],
)
def test_the_content_decides(head, name, kind):
    assert rules.media_type(head, name) == kind


@pytest.mark.parametrize("brand", [b"mp42", b"isom", b"3gp4", b"3gp5", b"M4A ", b"M4V ", b"qt  ", b"dash"])
def test_no_brand_tells_a_sound_from_a_film(brand):
    """The reader, which has the file whole, tells them apart by their tracks."""
    assert rules.media_type(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mp42isom" + bytes(50), "vocal.m4a") == "audio/mp4"


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\0\x03",
        b"\x7fELF\x02\x01",
        b"PK\x03\x04\x14\0\0\0",
        b"<html><script>alert(1)</script>",
        b"  <!DOCTYPE html>",
        b"\xef\xbb\xbf<svg xmlns='x'/>",
        b"<?xml version='1.0'?><svg/>",
        b"#!/bin/sh\nrm -rf /",
        b"GIF89a\x01\0",
        b"Rar!\x1a\x07\0",
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
        b"RIFF\x24\0\0\0AVI LIST",
        b"fLaC\0\0\0\x22",
        b"plain\0text",
        b"{\\rtf1 x",
    ],
)
def test_what_is_not_a_photo_a_pdf_or_a_sound_is_refused(head):
    assert rules.media_type(head, "photo.jpg") is None


@pytest.mark.parametrize(
    ("size", "kind", "says"),
    [
        (0, None, "“x” est vide."),
        (rules.FILE_MOST + 1, "image/png", "“x” est trop lourd (15,0 Mo). La limite est de 15 Mo."),
        (
            5,
            None,
            (
                "“x” : ce type de fichier n'est pas accepté. Envoyez une photo, une capture d'écran, un PDF, "
                "un mail (EML) ou un texte (TXT). Pour un son : MP3, M4A, OGG, WAV, AAC ou AMR."
            ),
        ),
    ],
)
def test_each_refusal_says_what_to_do(size, kind, says):
    assert rules.refusal("x", size, kind).text(str) == says


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (found.LOCKED, "“x” est protégé par un mot de passe. Envoyez une version sans mot de passe."),
        (found.UNREADABLE, "“x” ne s'ouvre pas. Vérifiez-le sur votre appareil, ou envoyez-en un autre."),
        (found.UNSAFE, "“x” n'a pas pu être accepté, car il peut être dangereux."),
        (found.TOO_LONG, "“x” a plus de 200 pages. Envoyez seulement les pages utiles."),
        (
            found.FILM,
            (
                "“x” est une vidéo, et les vidéos ne sont pas acceptées. Envoyez une capture d'écran, "
                "ou le son seul (MP3, M4A, OGG, WAV, AAC, AMR)."
            ),
        ),
        (
            found.VAST,
            "“x” a trop de pixels pour être lue ici. Envoyez cette image en plus petit, ou en plusieurs images.",
        ),
        ("a word of another version", "“x” n'a pas pu être accepté, car il peut être dangereux."),
    ],
)
def test_each_verdict_of_the_reader_says_what_to_do(said, says):
    assert rules.verdict("x", said).text(str) == says


def test_a_fine_file_has_no_verdict():
    assert rules.verdict("x", found.FINE) is None


def test_a_good_file_is_not_refused():
    assert rules.refusal("x", rules.FILE_MOST, "image/png") is None


@pytest.mark.parametrize(("size", "text"), [(1, "1 Ko"), (2048, "2 Ko"), (2_202_009, "2,1 Mo")])
def test_a_size_is_written_in_french(size, text):
    assert rules.size_text(size) == text
