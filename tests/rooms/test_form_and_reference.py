"""The form offers what the reference knows: no more, no less."""

from app.routing import queries as routing
from app.saisine.steps.professions import RPPS, OtherProfession


def test_every_profession_of_the_reference_is_offered(reference):
    with reference.read() as session:
        known = {line.code for line in routing.professions(session) if line.code}
    offered = {str(one) for one in OtherProfession if one != OtherProfession.INCONNUE}
    assert offered | set(RPPS.values()) == known
    assert not offered & set(RPPS.values())
