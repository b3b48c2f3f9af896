"""Work done in a process of its own leaves what it wrote, and says why it failed."""

import os
import signal
import subprocess
import sys

import pytest

from app.base.errors import StorageTrouble
from app.runtime.aside import run_aside
from tests.support.source import HOME

WAITS = """
import os, signal, time
from app.runtime.aside import run_aside

def work():
    print(os.getpid(), flush=True)
    time.sleep(600)

signal.signal(signal.SIGINT, signal.default_int_handler)
run_aside(work)
"""


def test_the_work_is_done_by_another_process(tmp_path):
    noted = tmp_path / "process"
    run_aside(lambda: noted.write_text(str(os.getpid()), encoding="ascii"))
    assert noted.read_text(encoding="ascii") != str(os.getpid())


def test_its_trouble_is_raised_here():
    def refuse():
        raise StorageTrouble("the folder is closed")

    with pytest.raises(StorageTrouble, match="the folder is closed"):
        run_aside(refuse)


def test_a_process_that_is_ended_is_said():
    with pytest.raises(ChildProcessError):
        run_aside(lambda: os._exit(9))


class Unpacked(Exception):
    """Cannot be made again from what it keeps, as many of the libraries' cannot."""

    def __init__(self, where, why):
        super().__init__(f"{where}: {why}")


def test_a_trouble_that_cannot_be_carried_is_told_in_words():
    def refuse():
        raise Unpacked("a table", "is missing")

    with pytest.raises(RuntimeError, match="Unpacked: a table: is missing"):
        run_aside(refuse)


def test_a_mistake_of_ours_says_where_it_is():
    def mistaken():
        return dict[str, str]()["absent"]

    with pytest.raises(KeyError) as told:
        run_aside(mistaken)
    assert "in mistaken" in "".join(told.value.__notes__)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("to", [os.kill, os.killpg])
def test_who_stops_the_process_that_waits_stops_the_work(number, to):
    """Its output ends when both have ended: the copy holds it too. Ctrl-C reaches the whole group."""
    pipe = subprocess.PIPE
    program = [sys.executable, "-c", WAITS]
    waits = subprocess.Popen(program, cwd=HOME, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    assert int(waits.stdout.readline()) != waits.pid
    to(waits.pid, number)
    _, said = waits.communicate(timeout=60)
    assert waits.returncode == -number
    assert said.count("Traceback") == (number == signal.SIGINT)
