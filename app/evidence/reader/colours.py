"""The colours of a picture as any screen shows them."""

from io import BytesIO

from PIL import Image, ImageCms

OPAQUE = 255


def plain(picture: Image.Image) -> Image.Image:
    """Return the pixels in red, green and blue, on white where they are see-through, and nothing else."""
    seen = _in_usual_colours(picture)
    is_opaque = seen.mode == "RGBA" and seen.getchannel("A").getextrema() == (OPAQUE, OPAQUE)
    if seen.has_transparency_data and not is_opaque:
        clear = seen.convert("RGBA")
        seen = Image.new("RGB", clear.size, "white")
        seen.paste(clear, mask=clear.getchannel("A"))
    return seen.convert("RGB")


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
