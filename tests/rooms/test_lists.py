"""A list asked as one value: the same statement for every length, on both kinds of database."""

from sqlalchemy import event, literal, select, union_all

from app.base.storage.lists import rows_of

NAMES = ("n° 0", "n° 1", 'l’"autre"')


def test_a_list_of_any_length_is_asked_by_one_statement(portal):
    said = set()
    rows = union_all(*(select(literal(name).label("name")) for name in NAMES)).subquery()
    with portal.database.read() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *asked: said.add(asked[2]))
        for length in (0, 1, 2, 40_000):
            names = {'l’"autre"', *(f"n° {number}" for number in range(length))}
            assert set(session.scalars(select(rows.c.name).where(rows.c.name.in_(rows_of(session, names))))) == (
                names & set(NAMES)
            )
    assert len(said) == 1
