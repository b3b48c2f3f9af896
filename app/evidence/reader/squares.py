"""The squares of a page (QR codes, ISO/IEC 18004): what they say, and how far the page is turned."""

import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image

SQUARES_MOST = 2
"""Squares of a page that are told: one mandate has one, and two of them must be told apart from one."""
PLAIN = re.compile(r"[!#-\[\]-~]{1,140}")
"""What a square of ours may say: an address, without spaces, quotes or accents."""
QUARTER = 90
ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True)
class Squares:
    """What was read on one page."""

    says: tuple[str, ...] = ()
    turn: int = 0
    """Degrees by which the page must be turned, clockwise, to be upright: 0, 90, 180 or 270."""


def of(picture: Image.Image) -> Squares:
    """Read the squares of a page, whichever way it lies; those that cannot be an address of ours are left out."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=ONLY, try_invert=False)
    ours = [one for one in found if PLAIN.fullmatch(one.text)][:SQUARES_MOST]
    turn = round(-ours[0].orientation / QUARTER) * QUARTER % 360 if ours else 0
    return Squares(tuple(dict.fromkeys(one.text for one in ours)), turn)
