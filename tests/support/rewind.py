"""Several ways out of one moment: each is lived from the same database, the same files and the same hour."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from app.base.portal import Portal
from tests.support.run import Run


@contextmanager
def kept(run: Run, portal: Portal) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Keep an instance as it is now; give what makes it so again after the block that it is put around."""
    database, data, now = portal.database, portal.settings.data, portal.clock()
    url = database.url.render_as_string(hide_password=False)
    kept_url = database.url.set(database=f"{database.url.database}_kept").render_as_string(hide_password=False)
    kept_data = data.with_name(f"{data.name}-kept")

    @contextmanager
    def brought_back() -> Iterator[None]:
        try:
            yield
        finally:
            database.close()
            run.drop(url)
            run.duplicate(kept_url, url)
            shutil.rmtree(data)
            shutil.copytree(kept_data, data)
            portal.clock.now = now  # type: ignore[attr-defined]

    database.close()
    run.duplicate(url, kept_url)
    shutil.copytree(data, kept_data)
    yield brought_back
    run.drop(kept_url)
