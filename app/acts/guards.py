"""When an act may be done, by where the complaint stands. Pure rules on values."""

from collections.abc import Callable

from app.filing.rules import AIGUILLAGE
from app.filing.status.case_status import CaseStatus
from app.filing.status.conciliation import OUT_OF_SCOPE
from app.filing.status.director import SANCTIONED
from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay


def owes(code: str) -> Callable[[CaseStatus], bool]:
    """Ask that a duty of the eight days is still to be done (CSP R. 1110-11)."""
    return lambda now: code in now.duties and code not in now.told


def may_tell_authority(now: CaseStatus) -> bool:
    """The other authority is named, and was not told yet (CSP R. 1110-11)."""
    return bool(now.informed) and owes(LegalDay.TRANSMIT)(now)


def may_confirm(now: CaseStatus) -> bool:
    """The receiver may say who the other authority is while it was not told yet."""
    return now.receiver != AIGUILLAGE and LegalDay.TRANSMIT not in now.without and LegalDay.TRANSMIT not in now.told


def may_hear(now: CaseStatus) -> bool:
    """The professional may be heard before the meeting (CSP L. 1110-3 al. 3, R. 1110-11 al. 4)."""
    is_settled = now.conciliation.report or now.conciliation.is_recidive
    return LegalDay.HEAR not in {*now.without, *now.done} and not is_settled


def may_fix(now: CaseStatus) -> bool:
    """A meeting can be fixed, or moved, once all were told and until it took place (CSP R. 1110-11)."""
    ahead = now.are_told and LegalDay.MEET not in now.without and not now.withdrawing_since
    return ahead and not now.conciliation.report and not now.conciliation.is_recidive


def may_give_secretariat(now: CaseStatus) -> bool:
    """Both authorities read it, and the meeting has no report yet (CSP R. 1110-10)."""
    is_before = not now.conciliation.report and not now.conciliation.is_recidive
    return is_before and now.is_shared and LegalDay.MEET not in now.without


def is_fixed(now: CaseStatus) -> bool:
    """A meeting is fixed whose end is not written yet."""
    return bool(now.conciliation.session_on and not now.conciliation.report)


def may_come(now: CaseStatus) -> bool:
    """A summons left for a meeting whose end is not written yet."""
    return is_fixed(now) and bool(now.conciliation.summons)


def may_send_report(now: CaseStatus) -> bool:
    """A report is written, and did not leave yet (CSP R. 1110-12)."""
    return bool(now.conciliation.report and not now.conciliation.report_sent)


def may_say_again(now: CaseStatus) -> bool:
    """The question of a first sanction matters until the meeting took place, where a council is."""
    return not now.conciliation.report and not now.conciliation.passed_on and bool(now.ordre)


def owes_chamber(now: CaseStatus) -> bool:
    """The chamber must be seized (CSP R. 1110-13, R. 1110-14)."""
    return bool(now.conciliation.chamber)


def may_decide(now: CaseStatus) -> bool:
    """The chamber was seized: it may decide though the person withdrew since (CSP R. 1110-13)."""
    return bool(now.conciliation.passed_on)


def may_close(now: CaseStatus) -> bool:
    """Once, and in the middle neither of a withdrawal, nor of what a meeting or a director has begun.

    Where a meeting is planned, the file may end before the director has: his power is his own.
    """
    is_report_kept_back = now.conciliation.report and not now.conciliation.report_sent
    is_director_at_work = now.is_without_meeting and may_conclude(now)
    return not (now.conciliation.closed or now.withdrawing_since or is_report_kept_back or is_director_at_work)


def is_director_free(now: CaseStatus) -> bool:
    """The director of a caisse decided nothing yet, and may notify facts or begin nothing (CSS L. 162-1-14-1)."""
    return bool(now.caisse) and not now.director.end and not now.director.asked


def may_begin_nothing(now: CaseStatus) -> bool:
    """No fact was notified: a procedure that was begun is abandoned, and never « not begun »."""
    return is_director_free(now) and not now.director.facts


def may_observe(now: CaseStatus) -> bool:
    """The professional has the notification in hand, and no opinion was asked yet (CSS R. 147-2 I)."""
    return is_director_free(now) and bool(now.director.came_on)


def may_ask_opinion(now: CaseStatus) -> bool:
    """An opinion is next: that of the commission, then that of the UNCAM (CSS R. 147-2, R. 147-14)."""
    director = now.director
    return bool(now.caisse and director.is_running and director.came_on and director.next_body)


def is_opinion_awaited(now: CaseStatus) -> bool:
    """An opinion was asked, and did not come yet."""
    return bool(now.caisse and now.director.is_running and now.director.awaited)


def may_conclude(now: CaseStatus) -> bool:
    """Facts were notified, and nothing was decided of them yet (CSS R. 147-2)."""
    return bool(now.caisse) and now.director.is_running


def may_follow_sanction(now: CaseStatus) -> bool:
    """A sanction was notified: its copy, its remedy and its end are still to be said (CSS R. 147-17)."""
    return bool(now.caisse) and now.director.end == SANCTIONED


def may_withdraw(now: CaseStatus) -> bool:
    """The person may withdraw it, once."""
    return now.may_be_withdrawn and not now.withdrawing_since


def is_withdrawing(now: CaseStatus) -> bool:
    """The person asked to withdraw it, and can still change their mind."""
    return bool(now.withdrawing_since)


def is_mandated(now: CaseStatus) -> bool:
    """An association still acts for the person, under the mandate that was given to it."""
    return now.is_mandated


def reason_of(now: CaseStatus) -> str:
    """Return from which end a file is closed; without any, only as out of scope."""
    if now.withdrawn_at:
        return "retrait"
    if now.conciliation.passed_on:
        return "chambre"
    if now.director.end and now.is_without_meeting:
        return now.director.end
    if now.conciliation.inaction and now.conciliation.inaction.follow != "attente":
        return "carence"
    return "accord" if now.state is ComplaintState.AGREED else OUT_OF_SCOPE


def is_unnamed(now: CaseStatus) -> bool:
    """Return whether a person must say who the other authority is before it can be told."""
    return now.is_open and may_confirm(now) and not (now.is_alone or now.informed)


def is_for_caisse(now: CaseStatus) -> bool:
    """Return whether the caisse is to be confirmed, since a council holds the complaint; else the council is."""
    return now.receiver in now.ordres
