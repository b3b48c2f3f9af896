"""H2, the form: the day, the place, the members, the needs, as the law asks (CSP R. 1110-9 to R. 1110-12)."""

from collections.abc import Generator, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.hours import Hour
from app.base.forms.widgets import LongText, Radios, Tick
from app.commission.rules import plain
from app.conciliation import rules
from app.conciliation.fields import CheckboxList
from app.conciliation.meeting.seating import commission_checks
from app.conciliation.meeting_mode import REMOTE, Mode
from app.intake.desk.act_dates import RECEIVED, TODAY
from app.intake.desk.courtesy import Courtesy, french_too

LAST, WARNED, OWN_PLACE = "dernier_jour", "alertes", "lieu_a_defaut"
"""What the page knows beside its fields."""
WHY_REMOTE = N_("Écrivez pourquoi la réunion a lieu à distance.")
BOTH_AGREE = N_("Il faut l'accord des deux parties pour une réunion à distance.")
NEEDS_MET = N_("Dites comment les besoins d'accessibilité sont pris en compte.")
NOT_AGREED = N_(
    "Sans accord de l'autre autorité, la réunion a lieu chez l'autorité qui a reçu la plainte : {place} "
    "(CSP R. 1110-12). Cochez l'accord, ou écrivez ce lieu."
)
ENDS_FIRST = N_("La réunion finit après son début. Vérifiez les deux heures.")
READ = N_("Cochez cette case après avoir lu l'alerte.")


SITTING = Annotated[tuple[str, ...], CheckboxList(label=N_("Membres qui siègent"), optional=False)]
OTHERS_SITTING = Annotated[
    str,
    LongText(label=N_("Membres de l'autre autorité"), hint=N_("Un prénom et un nom par ligne."), longest=500, rows=2),
]
FREE = Annotated[
    tuple[str, ...],
    CheckboxList(
        label=N_("Membres qui n'ont pas de lien avec les parties"),
        hint=N_("Demandez-le à chacun."),
        optional=False,
    ),
]
FREE_OTHERS = Annotated[
    bool, Tick(label=N_("Les membres de l'autre autorité n'ont pas de lien non plus"), optional=False)
]


class Meeting(Answers):
    """When and where the parties meet, and who sits."""

    date_seance: Annotated[date, Date(label=N_("Date de la réunion"), missing=N_("Écrivez la date de la réunion."))]
    raison_retard: Annotated[
        str,
        LongText(label=N_("Pourquoi la réunion a-t-elle lieu après les trois mois ?"), longest=1000, rows=2),
    ]
    heure_seance: Annotated[
        str, Hour(label=N_("Heure"), hint=N_("Par exemple 14 h 30"), missing=N_("Écrivez l'heure de la réunion."))
    ]
    heure_fin: Annotated[str, Hour(label=N_("Heure de fin"), hint=N_("Sans réponse : une heure après le début."))]
    mode: Annotated[
        Mode, Radios(label=N_("Comment a-t-elle lieu ?"), choices=Mode, missing=N_("Choisissez comment elle a lieu."))
    ]
    raison_distance: Annotated[
        str,
        LongText(
            label=N_("Pourquoi ne peut-on pas réunir les parties ?"),
            optional=False,
            longest=1000,
            rows=2,
        ),
    ]
    accord_personne: Annotated[bool, Tick(label=N_("La personne est d'accord"), optional=False)]
    accord_professionnel: Annotated[bool, Tick(label=N_("Le professionnel est d'accord"), optional=False)]
    lieu: Annotated[
        str,
        LongText(
            label=N_("Lieu, ou façon de se connecter"),
            missing=N_("Écrivez où a lieu la réunion."),
            longest=500,
            rows=4,
        ),
    ]
    lieu_convenu: Annotated[
        bool,
        Tick(
            label=N_("Ce lieu est fixé d'accord avec l'autre autorité"),
            hint=N_("À défaut d'accord, la réunion a lieu chez l'autorité qui a reçu la plainte (CSP R. 1110-12)."),
        ),
    ]
    membres: SITTING
    membres_autres: OTHERS_SITTING
    sans_lien: FREE
    sans_lien_autres: FREE_OTHERS
    personnes_qualifiees: Annotated[
        str,
        LongText(
            label=N_("Experts ou personnes qualifiées"),
            hint=N_(
                "Un nom et une qualité par ligne. Ils éclairent la commission, sans prendre part à la conciliation "
                "(CSP R. 1110-10)."
            ),
            longest=500,
            rows=2,
        ),
    ]
    besoins_pris_en_compte: Annotated[
        str, LongText(label=N_("Comment les besoins de la personne sont pris en compte"), longest=1000, rows=3)
    ]
    traduction: Courtesy
    avertissements_lus: Annotated[bool, Tick(label=N_("J'ai lu l'alerte, et je garde cette date"), optional=False)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day, the consents, the commission, the needs."""
        day = yield from _day_checks(found)
        if found.get("mode") in REMOTE:
            yield from _remote_checks(found)
        else:
            yield from _place_checks(found)
        yield from commission_checks(found, day)
        yield from _hour_checks(found)
        yield from french_too(found, "besoins_pris_en_compte")
        if day and found[WARNED](found) and not found.get("avertissements_lus"):
            yield "avertissements_lus", FieldError(READ)


def _hour_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Check that it ends after it begins, the same day."""
    begins, ends = found.get("heure_seance"), found.get("heure_fin")
    if begins and ends and ends <= begins:
        yield "heure_fin", FieldError(ENDS_FIRST)


def _place_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Where both authorities agree; else where the receiver is (CSP R. 1110-12)."""
    own = found[OWN_PLACE]
    written = plain(str(found.get("lieu", "")))
    if not found.get("lieu_convenu") and not all(plain(line) in written for line in own):
        yield "lieu_convenu", FieldError(NOT_AGREED, place=", ".join(own))


def _remote_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
    """Apart from the same room: by exception, with both consents (CSP R. 1110-12)."""
    if not found.get("raison_distance"):
        yield "raison_distance", FieldError(WHY_REMOTE)
    if not (found.get("accord_personne") and found.get("accord_professionnel")):
        yield "accord_personne", FieldError(BOTH_AGREE)


def _day_checks(found: Mapping[str, Any]) -> Generator[tuple[str, FieldError], None, Day]:
    day: Day = found.get("date_seance")
    if day is None:
        return None
    if mistake := rules.session_mistake(day, found[RECEIVED], found[TODAY]):
        yield "date_seance", mistake
        return None
    if day > found[LAST] and not found.get("raison_retard"):
        yield "raison_retard", FieldError(rules.TOO_LATE, jour=date_text(found[LAST], weekday=False))
    return day


class MeetingWithNeeds(Meeting):
    """The same, for a person who said what they need to take part."""

    besoins_pris_en_compte: Annotated[
        str,
        LongText(
            label=N_("Comment les besoins de la personne sont pris en compte"), missing=NEEDS_MET, longest=1000, rows=3
        ),
    ]
