"""What people type, and what is read of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.forms.dates import Date
from app.base.forms.fields import FieldError, Widget
from app.base.forms.form import widgets
from app.base.forms.shown import _revealed as revealed
from app.base.forms.typed_text import many_lines, one_line
from app.base.forms.widgets import ACCENTED_EMAIL, NO_LETTER, TOO_LONG, Email, LongText, Name, Phone, Text, Tick
from app.base.i18n import french
from app.followup.contact import ContactDetails
from app.saisine.pages import PAGES
from app.saisine.short_form import COURT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("06 00 00 00 00", "06 00 00 00 00"),
        ("0600000000", "06 00 00 00 00"),
        ("06.00.00.00.00", "06 00 00 00 00"),
        ("06-00-00-00-00", "06 00 00 00 00"),
        ("06\u00a000\u202f00 00 00", "06 00 00 00 00"),
        ("+225 07 00 00 00 00", "+2250700000000"),
        ("+33 6 00 00 00 00", "06 00 00 00 00"),
        ("+33 (0)6 00 00 00 00", "06 00 00 00 00"),
        ("+330600000000", "06 00 00 00 00"),
        ("(+33) 06 00 00 00 00", "06 00 00 00 00"),
        ("0033 6 00 00 00 00", "06 00 00 00 00"),
        ("00 33 600000000", "06 00 00 00 00"),
        ("33 6 00 00 00 00", "06 00 00 00 00"),
        ("600000000", "06 00 00 00 00"),
        ("0032 475 00 00 00", "+32475000000"),
        ("+262 692 00 00 00", "+262692000000"),
        ("0692 00 00 00", "06 92 00 00 00"),
        ("tel:+33600000000", "06 00 00 00 00"),
        ("Tél. : 06 00 00 00 00.", "06 00 00 00 00"),
        ("\u202a06 00 00 00 00\u202c", "06 00 00 00 00"),
        ("06\u201300\u201300\u201300\u201300", "06 00 00 00 00"),
        ("０６００００００００", "06 00 00 00 00"),
        ("٠٦٠٠٠٠٠٠٠٠", "06 00 00 00 00"),
        ("01 00 00 00 00 (poste 12)", "01 00 00 00 00 poste 12"),
        ("0100000000 poste 12", "01 00 00 00 00 poste 12"),
        ("06 00 00 00 00 ou 07 00 00 00 00", "06 00 00 00 00 ou 07 00 00 00 00"),
        ("06 00 00 00 00 / 07 00 00 00 00", "06 00 00 00 00 ou 07 00 00 00 00"),
        ("0600000000/0700000000", "06 00 00 00 00 ou 07 00 00 00 00"),
        ("06/00/00/00/00 / 07/00/00/00/00", "06 00 00 00 00 ou 07 00 00 00 00"),
        ("06 / 00 / 00 / 00 / 00", "06 00 00 00 00"),
        ("O6 OO oo 00 00", "06 00 00 00 00"),
        ("06 00 00 00 00, +32 475 00 00 00", "06 00 00 00 00 ou +32475000000"),
    ],
)
def test_a_number_is_read_however_it_is_spaced(typed, read):
    assert Phone(label="").read([typed]) == read


@pytest.mark.parametrize(
    "typed",
    ["12", "0600", "16 00 00 00 00", "06 00 00 00 0a", "+33", "0600000000; DROP", "3646", "06 00 00 00 00 ou 12"],
)
def test_what_is_not_a_number_is_told(typed):
    with pytest.raises(FieldError) as told:
        Phone(label="").read([typed])
    assert "06 00 00 00 00" in told.value.message


@pytest.mark.parametrize(
    "typed", ["06 00 00 00 00 (maman)", "Maman : 06 00 00 00 00", "06 00 00 00 00 ou 07 00 00 00 00 soir"]
)
def test_what_is_written_beside_a_number_is_told(typed):
    with pytest.raises(FieldError) as told:
        Phone(label="").read([typed])
    assert told.value.message == "Écrivez le numéro seul, sans nom ni autre mot."


@pytest.mark.parametrize(
    "typed",
    [
        *("06 12 34 56 78", "06.12.34.56.78", "0612345678", "612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78"),
        *("0033 06 12 34 56 78", "33 6 12 34 56 78", "01 12 34 56 78 poste 12", "06 12 34 56 78 ou 07 12 34 56 78"),
    ],
)
def test_a_number_that_lacks_a_digit_is_told_and_never_completed(typed):
    """It would be kept as another number, and the person would never be called."""
    number, extension = typed.removesuffix(" poste 12"), " poste 12" * typed.endswith("poste 12")
    assert Phone(label="").read([typed])
    for short in (number[:-1], number[:-2] + number[-1]):
        with pytest.raises(FieldError):
            Phone(label="").read([short + extension])


@pytest.mark.parametrize("typed", ["0000000000", "00 12 34 56 78", "0 0 12 34 56 78", "+1 234 56 78"])
def test_a_number_that_nobody_has_is_told(typed):
    with pytest.raises(FieldError):
        Phone(label="").read([typed])


@pytest.mark.parametrize("typed", ["nom@exemple.fr", " Prenom.Nom@exemple.fr ", "a+b@sous.exemple.fr", "a@exämple.fr"])
def test_an_address_is_accepted(typed):
    assert "@" in Email(label="").read([typed])


@pytest.mark.parametrize("typed", ["nom", "nom@", "@exemple.fr", "nom@exemple", "a b@exemple.fr", "nom@exemple..fr"])
def test_an_incomplete_address_is_told_with_an_example(typed):
    with pytest.raises(FieldError, match=r"nom@exemple\.fr"):
        Email(label="").read([typed])


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u202a", "\u2066", "\u061c"])
@pytest.mark.parametrize(
    ("widget", "typed"),
    [
        (Email(label=""), "nom@exemple.fr"),
        (Phone(label=""), "06 00 00 00 00"),
        (Text(label="", inputmode="numeric"), "59000"),
        (Text(label=""), "Léa Fictive"),
        (LongText(label=""), "Une ligne\nune autre"),
        (Date(), ["2", "mars", "2026"]),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Widget) else "",
)
def test_a_mark_that_nobody_sees_changes_nothing(widget, typed, hidden):
    values = typed if isinstance(typed, list) else [typed]
    marked = [f"{hidden}{one[:1]}{hidden}{one[1:]}{hidden}" for one in values]
    assert widget.read(marked) == widget.read(values)


def test_a_joiner_stays_where_a_script_needs_it():
    assert one_line("می\u200cخواهم\u200c \u200dक्\u200dष") == "می\u200cخواهم क्\u200dष"


@pytest.mark.parametrize("typed", ["o\u2019brien@exemple.fr", "o'brien@exemple.fr", "ｏ＇ｂｒｉｅｎ@exemple.fr"])
def test_an_apostrophe_of_a_keyboard_is_the_plain_one_of_an_address(typed):
    assert Email(label="").read([typed]) == "o'brien@exemple.fr"


@pytest.mark.parametrize(
    "typed",
    [
        *("nom@exemple.fr.", "nom@exemple.fr,", "nom@exemple.fr)", "mailto:nom@exemple.fr", "MAILTO:nom@exemple.fr."),
        *("<nom@exemple.fr>", "‹nom@exemple.fr›", "Zoé Fictive <nom@exemple.fr>;"),
    ],
)
def test_an_address_is_taken_out_of_what_is_copied_with_it(typed):
    assert Email(label="").read([typed]) == "nom@exemple.fr"


@pytest.mark.parametrize("typed", ["...", "<>", "Zoé <nom>", f"{'a' * 65}@exemple.fr", "a@exemple.fr b@exemple.fr"])
def test_what_holds_no_one_address_is_told(typed):
    with pytest.raises(FieldError):
        Email(label="").read([typed])


@pytest.mark.parametrize("typed", ["zoé@exemple.fr", "小明@exemple.fr"])
def test_an_address_that_no_mail_reaches_is_told_at_once(typed):
    with pytest.raises(FieldError) as told:
        Email(label="").read([typed])
    assert told.value.message == ACCENTED_EMAIL


@pytest.mark.parametrize("typed", ["-", "123", "?!", "👋", "\u200b.\u200b"])
def test_a_name_holds_a_letter(typed):
    with pytest.raises(FieldError) as told:
        Name(label="").read([typed])
    assert told.value.message == NO_LETTER


@pytest.mark.parametrize("typed", ["B", "O’Connor", "N'Guyễn", "王小明", "محمد بن علي", "Jean 2"])
def test_a_name_of_any_script_is_read_as_it_is(typed):
    assert Name(label="").read([typed]) == typed


def test_a_line_keeps_no_control_character():
    assert one_line("  Léa\r\nBcc: x\x00\u2028 Fictive ") == "Léa Bcc: x Fictive"


def test_a_story_keeps_its_lines_and_counts_them_once():
    assert many_lines(" a\r\nb\rc\x07 ") == "a\nb\nc"
    assert LongText(label="", longest=3).read(["a\r\nb"]) == "a\nb"


def test_too_long_says_by_how_much():
    with pytest.raises(FieldError) as told:
        Text(label="", longest=5).read(["12345678"])
    assert told.value.message == TOO_LONG
    assert told.value.text(french).startswith("Votre texte est trop long\u00a0: 3 caractères en trop.")


@pytest.mark.parametrize(("n", "says"), [(1, "1 caractère en trop"), (2, "2 caractères"), (19_999, "19\u202f999 car")])
def test_by_how_much_is_said_in_french(n, says):
    with pytest.raises(FieldError) as told:
        Text(label="", longest=5).read(["a" * (5 + n)])
    assert says in told.value.text(str)


@given(st.text())
def test_any_text_is_read_or_told(text):
    for widget in (Text(label="", missing="m"), LongText(label="", missing="m"), Email(label=""), Phone(label="")):
        try:
            read = widget.read([text])
        except FieldError as told:
            read = told.message
        assert isinstance(read, str)


def test_a_box_is_ticked_by_any_value():
    assert Tick(label="").read(["on"]) is True
    assert Tick(label="").read([]) is False


def test_french_is_set_as_printers_do():
    assert french("C'est l'heure : « oui » !") == "C’est l’heure\u00a0: «\u00a0oui\u00a0»\u00a0!"
    assert french("CSP, articles L. 1110-3 et R. 1110-11") == "CSP, articles L.\u00a01110-3 et R.\u00a01110-11"


def drawn(model, name):
    """Give a field, then those that its choices open, in the order of the choices."""
    found, opened = [name], revealed(model)
    values = [option.value for option in widgets(model)[name].options()]
    keys = [(name, value) for value in values] + [key for key in opened if key[0] == name and key[1] not in values]
    for key in keys:
        found += [inner for one in opened.get(key, ()) for inner in drawn(model, one)]
    return found


@pytest.mark.parametrize("model", [*(page.answers for page in PAGES), COURT.answers, ContactDetails])
def test_fields_are_declared_in_the_order_of_the_page(model):
    """The summary of what is wrong follows the declaration, and must follow what is seen."""
    inside = {one for names in revealed(model).values() for one in names}
    page = list(dict.fromkeys(one for name in widgets(model) if name not in inside for one in drawn(model, name)))
    assert page == [name for name in widgets(model) if name in page]
