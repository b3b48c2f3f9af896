"""The language of an address: ``/en/aide`` is the page ``/aide`` read in English."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.base.i18n import FRENCH, LANGUAGES, code_now, in_language

READ = "lire_en"
"""Button that leads to the languages of a page, once what is typed in it is kept."""
IN_FRENCH = frozenset(
    {
        *("agent", "administration", "association", "invitation", "registre", "calendrier", "demo"),
        *("api", "etat", "static", ".well-known", "robots.txt", "favicon.ico"),
    }
)
"""First segments of what the public does not read: desks of those who answer in French, programs, files."""


def is_for_public(path: str) -> bool:
    """Return whether a page, without its language, is read by the public: it exists in each language."""
    return path.startswith("/") and path.split("/", 2)[1] not in IN_FRENCH


def apart(path: str) -> tuple[str, str]:
    """Return the language of an address, and its page."""
    code, _, rest = path.removeprefix("/").partition("/")
    if code != FRENCH and code in LANGUAGES and is_for_public(f"/{rest}"):
        return code, f"/{rest}"
    return FRENCH, path


def localized(path: str, code: str | None = None) -> str:
    """Return the address of a page of ours in a language, else in that of the moment."""
    code = code or code_now()
    if code == FRENCH or not is_for_public(path):
        return path
    return f"/{code}" if path == "/" else f"/{code}{path}"


class LanguagePrefix:
    """Wrap the application: it sees the page alone, and answers in the language of its address."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep what answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        code, path = apart(scope["path"])
        with in_language(code):
            await self.app(
                {**scope, "path": path, "raw_path": path.encode()} if code != FRENCH else scope, receive, send
            )
