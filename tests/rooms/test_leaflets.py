"""The two leaflets to print: the follow-up sheet with its square, the blank form with every question."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest
import segno

from app.base.forms.form import widgets
from app.base.i18n import FRENCH, LANGUAGES, in_language, translate
from app.filing.documents.confirmation import ShownFiling
from app.filing.documents.follow_up_sheet import Sheet, make_pdf, resume_link
from app.filing.status.state import ComplaintState
from app.pages import paper
from app.pages.blank import EVERY_PAGE, blank_form
from app.pages.paper import OPTIONAL, PaperForm
from app.printing import pdf as printing
from app.printing.pdf import square
from app.saisine.pages import BY_NAME, FORM_VERSION
from app.saisine.short_form import COURT
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
    today=date(2026, 3, 3),
    due={"D2": date(2026, 3, 11), "D5": date(2026, 4, 3), "D7": date(2026, 6, 3)},
)
SHEET = Sheet(CODE, ADDRESS, StoppedClock()(), SHOWN)
MOST_PAGES, MOST_WORDS = 6, 1300
CHINESE = "zh"
FIELDS = {}
for one in EVERY_PAGE:
    FIELDS = {**PaperForm.asked(one), **FIELDS}
LABELS = """
Pour qui faites-vous cette plainte ?
Où cela s’est-il passé ?
Quelle est sa profession ?
Quelle autre profession ?
Nom du professionnel
Prénom
Spécialité
Nom du cabinet, de la pharmacie ou de l’hôpital
Rue
Ville et code postal
Téléphone
Autre chose qui aide à le reconnaître
Que s’est-il passé ?
Quel délai vous a-t-on proposé ?
Vers qui vous a-t-on envoyé ?
Combien vous a-t-on demandé ?
Combien auriez-vous dû payer, selon vous ?
Était-ce une urgence ?
Quand cela s’est-il passé ?
Plusieurs dates, ou une date approximative
Racontez ce qui s’est passé
Les mots exacts que vous avez entendus ou lus
Selon vous, pourquoi a-t-on refusé ?
Quelle autre raison ?
Quelle couverture santé aviez-vous ?
Le professionnel le savait-il ? Comment ?
Joignez des copies de vos preuves. Gardez les originaux.
Quelqu’un a-t-il vu ou entendu ?
Avez-vous déjà contacté quelqu’un ?
Numéro ou date, si vous les avez
Prénom
Nom
Comment s’adresser à vous ?
Si vous êtes avocat ou avocate : votre barreau
Adresse e-mail
Numéro de téléphone
Quand vous appeler, ou consigne
Votre nom
Votre lien avec cette personne
Peut-on vous appeler pour l’aider ?
Prénom de cette personne
Nom de cette personne
Date de naissance, si c’est un enfant
Si vous représentez cette personne, joignez une copie du jugement ou du mandat.
Chez
Numéro et rue
Bâtiment, étage, boîte
Code postal
Ville
Pays, si ce n’est pas la France
De quoi avez-vous besoin pour participer ?
Quelle langue ?
Quel autre besoin ?
Ce que j’ai écrit correspond à ce que j’ai vécu ou constaté.
J’ai compris que l’autorité compétente et le professionnel recevront ma plainte avec mon nom.
Si vous aidez une personne : elle est d’accord pour envoyer cette plainte.
J’accepte de recevoir les courriers de la procédure par e-mail.
""".strip().splitlines()


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
    there = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=elsewhere, capture_output=True, check=True)
    assert there.stdout.decode().strip() == hashlib.sha256(make_pdf(SHEET) + blank).hexdigest()
    blank_form.cache_clear()
    assert blank_form(ADDRESS) == blank


def label_of(widget, optional=OPTIONAL):
    said = widget.on_paper if isinstance(widget.on_paper, str) else widget.label
    return translate(said).removesuffix(optional).strip()


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_that_paper_has_is_printed(blank, name):
    assert bare(label_of(FIELDS[name])) in text_of(blank)


def test_paper_asks_these_questions_and_no_other(blank):
    shown = [*paper.questions(EVERY_PAGE, lambda _page, _widget: True)]
    labels = [field["label"].french.replace("\u00a0", " ") for page in shown for row in page["rows"] for field in row]
    assert labels == LABELS
    assert len(labels) == len(FIELDS)


def test_the_short_form_asks_nothing_that_the_detailed_one_does_not():
    of_detailed = {name for page in EVERY_PAGE for name in widgets(page.answers)}
    assert set(widgets(COURT.answers)) <= of_detailed


def test_what_only_a_screen_or_a_directory_answers_is_not_on_paper(blank):
    text = text_of(blank)
    assert not FIELDS.keys() & {"q", "ou", "pro_id", "lieu_exercice", "commune_insee", "pro_source", "destinataire"}
    for said in ("Cherchez le professionnel", "À quelle adresse", "Source", "Section", "Continuer quand même"):
        assert bare(said) not in text


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in {FRENCH, CHINESE}])
def test_in_another_language_every_question_stands_in_both(code):
    made = blank_form(ADDRESS, code)
    text, language = text_of(made), LANGUAGES[code]
    assert [name for name, widget in FIELDS.items() if bare(label_of(widget)) not in text] == []
    with in_language(code):
        own = [label_of(widget, translate(OPTIONAL)) for widget in FIELDS.values()]
    if language.direction == "ltr":  # what is written from the right is read back sign by sign
        assert [one for one in own if bare(one) not in text] == []
    assert faults(made, "fr-FR" if language.is_french else language.tag.partition("-")[0]) == []
    assert len(opened(made).pages) <= MOST_PAGES * 3 / 2


def test_the_letters_that_no_font_of_ours_draws_leave_the_form_in_french(blank):
    assert blank_form(ADDRESS, CHINESE) == blank


def test_the_blank_form_is_short(blank):
    pages = pypdfium2.PdfDocument(blank)
    said = " ".join(page.get_textpage().get_text_range() for page in pages).split()
    assert len(pages) <= MOST_PAGES
    assert len([word for word in said if any(letter.isalnum() for letter in word)]) <= MOST_WORDS


def test_the_professional_is_named_once_with_the_town_that_finds_the_authority(blank):
    text = text_of(blank)
    assert text.count(bare("Nom du professionnel")) == 1
    assert text.count(bare("Ville et code postal")) == 1
    assert bare("(facultatif)") not in text.replace(bare("Signature (facultatif)"), "")


def test_the_signature_is_the_last_thing_to_write(blank):
    text = text_of(blank)
    assert text.count("Vérifiez") == 1
    after = text[text.index(bare("Signature (facultatif)")) :]
    assert after == bare(f"Signature (facultatif) Formulaire {FORM_VERSION} Page 6 sur 6")


def test_every_answer_that_is_ticked_online_can_be_ticked_on_paper(blank):
    text = text_of(blank)
    for name, widget in FIELDS.items():
        for option in widget.options() if widget.kind in {"radios", "checkboxes"} else ():
            assert bare(translate(option.label)) in text, (name, option.value)


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
            assert (text.rindex(bare(label_of(widget))) > second) is widget.private, name


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("soins", []),
        ("enfant", ["Pour mon enfant de moins de 18 ans"]),
        (
            "etablissement",
            [
                "Dans un hôpital, une clinique ou un centre de santé",
                "Dans un hôpital militaire",
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
    shown = list(paper.questions(EVERY_PAGE, lambda _page, _widget: True))
    for page in shown:
        assert page["heading"] not in [field["label"] for row in page["rows"] for field in row]


def test_paper_says_when_a_question_is_for_some_only_in_few_words():
    shown = {page["heading"]: page for page in paper.questions(EVERY_PAGE, lambda _page, _widget: True)}
    shown = {heading.french.replace("\u00a0", " "): page for heading, page in shown.items()}
    assert shown["Quelle personne n’a pas reçu les soins ?"]["note"].french == "Si cela vous concerne."
    assert shown["Quelle est votre adresse ?"]["note"] == paper.NOTHING
    form = PaperForm(EVERY_PAGE)
    assert form.only_if(["Pour moi"]).french == "Si vous avez coché\u00a0: «\u00a0Pour moi\u00a0»."
