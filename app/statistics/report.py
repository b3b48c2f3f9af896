"""The yearly report: what the ordres and the Assurance Maladie tell of a year of complaints.

The commission of each ordre of doctors, dentists and midwives reports each year, by 30 June, on the number and the
nature of the refusals (CSP D. 4122-4-2). A yearly account of this procedure by the ordres and the national health
insurance comes with décret n° 2020-1215; its article is to be verified (``docs/droit.md``). Decisions and sanctions are
those recorded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.status.conciliation import ABSENT, DISAGREED, WITHDREW
from app.printing.pdf import write_pdf
from app.procedure.days import COUNTED
from app.procedure.law import rule_of
from app.statistics import delays, figures, years
from app.statistics.counted import Counted
from app.statistics.figure import Figure

TEMPLATE = "bilan.typ"
TITLE = N_("Bilan annuel {year}")
BASIS = N_("Plaintes pour refus de soins discriminatoire (CSP L. 1110-3, R. 1110-8 à R. 1110-16), reçues en {year}.")
CARE = N_("Un nombre plus petit que 5 n'est pas montré, pour protéger les personnes. Parfois, un autre nombre est alors donné par une fourchette.")  # fmt: skip  # noqa: E501
EXACT = N_("Chiffres exacts, pour votre service. Ne les publiez pas : un petit nombre peut désigner une personne.")
FEW = N_("Moins de 5 plaintes reçues : aucun chiffre n'est montré.")
NONE = N_("Aucune plainte reçue.")
STRICT = N_("Les délais sont comptés sans report au jour ouvré suivant. Les plaintes sont comptées chez l'autorité qui les traite aujourd'hui.")  # fmt: skip  # noqa: E501
ENDS = {
    f"issue|{WITHDREW}": N_("Accord : la plainte est retirée"),
    f"issue|{DISAGREED}": N_("Pas d'accord"),
    f"issue|{ABSENT}": N_("Une partie n'a pas répondu à la convocation"),
}
CHAMBER = {
    "chambre": N_("Plaintes transmises à la chambre disciplinaire"),
    "recidive": N_("Plaintes traitées sans réunion, après une première sanction"),
    "decision": N_("Décisions de la chambre disciplinaire enregistrées"),
    "carence|sanction": N_("Sanctions du directeur enregistrées, après une carence de l'ordre"),
    "directeur|griefs": N_("Procédures engagées par le directeur (griefs notifiés)"),
    "directeur|sans_suite": N_("Plaintes auxquelles le directeur n'a pas donné de procédure"),
    "directeur|abandon": N_("Procédures abandonnées par le directeur"),
    "directeur|sanction": N_("Sanctions du directeur enregistrées, par son pouvoir propre"),
}


@dataclass(frozen=True)
class YearlyReport:
    """A report ready to be shown, printed or given to a program."""

    title: str
    place: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]

    def as_json(self) -> dict[str, Any]:
        """Write it for a program; ``count`` is null when the number is not told as it is."""
        return {
            "title": self.title,
            "authority": self.place,
            "notes": list(self.notes),
            "tables": [
                {
                    "code": one.code,
                    "heading": one.heading,
                    "rows": [{"label": line.label, "shown": line.plain, "count": line.count} for line in one.lines],
                }
                for one in self.figures
            ],
        }


def make(counted: Counted | None, year: int, place: str, t: Translate, *, is_exact: bool = False) -> YearlyReport:
    """Make the report of a year; without figures when fewer than five complaints came, or none for ``is_exact``."""
    basis = t(BASIS).format(year=year)
    if counted is None:
        few = t(NONE if is_exact else FEW)
        return YearlyReport(t(TITLE).format(year=year), place, (basis, few), ())
    notes = (basis, t(EXACT if counted.is_exact else CARE), t(STRICT))
    return YearlyReport(t(TITLE).format(year=year), place, notes, tuple(_figures(counted, t)))


def _figures(counted: Counted, t: Translate) -> Sequence[Figure]:
    whole = [
        figures.total(counted, t),
        figures.received(counted, t),
        figures.of_professions(counted, t),
        figures.forms(counted, t),
        figures.motives(counted, t),
        figures.channels(counted, t),
    ]
    duties = [figures.duty(counted, t, code, rule_of(code).label) for code in COUNTED]
    after = [
        replace(delays.meetings(counted, t), heading=t(N_("Réunions de conciliation"))),
        figures.plain(counted, t, "fins", N_("Fin des réunions"), ENDS),
        figures.outcomes(counted, t),
        figures.plain(counted, t, "chambre", N_("Chambre disciplinaire et sanctions"), CHAMBER),
    ]
    beside = [years.received(counted, t), years.on_time(counted, t), years.to_meeting(counted, t)]
    return [*whole, *duties, *after, *(delays.spreads(counted, t) if counted.is_exact else ()), *beside]


def make_pdf(report: YearlyReport, at: datetime, t: Translate) -> bytes:
    """Write the report as a tagged PDF, to be kept or sent."""
    return write_pdf(
        TEMPLATE,
        {
            "title": report.title,
            "foot": report.place,
            "page": t(N_("Page {n} sur {total}")),
            "place": report.place,
            "notes": list(report.notes),
            "figures": [
                {
                    "heading": one.heading,
                    "finding": one.finding,
                    "head": [one.head, one.unit],
                    "rows": [[line.label, line.shown] for line in one.lines],
                }
                for one in report.figures
            ],
        },
        at,
    )
