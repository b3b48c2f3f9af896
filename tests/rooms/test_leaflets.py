"""The two leaflets to print: the follow-up sheet with its square, the blank form with every question."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import segno

from app.base.forms.form import widgets
from app.base.i18n import translate
from app.filing.documents.confirmation import ShownFiling
from app.filing.documents.follow_up_sheet import Sheet, make_pdf, resume_link
from app.filing.status.state import ComplaintState
from app.pages import paper
from app.pages.blank import EVERY_PAGE, blank_form
from app.pages.paper import ON_PAPER, ONLY_ONLINE, ONLY_ONLINE_ANSWERS, ONLY_ONLINE_HINTS, PaperForm
from app.printing import pdf as printing
from app.printing.pdf import square
from app.saisine.pages import BY_NAME
from tests.support.clock import StoppedClock
from tests.support.pdf import bare, elements, faults, kinds, opened, text_of

ROOT = Path(__file__).parents[2]
ADDRESS, CODE = "https://saisine.exemple.fr", "H7KD-2MPX-9WQ4-VT3R"
SHOWN = ShownFiling(
    number="SA-2026-7KM4-Q9TR",
    received_text="",
    local_text="",
    receiver="directeur de la CPAM de Lille-Douai",
    informed="",
    place="Lille (59000, Nord)",
    proposed=(),
    why_alone="",
    is_searching=False,
    has_conciliation=True,
    is_phone_only=False,
    state=ComplaintState.RECEIVED,
    state_sentence="",
    due={"D2": date(2026, 3, 11), "D5": date(2026, 4, 3), "D7": date(2026, 6, 3)},
)
SHEET = Sheet(CODE, ADDRESS, StoppedClock()(), SHOWN)
FIELDS = {}
for one in EVERY_PAGE:  # the words of the detailed form, then those of the short one
    FIELDS = {**widgets(one.answers), **FIELDS}


def changed(**values):
    return Sheet(CODE, ADDRESS, SHEET.received_at, ShownFiling(**(vars(SHOWN) | values)))


@pytest.fixture(scope="module")
def blank():
    return blank_form(ADDRESS)


def test_the_sheet_says_the_code_the_address_and_the_dates():
    text = text_of(make_pdf(SHEET))
    for said in (
        "Feuille de suivi",
        f"Votre code personnel {CODE}",
        "Numéro SA-2026-7KM4-Q9TR",
        "Reçue le mardi 3 mars 2026",
        "Directeur de la CPAM de Lille-Douai",
        f"{ADDRESS}/reprendre",
        "mercredi 11 mars 2026 Au plus tard ce jour : vous recevez un accusé de réception",
        "vendredi 3 avril 2026 Jusqu’à ce jour",
        "mercredi 3 juin 2026 Au plus tard ce jour : une réunion cherche un accord.",
        "Cette plainte n’est pas une plainte à la police.",
    ):
        assert bare(said) in text


def test_without_a_meeting_the_sheet_promises_none():
    text = text_of(make_pdf(changed(has_conciliation=False, receiver="", is_searching=True)))
    assert "réunion" not in text
    assert "chambre" not in text
    assert bare("Nous cherchons la bonne autorité.") in text


def test_the_leaflets_are_accessible(blank):
    assert faults(make_pdf(SHEET)) == []
    assert faults(blank) == []
    pdf = opened(make_pdf(SHEET))
    (figure,) = [one for one in elements(pdf) if str(one.S) == "/Figure"]
    assert str(figure.Alt) == f"Carré à prendre en photo. Il ouvre {ADDRESS}/reprendre avec votre code."
    assert kinds(blank).count("/H1") == 1


def test_the_sheet_fits_on_one_page_even_with_long_names():
    name = "président du conseil interrégional de l'ordre des masseurs-kinésithérapeutes de Provence-Alpes-Côte d'Azur"
    assert len(opened(make_pdf(changed(receiver=f"{name} et de Corse"))).pages) == 1


def test_the_code_is_written_large():
    pdf = opened(make_pdf(SHEET))
    sizes = re.findall(rb"/\w+ ([0-9.]+) Tf", pdf.pages[0].Contents.read_bytes())
    assert max(map(float, sizes)) >= 24


def test_the_square_is_that_of_the_address_with_the_code_after_the_sign_no_server_receives():
    link = resume_link(ADDRESS, CODE)
    assert link == f"{ADDRESS}/reprendre#code={CODE}"
    matrix = segno.make(link, error="m", micro=False).matrix
    border = printing.QUIET_CELLS
    dark = {(x + border, y + border) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell}
    assert drawn(square(link)) == dark


def drawn(svg):
    """Read the dark cells of the drawing back."""
    path = next(one.get("d") for one in ET.fromstring(svg).iter() if one.get("stroke"))
    dark, x, y = set(), 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        given = [float(one) for one in re.findall(r"-?[0-9.]+", numbers)]
        if step == "h":
            dark |= {(int(x) + i, int(y)) for i in range(int(given[0]))}
            x += given[0]
        else:
            x, y = given if step == "M" else (x + given[0], y + given[1])
    return dark


def test_the_square_is_drawn_as_vectors():
    pdf = opened(make_pdf(SHEET))
    images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert images == []


def test_the_same_values_give_the_same_bytes_on_any_machine(blank, tmp_path):
    script = (
        "import hashlib, tests.rooms.test_leaflets as t\n"
        "print(hashlib.sha256(t.make_pdf(t.SHEET) + t.blank_form(t.ADDRESS)).hexdigest())"
    )
    elsewhere = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    elsewhere |= {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "0", "PYTHONUTF8": "1"}
    done = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=elsewhere | more, capture_output=True, check=True
        )
        for more in ({}, {"TZ": "America/Cayenne", "PYTHONHASHSEED": "8"})
    ]
    assert done[0].stdout == done[1].stdout
    blank_form.cache_clear()
    assert blank_form(ADDRESS) == blank


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - ONLY_ONLINE))
def test_every_field_of_the_online_form_is_on_paper(blank, name):
    widget = FIELDS[name]
    said = ON_PAPER[name] if widget.kind == "files" else widget.label
    assert bare(translate(said)) in text_of(blank)


def test_every_answer_that_is_ticked_online_can_be_ticked_on_paper(blank):
    text = text_of(blank)
    for name, widget in FIELDS.items():
        options = widget.options() if widget.kind in {"radios", "checkboxes"} and name not in ONLY_ONLINE else ()
        for option in options:
            if (name, option.value) not in ONLY_ONLINE_ANSWERS:
                assert bare(translate(option.label)) in text, (name, option.value)


def test_what_paper_leaves_out_still_exists_online():
    assert set(FIELDS) >= ONLY_ONLINE | set(ON_PAPER)
    for name, value in ONLY_ONLINE_ANSWERS | ONLY_ONLINE_HINTS:
        assert value in {option.value for option in FIELDS[name].options()}
    assert {name for name, widget in FIELDS.items() if widget.kind == "files"} == set(ON_PAPER)


def test_paper_says_where_to_send_it_and_how(blank):
    text = text_of(blank)
    for said in (
        "à la CPAM ou au conseil de l’ordre du lieu où travaille le professionnel",
        "Nous conseillons la lettre recommandée avec avis de réception : elle donne une date certaine.",
        "article R. 1110-11",
        "Ce que j’ai écrit correspond à ce que j’ai vécu ou constaté.",
        "Signature (facultatif)",
        f"et vous avez un récépissé. Adresse : {ADDRESS}",
    ):
        assert bare(said) in text


def test_what_the_professional_never_reads_is_a_part_of_its_own(blank):
    text = text_of(blank)
    second = text.rindex(bare("Partie 2 : vos coordonnées et vos besoins"))
    for name, widget in FIELDS.items():
        if name in {"email", "telephone", "adresse_rue", "besoins", "recit", "nom"}:
            assert (text.rindex(bare(translate(widget.label))) > second) is widget.private, name


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("soins", []),
        ("enfant", ["Pour mon enfant de moins de 18 ans"]),
        (
            "etablissement",
            [
                "Dans un hôpital, une clinique ou un centre de santé",
                "Dans un hôpital militaire (hôpital d’instruction des armées)",
            ],
        ),
        ("adresse", ["Par courrier"]),
        (
            "titre",
            ["Une tutelle", "Une habilitation familiale pour représenter", "Un mandat de protection future"],
        ),
    ],
)
def test_paper_finds_by_itself_who_a_page_is_for(page, answers):
    assert PaperForm(EVERY_PAGE).condition(BY_NAME[page]) == answers


def test_a_heading_that_repeats_its_question_is_said_once():
    shown = list(paper.questions(EVERY_PAGE, lambda _widget: True))
    for page in shown:
        assert page["heading"] not in [field["label"] for field in page["fields"]]
    labels = [field["label"] for page in shown for field in page["fields"]]
    assert "Jour" not in labels
