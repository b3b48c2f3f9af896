"""The mails that the demonstration kept in a folder, to be read (``/demo/courriels``)."""

from email import message_from_bytes, policy
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.web.pages import PortalOf, render

router = APIRouter()
MOST = 50


def _read(path: Path) -> dict[str, str]:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    return {
        "to": str(mail["to"]),
        "subject": str(mail["subject"]),
        "date": str(mail["date"]),
        "text": body.get_content() if body else "",
    }


@router.get("/demo/courriels", name="demo.mails")
def mails(request: Request, portal: PortalOf) -> Response:
    """Show the last mails; nothing is sent from a demonstration."""
    folder = portal.settings.data / "courriels"
    found = (
        sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:MOST]
        if folder.is_dir()
        else []
    )
    return render(request, "demo/mails.html", mails=[_read(path) for path in found])
