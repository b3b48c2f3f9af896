"""Areas of a picture that are painted over, in percents of its sides."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from app.evidence.reader.found import Area

PAINT = (64, 64, 64)


def painted(picture: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """Paint over each area of a picture, to the pixel that it touches last; whatever its page."""
    made = picture.convert("RGB")
    drawn = ImageDraw.Draw(made)
    for _page, left, top, width, height in areas:
        across, down = made.width / 100, made.height / 100
        start = math.floor(left * across), math.floor(top * down)
        end = math.ceil((left + width) * across), math.ceil((top + height) * down)
        drawn.rectangle((*start, *end), fill=PAINT)
    return made
