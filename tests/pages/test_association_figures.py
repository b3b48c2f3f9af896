"""« Chiffres » of an association: of its own complaints, for who answers for it; nothing under five is told."""

import pytest

from tests.cast import filed_for, sign_in_member
from tests.pages.test_association_alarms import acknowledge
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
FIGURES, DESK = "/association/chiffres", "/association/plaintes"


@pytest.fixture
def rita(client, portal):
    """Sign in who answers for the association; Mona works there too, and sent five complaints."""
    sign_in_member(client, portal)
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


def table(browser, code, year="2026"):
    text = browser.get(f"{FIGURES}/{code}.csv?annee={year}").content.decode("utf-8-sig")
    return dict(line.split(";") for line in text.splitlines()[1:])


def test_nothing_is_told_of_fewer_than_five(rita, portal):
    for _ in range(4):
        filed_for(portal)
    assert "Moins de 5 plaintes" in rita.page(FIGURES).text
    assert set(table(rita, "mois").values()) == {"moins de 5"}


def test_each_complaint_is_counted_by_month_authority_motive_delay_and_outcome(rita, portal):
    numbers = [filed_for(portal).number for _ in range(5)]
    filed_for(portal, destinataire="ordre")
    for number in numbers:
        acknowledge(portal, number)
    page = rita.page(FIGURES).text
    assert "6 plaintes reçues en 2026." in page.replace("\xa0", " ")
    assert table(rita, "mois")["mars"] == "6"
    assert table(rita, "motifs")["Pas de réponse"] == "6"  # the short form does not ask it
    assert table(rita, "accuses")["Dans le délai"] != "moins de 5"
    assert table(rita, "delais")["mars"] == "1 jours"
    owners = table(rita, "autorites")
    assert len(owners) == 2
    assert "moins de 5" in owners.values()
    assert "moins de 5" in table(rita, "issues").values()


def test_what_is_no_longer_read_is_no_longer_counted(rita, portal):
    numbers = [filed_for(portal, "Rita Fictive").number for _ in range(5)]
    assert "5 plaintes reçues" in rita.page(FIGURES).text.replace("\xa0", " ")
    rita.submit(f"{DESK}/{numbers[0]}/rendre-mandat", form="rendre-mandat")
    assert "Moins de 5 plaintes" in rita.page(FIGURES).text


def test_only_who_answers_for_the_association_reads_those_of_it(rita, portal, app):
    for _ in range(5):
        filed_for(portal)
    with SuspiciousClient(app, portal.database) as other:
        sign_in_member(other, portal, "Noé Imaginaire")
        assert other.get(FIGURES).status_code == 403
        assert "Chiffres" not in other.page(DESK).links
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert "Moins de 5 plaintes" in other.page(FIGURES).text


def test_a_year_that_is_not_offered_is_told(rita):
    for year in ("2019", "x", "9" * 40):
        for where in (FIGURES, f"{FIGURES}/mois.csv"):
            answer = rita.get(f"{where}?annee={year}")
            assert answer.status_code == 422
            assert "Choisissez une année de la liste." in answer.text
    assert rita.get(f"{FIGURES}/inconnu.csv").status_code == 404
