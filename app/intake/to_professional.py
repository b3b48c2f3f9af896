"""« Transmettre au professionnel »: the complaint and its date of receipt, within eight days (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios, Tick
from app.evidence import queries as evidence
from app.evidence.purposes import PROFESSIONAL
from app.evidence.queries import FileRow
from app.filing.documents import going_to
from app.filing.queries import OpenFiling
from app.filing.remarks import IDENTIFIED, last
from app.filing.standing import TOLD_PROFESSIONAL
from app.intake import acts, letters, packing, papers
from app.intake.acting import known_days, late_text, ready, typed_day
from app.intake.desk import DeskOf, frame, today_of
from app.intake.dispatch import LABEL, MISSING, Dispatch, Way
from app.intake.fields import Pieces

router = APIRouter()
FILES = "fichiers_du_dossier"
"""What the page knows beside its fields: the files of the complaint."""
WHY_KEPT = N_("Écrivez pourquoi cette preuve n'est pas transmise.")
NO_COPY = N_("Retirez les preuves qui n'ont pas de copie sans données cachées.")


class Contents(Answers):
    """What leaves, and to which address."""

    pieces: Annotated[
        tuple[str, ...],
        Pieces(label=N_("Preuves transmises"), hint=N_("Pour retirer une preuve, décochez-la."), optional=False),
    ]
    motif_retrait: Annotated[
        str,
        LongText(
            label=N_("Pourquoi retirer une preuve ?"),
            hint=N_("Seulement si vous en retirez une."),
            longest=500,
            rows=3,
            optional=False,
        ),
    ]
    adresse_envoi: Annotated[
        str,
        LongText(
            label=N_("Nom et adresse du professionnel"),
            missing=N_("Écrivez l'adresse d'envoi."),
            longest=500,
            rows=4,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Ask why a piece is kept back; refuse one of which no copy without metadata exists."""
        yield from super().checks(found)
        files: Sequence[FileRow] = found.get(FILES) or ()
        wanted = set(found.get("pieces") or ()) & {file.id for file in files}
        if wanted - {file.id for file in files if papers.can_be_sent(file)}:
            yield "pieces", Mistake(NO_COPY)
        if {file.id for file in files} - wanted and not found.get("motif_retrait"):
            yield "motif_retrait", Mistake(WHY_KEPT)


class Told(Dispatch, Contents):
    """What leaves, how and when; the clerk has read it."""

    mode: Annotated[Way, Radios(label=LABEL, choices=Way, missing=MISSING, only=(Way.COURRIER, Way.REMISE))]
    relu: Annotated[
        bool,
        Tick(
            label=N_("J'ai vérifié que l'envoi ne contient pas les coordonnées de la personne."),
            missing=N_("Vérifiez l'envoi, puis cochez cette case."),
        ),
    ]


@dataclass(frozen=True)
class Case:
    """A complaint to be told to its professional, with its files."""

    portal: Portal
    clerk: Clerk
    opened: OpenFiling
    files: Sequence[FileRow]

    @classmethod
    def of(cls, portal: Portal, clerk: Clerk, numero: str) -> "Case":
        """Open it. Raises ``NotFound``, ``AlreadyDone``."""
        opened = ready(portal, clerk, numero, TOLD_PROFESSIONAL)
        with portal.database.read() as session:
            rows = evidence.files_of(session, opened.filing.draft_id, opened.key)
        return cls(portal, clerk, opened, going_to(PROFESSIONAL, opened.payload, (), rows))

    def first(self) -> Typed:
        """Fill the page before anything is typed: every file that can be sent, the address that is known, today."""
        rows = {row["name"]: row["shown"] for row in self.opened.payload["complaint"]}
        lines = [self.opened.payload["professional"], rows.get("pro_lieu"), rows.get("pro_adresse")]
        named = last(self.opened.acts, IDENTIFIED).get("professional")
        if named:
            lines = [named["name"], *named["place"].split(", ")]
        address = "\n".join(dict.fromkeys(filter(None, [*lines, "" if named else self.opened.filing.town])))
        pieces = [file.id for file in self.files if papers.can_be_sent(file)]
        return {"pieces": pieces, "adresse_envoi": [address], **typed_day("transmis_le", self.today)}

    @property
    def today(self) -> date:
        """The day it is at this authority."""
        return today_of(self.portal, self.clerk)

    @property
    def known(self) -> dict[str, Any]:
        """What the checks need beside what was typed."""
        return {FILES: self.files, **known_days(self.portal, self.clerk, self.opened, TOLD_PROFESSIONAL)}

    def letter(self, address: str) -> letters.Letter:
        """Write the letter to this address."""
        with self.portal.database.read() as session:
            return letters.to_professional(session, self.opened, self.clerk, address)

    def bundle(self, contents: Contents) -> list[packing.Packed]:
        """Put together exactly what leaves."""
        copies = papers.copies(self.portal, self.opened, self.files, contents.pieces)
        letter, names = self.letter(contents.adresse_envoi), [file.name for file in copies]
        pdf = papers.professional_pdf(self.opened, letter, names, self.portal.clock())
        return [packing.Packed("lettre-et-plainte.pdf", lambda: pdf), *copies]


@router.get("/agent/plaintes/{numero}/transmettre-professionnel", name="intake.to_professional")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Show exactly what leaves."""
    case = Case.of(portal, clerk, numero)
    return _show(request, case, case.first())


@router.post("/agent/plaintes/{numero}/transmettre-professionnel", name="intake.to_professional.do")
def tell(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Give what leaves as files, or note that it left."""
    case = Case.of(portal, clerk, numero)
    if form.typed.get("geste") == ["preparer"]:
        contents = parse(Contents, form.typed, case.known)
        if contents.values is None:
            return _show(request, case, form.typed, contents.errors, 422)
        return packing.download(f"envoi-{numero}.zip", case.bundle(contents.values), translate(papers.SORRY))
    parsed = parse(Told, form.typed, case.known)
    if parsed.values is None:
        return _show(request, case, form.typed, parsed.errors, 422)
    with portal.database.write() as session:
        acts.tell_professional(session, portal, clerk, numero, _sending(case, parsed.values))
    return see(request, "intake.filing", numero=numero)


def _sending(case: Case, told: Told) -> acts.Sending:
    kept = set(told.pieces)
    return told.sending(
        address=told.adresse_envoi,
        letter=list(case.letter(told.adresse_envoi).paragraphs),
        answers=[row["name"] for row in papers.for_professional(case.opened)],
        pieces=[{"id": file.id, "sha256": file.sha256} for file in case.files if file.id in kept],
        kept_back=[file.id for file in case.files if file.id not in kept],
        why_kept_back=told.motif_retrait,
    )


def _show(
    request: Request,
    case: Case,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    offered = {"pieces": papers.offers(case.opened, case.files)}
    return render(
        request,
        "intake/to_professional.html",
        status=status,
        **frame(request, case.clerk),
        form=make_form(request, Told, typed, mistakes, offered),
        number=case.opened.filing.number,
        letter=case.letter((typed.get("adresse_envoi") or [""])[-1]),
        rows=papers.for_professional(case.opened),
        has_files=bool(case.files),
        late=late_text(case.portal, case.clerk, case.opened, "D4"),
    )
