"""What a page of the form is compared with: the same bytes from FastAPI and Jinja alone, ``def``, served by uvicorn."""

import re
import sys
from html import unescape
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

WORDS = re.compile(r"(?<=>)[^<>]+(?=<)")


def bare(page: str) -> FastAPI:
    """Make an application whose one page is ``page``: its marks are those of a template, its words are filled in."""
    words: list[str] = []

    def hole(found: re.Match[str]) -> str:
        words.append(unescape(found.group()))
        return f"{{{{ words[{len(words) - 1}] }}}}"

    template = Environment(autoescape=True).from_string(WORDS.sub(hole, page))
    app = FastAPI()

    @app.get("/")
    def show() -> HTMLResponse:
        return HTMLResponse(template.render(words=words))

    return app


if __name__ == "__main__":
    where, port = Path(sys.argv[1]), int(sys.argv[2])
    uvicorn.run(bare(where.read_text(encoding="utf-8")), port=port, access_log=False, log_level="warning")
