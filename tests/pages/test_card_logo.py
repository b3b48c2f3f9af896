"""The logo of a service: drawn again before it is kept, at the head of every letter, refused beside its field."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from app.intake.web.card_logo import MOST
from app.routing.models import AuthorityLogo, ReferenceVersion
from app.routing.queries import authority
from app.routing.service import load_reference
from tests.cast import filed, sign_in
from tests.support.files import pdf, picture
from tests.support.html import Page
from tests.support.pdf import faults, words_of_figures

pytestmark = pytest.mark.engines("sqlite", "postgresql")


def card(portal):
    with portal.database.read() as session:
        return authority(session, "595")


def logo_of(portal):
    """Give the picture that the card names, as it is kept."""
    with portal.database.read() as session:
        return session.scalar(select(AuthorityLogo.content).where(AuthorityLogo.digest == card(portal).logo))


@pytest.fixture
def rosa(client, portal):
    """The manager, who keeps the card."""
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    return client


def send(rosa, content, name="logo.png", **typed):
    """Press « Enregistrer la fiche » with a file."""
    shown = Page(rosa.get("/agent/fiche").text)
    files = {"logo": [(name, content, "application/octet-stream")]}
    return rosa.send_form(shown, "/agent/fiche", typed, files, button="Enregistrer la fiche")


def vast():
    """Draw a few kilobytes that unfold to more pixels than any reader takes."""
    made = BytesIO()
    Image.new("1", (10_000, 10_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(("kind", "size"), [("PNG", (1200, 300)), ("JPEG", (300, 900)), ("PNG", (20, 10))])
def test_a_logo_is_drawn_again_small_and_without_what_came_with_it(rosa, portal, kind, size):
    content = picture(kind, size, **({"comment": "CANARI"} if kind == "JPEG" else {}))
    assert send(rosa, content, service="Pôle des usagers").status_code == 200
    kept = logo_of(portal)
    with Image.open(BytesIO(kept)) as drawn:
        assert drawn.format == "PNG"
        assert drawn.width <= 600
        assert drawn.height <= 300
        assert abs(drawn.width / drawn.height - size[0] / size[1]) < 0.02
    assert b"CANARI" not in kept
    assert card(portal).service == "Pôle des usagers"
    assert "data:image/png;base64," in rosa.get("/agent/fiche").text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(MOST), "Ce logo est trop lourd. La limite est de 500 Ko."),
        (pdf(), "Ce fichier n'est pas une image PNG ou JPEG."),
        (b"", "Ce fichier n'est pas une image PNG ou JPEG."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Ce fichier n'est pas une image PNG ou JPEG."),
        (picture("WEBP"), "Ce fichier n'est pas une image PNG ou JPEG."),
        (picture("PNG", (400, 400))[:60], "Cette image ne peut pas être lue. Essayez avec un autre fichier."),
        (vast(), "Cette image ne peut pas être lue. Essayez avec un autre fichier."),
        (picture("PNG")[:16] + bytes(60), "Cette image ne peut pas être lue. Essayez avec un autre fichier."),
    ],
)
def test_what_is_no_logo_is_refused_beside_its_field_and_the_rest_is_kept(rosa, portal, content, said):
    refused = send(rosa, content, service="Pôle des usagers")
    assert refused.status_code == 422
    page = Page(refused.text)
    assert said in page.text.replace("’", "'")
    assert "Pôle des usagers" in refused.text
    assert card(portal).logo == ""


def test_a_card_that_is_saved_again_keeps_its_logo_and_a_button_takes_it_away(rosa, portal):
    assert "Enregistrer sans le logo" not in rosa.get("/agent/fiche").text
    send(rosa, picture())
    before = card(portal).logo
    rosa.submit("/agent/fiche", {"horaires": "le matin"}, button="Enregistrer la fiche")
    assert (card(portal).logo, card(portal).hours) == (before, "le matin")
    rosa.submit("/agent/fiche", {"horaires": "le soir"}, button="Enregistrer sans le logo")
    assert (card(portal).logo, card(portal).hours) == ("", "le soir")


def test_a_reload_of_the_reference_leaves_the_logo_alone(rosa, portal):
    send(rosa, picture())
    before = card(portal).logo
    with portal.database.write() as session:
        session.get_one(ReferenceVersion, 1).digest = "another"
        assert load_reference(session).changed
    assert card(portal).logo == before != ""


def test_a_clerk_changes_no_logo(client, portal):
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    shown = Page(client.get("/agent/fiche").text)
    sign_in(client, portal, "595")
    answer = client.send_form(shown, "/agent/fiche", {}, {"logo": [("logo.png", picture(), "image/png")]})
    assert answer.status_code == 403
    assert card(portal).logo == ""


def test_each_letter_shows_the_logo_with_its_words_and_one_that_waits_keeps_the_one_of_its_day(rosa, portal):
    on_paper: dict[str, Any] = {"moyens": "courrier", "email": "", "adresse_rue": "1 rue Fictive"}
    number = filed(portal, **on_paper, adresse_ville="Lille", adresse_code_postal="59000").number
    send(rosa, picture("PNG", (600, 300)))
    there = f"/agent/plaintes/{number}/accuser-reception"
    named = {"button": "Mettre avec les courriers à poster", "form": "accuser-reception#erreurs"}
    rosa.submit(there, {}, **named)
    first = rosa.get("/agent/a-poster/courriers").content
    assert words_of_figures(first) == ["Logo\u00a0: CPAM de Lille-Douai"]
    assert faults(first) == []
    rosa.submit("/agent/fiche", {"horaires": "le soir"}, button="Enregistrer sans le logo")
    assert rosa.get("/agent/a-poster/courriers").content == first
