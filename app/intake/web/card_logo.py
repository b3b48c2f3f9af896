"""The logo that comes with the card of a service: a small PNG or JPEG, drawn again before it is kept."""

from typing import Annotated

from fastapi import Depends, Request

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.files import Files
from app.base.portal import Portal
from app.base.web.reading import FormData, read_form
from app.base.web.small_file import SmallFile
from app.evidence import rules
from app.evidence.reader.found import FINE
from app.routing.card import AuthorityContact

LOGO, REMOVE = "logo", "retirer_logo"
"""The field of the file, and what the button that removes it says."""
MOST = 500 * 1024
TYPES = ("image/png", "image/jpeg")
TOO_HEAVY = N_("Ce logo est trop lourd. La limite est de 500 Ko.")
WRONG_TYPE = N_("Ce fichier n'est pas une image PNG ou JPEG.")
UNREADABLE = N_("Cette image ne peut pas être lue. Essayez avec un autre fichier.")


class ServiceCard(AuthorityContact):
    """The card, as the service keeps it: with the logo of its letters."""

    logo: Annotated[
        tuple[()],
        Files(
            label=N_("Logo"),
            hint=N_("Il sera en haut de vos lettres. Une image PNG ou JPEG, de 500 Ko au plus."),
            accept=".png,.jpg,.jpeg",
        ),
    ]


async def _card_form(request: Request) -> tuple[FormData, SmallFile]:
    file = SmallFile(LOGO, MOST)
    return await read_form(request, file), file


CardForm = Annotated[tuple[FormData, SmallFile], Depends(_card_form)]


def read(portal: Portal, file: SmallFile) -> bytes | FieldError | None:
    """Return a logo as a small PNG without metadata, or what is wrong with it; ``None`` when none was chosen."""
    if not file.filename:
        return None
    if file.is_heavy:
        return FieldError(TOO_HEAVY)
    content = bytes(file.content)
    kind = rules.media_type(content[: rules.HEAD], file.filename)
    if kind not in TYPES:
        return FieldError(WRONG_TYPE)
    found = portal.read_logo(kind, lambda: content)
    return found.copy if found.verdict == FINE and found.copy else FieldError(UNREADABLE)
