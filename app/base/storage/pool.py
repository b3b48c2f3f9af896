"""The connections that pages share."""

from typing import Any

from sqlalchemy.exc import TimeoutError as PoolIsEmpty
from sqlalchemy.pool import QueuePool

from app.base.errors import StorageTrouble


class Pool(QueuePool):
    """Whoever waits for a connection in vain is told so where it asked, and may still answer."""

    def _do_get(self) -> Any:
        """Raise :class:`StorageTrouble` when every connection stays taken."""
        try:
            return super()._do_get()
        except PoolIsEmpty as trouble:
            raise StorageTrouble("no connection is free") from trouble
