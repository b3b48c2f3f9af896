"""The mandate to sign: one page whatever is written in it, tagged, ticked as the form is, nothing invented."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from app.associations.mandate_text import BLANK, ExpressMandate
from app.base.i18n import translate
from app.filing.documents.mandate_paper import MandatePaper, make_pdf
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.mandate import MandateScope
from tests.rules.test_mandate_text import THIRD, WHOLE
from tests.support.pdf import bare, elements, faults, opened, text_of

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
LINK = "https://saisine.exemple.fr/saisine/A1B2C3D4/mandat"
FOOT_POINTS = 56
"""Height of the margin that holds the foot of the page: 20 mm."""
SIGNED = replace(WHOLE, powers=tuple((one.label, one is MandateScope.RECEVOIR) for one in MandateScope))
EMPTY = ExpressMandate(powers=tuple((one.label, False) for one in MandateScope))
LONGEST = replace(
    SIGNED,
    person=f"{'Élisabeth-Wilhelmine ' * 5}{'M' * 100}",
    association="Association nationale inventée de soutien " * 5,
    agreement=replace(WHOLE.agreement, number="W" * 40, region="93"),
    professional=f"{'W' * 120}, Physicien médical ou physicienne médicale, {'Ville-Inventée-' * 5}",
    facts=tuple(translate(one.label) for one in RefusalKind),
    when="encore une fois en mars, " * 12,
)
SCRIPTS = {
    "arabic": "أمينة قناري",
    "bengali": "আমিনা কানারি",
    "khmer": "អាមីណា កាណារី",
    "marks": "Z̷̡̛͓͔͚̯͛͊̕a̸̝͋l̴̨̅g̵͖̈́o̸͚͐",
    "chinese": "王小明",
}
CASES = {
    "whole": SIGNED,
    "empty": EMPTY,
    "longest": LONGEST,
    **{name: replace(LONGEST, person=one * 10, professional=one * 10) for name, one in SCRIPTS.items()},
}


def printed(mandate):
    return make_pdf(MandatePaper(mandate, "A1B2C3D4", LINK), AT)


def size_of(content):
    """Give the size in which most words of a page are written, in points."""
    pdf, found, size = opened(content), Counter(), 0.0
    for step in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(step.operator) == "Tf":
            size = float(step.operands[1])
        elif str(step.operator) in {"Tj", "TJ"}:
            found[size] += len(bytes(repr(step.operands), "utf-8"))
    return found.most_common(1)[0][0]


def figures(content):
    pdf = opened(content)  # its elements live as long as it does
    return [str(one.Alt).replace("’", "'") for one in elements(pdf) if str(one.S) == "/Figure"]


def boxes(content):
    """Give each letter of the page with its place: left, bottom, right, top, in points."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    return [(page.get_text_range(n, 1), page.get_charbox(n)) for n in range(page.count_chars())]


@pytest.mark.parametrize("name", CASES)
def test_it_is_one_tagged_page_that_nothing_overflows(name):
    content = printed(CASES[name])
    assert (len(opened(content).pages), faults(content)) == (1, [])
    letters = [(char, place) for char, place in boxes(content) if char.strip()]
    assert all(left > 0 and right < 595 and top < 842 for _, (left, _, right, top) in letters)
    foot = "".join(char for char, (_, bottom, _, _) in letters if bottom < FOOT_POINTS)
    assert foot == "Référence:A1B2-C3D4Page1sur1"
    assert bare("A1B2-C3D4") in text_of(content).removesuffix(foot)


def test_it_is_in_twelve_points_and_smaller_only_when_it_must_be():
    assert size_of(printed(SIGNED)) == size_of(printed(EMPTY)) == 12
    assert 9 <= size_of(printed(LONGEST)) < 12


@pytest.mark.parametrize("mandate", [SIGNED, LONGEST])
def test_all_that_is_known_is_printed(mandate):
    said = text_of(printed(mandate)).replace("’", "'")
    known = (mandate.person, mandate.association, mandate.agreement.number, mandate.professional, mandate.when)
    for one in (*known, *mandate.facts, *(label for label, _ in mandate.powers)):
        assert bare(one).replace("’", "'") in said
    for sentence in THIRD[-6:-1]:
        assert bare(sentence) in said
    assert "Signaturedelapersonne" in said
    assert "samarque,etnom,prénometsignaturedutémoinoudel'interprète" in said


def test_what_is_not_known_is_a_dotted_line():
    assert text_of(printed(EMPTY)).count(BLANK) == 8 + 3  # the giver, the place and the day are written by hand
    assert text_of(printed(SIGNED)).count(BLANK) == 3
    assert text_of(printed(replace(SIGNED, giver="Nora CANARI", quality="mère"))).count(BLANK) == 2


def test_a_box_is_ticked_as_the_form_is_and_says_so():
    assert figures(printed(SIGNED))[:3] == ["Case non cochée", "Case cochée", "Case non cochée"]
    assert figures(printed(EMPTY)) == [
        *["Case non cochée"] * 3,
        "Carré à prendre en photo. Il ouvre la page de ce mandat.",
    ]


@pytest.mark.parametrize(("person", "is_said"), [("王小明", True), ("أمينة قناري", False), ("Amina", False)])
def test_what_cannot_be_printed_is_to_be_written_by_hand(person, is_said):
    said = text_of(printed(replace(SIGNED, person=person)))
    assert ("Écrivez-lesàlamain" in said) is is_said


def test_the_square_holds_the_address_of_the_page():
    other = make_pdf(MandatePaper(SIGNED, "A1B2C3D4", LINK.replace("D4/", "D5/")), AT)
    assert other != printed(SIGNED)


def test_the_same_values_give_the_same_file():
    assert printed(SIGNED) == printed(SIGNED)
    assert printed(SIGNED) != printed(EMPTY)
