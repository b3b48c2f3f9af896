"""Photos: opened to be checked, decoded and encoded again to be shown and handed on."""

from io import BytesIO

import pi_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

from app.evidence.reader.found import PIXELS_MOST, UNSAFE, FileReading, FileRefused
from app.evidence.reader.squares import of as squares_of

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
READS_MOST = 20_000
"""Times that a decoder may ask for bytes before it knows the frame of a photo: a camera's takes less than a thousand,
a file of nothing but empty segments or chunks would take millions."""
LOGO_MOST = 600, 300
"""Pixels of a logo: 60 mm on paper at 250 dots an inch."""
SIDE_MOST, QUALITY = 3000, 85
"""Longest side (pixels) and quality of a copy: small print of a photographed page stays legible."""

pi_heif.register_heif_opener(thumbnails=False)
Image.init()
Image.MAX_IMAGE_PIXELS = PIXELS_MOST
ImageFile.LOAD_TRUNCATED_IMAGES = True  # half a photo still shows something


class Patient(BytesIO):
    """The bytes of a photo, asked for a bounded number of times until its frame is known."""

    left = READS_MOST

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes. Raises :class:`FileRefused`."""
        self.left -= 1
        if self.left < 0:
            raise FileRefused(UNSAFE)
        return super().read(size)


def check(content: bytes, media_type: str) -> FileReading:
    """Read the frame of a photo. Raises :class:`FileRefused`, or whatever the decoder raises."""
    with _opened(content, media_type):
        return FileReading()


def whole(content: bytes, media_type: str) -> FileReading:
    """Decode a photo to its last byte, small. Raises ``OSError`` when it was cut, or whatever the decoder raises."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # in a child that answers this alone
    with _opened(content, media_type) as picture:
        picture.draft("RGB", (SIDE_MOST, SIDE_MOST))
        picture.load()
        return FileReading()


def read(content: bytes, media_type: str) -> FileReading:
    """Decode a photo and encode it again, upright, without any metadata."""
    with _opened(content, media_type) as picture:
        picture.draft("RGB", (SIDE_MOST, SIDE_MOST))
        picture.thumbnail((SIDE_MOST, SIDE_MOST))  # first, so that nothing large is copied afterwards
        return FileReading(copy_type="image/jpeg", copy=jpeg(ImageOps.exif_transpose(_plain(picture)), QUALITY))


def stack(content: bytes, media_type: str) -> FileReading:
    """Read the squares of a photo, as it is seen. Raises :class:`FileRefused`, or whatever the decoder raises."""
    with _opened(content, media_type) as picture:
        picture.draft("RGB", (SIDE_MOST, SIDE_MOST))
        picture.thumbnail((SIDE_MOST, SIDE_MOST))
        found = squares_of(ImageOps.exif_transpose(_plain(picture)))
    return FileReading(pages=[content], squares=[found.says], turns=[found.turn])


def logo(content: bytes, media_type: str) -> FileReading:
    """Decode a logo to its last byte, and write it as a small PNG with nothing but its pixels, on white.

    Raises ``OSError`` when it was cut, or whatever the decoder raises.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # in a child that answers this alone
    with _opened(content, media_type) as picture:
        picture.thumbnail(LOGO_MOST)
        upright = ImageOps.exif_transpose(_plain(picture))
    upright.thumbnail(LOGO_MOST)  # once more: it may have been lying
    bare, made = Image.new("RGB", upright.size, "white"), BytesIO()
    bare.paste(upright)
    bare.save(made, "PNG", optimize=True)
    return FileReading(copy_type="image/png", copy=made.getvalue())


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """Write a picture as JPEG, with nothing but its pixels."""
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(picture)
    made = BytesIO()
    bare.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


def _opened(content: bytes, media_type: str) -> Image.Image:
    held = Patient(content)
    try:
        picture = Image.open(held, formats=[FORMATS[media_type]])
    except Image.DecompressionBombError as vast:
        raise FileRefused(UNSAFE) from vast
    if picture.width * picture.height > PIXELS_MOST:
        raise FileRefused(UNSAFE)
    held.left = len(content)  # from here on, what is asked for is pixels
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels in red, green and blue, on white where they are see-through; orientation is kept aside."""
    turned = picture.getexif()
    seen = _in_usual_colours(picture)
    if seen.has_transparency_data:
        clear = seen.convert("RGBA")
        seen = Image.new("RGB", clear.size, "white")
        seen.paste(clear, mask=clear.getchannel("A"))
    seen = seen.convert("RGB")
    seen.info = {"exif": turned.tobytes()} if turned else {}
    return seen


def _in_usual_colours(picture: Image.Image) -> Image.Image:
    """Apply the colour profile of the camera, if it has one that can be read."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK", "L"}:
        return picture
    try:
        usual = ImageCms.createProfile("sRGB")
        shown = ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(BytesIO(profile)), usual, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return shown or picture
