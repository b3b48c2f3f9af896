"""A copy of a person's data (RGPD, article 15): all that they gave or may read, and nobody else's secrets.

Internal notes, who read what, and what other persons said are not theirs; they are left out by a list of what goes in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.acts.kinds import KINDS, TOLD, told_of
from app.base.clock import PARIS
from app.base.crypto.vault import DecryptionError
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.portal import Portal
from app.evidence import queries as evidence
from app.evidence import store
from app.evidence.purposes import PERSON_COPY
from app.evidence.queries import FileRow, download_name
from app.evidence.rules import size_text
from app.filing.acts.attachments import going_to, of_person
from app.filing.acts.messages import exchanges
from app.filing.documents import mandate_wording
from app.filing.history import Event, history_of
from app.filing.models import Filing
from app.filing.queries import OpenFiling, open_for_person
from app.filing.sealed.act import Act
from app.filing.sealed.recorded import received_text
from app.filing.status.contact import sheets
from app.intake.letters.zip_stream import Packed
from app.printing.pdf import write_pdf
from app.procedure import queries as procedure
from app.procedure.law import rule_of

ALWAYS = ("kind", "at")


@dataclass(frozen=True)
class Mine:
    """Everything of one person's complaint that is theirs."""

    opened: OpenFiling
    acts: Sequence[Act]
    files: Sequence[FileRow]
    history: Sequence[Event]
    days: Sequence[procedure.DueRow]

    @classmethod
    def of(cls, session: Session, portal: Portal, filing: Filing) -> "Mine":
        """Gather it."""
        opened = open_for_person(session, portal.keyring, filing)
        acts = [act for act in opened.acts if act.kind in TOLD]
        history = [one for one in history_of(session, filing.id) if one.kind in TOLD]
        rows = evidence.files_of(session, filing.draft_id, opened.key)
        files = going_to(PERSON_COPY, opened.payload, acts, rows)
        return cls(opened, acts, files, history, procedure.calendar_of(session, filing.number))

    def data(self) -> bytes:
        """Write it for another program: JSON, UTF-8."""
        told = {
            "complaint": self.opened.payload,
            "contact": self.opened.contact,
            "acts": [_told(act) for act in self.acts],
            "history": [{"at": one.at.isoformat(), "kind": one.kind} for one in self.history],
            "dates": [{"code": day.code, "due": day.due_strict.isoformat()} for day in self.days],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    def paper(self, at: datetime) -> bytes:
        """Write it to be read: PDF/UA."""
        filing = self.opened.filing
        said = {
            "title": translate(N_("Mes données, dossier {number}")).format(number=filing.number),
            "foot": filing.number,
            "page": translate(N_("Page {n} sur {total}")),
            "received": translate(N_("Plainte reçue le {moment} (heure de Paris)")).format(
                moment=received_text(self.opened.payload)
            ),
            "to": [],
            "day": "",
            "paragraphs": [],
            "sections": self._sections(),
        }
        return write_pdf("dossier.typ", said, at)

    def _sections(self) -> list[dict[str, Any]]:
        sent, now = of_person(self.opened.payload, self.acts), self.opened.now
        parts = [(N_("Plainte"), _pairs(self.opened.payload["complaint"]))]
        for given_at, rows in sheets(self.opened.payload, self.acts):
            heading = translate(N_("Coordonnées et besoins, donnés le {moment}")).format(moment=_moment(given_at))
            parts.append((heading, _pairs(rows)))
        parts += [
            *((name, _pairs(rows)) for name, rows in mandate_wording.sections(self.opened.payload, now, translate)),
            (N_("Preuves"), [[file["name"], [size_text(file["size"]), file.get("title", "")]] for file, _ in sent]),
            (
                N_("Échanges"),
                [
                    [f"{one.by or translate(N_('Vous'))}, {one.moment}", one.on_paper.splitlines()]
                    for one in exchanges(self.acts)
                ],
            ),
            (
                N_("Dates de la procédure"),
                [[translate(rule_of(day.code).label), [date_text(day.due_strict)]] for day in self.days],
            ),
            (
                N_("Histoire de votre plainte"),
                [[_moment(one.at), [translate(told_of(one))]] for one in self.history],
            ),
        ]
        empty = translate(N_("Rien."))
        return [{"heading": translate(name), "rows": rows, "note": "" if rows else empty} for name, rows in parts]

    def packed(self, portal: Portal) -> list[Packed]:
        """List the files of the copy: the data, the paper, the evidence as it was sent."""
        paper, data, key = self.paper(portal.clock()), self.data(), self.opened.key
        rows = {row.id: row for row in self.files}
        sent = [rows[file["id"]] for file, _ in of_person(self.opened.payload, self.acts) if file["id"] in rows]
        names = [(f"preuves/{download_name(n, row.media_type)}", row.id) for n, row in enumerate(sent, 1)]
        return [
            Packed("donnees.pdf", lambda: paper),
            Packed("donnees.json", lambda: data),
            *(Packed(name, partial(_original, portal, key, file_id)) for name, file_id in names),
        ]


def _told(act: Act) -> dict[str, Any]:
    return {name: act.document[name] for name in (*ALWAYS, *KINDS[act.kind].given) if name in act.document}


def _pairs(rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    return [[str(row["label"]), str(row["shown"]).splitlines()] for row in rows]


def _moment(at: datetime) -> str:
    return moment_text(at, PARIS, weekday=False, seconds=False)


def _original(portal: Portal, key: bytes, file_id: str) -> bytes:
    try:
        return store.read(portal.files, key, file_id)
    except DecryptionError as trouble:
        raise OSError(file_id) from trouble
