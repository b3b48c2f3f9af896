"""A complete detailed filing: the server's CPU for every GET and POST, send included, and the packed body of each page.

The ordinary complaint is counted too: what a person meets, presses and reads.
"""

import gzip
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from app.saisine.steps.found import DESCRIBED
from bench.support import Server, verdict
from tests.journeys import JOURNEYS, LISTED, Journey, first_record
from tests.support.effort import effort_of
from tests.support.html import Page

ROUNDS, SAVES, FORM_MOST, SCRIPT_MOST = 20, 200, 60, 25_000
SCREENS_MOST, ACTIONS_MOST, WORDS_MOST = 14, 30, 1_300

ORDINARY = replace(LISTED, pages={**LISTED.pages, "professionnel": {"q": "bernard", "ou": "Lille"}})
"""The ordinary complaint, about somebody of the directory of the demonstration."""


class Person:
    """Someone who fills the whole form without a script; what each page weighs is kept."""

    def __init__(self, url: str) -> None:
        """Come for the first time."""
        self.http = httpx.Client(base_url=url, timeout=20, headers={"Accept-Encoding": "gzip"})
        self.weights: dict[str, int] = {}
        self.screens: list[Page] = []
        self.filled: list[dict[str, Any]] = []

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask, and follow redirections as a browser does."""
        answer = self.http.request(method, path, **more)
        if answer.status_code in {302, 303}:
            return self.ask("GET", answer.headers["location"].partition("#")[0])
        self.weights[path] = answer.num_bytes_downloaded
        self.screens.append(Page(answer.text))
        return answer

    def fill(self, answer: Any, fields: dict[str, Any], button: str | None = None) -> Any:
        """Fill the form of a page and press a button, by default its first one."""
        self.filled.append(fields)
        form = next(f for f in Page(answer.text).forms if f.method == "post" and f.action.startswith("/saisine"))
        pairs, target = form.fill(fields, button), form.action.partition("#")[0]
        if form.is_multipart:
            return self.ask("POST", target, files=[(name, (None, value)) for name, value in pairs])
        data: dict[str, list[str]] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        return self.ask("POST", target, data=data)


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            _file(Person(server.url), JOURNEYS["dentist"])
            people, began = [Person(server.url) for _ in range(ROUNDS)], server.cpu
            for person in people:
                _file(person, JOURNEYS["dentist"])
            spent = (server.cpu - began) / ROUNDS
            saved = _autosave(server, Person(server.url), JOURNEYS["dentist"])
            ordinary = Person(server.url)
            ordinary.ask("GET", "/")
            _file(ordinary, ORDINARY)
        finally:
            server.stop()
    where, heaviest = max(people[0].weights.items(), key=lambda item: item[1])
    effort = effort_of(ordinary.screens, ordinary.filled)
    brought = (Path("static/js", name).read_bytes() for name in ("form.js", "listen.js", "upload.js"))
    script = sum(len(gzip.compress(one, 4)) for one in brought)
    kept = [
        verdict(f"CPU of a whole detailed filing, {len(people[0].weights)} pages", 1000 * spent, "ms", 120),
        verdict("CPU of one save of a story as it is typed", 1000 * saved, "ms", 5),
        verdict(f"heaviest page ({where.rpartition('/')[2]})", heaviest / 1000, "kB", 4),
        verdict("script of a page", script / 1000, "kB", SCRIPT_MOST / 1000),
        verdict("screens of the ordinary complaint", effort.screens, "", SCREENS_MOST),
        verdict("presses and fields", effort.actions, "", ACTIONS_MOST),
        verdict("words in main", effort.words, "", WORDS_MOST),
    ]
    return all(kept)


def _autosave(server: Server, person: Person, journey: Journey) -> float:
    """Save the story of one draft over and over, as the script does while it is typed; return the seconds of each."""
    answer = _walk(person, journey, "recit")
    form = next(f for f in Page(answer.text).forms if f.method == "post" and f.action.startswith("/saisine"))
    began = server.cpu
    for n in range(SAVES):
        typed = form.fill({"recit": f"Une phrase inventée, écrite {n} fois. " * 20})
        body = urlencode([*typed, ("enregistrement", "oui")])
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        said = person.http.post(form.action.partition("#")[0], content=body, headers=kind)
        if said.status_code != httpx.codes.OK:
            raise RuntimeError(f"not saved: {said.status_code}")
    return (server.cpu - began) / SAVES


def _file(person: Person, journey: Journey) -> None:
    answer = person.fill(_walk(person, journey, "verifier"), dict(journey.declarations))
    if "SA-" not in answer.text:
        raise RuntimeError("the complaint was not received")


def _walk(person: Person, journey: Journey, last: str) -> Any:
    """Fill each page until the one of this name; return it."""
    answer = person.fill(person.ask("GET", "/avant-de-commencer"), {})
    for _ in range(FORM_MOST):
        name = str(answer.url.path).split("/", 3)[3]
        if name == last:
            break
        page = Page(answer.text)
        if name == "professionnel":
            answer = _found(person, answer, dict(journey.pages.get(name, {})))
        elif any(f.method == "post" and f.action.startswith("/saisine") for f in page.forms):
            answer = person.fill(answer, dict(journey.pages.get(name, {})))
        else:
            link = next(a.get("href", "") for a in page.all("a") if "govuk-button" in a.get("class", ""))
            answer = person.ask("GET", link)
    return answer


def _found(person: Person, answer: Any, fields: dict[str, Any]) -> Any:
    """Choose the first professional whom a search finds, as the script shows it; describe who is not looked for."""
    if not fields:
        return person.fill(answer, {}, DESCRIBED)
    answer = person.fill(answer, fields)
    person.screens[-2:] = person.screens[-1:]
    return person.fill(answer, {}, first_record(Page(answer.text)))


if __name__ == "__main__":
    raise SystemExit(not main())
