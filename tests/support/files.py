"""Small real files of every kind that a person may add, all invented."""

import struct
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image, ImageFilter


def picture(kind="PNG", size=(8, 6), colour="navy", **said):
    """Draw a picture of one colour; ``said`` goes to Pillow (``exif``, ``quality``…)."""
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **said)
    return made.getvalue()


def located(size=(40, 30)):
    """Draw a photo whose camera says where it was, and that it was held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CANARI-APPAREIL"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 38.0, 0.0), 3: "E", 4: (3.0, 3.0, 0.0)})
    return picture("JPEG", size, "white", exif=exif)


def pdf(pages=1, *, password=None, owner=None, script=False, photo=None):
    """Make a document of blank pages, perhaps locked, with a script, or with a photo in it."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    document.docinfo["/Author"] = "CANARI-AUTEUR"
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('CANARI-SCRIPT')")
        document.Root.OpenAction = document.make_indirect(action)
        document.attachments["canari.exe"] = b"MZ CANARI-JOINT"
    if photo:
        image = pikepdf.Stream(document, photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40)
        image.Height, image.ColorSpace, image.BitsPerComponent = 30, pikepdf.Name.DeviceRGB, 8
        image.Filter = pikepdf.Name.DCTDecode
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
        document.pages[0].Contents = document.make_stream(b"q 200 0 0 150 100 500 cm /P Do Q")
    made = BytesIO()
    locked = pikepdf.Encryption(user=password or "", owner=owner or "x") if password or owner else False
    document.save(made, encryption=locked, compress_streams=False)
    return made.getvalue()


def mp3(frames=120, *, told=b""):
    """Make a silent sound of about 26 ms a frame (MPEG 1 layer III, 128 kbit/s, 44.1 kHz)."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    tag = b""
    if told:
        text = b"TIT2" + struct.pack("!I", len(told) + 1) + b"\0\0\0" + told
        size = len(text)
        tag = b"ID3\x03\0\0" + bytes((size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127)) + text
    return tag + frame * frames


def m4a(seconds=3, *, told=b"", brand=b"M4A ", tracks=(b"soun",)):
    """Make the frame of an MP4 file of any brand: its length, what its tracks hold, and words beside them."""

    def box(kind, content):
        return struct.pack("!I", len(content) + 8) + kind + content

    header = box(b"mvhd", bytes(12) + struct.pack("!II", 1000, seconds * 1000) + bytes(80))
    held = b"".join(box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13)))) for kind in tracks)
    beside = box(b"udta", box(b"meta", told)) if told else b""
    first = box(b"ftyp", brand + b"\0\0\0\0" + brand + b"mp42isom")
    return first + box(b"mdat", bytes(500)) + box(b"moov", header + held + beside)  # as recorders write: index last


def wav(seconds=3, *, told=b""):
    """Make a silent WAVE sound of 8000 samples a second, with words before and after it."""

    def chunk(kind, content):
        return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)

    beside = chunk(b"LIST", b"INFOICMT" + struct.pack("<I", len(told)) + told) if told else b""
    frame = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
    content = b"WAVE" + beside + frame + chunk(b"data", bytes(16000 * seconds)) + beside
    return b"RIFF" + struct.pack("<I", len(content)) + content


def aac(frames=130, *, told=b""):
    """Make a row of empty ADTS frames of 23 ms (44.1 kHz, one channel), and words after it."""
    length = 20
    head = bytes((0xFF, 0xF1, 0x50, 0x40 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC))
    return (head + bytes(length - 7)) * frames + (b"TAG" + told.ljust(125, b"\0") if told else b"")


def amr(frames=150, *, wide=False):
    """Make the voice of a telephone: frames of 20 ms at the highest rate."""
    start, mode, size = (b"#!AMR-WB\n", 8, 60) if wide else (b"#!AMR\n", 7, 31)
    return start + (bytes((mode << 3 | 4,)) + bytes(size)) * frames


def mail(body="Le cabinet refuse.", sender="Cabinet Exemple <cabinet@exemple.fr>", kind="plain"):
    """Write a mail as a program saves it."""
    lines = (
        f"From: {sender}",
        "To: Amina Exemple <canari.amina@exemple.fr>",
        "Subject: =?utf-8?q?Rendez-vous_refus=C3=A9?=",
        "Date: Tue, 3 Mar 2026 10:00:00 +0100",
        "MIME-Version: 1.0",
        f"Content-Type: text/{kind}; charset=utf-8",
        "",
        body,
        "",
    )
    return "\r\n".join(lines).encode()


def drawn(document, dpi=150):
    """Draw the first page of a document, as paper that lies straight on the glass of a scanner."""
    return pypdfium2.PdfDocument(document)[0].render(scale=dpi / 72).to_pil().convert("L")


def scan(*papers, dpi=150):
    """Scan papers into one document: a picture on each page, and nothing else."""
    made = BytesIO()
    first, *others = papers
    first.save(made, "PDF", resolution=dpi, save_all=True, append_images=others)
    return made.getvalue()


def photo(paper, **said):
    """Take a photo of a paper, by hand and a little askew, on a grey table."""
    wide, high = paper.size
    corners = (-80, -40, 40, high + 60, wide + 90, high - 50, wide - 20, 70)
    seen = paper.filter(ImageFilter.GaussianBlur(1)).transform(
        paper.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=120
    )
    made = BytesIO()
    seen.save(made, "JPEG", quality=80, **said)
    return made.getvalue()
