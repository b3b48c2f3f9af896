"""A photo in a PDF: it is read when its turn comes, and its bytes are those that came."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.printing.merging import merged, pages_of, size_of
from app.printing.photos import Photo

RED, BLUE = (250, 10, 10), (10, 10, 250)


def jpeg(mode="RGB", colour: tuple[int, ...] | int = 0, size=(300, 200)):
    """Draw a photo."""
    made = io.BytesIO()
    Image.new(mode, size, colour).save(made, "JPEG")
    return made.getvalue()


def photo_of(content, step=100):
    """See a photo that is given in small pieces."""
    return Photo.seen(lambda: (content[at : at + step] for at in range(0, len(content), step)))


def blank(pages):
    """Write a PDF without words."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(made)
    return made.getvalue()


def images_of(document):
    """Find the images of a document, in the order of its objects."""
    streams = (one for one in document.objects if isinstance(one, pikepdf.Stream))
    return [one for one in streams if one.get("/Subtype") == "/Image"]


@pytest.mark.parametrize(("mode", "colours"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB"), ("CMYK", "/DeviceCMYK")])
def test_the_page_holds_the_photo_as_it_came(mode, colours):
    content = jpeg(mode)
    whole = b"".join(merged([("Une photo", photo_of(content))]))
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert not document.check_pdf_syntax()
        (image,) = images_of(document)
        assert image.read_raw_bytes() == content
        assert (image.Width, image.Height, str(image.ColorSpace)) == (300, 200, colours)
        assert [int(side) for side in document.pages[0].mediabox] == [0, 0, 595, 842]


def test_each_photo_is_on_its_page_under_its_bookmark_and_what_is_laid_over():
    parts = [("Une", photo_of(jpeg("RGB", RED))), ("Deux", blank(1)), ("Trois", photo_of(jpeg("RGB", BLUE)))]
    whole = b"".join(merged(parts, blank(3)))
    with pikepdf.open(io.BytesIO(whole)) as document, document.open_outline() as outline:
        assert not document.check_pdf_syntax()
        assert [str(item.title) for item in outline.root] == ["Une", "Deux", "Trois"]
    pages = pypdfium2.PdfDocument(whole)
    middles = [page.render().to_pil().convert("RGB").getpixel((297, 421)) for page in pages]
    assert middles[0][0] > 200 > middles[0][2]
    assert middles[1] == (255, 255, 255)
    assert middles[2][2] > 200 > middles[2][0]


def test_the_same_photos_make_the_same_bytes():
    content = jpeg()
    first, second = (b"".join(merged([("A", photo_of(content))])) for _ in range(2))
    assert first == second


def test_a_photo_is_read_when_its_turn_comes():
    content, read = jpeg(), []

    def give():
        read.append(1)
        return iter((content,))

    photo = Photo.seen(give)
    pieces = merged([("A", photo)])
    assert len(read) == 1
    assert (pages_of(photo), size_of(photo)) == (1, len(content))
    next(pieces)
    assert len(read) == 1
    assert content in list(pieces)
    assert len(read) == 2


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", jpeg()[:40]], ids=["nothing", "a document", "a cut photo"])
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(OSError, match=r"cannot identify|Truncated"):
        photo_of(content)


def test_a_mode_that_no_pdf_knows_is_refused(monkeypatch):
    monkeypatch.setattr("app.printing.photos.COLOURS", {})
    with pytest.raises(ValueError, match="RGB"):
        photo_of(jpeg())


def test_without_a_photo_the_whole_is_one_document():
    parts = list(merged([("A", blank(2))]))
    assert len(parts) == 1
    assert pages_of(parts[0]) == 2
