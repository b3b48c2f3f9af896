"""What benches share: a server of their own, and a person who files without a browser."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

FORM = {
    "qualite": "moi",
    "prenom": "Léa",
    "nom": "Fictive",
    "moyens": "email",
    "email": "lea.fictive@exemple.fr",
    "profession": "medecin",
    "pro_nom": "Camille Exemple",
    "pro_commune": "Lille",
    "recit": "On a refusé de me donner un rendez-vous. " * 20,
    "destinataire": "cpam",
    "declare_vrai": "oui",
    "compris_transmission": "oui",
}
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
HOUR = re.compile(r"\d{1,2}\s*h\s*\d{2}\s*min\s*\d{2}\s*s")
NUMBER = re.compile(r"SA-\d{4}-\w{4}-\w{4}")


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """The real command, in a folder of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    worker: bool = False
    database_url: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings it runs with."""
        own = {
            "SAISINE_DATA": str(self.data),
            "SAISINE_PORT": str(self.port),
            "SAISINE_WORKER": str(self.worker).lower(),
            "SAISINE_DATABASE_URL": self.database_url,
        }
        return {**{k: v for k, v in os.environ.items() if not k.startswith("SAISINE_")}, **own}

    @property
    def database(self) -> str:
        """The address of its database."""
        return self.database_url or f"sqlite:///{self.data / 'saisine.sqlite'}"

    def command(self, *words: str) -> str:
        """Run ``saisine`` beside it; give what it prints, whatever its exit."""
        line = [sys.executable, "-m", "app.cli", *words]
        done = subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout

    def start(self, wait: float = 120) -> "Server":
        """Start it, and wait until it can receive."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + wait
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/etat", headers={"Accept": "application/json"}, timeout=2).status_code == 200:
                    return self
            except httpx.HTTPError:
                time.sleep(0.1)
        raise TimeoutError("the server does not start")

    @property
    def pid(self) -> int:
        """The number of its process; it runs."""
        assert self.process is not None
        return self.process.pid

    @property
    def cpu(self) -> float:
        """The seconds of processor it has taken, all threads together."""
        return cpu_of(self.process.pid) if self.process else 0.0

    @property
    def memory(self) -> int:
        """The bytes it holds in memory now."""
        if self.process is None:
            return 0
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it as an operator would."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)


def cpu_of(process: int) -> float:
    """Give the seconds of processor that a process has taken, with its children that ended (proc(5), stat)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


class Person:
    """Someone who files, like a browser without script; a cut line is tried again with the same cookie."""

    def __init__(self, url: str) -> None:
        """Come to the service for the first time."""
        self.http = httpx.Client(base_url=url, timeout=20)

    def begin(self) -> str:
        """Open a draft and give the address of its form."""
        token = self._token(self.http.get("/avant-de-commencer").text)
        there = self.http.post("/saisine", data={"csrf": token, "forme": "court"})
        self.form = there.headers["location"]
        self.token = self._token(self.http.get(self.form).text)
        return self.form

    def send(self, **changes: str) -> httpx.Response:
        """Press « Envoyer »."""
        body = {**FORM, **changes, "csrf": self.token}
        return self.http.post(self.form, files=[(name, (None, value)) for name, value in body.items()])

    def twin(self) -> "Person":
        """Open the same form in another window of the same browser."""
        other = Person(str(self.http.base_url))
        other.http.cookies, other.form, other.token = self.http.cookies, self.form, self.token
        return other

    def add(self, name: str, content: bytes) -> httpx.Response:
        """Add a file to the draft."""
        typed = [("csrf", (None, self.token)), ("ajouter", (None, "oui"))]
        answer = self.http.post(self.form, files=[*typed, ("fichiers", (name, content, "image/jpeg"))])
        if name not in self.http.get(self.form).text:
            raise RuntimeError(f"{name} was not kept: {answer.status_code}")
        return answer

    def receipt(self) -> tuple[str, str]:
        """Read the number and the hour on the confirmation page."""
        page = self.http.get(self.form.replace("/court", "/confirmation")).text
        number, hour = NUMBER.search(page), HOUR.search(page)
        if not number or not hour:
            raise ValueError("no receipt on the confirmation page")
        return number.group(), hour.group()

    def number(self) -> str:
        """Read the number on the confirmation page."""
        return self.receipt()[0]

    @staticmethod
    def _token(page: str) -> str:
        found = CSRF.search(page)
        if not found:
            raise ValueError("this page has no form")
        return found.group(1)


def filed(server: Server, photos: Sequence[bytes]) -> str:
    """File a complaint with these photos; give its number."""
    person = Person(server.url)
    person.begin()
    for n, content in enumerate(photos):
        person.add(f"photo-{n}.jpg", content)
    if person.send().status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError("the complaint was not received")
    return person.number()


def signed_in(server: Server) -> httpx.Client:
    """Sign in as the first clerk of the demonstration at the CPAM de Lille-Douai."""
    told = json.loads(server.command("demo", "accounts", "--json"))
    account = next(one for one in told if one["authority"] == "595")
    clerk = httpx.Client(base_url=server.url, timeout=120)
    typed = {"email": account["email"], "mot_de_passe": account["password"], "code_otp": account["code"]}
    answer = clerk.post("/agent/connexion", data={**typed, "csrf": token_of(clerk, "/agent/connexion")})
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError(f"nobody signed in: {answer.status_code}")
    return clerk


def token_of(clerk: httpx.Client, path: str) -> str:
    """Read the token of the form of a page."""
    found = CSRF.search(clerk.get(path).text.partition("<main")[2])
    if not found:
        raise RuntimeError(f"no form at {path}")
    return found.group(1)


def percentile(values: list[float], rank: float) -> float:
    """Give the value below which ``rank`` percent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * rank / 100))]


def verdict(what: str, value: float, unit: str, target: float) -> bool:
    """Print a figure beside its target."""
    kept = value <= target
    print(f"{'ok  ' if kept else 'MISS'} {what}: {value:.1f} {unit} (target {target:g})", flush=True)
    return kept
