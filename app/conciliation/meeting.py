"""H2 « Fixer la réunion »: when, where, before whom (CSP R. 1110-9 to R. 1110-12)."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import Holidays, date_text, place_of_zone, zone_named
from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import make_form, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios, Tick
from app.conciliation import queries, rules
from app.conciliation.door import Case, SecretariatOf, expect
from app.conciliation.fields import Hour, Several
from app.conciliation.rules import REMOTE, Mode
from app.conciliation.seating import OTHERS, Table, commission_checks, named
from app.filing.competence import contact_of
from app.filing.progress import meeting_moment
from app.filing.road import FIXED
from app.filing.standing import Standing
from app.intake.acting import RECEIVED, TODAY, typed_day
from app.procedure.rules import last_day_to_receive
from app.routing import queries as routing
from app.saisine.steps.days import Day, Month, Year, day_checks, day_of

router = APIRouter()
LAST, NEEDS, WARNED = "dernier_jour", "besoins_connus", "alertes"
"""What the page knows beside its fields."""
WHY_REMOTE = N_("Écrivez pourquoi la réunion a lieu à distance.")
BOTH_AGREE = N_("Il faut l'accord des deux parties pour une réunion à distance.")
NEEDS_MET = N_("Dites comment les besoins d'accessibilité sont pris en compte.")
READ = N_("Cochez cette case après avoir lu l'alerte.")


class Meeting(Answers):
    """When and where the parties meet, and who sits."""

    date_seance_jour: Annotated[str, Day(whole=N_("Date de la réunion"), missing=N_("Écrivez la date de la réunion."))]
    date_seance_mois: Annotated[str, Month()]
    date_seance_annee: Annotated[str, Year()]
    raison_retard: Annotated[
        str,
        LongText(label=N_("Pourquoi la réunion a-t-elle lieu après les trois mois ?"), longest=1000, rows=2),
    ]
    heure_seance: Annotated[
        str, Hour(label=N_("Heure"), hint=N_("Par exemple 14 h 30"), missing=N_("Écrivez l'heure de la réunion."))
    ]
    mode: Annotated[
        Mode, Radios(label=N_("Comment a-t-elle lieu ?"), choices=Mode, missing=N_("Choisissez comment elle a lieu."))
    ]
    raison_distance: Annotated[
        str,
        LongText(
            label=N_("Pourquoi ne peut-on pas réunir les parties ?"),
            longest=1000,
            rows=2,
        ),
    ]
    accord_personne: Annotated[bool, Tick(label=N_("La personne est d'accord"))]
    accord_professionnel: Annotated[bool, Tick(label=N_("Le professionnel est d'accord"))]
    lieu: Annotated[
        str,
        LongText(
            label=N_("Lieu, ou façon de se connecter"),
            missing=N_("Écrivez où a lieu la réunion."),
            longest=500,
            rows=4,
        ),
    ]
    membres: Annotated[tuple[str, ...], Several(label=N_("Membres qui siègent"))]
    membres_autres: Annotated[
        str,
        LongText(
            label=N_("Membres de l'autre autorité"), hint=N_("Un prénom et un nom par ligne."), longest=500, rows=2
        ),
    ]
    sans_lien: Annotated[
        tuple[str, ...],
        Several(label=N_("Membres qui n'ont pas de lien avec les parties"), hint=N_("Demandez-le à chacun.")),
    ]
    sans_lien_autres: Annotated[bool, Tick(label=N_("Les membres de l'autre autorité n'ont pas de lien non plus"))]
    besoins_pris_en_compte: Annotated[
        str, LongText(label=N_("Comment les besoins de la personne sont pris en compte"), longest=1000, rows=3)
    ]
    avertissements_lus: Annotated[bool, Tick(label=N_("J'ai lu l'alerte, et je garde cette date"))]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day, the consents, the commission, the needs."""
        day = yield from _day_checks(found)
        if found.get("mode") in REMOTE:
            yield from _remote_checks(found)
        yield from commission_checks(found, day)
        if found[NEEDS] and not found.get("besoins_pris_en_compte"):
            yield "besoins_pris_en_compte", Mistake(NEEDS_MET)
        if day and found[WARNED](day) and not found.get("avertissements_lus"):
            yield "avertissements_lus", Mistake(READ)


def _remote_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
    """Apart from the same room: by exception, with both consents (CSP R. 1110-12)."""
    if not found.get("raison_distance"):
        yield "raison_distance", Mistake(WHY_REMOTE)
    if not (found.get("accord_personne") and found.get("accord_professionnel")):
        yield "accord_personne", Mistake(BOTH_AGREE)


def _day_checks(found: Mapping[str, Any]) -> Generator[tuple[str, Mistake], None, date | None]:
    wrong = list(day_checks(found, "date_seance", None))
    yield from wrong
    if wrong or not all(found.get(f"date_seance_{part}") for part in ("jour", "mois", "annee")):
        return None
    day = day_of(found, "date_seance")
    if mistake := rules.session_mistake(day, found[RECEIVED], found[TODAY]):
        yield "date_seance_jour", mistake
        return None
    if day > found[LAST] and not found.get("raison_retard"):
        yield "raison_retard", Mistake(rules.TOO_LATE, jour=date_text(found[LAST], weekday=False))
    return day


def may_fix(now: Standing) -> bool:
    """Tell whether a meeting can be fixed, or moved: all were told, and it did not take place (CSP R. 1110-11)."""
    ahead = now.is_open and now.are_told and "D7" not in now.without and not now.withdrawing_since
    return ahead and not now.road.report and not now.road.is_recidive


@router.get("/agent/plaintes/{numero}/conciliation/seance", name="conciliation.meeting")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Ask for the day, the place and the members; what was fixed before is there."""
    expect(may_fix(case.now))
    return _show(request, case, Table.of(case), _first(case))


@router.post("/agent/plaintes/{numero}/conciliation/seance", name="conciliation.meeting.do")
def fix(request: Request, case: SecretariatOf, form: FormOf) -> Response:
    """Fix the meeting, or move it: the parties must then be summoned again."""
    expect(may_fix(case.now))
    table = Table.of(case)
    known = {
        **case.days,
        **table.known,
        LAST: case.due["D7"],
        NEEDS: case.answers("besoins"),
        WARNED: lambda day: _warnings(case, day),
    }
    parsed = parse(Meeting, form.typed, known)
    if parsed.values is None:
        return _show(request, case, table, form.typed, parsed.errors, 422)
    case.do(FIXED, _content(table, parsed.values, case), may_fix)
    return see(request, "conciliation.summons", numero=case.number)


def _content(table: Table, said: Meeting, case: Case) -> dict[str, Any]:
    on = day_of(dict(said), "date_seance")
    others = named({**dict(said), OTHERS: table.own_list})
    seats = [*(table.seats[one] for one in said.membres), *others]
    late = (on - case.due["D7"]).days
    moment = {"on": on.isoformat(), "hour": said.heure_seance}
    return {
        **moment,
        "words": meeting_moment(moment) + (f"\n{said.raison_retard}" if late > 0 else ""),
        "place": said.lieu,
        "mode": said.mode.value,
        "why_remote": said.raison_distance,
        "why_late": said.raison_retard if late > 0 else "",
        "members": [{"side": seat.side, "authority": table.names[seat.side], "name": seat.name} for seat in seats],
        "needs": said.besoins_pris_en_compte,
    }


def _warnings(case: Case, day: date) -> list[str]:
    """Say what makes a day doubtful: neither forbids it."""
    zone = zone_named(case.clerk.zone)
    found = []
    if day.isoweekday() > 5 or day in Holidays(place_of_zone(zone)):  # noqa: PLR2004 - Saturday and Sunday
        found.append(translate(N_("Le {day} n'est pas un jour ouvré.")).format(day=date_text(day)))
    with case.portal.database.read() as session:
        others = queries.others_that_day(session, case.clerk.authority, case.number, last_day_to_receive(day))
    if others:
        words = N_("Une autre réunion est fixée ce jour-là : {numbers}.")
        found.append(translate(words).format(numbers=", ".join(others)))
    return found


def _first(case: Case) -> Typed:
    fixed = case.now.road.meeting
    if fixed:
        hour = fixed["hour"].replace(":", " h ")
        day = typed_day("date_seance", date.fromisoformat(fixed["on"]))
        plain = {"lieu": fixed["place"], "mode": fixed["mode"], "heure_seance": hour}
        return {**day, **{name: [value] for name, value in plain.items()}, "besoins_pris_en_compte": [fixed["needs"]]}
    with case.portal.database.read() as session:
        own = routing.authority(session, case.now.receiver)
    return {"lieu": ["\n".join([own.name, *contact_of(own)["address"]]) if own else ""]}


def _show(
    request: Request,
    case: Case,
    table: Table,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    options = table.options()
    warnings: Sequence[str] = ()
    if mistakes and "avertissements_lus" in mistakes:
        parts = {name: values[-1] for name, values in typed.items() if values}
        warnings = _warnings(case, day_of(parts, "date_seance"))
    return case.show(
        request,
        "conciliation/meeting.html",
        status=status,
        form=make_form(request, Meeting, typed, mistakes, {"membres": options, "sans_lien": options}),
        has_members=bool(options),
        other=table.names.get(table.own_list, ""),
        needs=case.answers("besoins"),
        last=date_text(case.due["D7"]),
        warnings=warnings,
        is_moved=bool(case.now.road.meeting),
        is_mixed=len(table.sides) > 1,
    )
