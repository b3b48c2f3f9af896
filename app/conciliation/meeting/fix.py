"""H2 « Fixer la réunion »: when, where, before whom (CSP R. 1110-9 to R. 1110-12)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from starlette.responses import Response

from app.base.dates import Holidays, date_text, place_of_zone, zone_named
from app.base.errors import N_
from app.base.forms.dates import typed_day
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, widgets
from app.base.i18n import translate
from app.conciliation.meeting.form import LAST, OWN_PLACE, WARNED, Meeting, MeetingWithNeeds
from app.conciliation.meeting.seating import OTHERS, Table, named, who_sits
from app.conciliation.page import ConciliationPage
from app.filing.documents.wording import meeting_moment
from app.filing.receipt.competence import contact_of
from app.filing.sealed.conciliation import Fixed
from app.filing.status.conciliation import FIXED
from app.filing.status.meeting_hours import span
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import courtesy
from app.intake.planning.queries import sittings
from app.intake.planning.rules import Clash, Sitting, clashes
from app.procedure.days import LegalDay
from app.routing import queries as routing


class MeetingPage(ConciliationPage):
    """The day, the place and the members; moved, the parties must be summoned again."""

    kind, path, template, model = FIXED, "conciliation/seance", "conciliation/meeting.html", Meeting
    then = "conciliation.summons"

    def form(self, case: DeskCase) -> type[Answers]:
        """Ask how needs are met, of a person who has some."""
        return MeetingWithNeeds if case.answers("besoins") else Meeting

    def first(self, case: DeskCase) -> Typed:
        """Start from what was fixed before, or from the address of the authority."""
        return _first(case)

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return the days, who may sit, what to warn of."""
        return {
            **super().known(case),
            **Table.of(case).known,
            LAST: case.due[LegalDay.MEET],
            OWN_PLACE: _own_place(case) if case.now.informed else (),
            WARNED: lambda said: _warnings(case, said),
        }

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer the members."""
        options = Table.of(case).options()
        return {"membres": options, "sans_lien": options}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return until when, and who may sit."""
        table = Table.of(case)
        return {
            "has_members": bool(table.options()),
            "other": table.names.get(table.own_list, ""),
            "needs": case.answers("besoins"),
            "last": date_text(case.due[LegalDay.MEET]),
            "warnings": (),
            "is_moved": bool(case.now.conciliation.meeting),
            "is_mixed": len(table.sides) > 1,
        }

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Show what makes a day doubtful, once it is typed."""
        if mistakes and "avertissements_lus" in mistakes:
            more["warnings"] = _warnings(case, dict(_read(typed)))
        return super().show(request, case, typed, mistakes, **more)

    def content(self, case: DeskCase, said: Meeting) -> Fixed:
        """Keep when, where, and who sits."""
        return _content(Table.of(case), said, case)


def _content(table: Table, said: Meeting, case: DeskCase) -> Fixed:
    on = said.date_seance
    late = (on - case.due[LegalDay.MEET]).days
    moment = meeting_moment(on, said.heure_seance)
    return Fixed(
        on=on,
        hour=said.heure_seance,
        ends=said.heure_fin or None,
        words=moment + (f"\n{said.raison_retard}" if late > 0 else ""),
        place=said.lieu,
        mode=said.mode.value,
        why_remote=said.raison_distance,
        why_late=said.raison_retard if late > 0 else "",
        members=who_sits(table, said),
        needs=said.besoins_pris_en_compte,
        translation=courtesy(case, said.traduction),
        is_place_agreed=said.lieu_convenu or None,
        experts=[line.strip() for line in said.personnes_qualifiees.splitlines() if line.strip()] or None,
    )


def _read(typed: Typed) -> Iterator[tuple[str, Any]]:
    """Read what the warnings look at, of a form that has other mistakes; what cannot be read is left out."""
    for name in ("date_seance", "heure_seance", "heure_fin", "lieu", "membres", "membres_autres"):
        with suppress(FieldError):
            yield name, widgets(Meeting)[name].take(name, typed)


def _warnings(case: DeskCase, said: Mapping[str, Any]) -> list[str]:
    """Return what makes a day and an hour doubtful: neither forbids them."""
    zone, day = zone_named(case.clerk.zone), said["date_seance"]
    found = []
    if day.isoweekday() > 5 or day in Holidays(place_of_zone(zone)):  # noqa: PLR2004 - Saturday and Sunday
        found.append(translate(N_("Le {day} n'est pas un jour ouvré.")).format(day=date_text(day)))
    return [*found, *(f"{clash.text(translate)}." for clash in _clashes(case, said, day))]


def _clashes(case: DeskCase, said: Mapping[str, Any], day: date) -> list[Clash]:
    """List the meetings of this desk that cannot be held at the same hours; none before an hour is read."""
    if not said.get("heure_seance"):
        return []
    table = Table.of(case)
    seats = [table.seats[one] for one in said.get("membres", ()) if one in table.seats]
    names = [seat.name for seat in (*seats, *named({**said, OTHERS: table.own_list}))]
    begins, ends = span(day, said["heure_seance"], said.get("heure_fin"), ZoneInfo(case.opened.filing.zone))
    own = Sitting(case.number, begins, ends, said.get("lieu", ""), names)
    return clashes(own, sittings(case.session, case.portal.keyring, case.clerk.authority, day, day).rows)


def _first(case: DeskCase) -> Typed:
    if case.now.conciliation.meeting:
        fixed = case.now.conciliation.fixed
        day = typed_day("date_seance", fixed.on)
        said = {
            "lieu": fixed.place,
            "lieu_convenu": "oui" if fixed.is_place_agreed else "",
            "mode": fixed.mode,
            "heure_seance": fixed.hour.replace(":", " h "),
            "heure_fin": (fixed.ends or "").replace(":", " h "),
            "personnes_qualifiees": "\n".join(fixed.experts or ()),
            "besoins_pris_en_compte": fixed.needs,
            "traduction": fixed.translation.text if fixed.translation else "",
        }
        return {**day, **{name: [value] for name, value in said.items()}}
    return {"lieu": ["\n".join(_own_place(case))]}


def _own_place(case: DeskCase) -> list[str]:
    """Return where the authority that received the complaint is, as lines; none when it is not known."""
    own = routing.authority(case.session, case.now.receiver)
    return [own.name, *contact_of(own)["address"]] if own else []
