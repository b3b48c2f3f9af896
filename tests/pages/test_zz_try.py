import pytest
PATHS = ["/", "/saisine", "/suivi", "/agent/connexion", "/etat", "/plan-du-site", "/nope"]
@pytest.mark.parametrize("path", PATHS)
def test_page(client, path):
    page = client.page(path)
    print(page.title, page.h1, page.links)
def test_routes(app):
    for r in app.routes: print(r)
