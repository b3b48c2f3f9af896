"""A list asked of a database as one value, so that the statement is the same whatever its length.

``IN`` with a mark for each member is another statement for each length, which each connection reads anew and keeps.
Sources: SQLite, « The json_each() table-valued function »; PostgreSQL, « JSON functions ».
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session


def rows_of(session: Session, texts: Iterable[str]) -> Select[Any]:
    """Return the rows of a list of texts, of any length, for ``column.in_(…)``."""
    whole = literal(json.dumps(list(texts)), Text)
    if session.get_bind().dialect.name == "postgresql":
        return select(func.jsonb_array_elements_text(cast(whole, JSONB)))
    return select(func.json_each(whole).table_valued("value").c.value)
