"""Work done in a process of its own leaves what it wrote, and says why it failed."""

import os

import pytest

from app.base.errors import StorageTrouble
from app.runtime.aside import run_aside


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
