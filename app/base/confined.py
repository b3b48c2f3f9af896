"""What a process gives up for good, on Linux; elsewhere nothing happens (prctl(2))."""

import ctypes
import signal
import sys

_SET_PDEATHSIG, _SET_DUMPABLE, _SET_NO_NEW_PRIVS = 1, 4, 38
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
"""Opened when this is imported: a process that may open no file any more can still call it."""


def give_up_privileges() -> None:
    """Gain no privilege by any program started from here, and let no process of the same user look inside."""
    if _LIBC is not None:
        _LIBC.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _LIBC.prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def end_with_parent() -> None:
    """End with the process that started this one, of which it is a copy, and not before.

    Ctrl-C reaches both, and that one decides; this one is killed when that one ends, however it does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _LIBC is not None:
        _LIBC.prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
