"""A PostgreSQL server of our own, for the time of one run: it listens on a socket in a private folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

MISSING = "PostgreSQL is missing, and half of the tests need it: sudo apt-get install -y postgresql"
OWNER = "saisine"
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "on",  # as in production: the service reads it
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
    "jit": "off",
    "dynamic_shared_memory_type": "mmap",  # nothing of ours outside of the folder
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
}
ROOM = 2 * 1024**3


class PostgresMissing(Exception):
    """No server is installed; says the line that installs it."""


def programs() -> Path | None:
    """Find the folder of the newest installed server."""
    found = [Path(which).resolve().parent] if (which := shutil.which("initdb")) else []
    found += Path("/usr/lib/postgresql").glob("*/bin")
    usable = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(usable, key=lambda folder: [int(n) for n in folder.parent.name.split(".") if n.isdigit()], default=None)


def somebody() -> dict[str, Any]:
    """Choose who runs the server: never root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    who = names.get("postgres") or names["nobody"]
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


class Cluster:
    """One server, its data and its socket, all in one folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is started."""
        self.folder = folder
        self.data = folder / "data"

    def url(self, name: str = "postgres") -> str:
        """Give the address of one of its databases."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={quote(str(self.folder), safe='')}"

    def start(self) -> None:
        """Make the server and wait until it answers. Raises :class:`PostgresMissing`."""
        self.folder.mkdir(mode=0o700)
        if who := somebody():
            os.chown(self.folder, who["user"], who["group"])
        self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = [f"-c {name}={value}" for name, value in SETTINGS.items()]
        words = " ".join([f"-k '{self.folder}'", *options])
        self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", words)

    def stop(self) -> None:
        """Stop the server, and remove all that it wrote."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        folder = programs()
        if folder is None:
            raise PostgresMissing(MISSING)
        words = [str(folder / program), *map(str, arguments)]
        # The server keeps what it inherits open: its words go to a file, not to a pipe that would never end.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, **somebody()
            )
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed:\n{said.read()}")


def quick_folder() -> Path:
    """Choose where the run writes: in memory when there is room, since nothing of it is kept."""
    memory = Path("/dev/shm")  # a private folder is made in it
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path(tempfile.gettempdir())
