"""What nobody's browser sends: never an error of ours, always a clear page in French; nothing is written or given."""

import asyncio
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_from_bytes

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.base.limits import Limits
from app.base.web import reading
from app.saisine import returning
from app.saisine.pages import MOVED
from app.saisine.short_form import COURT
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.support.client import HOME, PlainClient, SuspiciousClient, _of_headers
from tests.support.html import Page
from tests.support.routes import LIST

ROUTES = [line.split()[:2] for line in LIST.read_text(encoding="utf-8").splitlines()]
PATHS = sorted({path for _, path in ROUTES})
POSTS = [path for method, path in ROUTES if method == "POST"]
OF_A_DRAFT = [
    (method, path) for method, path in ROUTES if "{b}" in path and not path.startswith(("/api/", "/association/"))
]
"""What a browser opens with its own draft; the pages and the programs of an association have tests of their own."""
NOBODY = {
    "piece": "0" * 32,
    "b": "AAAAAAAA",
    "numero": "SA-2026-7KM4-Q9TR",
    "preuve": "0" * 32,
    "jeton": "x" * 43,
    "page": "1",
    "day": "2026-03-03",
    "autorite": "595",
    "association": "inconnue",
    "adresse": "0" * 32,
    "demande": "AAAAAAAAAAAA",
    "membre": "0" * 32,
    "modele": "0" * 32,
    "absence": "0" * 32,
    "partie": "personne",
    "lettre": "griefs",
    "tableau": "mois",
    "compte": "0" * 32,
    "logiciel": "A" * 16,
    "invitation": "0" * 32,
    "vue": "0" * 32,
    "etiquette": "0" * 32,
}
OLD_PAGE = "Votre page était ouverte depuis longtemps."
NOT_HERE = "Cette plainte n'est pas ouverte sur cet appareil, ou ne l'est plus. Reprenez-la avec votre code."
BEHIND = (
    "/agent/confirmer",
    "/agent/absences",
    "/agent/agenda",
    "/agent/fiche",
    "/agent/lot",
    "/agent/etiquettes",
    "/agent/modeles",
    "/agent/plaintes",
    "/agent/saisir",
    "/agent/utilisateurs",
    "/agent/vues",
    "/agent/a-poster",
    "/agent/affichage",
    "/agent/arrivees",
    "/agent/commission",
    "/association/agrement",
    "/association/antennes",
    "/association/chiffres",
    "/association/confier",
    "/association/confirmer",
    "/association/dossiers",
    "/association/journal",
    "/association/logiciels",
    "/association/mandats",
    "/association/notifications-logiciel",
    "/association/plaintes",
    "/suivi/mandat",
    "/association/utilisateurs",
    "/administration",
    "/association/nouvelle",
    "/suivi/code",
    "/suivi/coordonnees",
    "/suivi/donnees",
    "/suivi/message",
    "/suivi/preuves",
    "/suivi/retirer",
    "/suivi/reunion",
)
"""Whoever is not signed in is sent to the sign-in page; whoever gave no code, to that of the code."""
OTHER_DESKS = (
    "/administration",
    "/association/agrement",
    "/association/antennes",
    "/association/chiffres",
    "/association/confier",
    "/association/confirmer",
    "/association/dossiers",
    "/association/journal",
    "/association/logiciels",
    "/association/mandats",
    "/association/notifications-logiciel",
    "/association/nouvelle",
    "/association/plaintes",
    "/association/utilisateurs",
)
"""What a clerk does not find there."""
OF_PROGRAMS = ("/api/v1/jeton", "/api/v1/brouillons", "/api/v1/plaintes")
"""What a program sends: no cookie opens it, so no token of ours protects it."""
AS_TEXT = {
    "/registre",
    "/registre/racine",
    "/api/v1/competence",
    "/api/v1/openapi.json",
    "/api/v1/schema",
    "/communes",
    "/robots.txt",
    "/.well-known/security.txt",
}
"""What a program reads: a text, not a page."""
LEADS_ON = {f"/saisine/{{b}}/{name}" for name in MOVED}
"""Pages of the form of before: whatever comes there is led to the page that asks it now, and nothing is kept."""
FORMS = ["/saisine/{b}/court", "/saisine/{b}/recit", "/reprendre", "/agent/connexion", "/couleurs"]
"""One form for each way of reading."""
URLENCODED = "application/x-www-form-urlencoded"

FEW = settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],  # a failure is told as it was found: making it smaller has no bound
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
NASTY = st.sampled_from(
    [
        *("\0", "a\0b", "\x1b[31m", "\x01\x7f\x85", "\r\nSet-Cookie: a=b", "\ufffe\uffff", "\ufeff"),
        *("\u202eexe.gpj", "\u2066\u2069\u200f", "\ud800", "\udfff\ud83d", "\U0001f1eb\U0001f1f7", "e" + "\u0301" * 90),
        *("<script>alert(1)</script>", "\"><img src=x onerror='x'>", "</textarea><b>", "{{ 7 * 7 }}", "{0.__class__}"),
        *("%s%n", "' OR 1=1 --", "%00", "../../etc/passwd", "é" * 12_000, " " * 300, "9" * 400, "²", "٣"),
        *("a@b", "a@[127.0.0.1]", "a@xn--a.fr", "é@é.fr", '"a\0"@exemple.fr', "a@" + "b" * 300, "@", "a@exemple.fr\n"),
        *("-1", "1e9", "0000-00-00", "31", "février", "oui", "autre", "inconnue", "59350", "--xyz--", ""),
    ]
)
WORDS = NASTY | st.text(max_size=40) | st.builds(lambda a, b: a + b, NASTY, st.text(max_size=10))
VALUES = st.one_of(
    WORDS.map(lambda words: words.encode("utf-8", "surrogatepass")),
    st.text(max_size=20).map(lambda words: words.encode("latin-1", "replace")),
    st.text(max_size=20).map(lambda words: words.encode("utf-16", "replace")),
    st.binary(max_size=30),
)
BROKEN_BODIES = {
    "nothing": ("", b""),
    "no type": ("", b"nom=a"),
    "json": ("application/json", b'{"nom": "a"}'),
    "text": ("text/plain", b"nom=a"),
    "a type that is none": ("é;=;;", b"nom=a"),
    "not multipart": ("multipart/form-data; boundary=xyz", b"nom=a&prenom=b"),
    "no boundary": ("multipart/form-data", b"--xyz--\r\n"),
    "empty boundary": ('multipart/form-data; boundary=""', b"--\r\n\r\n----\r\n"),
    "endless boundary": ("multipart/form-data; boundary=" + "x" * 5000, b"--" + b"x" * 5000 + b"--\r\n"),
    "boundary in latin-1": ("multipart/form-data; boundary=é", b"--\xe9--\r\n"),
    "no end": ("multipart/form-data; boundary=xyz", b'--xyz\r\nContent-Disposition: form-data; name="nom"\r\n\r\na'),
    "no head": ("multipart/form-data; boundary=xyz", b"--xyz\r\n\r\na\r\n--xyz--\r\n"),
    "a head of nothing": ("multipart/form-data; boundary=xyz", b"--xyz\r\n:\r\n\r\na\r\n--xyz--\r\n"),
    "a part of no name": (
        "multipart/form-data; boundary=xyz",
        b"--xyz\r\nContent-Disposition: x\r\n\r\na\r\n--xyz--\r\n",
    ),
    "pairs in utf-16": (URLENCODED + "; charset=utf-16", "nom=a".encode("utf-16")),
    "bytes": (URLENCODED, bytes(range(256))),
}


def address(path: str, **ids: str) -> str:
    """Give an address of the list with its ids."""
    return re.sub(r"\{(\w+)\}", lambda found: (NOBODY | ids)[found[1]], path).replace("…", "nulle-part.css")


def token(client: SuspiciousClient) -> str:
    """Give a token of this visitor, as any form holds it."""
    form = next(form for form in client.page("/reprendre").forms if form.method == "post")
    return dict(form.fill({}))["csrf"]


def post(client: PlainClient, path: str, pairs: list[tuple[bytes, bytes]], **named: Any) -> Any:
    """Send pairs of bytes as they are."""
    body = b"&".join(quote_from_bytes(n).encode() + b"=" + quote_from_bytes(v).encode() for n, v in pairs)
    return client.post(path, content=body, headers={"content-type": URLENCODED} | named)


def multipart(pairs: list[tuple[bytes, bytes]], files: list[tuple[bytes, bytes]]) -> bytes:
    parts = [b'name="' + name + b'"\r\n\r\n' + value for name, value in pairs]
    parts += [b'name="fichiers"; filename="' + name + b'"\r\n\r\n' + content for name, content in files]
    return b"".join(b"--xyz\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--xyz--\r\n"


def is_clear(answer: Any) -> None:
    """Tell that whoever reads this answer is told something in French, and nothing of the inside.

    The suspicious client has read the page already: it is whole, and has its heading.
    """
    assert answer.headers["content-type"].startswith("text/html"), answer.headers
    assert '<html lang="fr"' in answer.text[:200]
    for inside in ("Traceback", "sqlalchemy", "Internal Server", "Not Found", "Method Not", "site-packages"):
        assert inside not in answer.text


def rows(portal: Any) -> dict[str, list[Any]]:
    """Read every row of every table that people fill."""
    tables = ("draft", "filing", "filing_event", "evidence", "outbox", "auth_session", "return_link", "account")
    with portal.database.engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables}


@pytest.fixture
def gael(app, portal):
    """A stranger, in another browser."""
    with SuspiciousClient(app, portal.database) as other:
        yield other


@pytest.fixture
def own(client, portal):
    """All that one browser may hold: an open draft, a session of a manager, a followed complaint; its ids."""
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    draft = begin(client).split("/")[2]
    sign_in(client, portal, "595", role="responsable")
    with portal.database.write() as session:
        link = returning.make_link(session, "brouillon", "0" * 32, portal.clock())
    return {"b": draft, "numero": sent.number, "jeton": link}


def test_every_address_answers_clearly_to_whoever_holds_nothing(client, portal):
    before = rows(portal)
    for method, path in ROUTES:
        answer = client.request(method, address(path), follow_redirects=False)
        told = answer.status_code
        if path.startswith(OF_PROGRAMS):
            assert told in {400, 401}, path
            assert answer.json()["status"] == told
            assert "set-cookie" not in answer.headers
            continue
        if method == "POST":
            assert told in {400, 404} | ({303} if path.startswith(BEHIND) else set()), path
        elif "{" in path:
            assert told in {303, 404, 410}, path
        else:
            elsewhere = {422} if path.startswith("/api/") else {307} if path == "/favicon.ico" else set()
            assert told in {200, 303, 404} | elsewhere, path
        if told not in {303, 307} and not path.endswith(".pdf") and path not in AS_TEXT:
            is_clear(answer)
    assert rows(portal) == before


def test_a_method_that_is_not_for_this_address_is_told(client, own):
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"):
        for path in PATHS if method == "PUT" else FORMS:
            answer = client.request(method, address(path, **own))
            assert answer.status_code == 405, (method, path)
            assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"]
            if path.startswith("/api/"):
                assert answer.json()["title"].endswith("L’en-tête Allow donne celles qu’elle accepte.")
                continue
            assert "Cette adresse ne se lit pas ainsi." in Page(answer.text).text
            is_clear(answer)


def test_what_is_only_read_or_only_sent_says_so(client, own):
    sent, read = ({path for method, path in ROUTES if method == wanted} for wanted in ("POST", "GET"))
    for path in sorted(read - sent):
        assert client.post(address(path, **own)).status_code == 405, path
    for path in sorted(sent - read):
        assert client.get(address(path, **own)).status_code == 405, path


def test_a_write_without_the_token_of_this_visitor_writes_nothing(client, gael, portal, own):
    right = token(client)
    hour, _, mark = right.rpartition(".")
    of_another = [token(gael)]
    wrong = [[], [""], [f"{hour}.{mark[::-1]}"], of_another, [right, "x"], [f"AAAAAA.{mark}"], [f"{right}\0"], ["."]]
    before = rows(portal)
    for given_ in wrong:
        for path in POSTS if given_ in ([], of_another) else FORMS:
            if path.startswith(OF_PROGRAMS):
                continue
            answer = post(client, address(path, **own), [(b"csrf", one.encode()) for one in given_])
            if path.startswith(OTHER_DESKS):
                assert answer.status_code == 404  # a clerk is no administrator, nor a member of an association
                continue
            if path in LEADS_ON:
                assert answer.history[0].status_code == 303, path
                continue
            assert answer.status_code == 403, (path, given_)
            assert OLD_PAGE in Page(answer.text).text
            is_clear(answer)
    assert rows(portal) == before


def test_a_token_serves_the_cookie_it_was_given_with_alone(client, portal):
    path = begin(client)
    right, before = token(client), rows(portal)
    for cookie in ("", "saisine=", f"saisine={'A' * 43}", "saisine=é", "agent=x"):
        client.cookies.clear()
        answer = post(client, "/suivi/fermer", [(b"csrf", right.encode())], cookie=cookie.encode("latin-1"))
        assert answer.status_code == 403, cookie
    assert client.get(path).status_code == 404
    assert rows(portal) == before


ELSEWHERE = [
    {"origin": "https://ailleurs.invalid"},
    {"origin": "http://127.0.0.1:8001"},
    {"origin": "https://127.0.0.1:8000"},
    {"origin": "http://127.0.0.1:8000.ailleurs.invalid"},
    {"origin": ""},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": HOME},
]


def test_a_write_that_another_site_began_writes_nothing(client, portal, own):
    right, before = token(client).encode(), rows(portal)
    for headers in ELSEWHERE:
        for path in POSTS:
            answer = post(client, address(path, **own), [(b"csrf", right)], **headers)
            told = (answer.status_code, answer.text)
            assert told == (403, "Envoi refusé : il vient d'un autre site"), (path, headers)
    assert rows(portal) == before
    assert post(client, "/couleurs", [(b"csrf", right), (b"couleurs", b"auto")], origin=HOME).status_code == 200


FOREIGN_HOSTS = [
    *("", "ailleurs.invalid", "127.0.0.1.ailleurs.invalid", "127.0.0.1.", "127.0.0.1:0", "127.0.0.1:99999"),
    *("127.0.0.1:abc", "[::1", "127.0.0.1, ailleurs.invalid", "127.0.0.1 ailleurs.invalid", "é", "127.0.0.1\t"),
    *("ailleurs.invalid\\@127.0.0.1", "ailleurs.invalid@127.0.0.1", "127.0.0.1/ailleurs", "127.0.0.1?", "127.0.0.1#"),
]


def test_a_host_that_is_not_ours_is_never_repeated(client):
    """The framework takes away the slash at the end of an address, and then repeats the host."""
    for host in FOREIGN_HOSTS:
        for path in ("/aide/", "/", "/agent/plaintes", "/static"):
            answer = client.get(path, headers={"host": host.encode("latin-1")}, follow_redirects=False)
            assert (answer.status_code, answer.text) == (400, "Adresse inconnue"), host
            assert "location" not in answer.headers


def test_a_host_told_beside_is_not_believed(client):
    aside = {"x-forwarded-host": "ailleurs.invalid", "forwarded": "host=ailleurs.invalid", "x-forwarded-proto": "ftp"}
    answer = client.get("/aide/", headers=aside, follow_redirects=False)
    assert answer.headers["location"] == f"{HOME}/aide"


def test_a_body_that_is_not_a_form_is_told(client, portal):
    draft = begin(client).split("/")[2]
    before = rows(portal)
    for name, (kind, body) in BROKEN_BODIES.items():
        for path in FORMS:
            sent_as = {"content-type": kind.encode("latin-1")}
            answer = client.post(address(path, b=draft), content=body, headers=sent_as)
            assert answer.status_code in {400, 403}, (name, path)
            is_clear(answer)
    assert rows(portal) == before


def any_bytes(client, portal, path, known):
    """Send any bytes in the fields of a form, known and unknown, in both ways of writing a body."""
    fields = st.sampled_from([name.encode() for name in known])
    names = fields | fields | WORDS.map(lambda words: words.encode("utf-8", "surrogatepass"))
    right = token(client).encode()

    @FEW
    @given(pairs=st.lists(st.tuples(names, VALUES), max_size=12), files=st.lists(st.tuples(VALUES, VALUES), max_size=3))
    def holds(pairs, files):
        vars(portal)["limits"] = Limits()  # the tries of the examples before do not count
        given_ = [(name, value) for name, value in pairs if name != b"csrf"] + [(b"csrf", right)]
        in_parts = {"content-type": "multipart/form-data; boundary=xyz"}
        for answer in (
            post(client, path, given_),
            client.post(path, content=multipart(given_, files), headers=in_parts),
        ):
            assert answer.status_code in {200, 400, 403, 413, 422, 429}
            is_clear(answer)
        assert client.get(path).status_code == 200

    holds()


@pytest.mark.engines("sqlite", "postgresql")
def test_any_bytes_in_the_form_are_told_or_kept(client, portal):
    """On both databases: PostgreSQL takes neither NUL nor half of a surrogate pair."""
    any_bytes(client, portal, begin(client), [*COURT.names, "retirer", "ajouter"])


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/saisine/{b}/qui", ["qualite", "pause", "corriger", "retirer", "remarque_vue"]),
        ("/reprendre", ["code"]),
        ("/reprendre/perdu", ["email"]),
        ("/agent/connexion", ["email", "mot_de_passe", "code_otp", "suite"]),
        ("/couleurs", ["couleurs", "retour"]),
    ],
)
def test_any_bytes_in_the_small_forms_are_told(client, portal, path, known):
    any_bytes(client, portal, address(path, b=begin(client).split("/")[2]), known)


def test_any_question_to_the_list_of_the_clerk_is_answered(client, portal):
    sign_in(client, portal, "595")
    values = [
        "0",
        "-1",
        "²",
        "٣",
        "9" * 5000,
        "%00",
        "%ff",
        "%ed%a0%80",
        "a&page=b&page=2",
        "{0}",
        "%22%3E%3Cscript%3E",
    ]
    for name in ("etat", "echeance", "profession", "role", "page", "par"):
        for value in values if name == "page" else values[-5:]:
            answer = client.get(f"/agent/plaintes?{name}={value}")
            assert answer.status_code == 200
            assert "<script>" not in answer.text
            is_clear(answer)


def test_a_complaint_with_odd_characters_is_received(client, portal):
    """What people paste is kept but for what no page can hold, and the récépissé is made all the same."""
    odd = "Canari \u202egauche \0\x1b[31m \ufffe \ud83d\ude00 \U0001f1eb e\u0301 <b>"
    draft, right = begin(client), token(client)
    told = {**AMINA, "recit": odd, "nom": odd, "csrf": right}
    pairs = [(name.encode(), value.encode("utf-8", "surrogatepass")) for name, value in told.items()]
    asked = post(client, draft, pairs)
    assert "Nos courriers ne peuvent pas montrer certains signes de ce nom." in Page(asked.text).text
    sent = Sent(client.send_form(Page(asked.text), asked.url.path, {}))
    assert client.get(sent.path.replace("confirmation", "recepisse")).content.startswith(b"%PDF-")
    sign_in(client, portal, "595")
    page = client.page(f"/agent/plaintes/{sent.number}")
    assert "gauche [31m" in page.text
    assert "<b>" in page.text


@pytest.mark.parametrize("path", ["/saisine/{b}/court", "/saisine/{b}/recit", "/agent/connexion"])
def test_a_body_beyond_the_limits_is_refused(client, portal, monkeypatch, path):
    """As soon as too much has come, whether its length was told or not; what had come before is not kept."""
    monkeypatch.setattr(reading, "BODY_MOST", 3_000_000)
    draft = begin(client)
    target, before = address(path, b=draft.split("/")[2]), rows(portal)
    right = token(client).encode()
    much = b"a" * 1_100_000
    in_parts = {"content-type": "multipart/form-data; boundary=xyz"}
    bodies = [
        (URLENCODED, b"csrf=" + right + b"&recit=" + much),
        (URLENCODED, b"csrf=" + right + b"&nom=a" * 300),
        (in_parts["content-type"], multipart([(b"csrf", right), (b"recit", much)], [])),
        (in_parts["content-type"], multipart([(b"csrf", right), *[(b"nom", b"a")] * 300], [])),
        (in_parts["content-type"], multipart([(b"csrf", right)], [(b"", b"")] * 1100)),
        (in_parts["content-type"], multipart([(b"csrf", right)], [(b"a.txt", b"a"), (b"b.txt", much * 3)])),
    ]
    for kind, body in bodies:
        for content in (body, (body[i : i + 65_536] for i in range(0, len(body), 65_536))):
            answer = client.post(target, content=content, headers={"content-type": kind})
            assert answer.status_code == 413
            assert "Votre envoi est trop lourd." in Page(answer.text).text
            is_clear(answer)
    assert rows(portal) == before
    assert [file for file in portal.files.rglob("*") if file.is_file()] == []
    assert Sent(client.submit(draft, dict(AMINA))).number


def ask_by_hand(app: Any, path: str, headers: list[tuple[bytes, bytes]], pieces: list[bytes]) -> Any:
    """Send a form that never ends; give the status of the answer."""
    told: list[Any] = []

    async def receive() -> Any:
        if pieces:
            return {"type": "http.request", "body": pieces.pop(0), "more_body": True}
        return await asyncio.Event().wait()

    async def answer(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip
    asyncio.run(app(scope, receive, answer))
    return next(message["status"] for message in told if message["type"] == "http.response.start")


def test_a_body_that_never_ends_is_left(client, app, monkeypatch):
    """Nothing more comes; then bytes come one by one, for as long as one lets them."""
    form = [(b"host", b"127.0.0.1:8000"), (b"content-type", URLENCODED.encode())]
    with monkeypatch.context() as silent:
        silent.setattr(reading, "SILENCE_SECONDS", 0.01)
        assert ask_by_hand(app, "/reprendre", form, [b"code=a"]) == 400
    hours = iter(range(0, 10_000, 60))
    monkeypatch.setattr(reading, "time", SimpleNamespace(monotonic=lambda: next(hours)))
    assert ask_by_hand(app, "/reprendre", form, [b"a"] * 100) == 400


@pytest.mark.parametrize(
    "headers",
    [
        [("cookie", "; ".join(f"c{n}=1" for n in range(5_000)))],
        [("cookie", "saisine=" + "A" * 500_000)],
        [("cookie", '=;;,;=a; \x01=\x02; "; saisine; agent; theme="><script>')],
        [("cookie", f"saisine={'A' * 43}"), ("cookie", f"saisine={'B' * 43}")],
        [(f"x-{n}", "a" * 100) for n in range(500)],
        [("user-agent", "\xff\xfe\x00"), ("referer", "\xe9" * 9_000), ("accept-language", ",;q=" * 9_000)],
        [("accept", "\0"), ("accept-encoding", "gzip;q=a, *;q=-1"), ("range", "bytes=9-1,-,--")],
        [("hx-request", "true"), ("hx-target", "<script>"), ("hx-current-url", "javascript:alert(1)")],
        [("hx-request", "TRUE\xff"), ("hx-history-restore-request", "true"), ("hx-boosted", "\xe9")],
        [("if-none-match", '"' * 9_000), ("if-modified-since", "hier"), ("expect", "100-continue"), ("upgrade", "h2c")],
    ],
    ids=lambda headers: headers[0][0],
)
def test_headers_that_nobody_sends_change_nothing(client, headers):
    path = begin(client)
    cookie = (
        [] if any(name == "cookie" for name, _ in headers) else [("cookie", f"saisine={client.cookies['saisine']}")]
    )
    client.cookies.clear()
    raw = [(name.encode(), value.encode("latin-1")) for name, value in [*headers, *cookie]]
    for where in ("/", path, "/suivi", "/agent/plaintes", "/etat", "/nulle-part", "/static/css/saisine.css"):
        answer = client.get(where, headers=raw)
        told = {200, 400} if where.startswith("/static/") else {200, 401, 404}
        assert answer.status_code in told, where
        assert "script>" not in answer.headers.get("set-cookie", "")


NO_PAGES = [
    *("/%2e%2e/", "/%2e%2e/%2e%2e/etc/passwd", "/static/%2e%2e/app/runtime/app.py", "/static/..%2f..%2fetc%2fpasswd"),
    *("/static/%00", "/static/%ff", "/static/", "/static/css/", "/static/css/x/", "/static//etc/passwd"),
    *("/static/" + "a" * 5_000, "/static/" + "a/" * 3_000, "/static/css/saisine.css%00.html", "/static/~root"),
    *("/aide%00", "/aide;a=b", "/aide%2fx", "/%61ide%ff", "/aide/.../aide", "/.git/config"),
    *("/" + "x" * 60_000, "/" + "%C3%A9" * 9_000, "/%ed%a0%80", "/%u0041", "/%", "/%zz", "/.env", "/%0d%0aa:b"),
    *(
        "/saisine/%00",
        "/saisine/%ff/court",
        "/saisine//court",
        "/saisine/../suivi/court",
        "/saisine/aaaaaaaa/court",
    ),
    *(
        "/saisine/" + "A" * 9_000,
        "/saisine/AAAAAAAA/%2e%2e",
        "/saisine/AAAAAAAA%2fcourt/x",
        "/openapi.json",
        "/docs",
    ),
]


def test_an_address_that_is_none_is_a_page_that_says_so(client):
    for path in NO_PAGES:
        answer = client.get(path)
        assert answer.status_code == 404, path
        is_clear(answer)
        assert len(answer.text) < 20_000, "the address is not repeated"


def test_nobody_is_led_away_by_an_address(client):
    for path in ("//ailleurs.invalid/aide/", "//ailleurs.invalid//", "/\\ailleurs.invalid/", "/%09/ailleurs.invalid/"):
        answer = client.get(httpx.URL(HOME).copy_with(raw_path=path.encode()), follow_redirects=False)
        assert answer.status_code == 404, path
    for path in ("/agent/connexion?suite=//ailleurs.invalid", "/agent/connexion?suite=%ff%00//["):
        assert "ailleurs" not in client.get(path).text


def test_the_draft_of_another_is_the_same_as_none(client, gael, app):
    """One that is open, sent or erased, one that never was, an id that cannot be one: one same answer."""
    drafts = [begin(client).split("/")[2] for _ in range(3)]
    client.submit(f"/saisine/{drafts[1]}/court", dict(AMINA))
    client.submit(f"/saisine/{drafts[2]}/effacer")
    begin(gael)
    right = token(gael).encode()
    plain_client = PlainClient(app, cookies=dict(gael.cookies))
    for method, path in OF_A_DRAFT:
        told = set()
        for b in (*drafts, "AAAAAAAA", "aaaaaaaa") if path in FORMS else (drafts[0], drafts[1], "AAAAAAAA"):
            where = address(path, b=b)
            answer = plain_client.get(where) if method == "GET" else post(plain_client, where, [(b"csrf", right)])
            assert answer.status_code == 404
            assert NOT_HERE in Page(answer.text).text if path in FORMS else True
            words = re.sub(r'name="csrf" value="[^"]*"', "", answer.text).replace(b, "")
            told.add((words, *sorted(set(answer.headers) - {"content-length"})))
        assert len(told) == 1, (method, path)


def test_a_cookie_opens_only_what_it_was_given_for(client, gael, portal):
    """The cookie of a draft, of a follow-up and of a clerk are three keys for three doors."""
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    draft = begin(client)
    sign_in(client, portal, "595")
    visitor, agent = client.cookies["saisine"], client.cookies["agent"]
    doors = {draft: 404, "/suivi": "/reprendre", "/agent/plaintes": "/agent/connexion"}
    for cookie in (
        *(f"saisine={agent}", f"agent={visitor}", f"theme={visitor}", f"saisine={visitor[:-1]}", f"saisine={visitor}A"),
        *(f"saisine={visitor.swapcase()}", f'saisine="{visitor}"', f"Saisine={visitor}", f"__Host-saisine={visitor}"),
        *(f"__Host-agent={agent}", f"agent={agent[::-1]}", f"agent={agent}%00", f"saisine={sent.code}"),
    ):
        for path, instead in doors.items():
            answer = gael.get(path, headers={"cookie": cookie})
            assert instead in (answer.status_code, answer.url.path), (cookie, path)
    for path in doors:
        assert client.get(path).url.path == path


def test_a_cookie_that_no_server_writes_does_not_stop_the_erasing(client, portal):
    """Other programs of the same host, or a script, may have left any name there."""
    path = begin(client)
    right = token(client).encode()
    odd = "; ".join(
        [f"saisine={client.cookies['saisine']}", "a b=1", "é=1", "=x", "a,b=2", "a(b)=1", "alone", "theme=x"]
    )
    client.cookies.clear()
    answer = post(client, "/effacer-cet-appareil", [(b"csrf", right)], cookie=odd.encode("latin-1"))
    (first,) = answer.history
    assert first.status_code == 303
    forgotten = [cookie.partition("=")[0] for cookie in first.headers.get_list("set-cookie")]
    assert {"saisine", "theme"} <= set(forgotten)
    assert client.get(path, headers={"cookie": odd.encode("latin-1")}).status_code == 404


def test_whoever_asks_for_too_many_mails_is_told_when_to_try_again(client, portal):
    path = begin(client).replace("court", "pause")
    for _ in range(5):
        assert client.submit(path, {"email_reprise": "amina@exemple.fr"}).status_code == 200
    answer = client.submit(path, {"email_reprise": "amina@exemple.fr"})
    assert answer.status_code == 429
    assert "Vous avez fait trop d'essais. Attendez 15 minutes, puis recommencez." in Page(answer.text).text
    is_clear(answer)
    before = rows(portal)["outbox"]
    assert client.submit(path, {"email_reprise": "autre@exemple.fr"}).status_code == 429
    assert rows(portal)["outbox"] == before
    assert Sent(client.submit(path.replace("pause", "court"), dict(AMINA))).number


def test_tries_are_counted_whatever_address_a_header_claims(client):
    form = next(form for form in client.page("/reprendre").forms if form.method == "post")
    wrong = form.fill({"code": "AAAA-AAAA-AAAA-AAAA"})
    told = []
    for n in range(11):
        claims = {"x-forwarded-for": f"192.0.2.{n}", "forwarded": f"for=192.0.2.{n}", "x-real-ip": f"192.0.2.{n}"}
        told.append(client.post("/reprendre", data=dict(wrong), headers=claims).status_code)
    assert told == [422] * 10 + [429]


def test_an_error_of_ours_says_nothing_of_the_inside(client, app, monkeypatch):
    """The suspicious client refuses every 500: here it is what is asked for."""

    def breaks(*_given: Any, **_named: Any) -> Any:
        raise RuntimeError("CANARI of the inside")

    for place, path in (("app.pages.routes.render", "/aide"), ("app.saisine.web.routes.render", "/")):
        with monkeypatch.context() as broken:
            broken.setattr(place, breaks)
            answer = PlainClient(app).get(path)
        assert answer.status_code == 500
        assert list(_of_headers(answer)) == []
        assert "Le service a un problème. Vos réponses enregistrées sont gardées." in Page(answer.text).text
        assert Page(answer.text).faults() == []
        assert "CANARI" not in answer.text
        is_clear(answer)


def test_an_error_page_that_is_itself_broken_is_plain_words(client, app, monkeypatch):
    def breaks(*_given: Any, **_named: Any) -> Any:
        raise RuntimeError("CANARI of the inside")

    monkeypatch.setattr("app.base.web.errors.render", breaks)
    for path, status in (("/nulle-part", 404), ("/saisine/AAAAAAAA/court", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.text.startswith("Le service a un problème.")


FAR_TOO_LONG = ("x" * 60_000, "9" * 60_000, "mot " * 15_000, "%_\\" * 6_000)


def searches(client):
    """Find the forms of every page of this visitor that only ask, each with its address."""
    for method, path in ROUTES:
        if method == "GET" and "{" not in path and "…" not in path:
            opened = client.get(path)
            if opened.headers["content-type"].startswith("text/html"):
                found = [form for form in Page(opened.text).forms if form.method == "get" and form.names]
                yield from ((form.action.partition("#")[0] or path, form) for form in found)


@pytest.mark.parametrize(("authority", "role"), [("595", "responsable"), ("", "admin")])
def test_a_search_of_any_length_is_answered(client, portal, authority, role):
    sign_in(client, portal, authority, role=role)
    known = {(where, name) for where, form in searches(client) for name in form.names}
    assert len(known) > 5
    for where, name in sorted(known):
        for typed in FAR_TOO_LONG:
            answered = client.get(where, params={name: typed})
            assert answered.status_code < 500, (where, name)


@pytest.mark.parametrize("typed", FAR_TOO_LONG)
def test_a_town_of_any_length_is_told_beside_the_field_and_nothing_is_lost(client, typed):
    path = begin(client)
    told = client.submit(path, {**AMINA, "pro_commune": typed})
    assert told.status_code == 422
    assert "CANARI-RECIT" in Page(told.text).text
