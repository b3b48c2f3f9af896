"""The pages of statistics: figures, tables, charts, what is not told, and tables for a spreadsheet."""

import csv
import io
import itertools

import pytest

from app.counters import service as counters
from app.counters.rules import StatisticsRecord
from tests.cast import send, sign_in
from tests.support.html import Page
from tests.support.pdf import bare, faults, text_of

HERE = "/agent/statistiques"
NUMBERS = itertools.count()
COUNTRY = "/administration/statistiques"


def count(portal, many, *codes, authority="595", month="2026-02", profession="10", town="59350"):
    """Count some complaints that were never written."""
    with portal.database.write() as session:
        for _ in range(many):
            number = f"INVENTE-{next(NUMBERS)}"
            kept = (f"profession|{profession}", "canal|patient", *codes)
            counters.count(session, portal.keyring, number, StatisticsRecord(authority, month, profession, town, kept))


@pytest.fixture
def clerk(client, portal):
    sign_in(client, portal, "595")
    return client


@pytest.fixture
def admin(client, portal):
    sign_in(client, portal, "", "Ada Imaginaire", "admin")
    return client


def table(client, code, where=HERE, **asked):
    answer = client.get(f"{where}/{code}.csv", params=asked)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_an_authority_reads_its_own_numbers_as_they_are_zeros_too(client, portal):
    send(client)
    sign_in(client, portal, "595")
    page = client.page(HERE)
    assert "1 plainte reçue en 2026." in page.text
    assert "Chiffres exacts, pour votre service." in page.text
    rows = dict(table(client, "mois")[1:])
    assert (rows["mars"], rows["janvier"]) == ("1", "0")
    assert "moins de 5" not in page.text


def test_fewer_than_five_complaints_of_the_country_tell_nothing(admin, portal):
    count(portal, 4)
    page = admin.page(COUNTRY)
    assert "Moins de 5 plaintes correspondent" in page.text
    assert 'class="chart' not in admin.get(COUNTRY).text
    rows = table(admin, "mois", COUNTRY)
    assert rows[0] == ["Mois", "Plaintes"]
    assert {row[1] for row in rows[1:]} == {"moins de 5"}


def test_no_complaint_is_told_as_none(clerk, portal):
    assert "Aucune plainte ne correspond." in clerk.page(HERE).text
    assert {row[1] for row in table(clerk, "mois")[1:]} == {"0"}


def test_each_figure_has_a_table_and_a_chart_that_says_its_name(clerk, portal):
    count(portal, 12, "motif|c2s", "forme|rdv_refuse", "etat|recue", "echeance|D2|tenue", "accuse|3", "reunion|40")
    page = clerk.page(HERE)
    answer = clerk.get(HERE).text
    assert answer.count('<svg class="chart') == answer.count("<table") == 15
    assert answer.count('role="img"') == answer.count("<title id=") == answer.count("<desc id=") == 15
    assert "12 plaintes reçues en 2026." in page.text
    assert "100 % des accusés sont partis en 8 jours." in page.text
    assert "La durée médiane jusqu'à la réunion est de 40 jours." in page.text
    assert ["février", "12"] in table(clerk, "mois")
    assert ["On m’a refusé un rendez-vous", "12"] in table(clerk, "formes")


def test_days_are_told_by_quarters_and_by_classes(clerk, portal):
    for many, days in ((3, 1), (3, 4), (2, 8), (1, 9), (1, 40)):
        count(portal, many, f"accuse|{days}", f"transmission|{days}", f"reunion|{days * 10}")
    page = clerk.page(HERE)
    assert "En jours : un quart des actes jusqu'à 1, la moitié jusqu'à 4, trois quarts jusqu'à 8." in page.text
    expected = [
        ["2 jours ou moins", "3"],
        ["3 à 5 jours", "3"],
        ["6 à 8 jours", "2"],
        ["9 à 15 jours", "1"],
        ["16 à 30 jours", "0"],
        ["Plus de 30 jours", "1"],
    ]
    assert table(clerk, "jours-accuse")[1:] == table(clerk, "jours-transmission")[1:] == expected
    assert [row[1] for row in table(clerk, "jours-reunion")[1:]] == ["3", "3", "3", "0", "0", "1"]


def test_a_year_is_read_beside_those_before_it(clerk, portal):
    count(portal, 3, "accuse|3", "echeance|D2|tenue", "reunion|40")
    count(portal, 2, "accuse|12", "echeance|D2|retard", "reunion|90", month="2025-06")
    count(portal, 2, "echeance|D2|tenue", month="2025-07")
    assert table(clerk, "annees")[1:] == [["2026", "3"], ["2025", "4"]]
    assert table(clerk, "annees-accuses")[1:] == [["2026", "100 %"], ["2025", "50 %"]]
    assert table(clerk, "annees-reunions")[1:] == [["2026", "40 jours"], ["2025", "90 jours"]]
    assert table(clerk, "annees", annee="2025")[1:] == [["2025", "4"]]


def test_a_table_of_the_page_and_its_file_say_the_same(admin, portal):
    count(portal, 30, "motif|c2s", "etat|transmise")
    count(portal, 3, "motif|ame", "etat|recue", month="2026-01")
    link = admin.page(COUNTRY).links["Télécharger ce tableau (CSV) : Motifs"]
    rows = dict(table(admin, "motifs", COUNTRY)[1:])
    assert link == f"{COUNTRY}/motifs.csv?annee=2026"
    assert rows["J’ai l’aide médicale de l’État (AME)"] == "moins de 5"
    assert rows["J’ai la Complémentaire santé solidaire (C2S)"] == "30"


def test_a_total_less_the_others_gives_no_small_number(admin, portal):
    count(portal, 30, "etat|transmise")
    count(portal, 3, "etat|recue", month="2026-01")
    months = dict(table(admin, "mois", COUNTRY)[1:])
    assert months["janvier"] == "moins de 5"
    assert months["février"] != "30"
    assert months["février"].startswith("de ")


def test_a_filter_gives_no_small_number_of_the_others(admin, portal):
    count(portal, 30, "motif|c2s")
    count(portal, 3, "motif|c2s", profession="40")
    page = admin.page(f"{COUNTRY}?annee=2026&profession=10")
    assert "30 plaintes reçues" not in page.text
    assert "Moins de 5 plaintes correspondent" in admin.page(f"{COUNTRY}?annee=2026&profession=40").text
    count(portal, 20, "motif|ame", profession="40")
    assert "30 plaintes reçues en 2026." in admin.page(f"{COUNTRY}?annee=2026&profession=10").text
    assert dict(table(admin, "motifs", COUNTRY, annee="2026", profession="10")[1:])[
        "J’ai la Complémentaire santé solidaire (C2S)"
    ].startswith("de ")


def test_a_town_is_found_by_its_name_or_its_postal_code(clerk, portal):
    count(portal, 9)
    count(portal, 8, town="59512")
    for asked in ("Lille", "59000", "lille"):
        assert "9 plaintes reçues en 2026." in clerk.page(f"{HERE}?ville={asked}").text
    assert "8 plaintes reçues en 2026." in clerk.page(f"{HERE}?ville=Roubaix").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ville=Zzzzz", "Nous ne trouvons pas cette ville. Essayez avec le code postal."),
        (
            "ville=Saint-Martin",
            "Plusieurs villes peuvent répondre à ce nom. Écrivez le nom entier avec le code postal.",
        ),
        ("annee=1999", "Choisissez une année de la liste."),
        ("annee=%C2%B2026", "Choisissez une année de la liste."),
        ("profession=zz", "Choisissez une profession de la liste."),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(clerk, asked, said):
    answer = clerk.get(f"{HERE}?{asked}")
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    assert clerk.get(f"{HERE}/mois.csv?{asked}").status_code == 422


def test_an_unknown_table_does_not_exist(clerk):
    assert clerk.get(f"{HERE}/zzz.csv").status_code == 404


def test_each_authority_reads_its_own_figures(client, portal):
    count(portal, 9)
    count(portal, 7, authority="597")
    sign_in(client, portal, "597", "Noé Fictif")
    assert "7 plaintes reçues en 2026." in client.page(HERE).text
    assert client.get(COUNTRY).status_code == 404


def test_the_administrator_reads_those_of_the_country(admin, portal):
    count(portal, 9)
    count(portal, 7, authority="597")
    page = admin.page(COUNTRY)
    assert "16 plaintes reçues en 2026." in page.text
    assert "Toute la France" in page.text
    assert ["février", "16"] in table(admin, "mois", COUNTRY)
    assert admin.get(HERE).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "admin"])
def test_the_yearly_report_is_a_page_and_a_file(request, who, portal):
    browser, where = request.getfixturevalue(who), HERE if who == "clerk" else COUNTRY
    count(portal, 12, "issue|retrait", "echeance|D2|tenue", "echeance|D9|tenue", "chambre", "carence|sanction")
    count(portal, 7, month="2025-06")
    page = browser.page(browser.page(where).links["Bilan annuel"])
    assert "Bilan annuel 2026" in page.text
    assert "Plaintes transmises à la chambre disciplinaire 12" in page.text
    assert "Accord : la plainte est retirée 12" in page.text
    pdf = browser.get(page.links["Télécharger le bilan (PDF)"]).content
    assert bare("Bilan annuel 2026") in text_of(pdf)
    assert faults(pdf) == []
    assert "Bilan annuel 2025" in browser.page(page.links["2025"]).text
    for year in ("1999", "99999999", "x"):
        for asked in ("bilan", "bilan.pdf", "motifs.csv"):
            answer = browser.get(f"{where}/{asked}?annee={year}")
            assert answer.status_code == 422
            assert "Choisissez une année de la liste." in Page(answer.text).text


def test_the_report_has_a_version_to_publish(clerk, portal):
    count(portal, 12, "motif|c2s")
    count(portal, 2, "motif|ame", month="2026-01")
    own = clerk.page(f"{HERE}/bilan")
    assert "Plaintes reçues dans l'année" in own.text
    assert "Ne les publiez pas" in own.text
    public = clerk.page(own.links["Version à publier, sans les petits nombres"])
    assert "moins de 5" in public.text
    assert "moins de 5" not in own.text
    for page, hides in ((own, False), (public, True)):
        told = text_of(clerk.get(page.links["Télécharger le bilan (PDF)"]).content)
        assert (bare("moins de 5") in told) is hides
        assert bare("Plaintes reçues dans l’année") in told
    assert "Ne les publiez pas" in clerk.page(public.links["Version de votre service, avec les chiffres exacts"]).text


def test_a_report_of_few_complaints_says_so(clerk, portal):
    assert "Aucune plainte reçue." in clerk.page(f"{HERE}/bilan").text
    count(portal, 4)
    public = f"{HERE}/bilan?version=publique"
    assert "Moins de 5 plaintes reçues" in clerk.page(public).text
    assert bare("Moins de 5 plaintes reçues") in text_of(clerk.get(public.replace("bilan", "bilan.pdf")).content)
