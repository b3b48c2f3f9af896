"""A table cut by its key: each row is in one span, in order, whatever the size."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import AccessLine, AuthSession
from app.accounts.service import access
from app.verification.reading import readable, records
from app.verification.spans import spans

pytestmark = pytest.mark.engines("sqlite", "postgresql")
NOW = datetime(2026, 3, 3, tzinfo=UTC)


def cut(session, column, size):
    """Give the values of a column, span by span, and how many keys each span says it has."""
    model = column.class_
    found = list(spans(session, model, size))
    asked = select(*readable([column]))
    values = [[row[0] for row in records(session, span.within(asked, model))] for span in found]
    return values, [span.size for span in found]


def test_each_row_is_in_one_span(portal):
    with portal.database.write() as session:
        for number in range(7):
            access.note(session, access.Access("Émile Exemple", "595", "ouverte", f"EX-{number}"), NOW)
    with portal.database.read() as session:
        wanted = [f"EX-{number}" for number in range(7)]
        assert cut(session, AccessLine.subject, 3) == ([wanted[:3], wanted[3:6], wanted[6:]], [3, 3, 1])
        assert cut(session, AccessLine.subject, 7) == ([wanted], [7])
        assert cut(session, AuthSession.subject, 3) == ([], [])


def test_rows_of_one_key_go_together(portal):
    with portal.database.write() as session:
        for holder, subject in ("ax", "ay", "az", "bx", "cx", "cy"):
            common = {"created_at": NOW, "seen_at": NOW, "ends_at": NOW, "idle_minutes": 1}
            session.add(AuthSession(holder_hash=holder, kind="k", subject=subject, **common))
    with portal.database.read() as session:
        values, sizes = cut(session, AuthSession.holder_hash, 2)
        assert (values, sizes) == ([["a", "a", "a", "b"], ["c", "c"]], [2, 1])
