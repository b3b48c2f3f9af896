"""A moment that several tests or several ways out begin at: the same database, the same files, keys and hour."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from app.base.portal import Portal
from tests.support.client import SuspiciousClient
from tests.support.run import Run


class Moment:
    """An instance as it was."""

    def __init__(self, run: Run, portal: Portal, name: str) -> None:
        """Keep it, under a name of its own in the run."""
        url = portal.database.url
        self._run, self._url = run, run.url(url.get_backend_name(), name)
        self._data, self._keys, self._now = run.folder / f"{name}-data", vars(portal.keyring).copy(), portal.clock()
        portal.database.close()
        run.duplicate(url.render_as_string(hide_password=False), self._url)
        shutil.copytree(portal.settings.data, self._data)

    def bring_back(self, portal: Portal) -> None:
        """Make an instance as the kept one was."""
        url = portal.database.url.render_as_string(hide_password=False)
        portal.database.close()
        self._run.drop(url)
        self._run.duplicate(self._url, url)
        shutil.rmtree(portal.settings.data)
        shutil.copytree(self._data, portal.settings.data)
        vars(portal.keyring).update(self._keys)
        portal.clock.now = self._now  # type: ignore[attr-defined]

    def forget(self) -> None:
        """Remove what was kept."""
        self._run.drop(self._url)
        shutil.rmtree(self._data)


Given = TypeVar("Given")
LIVED: dict[str, tuple[Moment, Any, list[Any]]] = {}
LIVES: dict[str, Any] = {}
"""What each name lives: two ways of the same name would give one the moment of the other."""


def lived(run: Run, portal: Portal, client: SuspiciousClient, name: str, live: Callable[[], Given]) -> Given:
    """Give what ``live`` gives; a process lives it once for each kind of database, and brings it back from then on.

    The cookies of the client come back too. What was written before, in this test, does not.
    """
    code = live.__code__
    assert LIVES.setdefault(name, code) is code, f"two ways are named {name}"
    which = f"{name}_{portal.database.url.get_backend_name()}_{os.getpid()}"
    if which not in LIVED:
        given = live()
        LIVED[which] = Moment(run, portal, which), given, list(client.cookies.jar)
        return given
    moment, again, cookies = LIVED[which]
    moment.bring_back(portal)
    for cookie in cookies:
        client.cookies.jar.set_cookie(cookie)
    told: Given = again
    return told


@contextmanager
def kept(run: Run, portal: Portal) -> Iterator[Callable[[], None]]:
    """Keep an instance as it is now; give what makes it so before each way out: the first one finds it as it is."""
    moment = Moment(run, portal, f"kept_{os.getpid()}")
    is_untouched = True

    def bring_back() -> None:
        nonlocal is_untouched
        if not is_untouched:
            moment.bring_back(portal)
        is_untouched = False

    yield bring_back
    moment.forget()
