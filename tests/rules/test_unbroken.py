"""What reads as one word stays on one line in a page, and nothing else is touched."""

import pytest

from app.base.i18n import french, unbroken


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("un rendez-vous", "un rendez\u2011vous"),
        ("Pourquoi a-t-on refusé ?", "Pourquoi a\u2011t\u2011on refusé ?"),
        ("c'est-à-dire", "c'est\u2011à\u2011dire"),
        ("par e-mail, dites-nous", "par e\u2011mail, dites\u2011nous"),
        ("Haute-Corse", "Haute-Corse"),
        ("H7KD-2MPX-9WQ4-VT3R", "H7KD-2MPX-9WQ4-VT3R"),
        ("– un tiret - seul -", "– un tiret - seul -"),
        ('<a class="govuk-link" href="/aide">là-bas</a>', '<a class="govuk-link" href="/aide">là\u2011bas</a>'),
        ("moins de 18 ans, 15 Mo, 30 jours", "moins de 18\u00a0ans, 15\u00a0Mo, 30\u00a0jours"),
        ("3 anses", "3 anses"),
        ("Par exemple 14 h 30", "Par exemple 14\u00a0h\u00a030"),
        ("de 9 h à 17 h.", "de 9\u00a0h à 17\u00a0h."),
        ("22 h 41 min 07", "22\u00a0h\u00a041\u00a0min 07"),
        ("24 h sur 24, à 3 heures", "24\u00a0h sur 24, à 3\u00a0heures"),
        ("4 hôpitaux, un h 30", "4 hôpitaux, un h 30"),
    ],
)
def test_short_words_and_units_are_not_cut(said, shown):
    assert unbroken(said) == shown


def test_what_leaves_a_page_keeps_the_hyphen_of_keyboards():
    assert french("un rendez-vous par e-mail") == "un rendez-vous par e-mail"
