"""« Transmettre au professionnel »: the complaint and its date of receipt, within eight days (CSP R. 1110-11)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.dates import typed_day
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText, Radios, Tick
from app.base.i18n import translate
from app.base.web.reading import FormData
from app.evidence import queries as evidence
from app.evidence.purposes import PROFESSIONAL
from app.evidence.queries import FileRow
from app.filing.acts.attachments import going_to
from app.filing.documents.mask_wording import mask_lines
from app.filing.sealed.masks import AreaMasked
from app.filing.sealed.receipt import SealedFile, ToldProfessional
from app.filing.status.annotations import identified
from app.filing.status.case_status import TOLD_PROFESSIONAL
from app.filing.status.masks import areas_of, masks
from app.intake.acts import receipt_duties
from app.intake.acts.dispatch import LABEL, MISSING, Dispatch, Way
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.fields import Pieces
from app.intake.letters import letter_text, sheets, zip_stream
from app.intake.letters.masked_copies import masked_copy
from app.procedure.days import LegalDay
from app.routing.rules.territories import short_place

FILES = "fichiers_du_dossier"
"""What the page knows beside its fields: the files of the complaint."""
WHY_KEPT = N_("Écrivez pourquoi cette preuve n'est pas transmise.")
NO_COPY = N_("Retirez les preuves qui n'ont pas de copie sans données cachées.")


class TransmittedContents(Answers):
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
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask why a piece is kept back; refuse one of which no copy without metadata exists."""
        yield from super().checks(found)
        files: Sequence[FileRow] = found.get(FILES) or ()
        wanted = set(found.get("pieces") or ()) & {file.id for file in files}
        if wanted - {file.id for file in files if sheets.can_be_sent(file)}:
            yield "pieces", FieldError(NO_COPY)
        if {file.id for file in files} - wanted and not found.get("motif_retrait"):
            yield "motif_retrait", FieldError(WHY_KEPT)


class TransmissionForm(Dispatch, TransmittedContents):
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
class Leaving:
    """The form, and the copies that leave with an area painted over, as they are sealed."""

    form: TransmissionForm
    masked_copies: Sequence[SealedFile] = ()


def files_of(case: DeskCase) -> list[FileRow]:
    """List the files of the complaint that may go to its professional."""
    rows = evidence.files_of(case.session, case.opened.filing.draft_id, case.opened.key)
    return going_to(PROFESSIONAL, case.opened.payload, (), rows)


class ToProfessional(ActPage):
    """Exactly what leaves is shown; it is given as files, then noted once it left."""

    kind, path, template, model = (
        TOLD_PROFESSIONAL,
        "transmettre-professionnel",
        "intake/to_professional.html",
        TransmissionForm,
    )

    def first(self, case: DeskCase) -> Typed:
        """Fill the page: every file that can be sent, the address that is known, today."""
        lines = [case.opened.payload["professional"], case.answers("pro_lieu"), case.answers("pro_adresse")]
        named = identified(case.opened.acts)
        if named:
            lines = [named.name, *named.place.split(", ")]
        town = "" if named else short_place(case.opened.filing.town, case.opened.filing.commune)
        address = "\n".join(dict.fromkeys(filter(None, [*lines, town])))
        pieces = [file.id for file in files_of(case) if sheets.can_be_sent(file)]
        return {"pieces": pieces, "adresse_envoi": [address], **typed_day("transmis_le", case.today)}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return the days and the files."""
        return {FILES: files_of(case), **super().known(case)}

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:
        """Offer the files."""
        return {"pieces": sheets.offers(case.opened, files_of(case))}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:
        """Show the letter and the answers that leave."""
        return {
            "letter": letter_text.to_professional(case, (typed.get("adresse_envoi") or [""])[-1]),
            "rows": sheets.sent_to_professional(case.opened),
            "masks": mask_lines(case.opened.payload, case.opened.acts, translate),
            "masked_pictures": _masked_pictures(case),
            "has_files": bool(files_of(case)),
            "late": case.late(LegalDay.TELL_PROFESSIONAL),
        }

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Return what leaves as files."""
        if form.get("geste") != "preparer":
            return None
        contents = parse(TransmittedContents, form.typed, self.known(case))
        if contents.values is None:
            return self.show(request, case, form.typed, contents.errors)
        return zip_stream.download(f"envoi-{case.number}.zip", _bundle(case, contents.values), translate(sheets.SORRY))

    def prepare(self, case: DeskCase, said: TransmissionForm) -> Leaving:
        """Make once more the copies that are masked, to seal what they were. Raises :class:`Wrong`."""
        masked = [file for file in files_of(case) if file.id in said.pieces and areas_of(case.opened.acts, file.id)]
        try:
            made = [(file.id, masked_copy(case.portal, case.opened, file)) for file in masked]
        except OSError as trouble:
            raise Wrong({"pieces": FieldError(sheets.SORRY)}) from trouble
        return Leaving(said, [SealedFile(id=file, sha256=hashlib.sha256(copy).hexdigest()) for file, copy in made])

    def do(self, case: DeskCase, said: Leaving) -> None:
        """Note that it left, with what it held."""
        form = said.form
        kept, files, sending = set(form.pieces), files_of(case), form.sending()
        act = ToldProfessional(
            words=sending.told(case, TOLD_PROFESSIONAL),
            on=sending.on,
            mode=sending.way,
            reference=sending.reference,
            address=form.adresse_envoi,
            letter=letter_text.to_professional(case, form.adresse_envoi).said,
            answers=[row["name"] for row in sheets.for_professional(case.opened)],
            pieces=[SealedFile(id=file.id, sha256=file.sha256) for file in files if file.id in kept],
            kept_back=[file.id for file in files if file.id not in kept],
            why_kept_back=form.motif_retrait,
            masks=list(masks(case.opened.acts)),
            masked_copies=said.masked_copies,
        )
        receipt_duties.tell_professional(case, act)


def _masked_pictures(case: DeskCase) -> list[tuple[str, int]]:
    """List the pictures that are masked, each once: the id of its file, and its page."""
    held = masks(case.opened.acts).values()
    return list(dict.fromkeys((one.file, one.page) for one in held if isinstance(one, AreaMasked)))


def _bundle(case: DeskCase, contents: TransmittedContents) -> list[zip_stream.Packed]:
    """Put together exactly what leaves."""
    copies = sheets.copies(case.portal, case.opened, files_of(case), contents.pieces)
    letter, names = letter_text.to_professional(case, contents.adresse_envoi), [file.name for file in copies]
    pdf = sheets.professional_pdf(case.opened, letter, names, case.portal.clock())
    return [zip_stream.Packed("lettre-et-plainte.pdf", lambda: pdf), *copies]
