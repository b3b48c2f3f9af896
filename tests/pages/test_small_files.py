"""Files that programs ask for by name, and addresses that were nearly right."""

import gzip
from datetime import datetime

import pytest

from app.base.resources import STATIC
from app.base.web.templates import static_url
from tests.pages.test_reference_pages import theirs

__all__ = ["theirs"]
SECURITY = "/.well-known/security.txt"


def test_search_engines_are_told_what_is_not_for_them(client):
    told = client.get("/robots.txt")
    assert told.headers["content-type"].startswith("text/plain")
    assert {"User-agent: *", "Disallow: /saisine/", "Disallow: /suivi"} <= set(told.text.split("\n"))
    assert "Disallow: /\n" not in told.text


def test_the_icon_is_found_by_its_old_name(client):
    icon = client.get("/favicon.ico")
    assert icon.content.startswith(b"\0\0\1\0")


@pytest.mark.parametrize("name", ["css/saisine.css", "js/form.js", "js/listen.js", "js/suggest.js", "img/porte.svg"])
def test_a_static_file_is_packed_for_whoever_unpacks_it(client, name):
    whole = (STATIC / name).read_bytes()
    packed = client.get(f"/static/{name}?v=1", headers={"accept-encoding": "gzip"})
    assert (packed.content, packed.headers["content-encoding"]) == (whole, "gzip")
    assert int(packed.headers["content-length"]) <= len(gzip.compress(whole, 9))
    assert (packed.headers["vary"], "immutable" in packed.headers["cache-control"]) == ("Accept-Encoding", True)
    assert client.get(f"/static/{name}", headers={"if-none-match": packed.headers["etag"]}).status_code == 304
    plain = client.get(f"/static/{name}", headers={"accept-encoding": "identity"})
    assert (plain.content, "content-encoding" in plain.headers) == (whole, False)
    part = client.get(f"/static/{name}", headers={"accept-encoding": "gzip", "range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, whole[:10])


def test_a_script_that_another_brings_changes_its_address_with_its_content():
    assert f'"./{static_url("js/listen.js").rpartition("/")[2]}"' in (STATIC / "js/form.js").read_text(encoding="utf-8")


def test_whom_to_tell_of_a_flaw_is_said_for_less_than_a_year(theirs):
    portal, client = theirs(operator_contact="Écrire à securite@exemple.fr.")
    told = dict(line.split(": ", 1) for line in client.get(SECURITY).text.strip().split("\n"))
    assert told["Contact"] == "mailto:securite@exemple.fr"
    assert told["Canonical"] == portal.settings.address + SECURITY
    assert 0 < (datetime.fromisoformat(told["Expires"]) - portal.clock()).days < 365


def test_nobody_is_named_when_the_operator_gave_no_address(client):
    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/reprendre,", "/reprendre"),
        ("/aide.", "/aide"),
        ("/Aide", "/aide"),
        ("/AIDE%20", "/aide"),
        ("/suivi%20", "/suivi"),
        ("/Suivi", "/suivi"),
        ("/vos-droits%C2%A0!", "/vos-droits"),
    ],
)
def test_an_address_that_is_nearly_right_leads_to_its_page(client, written, meant):
    told = client.get(written, follow_redirects=False)
    assert (told.status_code, told.headers["location"]) == (307, meant)


@pytest.mark.parametrize("written", ["/nulle-part.", "/aide/rien.", "/Saisine/AAAAAAAA", "/suivi/fermer."])
def test_any_other_address_stays_unknown(client, written):
    assert client.get(written, follow_redirects=False).status_code == 404


def test_only_what_is_read_is_led_elsewhere(client):
    told = client.post("/Reprendre", content=b"", headers={"content-type": "application/x-www-form-urlencoded"})
    assert told.status_code == 404
