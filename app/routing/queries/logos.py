"""The logo of an authority, as its letters show it: a picture is kept under its digest, and never changes.

A letter that waits to be posted names the digest: it prints the same after the logo of the card has changed.
"""

import base64
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.routing.models import AuthorityLogo

WIDTH_MOST, HEIGHT_MOST = 170, 42
"""Points on paper: 60 mm by 15 mm."""
_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {wide} {high}">'
    '<image width="{wide}" height="{high}" href="data:image/png;base64,{pixels}"/></svg>'
)


def picture(session: Session, digest: str) -> str:
    """Return a logo as the address of a picture that a page shows; empty when there is none."""
    row = session.get(AuthorityLogo, digest) if digest else None
    return f"data:image/png;base64,{_pixels(row.content)}" if row else ""


def drawings(session: Session, digests: Iterable[str]) -> Mapping[str, str]:
    """Return each logo as a letter draws it, by its digest; one that is not known is left out."""
    wanted = {digest for digest in digests if digest}
    rows = session.scalars(select(AuthorityLogo).where(AuthorityLogo.digest.in_(wanted))) if wanted else ()
    return {row.digest: _drawn(row.content) for row in rows}


def _drawn(content: bytes) -> str:
    """Draw a picture as large as fits, by the size that it says (PNG, ISO/IEC 15948, 11.2.2)."""
    wide, high = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    scale = min(WIDTH_MOST / wide, HEIGHT_MOST / high)
    size = {"width": f"{wide * scale:.2f}", "height": f"{high * scale:.2f}", "wide": wide, "high": high}
    return _DRAWN.format(**size, pixels=_pixels(content))


def _pixels(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
