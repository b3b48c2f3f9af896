"""What the project carries: locks, what comes from others, and nothing of the machine it was written on."""

import hashlib
import re
import tomllib

from tests.support.source import HOME, STATIC, kept_files

LOCKS = ("requirements.lock", "requirements-dev.lock")
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE)
REGISTRIES = re.compile(r"p[y]pi\.org|python[h]osted|n[p]mjs")  # brackets: not found in this very line
MACHINES = re.compile(r"(?<![\w.$}/-])/(?:root|home|Users|work)/\w")
READ = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".txt",
    ".sh",
    ".yml",
    ".yaml",
    ".json",
    ".js",
    ".mjs",
    ".css",
    ".scss",
    ".lock",
}
BIG = 2_000_000


def locked(name: str) -> dict[str, str]:
    """Give each library of a lock, with the lines that lock it."""
    text = (HOME / name).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)
    return {block.partition(" \\")[0]: block for block in blocks if re.match(r"[a-zA-Z0-9]", block)}


def test_every_library_is_locked_by_its_hash():
    for name in LOCKS:
        libraries = locked(name)
        assert libraries
        assert not [
            library for library, block in libraries.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)
        ]
        assert not [library for library in libraries if "==" not in library]


def test_no_lock_says_where_libraries_come_from():
    for name in LOCKS:
        assert not ADDRESS.findall((HOME / name).read_text(encoding="utf-8"))


def test_testing_locks_what_running_locks():
    run, dev = (locked(name) for name in LOCKS)
    assert set(run) <= set(dev)


def test_every_library_that_is_asked_for_is_locked():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, dev = ({re.split(r"[=\[;]", library)[0].strip() for library in locked(name)} for name in LOCKS)
    assert not {plain(need) for need in project["dependencies"]} - run
    assert not {plain(need) for need in project["optional-dependencies"]["dev"]} - dev


def test_what_comes_from_others_is_unchanged():
    said = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"`([\w./-]+)`[^|]*\| `([0-9a-f]{64})`", said))
    assert sums
    found = {name: hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name in sums}
    assert found == sums
    carried = {path.relative_to(STATIC / "vendor").as_posix() for path in (STATIC / "vendor").rglob("*.*s")}
    assert {name for name in carried if name.endswith((".js", ".css"))} <= set(sums)


def test_the_project_speaks_of_itself_alone():
    found = []
    for path in kept_files():
        if path.suffix not in {*READ, ""} or path.stat().st_size > BIG:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if REGISTRIES.search(line) or MACHINES.search(line):
                found.append(f"{path.relative_to(HOME)}:{number}")
    assert not found


def test_nothing_heavy_or_private_is_kept():
    names = [path.relative_to(HOME).as_posix() for path in kept_files()]
    assert not [
        name for name in names if re.search(r"\.(sqlite|pem|key)$|keyring.*\.json$|package-lock\.json$|uv\.lock$", name)
    ]


def plain(need: str) -> str:
    """Give the name of a library, as locks write it."""
    return re.split(r"[\[<>=~!; ]", need)[0].lower().replace("_", "-")
