import socket

import pytest
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse

from tests.browser.conftest import Site, serving


@pytest.fixture
def site():
    app = FastAPI()
    seen = []

    @app.get("/")
    def home():
        return HTMLResponse(
            '<!doctype html><html lang="fr"><head><title>Bonjour</title><link rel="icon" href="data:,"></head><body><main><h1>Bonjour</h1><form method="post" action="/p"><button>Envoyer</button></form></main></body></html>',
            headers={"Referrer-Policy": "no-referrer"},
        )

    @app.post("/p")
    def p(request: Request):
        seen.append({k: v for k, v in request.headers.items() if k in ("origin", "sec-fetch-site", "referer", "host")})
        return HTMLResponse(f"<!doctype html><html lang=fr><title>x</title><main><h1>x</h1><p>{seen}</p></main></html>")

    with socket.socket() as l:
        l.bind(("127.0.0.1", 0))
        with serving(app, l):
            yield Site(f"http://127.0.0.1:{l.getsockname()[1]}", None)


def test_it(page, axe, scripts):
    page.goto("/")
    axe(page)
    page.get_by_role("button").click()
    page.wait_for_url("**/p")
    print(page.inner_text("p"))
