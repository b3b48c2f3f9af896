"""The récépissé: what it says, what it never says, and that it is always the same file."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.base.i18n import in_language
from app.filing.documents import recepisse as module
from app.filing.documents.recepisse import Body, Recepisse, make_pdf, shown, size_text
from app.printing.pdf_text import FONTS, MISSING, clean, drawable

ROOT = Path(__file__).parents[2]
SENT = Recepisse(
    number="SA-2026-7KM4-Q9TR",
    received_at=datetime(2026, 3, 3, 21, 41, 7, 999_999, tzinfo=UTC),
    zone="Europe/Paris",
    receiver_name="directeur de la CPAM de Lille-Douai",
    receiver_body=Body.CPAM,
    informed_name="président du conseil départemental de l'ordre des médecins du Nord",
    person="Léa FICTIVE",
    professional="Camille EXEMPLE-DURAND, cardiologue, Lille",
    files=(("sms-secretariat.jpg", 2_130_000), ("devis.pdf", 402_000)),
    fingerprint="9f3a22c1" * 8,
    commitment="0b5a5e1d" * 8,
    deadlines=(("réunion de conciliation", date(2026, 6, 3)),),
    acknowledged_by=date(2026, 3, 11),
    public_address="https://saisine.exemple.fr",
    form="2026-11",
)
ALWAYS = "0f28b304911b7b4d9f8b319ec626d801630a0d4e474081e9820269218e75cb6e"
"""SHA-256 of the file of SENT. It changes only with the layout, the words, the fonts or the version of typst."""


def opened(recepisse):
    return pikepdf.open(BytesIO(make_pdf(recepisse)))


def letters(font):
    """Read which text each glyph of a font stands for."""
    cmap = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-f]+)>\s*<([0-9a-f]*)>", block, re.IGNORECASE):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def text_of(recepisse):
    """Read the words back, in the order in which they are written, without spaces."""
    words = []
    for page in opened(recepisse).pages:
        known, font = {name: letters(one) for name, one in page.Resources.Font.items()}, ""
        for step in pikepdf.parse_content_stream(page):
            operands, operator = step.operands, step.operator
            if str(operator) == "Tf":
                font = str(operands[0])
            shown = operands[0] if str(operator) == "TJ" else operands if str(operator) == "Tj" else ()
            for part in (bytes(one) for one in shown if isinstance(one, pikepdf.String)):
                words += [known[font].get(int.from_bytes(part[i : i + 2]), "") for i in range(0, len(part), 2)]
    return bare("".join(words))


def bare(text):
    return re.sub(r"[\s\u200b]", "", text)


def test_the_same_values_give_the_same_bytes():
    assert make_pdf(SENT) == make_pdf(replace(SENT))
    assert hashlib.sha256(make_pdf(SENT)).hexdigest() == ALWAYS


@pytest.mark.parametrize(("zone", "words"), [("Pacific/Auckland", "C"), ("America/Cayenne", "ar_EG.UTF-8")])
def test_another_machine_gives_the_same_bytes(tmp_path, zone, words):
    script = "import hashlib, tests.rules.test_recepisse as t; print(hashlib.sha256(t.make_pdf(t.SENT)).hexdigest())"
    elsewhere = {**os.environ, "TZ": zone, "LC_ALL": words, "LANG": words, "HOME": str(tmp_path)}
    elsewhere |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=elsewhere, capture_output=True, check=True)
    assert done.stdout.decode().strip() == ALWAYS


def test_the_offset_in_which_the_instant_is_written_changes_nothing():
    elsewhere = SENT.received_at.astimezone(timezone(timedelta(hours=-9)))
    assert make_pdf(replace(SENT, received_at=elsewhere)) == make_pdf(SENT)


def test_an_hour_without_its_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        make_pdf(replace(SENT, received_at=datetime(2026, 3, 3, 21, 41)))  # noqa: DTZ001


def test_it_is_an_accessible_archive():
    pdf = opened(SENT)
    assert pdf.Root.Lang == "fr-FR"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Récépissé de dépôt d’une plainte – SA-2026-7KM4-Q9TR"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["xmp:CreateDate"].startswith("2026-03-03T21:41:07")


def kinds(element):
    """Walk the structure that a screen reader follows."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from kinds(one)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from kinds(element.K)


def test_its_structure_has_headings_and_tables_with_headers():
    pdf = opened(SENT)
    found = list(kinds(pdf.Root.StructTreeRoot.K))
    assert found.count("/H1") == 1
    assert found.count("/H2") == 5
    assert found.count("/Table") == 2
    assert found.count("/TH") == 4
    assert "/Figure" not in found  # the drawing says nothing, and needs no words


def test_it_fits_on_one_page():
    assert len(opened(SENT).pages) == 1


def test_it_says_what_was_received_when_and_by_whom():
    text = text_of(SENT)
    for said in (
        "Récépissé de dépôt d’une plainte",
        "Numéro SA-2026-7KM4-Q9TR",
        "Reçue le mardi 3 mars 2026 à 22:41:07 (UTC+01:00)",
        "Directeur de la CPAM de Lille-Douai",
        "Téléphone : appelez le 36 46 (Assurance Maladie)",
        "Président du conseil départemental de l’ordre des médecins du Nord",
        "La date de réception ci-dessus est enregistrée par le service.",
        "Léa FICTIVE",
        "Camille EXEMPLE-DURAND, cardiologue, Lille",
        "sms-secretariat.jpg 2,1 Mo",
        "devis.pdf 402 Ko",
        "mercredi 3 juin 2026 Réunion de conciliation",
        "un autre document : il vous sera envoyé au plus tard le mercredi 11 mars 2026.",
        "9f3a 22c1 9f3a 22c1",
        "Ce document ne contient pas le récit de la plainte.",
        "https://saisine.exemple.fr/reprendre",
        "Page 1 sur 1",
    ):
        assert bare(said) in text
    assert "Heuredulieu" not in text


def test_it_claims_nothing_that_no_provider_vouches_for():
    assert not re.search("qualifi|certifi", text_of(SENT), re.IGNORECASE)


def test_it_cannot_be_given_a_story_a_motive_or_a_code():
    assert {field.name for field in fields(Recepisse)} == {
        *("number", "received_at", "zone", "fingerprint", "commitment", "deadlines", "acknowledged_by"),
        *("receiver_name", "receiver_body", "receiver_address", "receiver_phone", "receiver_email", "informed_name"),
        *("person", "represented", "filer_role", "association", "filed_by", "professional", "files", "form"),
        *("public_address", "key", "stamp", "check_link", "own_caisse", "recorded"),
    }


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Martinique", "Heure du lieu : mardi 3 mars 2026 à 17:41:07 (UTC-04:00)"),
        ("Indian/Reunion", "Heure du lieu : mercredi 4 mars 2026 à 01:41:07 (UTC+04:00)"),
        ("Pacific/Noumea", "Heure du lieu : mercredi 4 mars 2026 à 08:41:07 (UTC+11:00)"),
    ],
)
def test_overseas_the_hour_of_the_place_stands_beside_that_of_paris(zone, said):
    text = text_of(replace(SENT, zone=zone))
    assert bare("Reçue le mardi 3 mars 2026 à 22:41:07 (UTC+01:00)") in text
    assert bare(said) in text


@pytest.mark.parametrize(
    ("changed", "said", "unsaid"),
    [
        ({"receiver_body": Body.ORDRE}, "Adresse et téléphone : sur le site de l’ordre", "36 46"),
        (
            {"receiver_body": Body.ORDRE, "receiver_phone": "03 20 00 00 00"},
            "Adresse : sur le site de l’ordre",
            "36 46",
        ),
        ({"receiver_body": Body.UNKNOWN}, "le 36 46 pour une CPAM, ou sur le site de l’ordre", "appelez"),
        ({"receiver_phone": "03 20 00 00 00"}, "Téléphone : 03 20 00 00 00", "appelez le 36 46"),
        ({"receiver_address": ("2 rue d'Iéna", "59000 Lille")}, "2 rue d'Iéna 59000 Lille", "ameli.fr"),
        ({"receiver_email": "accueil@exemple.fr"}, "E-mail : accueil@exemple.fr", "site de l’ordre"),
        ({"receiver_name": "", "informed_name": ""}, "Nous cherchons la bonne autorité.", "36 46"),
        ({"informed_name": ""}, "Directeur de la CPAM", "Informé aussi"),
        ({"represented": "Noé FICTIVE"}, "Personne représentée Noé FICTIVE", "Qualité"),
        ({"filer_role": "parent"}, "Qualité Parent", "Personne représentée"),
        ({"files": ()}, "Aucun fichier.", "Taille"),
        ({"acknowledged_by": None}, "il vous sera envoyé plus tard.", "11 mars"),
        ({"public_address": ""}, "le récit de la plainte.", "reprendre"),
    ],
)
def test_it_says_what_is_known_and_how_to_get_the_rest(changed, said, unsaid):
    text = text_of(replace(SENT, **changed))
    assert bare(said) in text
    assert bare(unsaid) not in text


@pytest.mark.parametrize(
    "typed",
    [
        '#import "/etc/passwd": *',
        '#panic("dehors")',
        "#read(sys.inputs.data)",
        "$ x^2 $ *gras* _italique_ = Titre",
        '"); #pagebreak(); ("',
        "<étiquette> @renvoi \\ // /* */ `code`",
        "{n} {total} {day} {address}",
        "O'Brien-N’Guessan « Titi » & <b>Fils</b>",
    ],
)
def test_what_people_type_is_never_an_instruction(typed):
    given = replace(SENT, person=typed, professional=typed, files=((typed, 1),), receiver_address=(typed,))
    assert text_of(given).count(bare(typed)) == 4
    assert len(opened(given).pages) == 1


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b\x07c", "abc"),
        ("\u202eEugolorDrac\u202c", "EugolorDrac"),  # a mark that turns the reading direction
        ("a\n\n=b\tc", "a =b c"),
        ("e\u0301", "é"),
        ("\ud800", MISSING),
        ("王小明", MISSING * 3),
        ("photo 🙂.jpg", f"photo {MISSING}.jpg"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_is_made_fit_for_print(typed, printed):
    assert clean(typed, drawable()) == printed
    assert make_pdf(replace(SENT, person=typed)).startswith(b"%PDF-1.7")


def test_a_character_that_no_font_draws_is_said():
    assert bare("Ce document ne peut pas écrire certains caractères") in text_of(replace(SENT, person="王小明 Wang"))
    assert "certainscaractères" not in text_of(SENT)


def test_marks_piled_up_without_a_letter_do_not_stop_the_recepisse():
    text = text_of(replace(SENT, person="Zoé \u06f8\u0700\u06eb\u0721"))
    assert "Zoé" in text
    assert "SA-2026-7KM4-Q9TR" in text


def test_every_character_announced_is_drawn():
    everything = " ".join(chr(code) for code in sorted(drawable()))
    assert module._compile(replace(SENT, person=everything), drawable())


@pytest.mark.parametrize(
    "name", ["أمينة بنت محمد", "מרים", "Ամինա", "მარიამი", "আমিনা", "தமிழ்", "Ελένη", "Олександра", "ⴰⵎⵉⵏⴰ", "Nguyễn"]
)
def test_names_are_written_in_their_own_script(name):
    assert MISSING not in clean(name, drawable())
    assert module._compile(replace(SENT, person=name), drawable())


def test_twenty_files_with_long_names_go_on_to_the_next_pages():
    long = tuple((f"{i:02}" + "W" * 498, 15_000_000) for i in range(20))
    given = replace(SENT, person="W" * 500, professional="É" * 500, files=long)
    count = len(opened(given).pages)
    assert count > 1
    text = text_of(given)
    assert f"Page{count}sur{count}" in text
    assert text.count("15Mo") == 20


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (999, "999 octets"),
        (1000, "1 Ko"),
        (402_400, "402 Ko"),
        (999_600, "1 Mo"),
        (2_130_000, "2,1 Mo"),
        (15_728_640, "15,7 Mo"),
        (100_000_000, "100 Mo"),
    ],
)
def test_sizes_are_written_as_french_people_read_them(size, said):
    assert size_text(size) == said.replace(" ", "\u00a0")


def test_the_fonts_are_the_ones_whose_licence_was_read():
    noted = dict(re.findall(r"\| `(\S+\.ttf)` \|.*`([0-9a-f]{64})` \|", (FONTS / "README.md").read_text()))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")} == noted
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 3_000_000


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", ["1 octet", "2 octets", "5 octets"]),
        ("en", ["1 byte", "2 bytes", "5 bytes"]),
        ("ru", ["1 байт", "2 байта", "5 байт"]),
        ("ro", ["1 octet", "2 octeți", "5 octeți"]),
        ("zh", ["1字节", "2字节", "5字节"]),
    ],
)
def test_bytes_are_counted_as_each_language_counts_them(code, said):
    with in_language(code):
        assert [size_text(n).replace("\u00a0", " ") for n in (1, 2, 5)] == said


def test_another_language_is_not_set_as_french_is():
    with in_language("en"):
        rows = shown(replace(SENT, receiver_name="director: 'Who?' of 'x'"))["sections"][0]["rows"]
    assert rows[0] == ("Received by", ["Director: 'Who?' of 'x'", *rows[0][1][1:]])
