"""The files of a complaint, as the clerk's page lists them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.evidence.antivirus import LABELS as SCANS
from app.evidence.antivirus import Scan
from app.evidence.purposes import DESK, may_go
from app.evidence.queries import FileRow, download_name
from app.evidence.rules import size_text
from app.filing.acts.attachments import all_files, of_person, purposes
from app.filing.acts.read_receipts import Seen
from app.filing.sealed.act import Act
from app.intake import labels

TONES = {Scan.NOT_YET: "soon", Scan.CLEAN: "done", Scan.SUSPECT: "late"}
ADDED = N_("Ajouté après l'envoi, le {moment}")


@dataclass(frozen=True)
class FileLine:
    """A file of the complaint."""

    id: str
    name: str
    given_name: str
    """The name under which it is saved: ours."""
    size: str
    sha256: str
    title: str
    """What the person says it shows."""
    scan: str
    """What the antivirus said."""
    tone: str
    state: str
    """What is known of its content beside: its length, its pages, why it cannot be shown."""
    can_be_seen: bool
    added: str
    """When it was added, for a file that came after the complaint."""
    purpose: str
    """What it is for, when it is no proof."""
    is_new: bool
    """Whether nobody of this authority had seen it yet."""


def file_lines(
    document: Mapping[str, Any],
    acts: Sequence[Act],
    rows: Iterable[FileRow],
    seen: Seen,
    authority: str,
    t: Translate,
) -> list[FileLine]:
    """List what the person sent, with the complaint and after it; numbers count what acts brought too."""
    known = {row.id: row for row in rows}
    places = {file["id"]: n for n, file in enumerate(all_files(document, acts), 1)}
    known_purposes = purposes(document, acts)
    lines = []
    for file, at in of_person(document, acts):
        if not may_go(known_purposes[file["id"]], DESK):
            continue
        is_new = at is not None and authority not in seen.get(at, {})
        row = known.get(file["id"])
        scan = Scan(row.scan) if row else Scan.NOT_YET
        lines.append(
            FileLine(
                id=file["id"],
                name=file["name"],
                given_name=download_name(places[file["id"]], file["media_type"]),
                size=size_text(file["size"]),
                sha256=file["sha256"],
                title=file.get("title", ""),
                scan=t(SCANS[scan]),
                tone=TONES[scan],
                state=labels.file_state(row, t) if row else "",
                can_be_seen=bool(row and (row.pages or row.copy_type in {"image/jpeg", "text/plain"})),
                added=_added(at, t),
                purpose=labels.caption(known_purposes[file["id"]], t),
                is_new=is_new,
            )
        )
    return lines


def _added(at: datetime | None, t: Translate) -> str:
    return t(ADDED).format(moment=moment_text(at, PARIS, weekday=False, seconds=False)) if at else ""
