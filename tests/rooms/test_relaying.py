"""A database that earlier rules laid: whole as it is, and laid again, whole, when the service starts."""

import pytest
from sqlalchemy import delete, select, update

from app.filing.models import Filing, FilingDesk, FilingDuty
from app.filing.relaying import lay_again
from app.housekeeping import Housekeeping
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send

pytestmark = pytest.mark.engines("sqlite", "postgresql")


def laid(portal):
    """Give the desks and the duties."""
    with portal.database.read() as session:
        desks = session.execute(select(FilingDesk.__table__).order_by(FilingDesk.filing_id, FilingDesk.authority))
        duties = session.execute(select(FilingDuty.__table__).order_by(FilingDuty.filing_id, FilingDuty.code))
        return desks.all(), duties.all()


def verified(portal):
    """Give how many problems there are, and how many complaints wait to be laid again."""
    found = verify(portal, trust_of(portal.settings, portal.keyring), ())
    return len(found.problems), found.laid_before


def test_what_earlier_rules_laid_is_laid_again(client, portal):
    Sent(send(client))
    Sent(send(client))
    wanted = laid(portal)
    with portal.database.write() as session:
        session.execute(delete(FilingDuty))
        session.execute(update(FilingDesk).where(FilingDesk.role == "informee").values(next_code="D3"))
        session.execute(update(Filing).values(state="transmise"))
        session.execute(update(FilingDesk).values(laid_by=0, state="transmise"))
    assert laid(portal) != wanted
    assert verified(portal) == (0, 2)
    Housekeeping(portal).step()
    assert laid(portal) == wanted
    assert verified(portal) == (0, 0)
    assert lay_again(portal.database, portal.keyring) == 0
