"""H4 « Compte rendu de la réunion »: who came, how it ended, signed in session, sent within eight days (R. 1110-12)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.acts.refusals import AlreadyDone
from app.acts.turn import ActPress, expect, why_not
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.files import Files
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText, Radios, Tick
from app.base.i18n import translate
from app.base.web.pages import download
from app.base.web.reading import FormData
from app.commission.rules import PARITY
from app.conciliation import letters, rules
from app.conciliation.fields import CheckboxList
from app.conciliation.page import ConciliationPage
from app.conciliation.rules import Issue, MeetingEnd, Party
from app.evidence.rules import ACCEPT
from app.filing.documents.wording import meeting_moment
from app.filing.sealed.conciliation import Reported
from app.filing.status.conciliation import ABSENT, DISAGREED, PERSON, REPORT, WITHDREW
from app.filing.web.uploads import PAPERS
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets
from app.procedure.days import LegalDay

HERE, SIDES, DRAFTING, WARNED = "presents_possibles", "cotes_des_membres", "preparation", "alertes"
HAVE_ANSWERED = "parties_qui_ont_repondu"
"""What the page knows beside its fields."""
SIGNED = N_("Ajoutez le compte rendu signé.")
POINTS = N_("Écrivez les points de désaccord qui restent.")
WHO_IS_ABSENT = N_("Dites qui n'a pas répondu à la convocation.")
HAS_ANSWERED = N_("Cette partie a répondu à la convocation. Choisissez “Pas d'accord”, ou l'accord.")
SAID_HERE = N_("Vous avez noté cette partie comme présente.")
ONE_MEMBER = N_("La commission siège avec au moins un membre de chaque côté.")
READ = N_("Cochez cette case après avoir lu l'alerte.")
PERSON_NEEDED = N_("La personne, ou qui la représente, doit être présente pour retirer sa plainte.")


class MeetingReport(Answers):
    """Who came, and how the meeting ended."""

    presents: Annotated[
        tuple[str, ...], CheckboxList(label=N_("Présents ou représentés"), missing=N_("Cochez les présents."))
    ]
    issue: Annotated[
        Issue,
        Radios(
            label=N_("Comment la réunion s'est-elle terminée ?"), choices=Issue, missing=N_("Choisissez le résultat.")
        ),
    ]
    points_desaccord: Annotated[
        str,
        LongText(
            label=N_("Points de désaccord qui restent"),
            missing=POINTS,
            longest=4000,
            rows=5,
            only_if=("issue", DISAGREED),
        ),
    ]
    partie_absente: Annotated[
        Party | str,
        Radios(
            label=N_("Qui n'a pas répondu à la convocation ?"),
            choices=Party,
            missing=WHO_IS_ABSENT,
            only_if=("issue", ABSENT),
        ),
    ]
    avertissements_lus: Annotated[bool, Tick(label=N_("J'ai lu l'alerte, et j'enregistre l'absence"), optional=False)]
    signatures: Annotated[
        tuple[()],
        Files(
            label=N_("Compte rendu signé"),
            hint=N_("Signé pendant la réunion par les parties, ou qui les représente, et par les membres."),
            missing=SIGNED,
            accept=ACCEPT,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check who is there against the way it ended.

        A party that cannot come and writes its observations has answered: there is an agreement, or there is none
        (CSP R. 1110-12).
        """
        here = set(found.get("presents", ())) & set(found[HERE])
        counts = [sum(one in here for one in members) for members in found[SIDES]]
        if "presents" in found and (min(counts) == 0 or len(set(counts)) > 1):
            yield "presents", FieldError(ONE_MEMBER if min(counts) == 0 else PARITY)
        absent = found.get("partie_absente")
        if absent and str(absent) in here:
            yield "partie_absente", FieldError(SAID_HERE)
        elif absent and str(absent) in found[HAVE_ANSWERED]:
            yield "partie_absente", FieldError(HAS_ANSWERED)
        if found.get("issue") == WITHDREW and "presents" in found and PERSON not in here:
            yield "issue", FieldError(PERSON_NEEDED)
        if found.get("issue") == ABSENT and found[WARNED] and not (found.get("avertissements_lus") or found[DRAFTING]):
            yield "avertissements_lus", FieldError(READ)
        if not found[PAPERS] and not found[DRAFTING]:
            yield "signatures", FieldError(SIGNED)


class ReportPage(ConciliationPage):
    """The report is made to be signed, then kept signed."""

    kind, path, template, model, files = (
        REPORT,
        "conciliation/releve",
        "conciliation/report.html",
        MeetingReport,
        "signatures",
    )

    def expect(self, case: DeskCase) -> None:
        """Show the page before the day of the meeting too: it says when it can be used."""
        expect(case, ActPress(case.number, REPORT))

    def also(self, case: DeskCase) -> bool:
        """Ask that the day of the meeting has come."""
        return _is_there(case)

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Give who may be there, and what to warn of."""
        conciliation = case.now.conciliation
        return {
            HERE: [one.value for one in _people(case)],
            SIDES: _sides(case),
            DRAFTING: False,
            WARNED: rules.summons_warnings(conciliation),
            HAVE_ANSWERED: frozenset(conciliation.answers),
        }

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer the parties and the members."""
        return {"presents": _people(case)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return when the meeting is, and until when the report leaves."""
        return {
            "moment": meeting_moment(case.now.conciliation.fixed.on, case.now.conciliation.fixed.hour),
            "is_there": _is_there(case),
            "last": date_text(case.due[LegalDay.SEND_REPORT]),
            "warnings": (),
        }

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Show what is doubtful about the summons, when an absence is written down."""
        if mistakes and "avertissements_lus" in mistakes:
            more["warnings"] = rules.summons_warnings(case.now.conciliation)
        return super().show(request, case, typed, mistakes, **more)

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Return the report to be signed."""
        if not _is_there(case):
            raise AlreadyDone(why_not(case, REPORT), case.number)
        if form.get("geste") != "preparer":
            return None
        known = {**(case.papers.known if case.papers else {}), **self.known(case), DRAFTING: True}
        parsed = parse(MeetingReport, form.typed, known)
        if parsed.values is None:
            return self.show(request, case, form.typed, parsed.errors)
        letter, sections = letters.report(case, _end(case, parsed.values))
        made = sheets.letter_pdf(case.opened, letter, case.portal.clock(), sections)
        return download(f"compte-rendu-{case.number}.pdf", made, "application/pdf")

    def content(self, case: DeskCase, said: MeetingReport) -> Reported:
        """Keep how it ended."""
        return _end(case, said).sealed()


def _end(case: DeskCase, said: MeetingReport) -> MeetingEnd:
    names = {one.value: one.label for one in _people(case)}
    warnings = rules.summons_warnings(case.now.conciliation)
    return MeetingEnd(
        on=case.now.conciliation.fixed.on,
        presents=tuple(names[one] for one in said.presents if one in names),
        issue=said.issue,
        points=said.points_desaccord,
        absent=said.partie_absente if isinstance(said.partie_absente, Party) else None,
        warnings=tuple(warnings) if said.issue is Issue.ABSENCE else (),
    )


def _is_there(case: DeskCase) -> bool:
    return bool(case.now.conciliation.session_on and case.now.conciliation.session_on <= case.today)


def _people(case: DeskCase) -> list[Option]:
    """Offer the two parties, then the members."""
    parties = [Option(one.value, f"{translate(one.label)} : {case.party_name(one.value)}") for one in Party]
    members = enumerate(case.now.conciliation.fixed.members)
    return [*parties, *(Option(f"m{n}", f"{one.name}, {one.authority}") for n, one in members)]


def _sides(case: DeskCase) -> list[list[str]]:
    """List the members of each side, as the page names them."""
    found: dict[str, list[str]] = {}
    for n, member in enumerate(case.now.conciliation.fixed.members):
        found.setdefault(member.side, []).append(f"m{n}")
    return list(found.values())
