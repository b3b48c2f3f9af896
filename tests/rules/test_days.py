"""A date typed in three fields."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from app.acts.order import First
from app.base.forms.date_words import day_said, month_number
from app.base.forms.dates import FULL_YEAR, Date, PartErrors, typed_day
from app.base.forms.form import inputs, parse, widgets
from app.base.forms.shown import Form
from app.base.forms.shown_version import rows
from app.base.forms.typed import typed_again
from app.base.i18n import LANGUAGES
from app.conciliation.chamber.inaction import Director
from app.intake.desk.act_dates import AFTER
from app.saisine.steps.facts import TODAY
from app.saisine.steps.persons import RefusedPerson
from app.saisine.steps.when import When, said_day

NO_SUCH_DAY = "Cette date n'existe pas. Vérifiez le jour et le mois."
IN_DIGITS = "Écrivez le jour avec des chiffres, par exemple 27."
NO_MONTH_NOR_YEAR = {"date_mois": "Il manque le mois.", "date_annee": "Il manque l'année."}
KNOWN = {TODAY: date(2026, 3, 3)}


def when(day, month, year, known=None):
    typed = {"date_precision": ["exacte"], "date_jour": [day], "date_mois": [month], "date_annee": [year]}
    found = parse(When, typed, known or KNOWN)
    return found.values or said_beside(When, typed, found.errors)


def said_beside(model, typed, errors):
    """Give what is said beside each input, as the summary of the page links to it."""
    form = Form(model, typed, translate=str, hidden={}, mistakes=errors)
    return {one.target: one.text for one in form.errors}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("27", "2", "2026"), date(2026, 2, 27)),
        (("1er", "01", "1900"), date(1900, 1, 1)),
        ((" 3 ", "mars", "2026"), date(2026, 3, 3)),
        (("29", "fév", "2024"), date(2024, 2, 29)),
        (("29", "FEV.", "2024"), date(2024, 2, 29)),
        (("31", "décembre", "2025"), date(2025, 12, 31)),
        (("14", "juil.", "2025"), date(2025, 7, 14)),
        (("15", "aout", "2025"), date(2025, 8, 15)),
        (("27/02/2026", "", ""), date(2026, 2, 27)),
        (("27.2.2026", "", ""), date(2026, 2, 27)),
        (("27022026", "", ""), date(2026, 2, 27)),
        (("٢٧٠٢٢٠٢٦", "", ""), date(2026, 2, 27)),
        (("27/2/2026 à 14h", "", ""), date(2026, 2, 27)),
        (("27 février 2026, vers 9 h 30", "", ""), date(2026, 2, 27)),
        (("", "", "2026-02-27"), date(2026, 2, 27)),
        (("le 1er mars 2026", "", ""), date(2026, 3, 1)),
        (("Vendredi 27 février 2026", "", ""), date(2026, 2, 27)),
        (("\u200e27 févr. 2026\u200e", "", ""), date(2026, 2, 27)),
        (("27 février", "", "2026"), date(2026, 2, 27)),
        (("27/02", "", "2026"), date(2026, 2, 27)),
        (("27", "février 2026", ""), date(2026, 2, 27)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed, meant):
    assert when(*typed).date == meant


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *(("hier", "2"), ("Aujourd\u2019hui", "3"), ("avant-hier", "1"), (" HIER ", "2")),
        *(("Il y a 2 jours", "1"), ("il y a 1 jour", "2"), ("2 days ago", "1"), ("há 2 dias", "1"), ("2天前", "1")),
        *(("Ayer", "2"), ("astazi", "3"), ("dün", "2"), ("позавчера", "1"), ("أمس", "2"), ("昨天", "2")),
    ],
)
def test_a_day_said_in_words_is_written_in_the_inputs(typed, day):
    written = {"date_jour": [day], "date_mois": ["3"], "date_annee": ["2026"]}
    fields, today = widgets(When), KNOWN[TODAY]
    assert said_day(fields, {"date_precision": ["exacte"], "date_jour": [typed]}, today) == written
    about = {"date_precision": ["approx"], "date_approx": [typed]}
    assert said_day(fields, about, today) == {**written, "date_precision": ["exacte"], "date_approx": []}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_month_is_read_in_each_language_of_the_form(code):
    for context in ("format", "stand-alone"):
        names = get_month_names("wide", context, LANGUAGES[code].locale)
        assert {name: month_number(name) for name in names.values()} == {name: n for n, name in names.items()}


@pytest.mark.parametrize(
    ("typed", "n"), [("جانفي", 1), ("شباط", 2), ("févr.", 2), ("SEPT", 9), ("mai", 5), ("Mart", 3)]
)
def test_a_month_is_read_cut_short_and_as_another_country_names_it(typed, n):
    assert month_number(typed) == n


@pytest.mark.parametrize("typed", ["mi-février", "hier ou avant-hier", "27", "lundi dernier", "il y a 8 jours"])
def test_a_day_that_is_not_said_is_left_as_typed(typed):
    assert said_day(widgets(When), {"date_jour": [typed], "date_mois": ["2"]}, KNOWN[TODAY]) == {}
    assert said_day(widgets(When), {"date_precision": ["approx"], "date_approx": [typed]}, KNOWN[TODAY]) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("31022026", "", ""), {"date_jour": NO_SUCH_DAY}),
        (("27/02/26", "", ""), {"date_annee": "Écrivez l'année avec 4 chiffres, par exemple 2026."}),
        (("31/02/2026", "", ""), {"date_jour": NO_SUCH_DAY}),
        (("", "", " "), {"date_jour": "Écrivez la date."}),
        (("", "2", "2026"), {"date_jour": "Il manque le jour."}),
        (("27", "", "2026"), {"date_mois": "Il manque le mois."}),
        (("27", "2", ""), {"date_annee": "Il manque l'année."}),
        (("le 27 février", "", ""), {"date_annee": "Il manque l'année."}),
        (("le 31 février", "", ""), {"date_jour": NO_SUCH_DAY, "date_annee": "Il manque l'année."}),
        (("31", "2", ""), {"date_jour": NO_SUCH_DAY, "date_annee": "Il manque l'année."}),
        (("29 février", "", "2025"), {"date_jour": NO_SUCH_DAY}),
        (("lundi dernier", "", ""), {"date_jour": IN_DIGITS, **NO_MONTH_NOR_YEAR}),
        (("il y a 8 jours", "", ""), {"date_jour": IN_DIGITS, **NO_MONTH_NOR_YEAR}),
        (("vendredi", "2", "2026"), {"date_jour": IN_DIGITS}),
        (("", "2", ""), {"date_jour": "Il manque le jour.", "date_annee": "Il manque l'année."}),
        (("", "2", "26"), {"date_jour": "Il manque le jour."}),
        (("30", "2", "2025"), {"date_jour": NO_SUCH_DAY}),
        (("3", "ju", "2025"), {"date_jour": NO_SUCH_DAY}),
        (("3", "brumaire", "2025"), {"date_jour": NO_SUCH_DAY}),
        (("4", "3", "2026"), {"date_jour": "Cette date n'est pas encore passée."}),
        (("4", "3", "26"), {"date_annee": "Écrivez l'année avec 4 chiffres, par exemple 2026."}),
        (("4", "3", "1899"), {"date_annee": "Écrivez l'année avec 4 chiffres, par exemple 2026."}),
        (("4", "3", "2O26"), {"date_annee": "Écrivez l'année avec 4 chiffres, par exemple 2026."}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed, said):
    assert when(*typed) == said


@given(st.dates(date(1900, 1, 1), date(2026, 3, 3)))
def test_every_past_day_is_accepted(day):
    assert when(str(day.day), str(day.month), str(day.year)).date == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_typed_as_it_is_read(day):
    assert Date().take("x", typed_day("x", day)) == day


@given(st.text(max_size=10), st.text(max_size=10), st.text(max_size=10))
def test_anything_typed_gives_a_day_or_a_sentence(day, month, year):
    assert when(day, month, year)


def test_a_date_is_one_field_and_three_inputs():
    assert inputs(When) == (
        *("date_precision", "date_jour", "date_mois", "date_annee"),
        *("date_approx", "date_plusieurs"),
    )
    typed = {"date_jour": ["27"], "date_mois": ["févrie"], "date_annee": ["26"]}
    form = Form(When, typed, translate=str, hidden={})
    assert [(one.name, one.value, one.label) for one in form["date"].parts] == [
        ("date_jour", "27", "Jour"),
        ("date_mois", "févrie", "Mois"),
        ("date_annee", "26", "Année"),
    ]


def test_a_date_is_shown_again_as_one_answer():
    typed = {"date_precision": ["exacte"], "date_jour": ["27"], "date_mois": ["févrie"], "date_annee": ["26"]}
    assert ("Date", "27 févrie 26") in typed_again([When], typed, str)
    kept = Form(When, typed, translate=str, hidden={})
    assert list(rows(kept, {**typed, "date_annee": ["2026"]})) == [{"key": "Date", "value": "27 févrie 26"}]
    assert list(rows(kept, typed)) == []


def test_two_wrong_dates_are_told_at_once():
    wrong = {"jour": ["30"], "mois": ["2"], "annee": ["2026"]}
    dates = {f"{name}_{part}": said for name in ("decision_le", "ordre_informe_le") for part, said in wrong.items()}
    typed = {"suite": ["sanction"], **dates}
    errors = parse(Director, typed, {TODAY: date(2026, 3, 3), AFTER: First(date(2026, 2, 1), "{day}")}).errors
    assert list(said_beside(Director, typed, errors)) == ["decision_le_jour", "ordre_informe_le_jour"]


def test_a_month_cut_too_short_is_not_guessed():
    with pytest.raises(ValueError, match="ma"):
        month_number("ma")
    with pytest.raises(ValueError, match="jui"):
        month_number("jui")


@pytest.mark.parametrize(
    ("born", "is_child"),
    [
        (("4", "3", "2008"), True),  # eighteen tomorrow
        (("3", "3", "2008"), False),  # eighteen today
        (("1", "1", "1990"), False),
    ],
)
def test_an_adult_complains_in_their_own_name(born, is_child):
    typed = {"pers_prenom": ["Ida"], "pers_nom": ["Inventée"]}
    typed |= dict(
        zip(("pers_naissance_jour", "pers_naissance_mois", "pers_naissance_annee"), ([b] for b in born), strict=True)
    )
    found = parse(RefusedPerson, typed, {**KNOWN, "qualite": "enfant"})
    assert (found.values is not None) == is_child
    if not is_child:
        said = said_beside(RefusedPerson, typed, found.errors)
        assert list(said) == ["pers_naissance_annee"]
        assert "18 ans ou plus" in said["pers_naissance_annee"]


def test_the_birth_of_an_adult_is_never_asked():
    assert parse(RefusedPerson, {"pers_prenom": ["Tom"], "pers_nom": ["Fictif"]}, {**KNOWN, "qualite": "avocat"}).values


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(["", " ", ""], None), (["9", "1", "2027"], date(2027, 1, 9))],
)
def test_an_optional_day_may_be_left_empty_whole(typed, expected):
    assert Date(optional=True).read(typed) == expected


def test_an_optional_day_that_is_begun_is_asked_whole():
    with pytest.raises(PartErrors) as wrong:
        Date(optional=True).read(["9", "", "2027"])
    assert set(wrong.value.parts) == {"mois"}


WRITTEN_WAYS = [(code, way) for code in LANGUAGES for way in ("full", "long", "medium", "short")]


@pytest.mark.parametrize(("code", "way"), WRITTEN_WAYS)
def test_a_day_as_each_language_writes_it_is_read_back(code, way):
    """Pasted whole in one input, whatever its order and its words; but a year of two digits is asked in full."""
    for day in (date(2026, 11, 20), date(2026, 3, 3), date(2025, 5, 31), date(2024, 2, 29)):
        text = format_date(day, way, locale=LANGUAGES[code].locale)
        if str(day.year) in text:
            assert Date(label="").read([text, "", ""]) == day, text
        else:
            with pytest.raises(PartErrors) as told:
                Date(label="").read([text, "", ""])
            assert told.value.parts["annee"].message == FULL_YEAR


@pytest.mark.parametrize(
    "text",
    [
        *("le 20 novembre 2026", "20th of November 2026", "Fri 20 Nov 2026", "mar 3 mars 2026", "depuis le 3/3/2026"),
        *("٢٠ نوفمبر ٢٠٢٦", "2026 nov 20", "2026.11.20.", "20 - 11 - 2026"),
    ],
)
def test_a_day_as_people_write_it_is_read(text):
    assert Date(label="").read(["", text, ""]) in {date(2026, 11, 20), date(2026, 3, 3)}


@pytest.mark.parametrize(
    "text",
    [
        *("20 bananes 2026", "20 novembre mars 2026", "novembre 20 mars 2026", "mars 20 11 2026"),
        *("20 11 2026 14", "11 2026", "de" * 300),
    ],
)
def test_what_is_not_one_whole_day_is_asked_again(text):
    with pytest.raises(PartErrors):
        Date(label="").read([text, "", ""])


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        *(("hier soir", 1), ("Hier matin", 1), ("avant-hier après-midi", 2), ("yesterday evening", 1)),
        *(
            ("hier à 14h", 1),
            ("Hier vers 9 h 30", 1),
            ("avant-hier 14:30", 2),
            ("ce matin", 0),
            ("Ce soir.", 0),
            ("ce", None),
        ),
        *(("à 14h", None), ("14h", None)),
        *(("aujourd’hui", 0), ("hier encore", None), ("hier hier", None), ("soir", None), ("27", None)),
    ],
)
def test_a_part_of_the_day_may_follow_the_day_that_is_said(text, ago):
    today = date(2026, 3, 3)
    assert day_said(text, today) == (None if ago is None else today - timedelta(days=ago))
