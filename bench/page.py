"""GET of the form against a bare FastAPI + Jinja page of the same size, in the same process."""

import statistics
import tempfile
import time
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from starlette.testclient import TestClient

from app.base.vault import Keyring
from app.main import create_app
from app.preparing import make_portal, prepare_demo
from app.settings import Settings
from bench.support import CSRF, verdict

ROUNDS, EACH = 30, 20


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data", worker=False)
        prepare_demo(settings)
        app = create_app(settings, portal=make_portal(settings, Keyring.load(settings.keyring_path)))
        with TestClient(app, base_url="http://127.0.0.1:8000") as ours:
            token = CSRF.search(ours.get("/avant-de-commencer").text)
            form = str(
                ours.post(
                    "/saisine", data={"csrf": token.group(1) if token else "", "forme": "court"}, follow_redirects=False
                ).headers["location"]
            )
            page = ours.get(form).text
            with TestClient(_bare(page)) as bare:
                ratios = [_time(ours, form) / _time(bare, "/") for _ in range(ROUNDS)]
    return verdict(f"GET of the form / bare page of {len(page) // 1000} kB", statistics.median(ratios), "x", 4)


def _bare(page: str) -> FastAPI:
    """A page of the same size, escaped and filled as a template would."""
    app = FastAPI()
    lines = page.splitlines()
    template = Environment(autoescape=True).from_string("{% for line in lines %}<p>{{ line }}</p>\n{% endfor %}")

    @app.get("/")
    def show() -> HTMLResponse:
        return HTMLResponse(template.render(lines=lines))

    return app


def _time(client: TestClient, path: str) -> float:
    began = time.process_time()
    for _ in range(EACH):
        client.get(path)
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(not main())
