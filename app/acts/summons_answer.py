"""What a party answers to the summons, as the act keeps it: the same from the person's page and from a desk."""

from app.filing.sealed.conciliation import Answered
from app.filing.status.attendance import Attendance, words_of


def answered(said: Attendance, party: str) -> Answered:
    """Return what an act keeps of an answer (CSP R. 1110-12)."""
    return Answered(
        party=party,
        presence=said.presence.value,
        represented_by=said.representant,
        why_absent=said.empechement,
        observations=said.observations,
        agrees_remote=said.distance,
        words=words_of(said.presence.value, said.representant),
    )
