"""HEAD is answered as GET is, without the content (RFC 9110, 9.3.2): monitors and mail gateways ask so."""

import pytest

from tests.support.client import PlainClient
from tests.support.routes import listed

GETS = [path for method, path, _ in listed() if method == "GET"]
VARY = {"set-cookie", "content-length", "ratelimit"}
"""Headers that differ between two GET: a token is drawn for each, and each is counted."""


def same(answer):
    return answer.status_code, {name: value for name, value in answer.headers.items() if name not in VARY}


@pytest.mark.parametrize("path", GETS)
def test_head_is_answered_as_get_is(app, path):
    where = path.replace("{", "").replace("}", "")
    browser = PlainClient(app, follow_redirects=False)
    asked, told = browser.get(where), browser.head(where)
    assert same(told) == same(asked)
    assert told.content == b""
    assert told.status_code != 405


def test_a_page_that_is_not_there_has_no_content_either(app):
    told = PlainClient(app).head("/nulle-part")
    assert (told.status_code, told.content) == (404, b"")
