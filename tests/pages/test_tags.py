"""The tags of an authority: its manager keeps the list, its clerks sort complaints by them, nobody else sees any."""

from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app.accounts.models import AccessLine
from app.base.crypto.vault import DecryptionError, Keyring
from app.filing.models import FilingDesk
from app.filing.queries import filing_by_number
from app.filing.rules import AIGUILLAGE
from app.intake.tags import service
from app.intake.tags.models import AuthorityTag, FilingTag
from app.intake.tags.queries import tags_of
from app.intake.tags.rules import MOST
from tests.cast import Sent, send, sign_in
from tests.pages.test_clear_columns import in_clear
from tests.pages.test_closing import THERE, press, typed, work
from tests.pages.test_several import SENT, export_of, rows_of
from tests.rooms.test_intake_desk import HAINAUT, LILLE, ORDRE, Given, put
from tests.support.client import SuspiciousClient, page_of
from tests.support.html import words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST, HERE, DISPLAY = "/agent/plaintes", "/agent/etiquettes", "/agent/affichage"
SEVERAL = "/agent/lot/etiqueter"


@pytest.fixture
def desk(client, portal):
    """The manager of Lille, with two complaints and two tags."""
    numbers = [put(portal, Given(person=person))[0] for person in ("Léa Fictive", "Noé Inventé")]
    tags = {name: make(portal, name) for name in ("À rappeler", "Urgence sociale")}
    sign_in(client, portal, LILLE, "Rosa Exemple", "responsable")
    return client, numbers, tags


def make(portal, name, authority=LILLE):
    with portal.database.write() as session:
        return service.create(session, portal.keyring, authority, name)


def bear(portal, number, *tags, authority=LILLE):
    with portal.database.write() as session:
        service.change(session, authority, filing_by_number(session, number).id, tags)


def known(portal, authority=LILLE):
    with portal.database.read() as session:
        return {tag.name: tag.is_retired for tag in tags_of(session, portal.keyring, authority)}


def borne(portal):
    with portal.database.read() as session:
        return {(row.authority, row.tag) for row in session.scalars(select(FilingTag))}


def noted(portal, kind):
    with portal.database.read() as session:
        wanted = select(AccessLine).where(AccessLine.kind == kind).order_by(AccessLine.n)
        return [(row.by, row.place, row.subject) for row in session.scalars(wanted)]


def case(number):
    return f"{LIST}/{number}"


def tick(client, number, *tags):
    return client.submit(case(number), {"etiquettes": list(tags)}, button="Enregistrer les étiquettes")


def retire(client, tag):
    return client.submit(f"{HERE}/{tag}", button="Retirer l'étiquette", form=f"{HERE}/{tag}")


def shown(page, text):
    """Count the labels that say a text."""
    return sum(words(one) == text for one in page.all("strong"))


def test_the_manager_creates_renames_and_retires_a_tag(desk, portal):
    client, (number, _), tags = desk
    page = client.page(client.page(DISPLAY).links["Créer, renommer ou retirer une étiquette"])
    assert page.h1 == "Étiquettes du service"
    answer = client.send_form(page, HERE, {"nom_etiquette": "  Deuxième  avis "}, button="Créer l'étiquette")
    assert page_of(answer).done == "L'étiquette est créée."
    assert known(portal) == {"À rappeler": False, "Deuxième avis": False, "Urgence sociale": False}
    where = f"{HERE}/{tags['À rappeler']}"
    answer = client.submit(where, {"nom_etiquette": "à rappeler vite"}, button="Enregistrer le nom")
    assert page_of(answer).done == "L'étiquette est renommée."
    bear(portal, number, tags["À rappeler"])
    answer = retire(client, tags["À rappeler"])
    assert page_of(answer).done == "L'étiquette est retirée : elle n'est plus proposée."
    assert known(portal) == {"à rappeler vite": True, "Deuxième avis": False, "Urgence sociale": False}
    assert "Retirées" in client.page(HERE).text
    answer = client.submit(where, button="Proposer à nouveau", form=where)
    assert page_of(answer).done == "L'étiquette est de nouveau proposée."
    assert not known(portal)["à rappeler vite"]
    retire(client, tags["Urgence sociale"])
    assert "Urgence sociale" not in known(portal), "nothing bore it"
    assert client.get(f"{HERE}/{tags['Urgence sociale']}").status_code == 404
    assert noted(portal, "etiquette_changee") == [("Rosa Exemple", LILLE, "")] * 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Écrivez un nom."),
        ("x", "Écrivez deux lettres au moins."),
        ("a" * 31, "1 caractère en trop"),
        ("URGENCE SOCIÂLE", "Une étiquette porte déjà ce nom."),
    ],
)
def test_a_name_that_cannot_be_kept_is_told_beside_the_field(desk, portal, name, said):
    client, _, tags = desk
    for where in (HERE, f"{HERE}/{tags['À rappeler']}"):
        answer = client.submit(where, {"nom_etiquette": name}, form="erreurs")
        page = page_of(answer)
        assert answer.status_code == 422
        assert said in page.text.replace("\u00a0", " ")
        assert page.by_id("nom_etiquette").get("value", "") == name
    assert set(known(portal)) == {"À rappeler", "Urgence sociale"}


def test_an_authority_offers_thirty_tags_at_most(desk, portal):
    client, (number, _), tags = desk
    bear(portal, number, tags["À rappeler"])
    where = f"{HERE}/{tags['À rappeler']}"
    retire(client, tags["À rappeler"])
    for n in range(MOST - 1):
        make(portal, f"Étiquette {n}")
    make(portal, "Ailleurs", HAINAUT)
    for answer in (
        client.submit(HERE, {"nom_etiquette": "De trop"}, form="erreurs"),
        client.submit(where, button="Proposer à nouveau", form=where),
    ):
        assert answer.status_code == 422
        assert "Votre service a déjà 30 étiquettes." in page_of(answer).text.replace("\u00a0", " ")
    assert sum(not is_retired for is_retired in known(portal).values()) == MOST


def test_a_clerk_puts_tags_on_a_complaint_and_takes_them_off(desk, portal):
    client, (number, _), tags = desk
    sign_in(client, portal, LILLE)
    page = page_of(tick(client, number, *tags.values()))
    assert page.done == "Les étiquettes de cette plainte sont enregistrées."
    assert page.h1.startswith(number)
    assert (shown(page, "À rappeler"), shown(page, "Urgence sociale")) == (1, 1)
    tick(client, number, tags["À rappeler"])
    assert borne(portal) == {(LILLE, tags["À rappeler"])}
    tick(client, number, tags["À rappeler"])
    assert noted(portal, "plainte_etiquetee") == [("Émile Exemple", LILLE, number)] * 2, "nothing changed the last time"
    tick(client, number)
    assert borne(portal) == set()


def test_what_a_colleague_did_since_the_page_was_shown_stays(desk, portal):
    client, (number, _), tags = desk
    page = client.page(case(number))
    bear(portal, number, tags["Urgence sociale"])
    client.send_form(page, case(number), {"etiquettes": [tags["À rappeler"]]}, button="Enregistrer les étiquettes")
    assert borne(portal) == {(LILLE, tag) for tag in tags.values()}


def test_a_tag_retired_meanwhile_is_told_and_the_others_stay_ticked(desk, portal):
    client, (number, other), tags = desk
    bear(portal, other, tags["À rappeler"])
    page = client.page(case(number))
    retire(client, tags["À rappeler"])
    answer = client.send_form(
        page, case(number), {"etiquettes": list(tags.values())}, button="Enregistrer les étiquettes"
    )
    assert answer.status_code == 422
    assert "Une étiquette cochée vient d'être retirée." in page_of(answer).text
    ticked = [box.get("value") for box in page_of(answer).all("input") if box.get("checked") is not None]
    assert ticked == [tags["Urgence sociale"]]
    assert borne(portal) == {(LILLE, tags["À rappeler"])}
    kept = client.page(f"{case(other)}/etiquettes")
    assert "À rappeler (retirée)" in kept.text
    assert shown(client.page(case(other)), "À rappeler") == 1
    client.submit(f"{case(other)}/etiquettes", {"etiquettes": []}, button="Enregistrer les étiquettes")
    assert borne(portal) == set()


def test_the_list_shows_tags_is_narrowed_by_one_and_a_view_keeps_it(desk, portal):
    client, (number, _), tags = desk
    bear(portal, number, *tags.values())
    page = client.page(LIST)
    assert shown(page, "À rappeler") == 1, "under the person"
    asked = f"{LIST}?etiquette={tags['À rappeler']}"
    page = client.page(asked)
    assert "1 plainte" in page.text
    assert "Étiquette : À rappeler" in page.text.replace("\u00a0", " ")
    sent = [(form, dict(form.fill({}))) for form in page.forms]
    chips = next(form for form, fields in sent if "etiquette" in fields and "par" not in fields)
    without = client.post(LIST, data=dict(chips.fill({}, "Enlever : Étiquette : À rappeler ×")))
    assert "etiquette" not in str(without.url)
    client.submit(page.links["Enregistrer cette vue"], {"nom_vue": "À rappeler d'abord"}, form="nouvelle#erreurs")
    items = [words(item) for item in client.page(LIST).all("li")]
    assert "À rappeler d'abord 1" in [item.replace("\u2019", "'") for item in items]
    page = page_of(client.submit(DISPLAY, {"colonnes": ["personne", "etiquettes"], "vue": ""}))
    cells = {cell.get("data-label"): words(cell) for cell in page.all("td") if cell.get("data-label")}
    assert cells["Étiquettes"] == "À rappeler Urgence sociale"


def test_a_tag_that_is_gone_is_told_in_words(desk, portal):
    client, _, tags = desk
    retire(client, tags["À rappeler"])
    page = client.page(f"{LIST}?etiquette={tags['À rappeler']}")
    assert "une étiquette qui n'existe plus" in page.text.replace("\u2019", "'")
    assert "Aucune plainte ne correspond." in page.text
    assert "Un filtre de cette adresse" in client.page(f"{LIST}?etiquette=urgence").text


def test_the_table_for_a_spreadsheet_has_them(desk, portal):
    client, (number, _), tags = desk
    bear(portal, number, *tags.values())
    page = export_of(client, client.page(LIST), {"dossier": [number]}, "Exporter les plaintes cochées")
    answer = client.send_form(
        page, LIST, {"usage": "Réunion", "colonnes": ["numero", "etiquettes"]}, form="exporter#erreurs"
    )
    assert rows_of(answer) == [["Numéro", "Étiquettes"], [number, "À rappeler, Urgence sociale"]]


def several(client, numbers, address=LIST):
    """Tick complaints of the list, and press the button that tags them."""
    form = next(form for form in client.page(address).forms if form.action == "/agent/lot/attribuer")
    typed = form.fill({"dossier": numbers}, "Étiqueter les plaintes cochées")
    return page_of(client.post(SEVERAL, content=urlencode(typed), headers=SENT))


def test_several_complaints_are_tagged_at_once(desk, portal):
    client, numbers, tags = desk
    bear(portal, numbers[0], tags["Urgence sociale"])
    page = several(client, numbers, f"{LIST}?role=destinataire")
    assert page.h1 == "Étiqueter plusieurs plaintes"
    assert all(number in page.text for number in numbers)
    chosen = {"mettre": [tags["À rappeler"]], "enlever": [tags["Urgence sociale"]]}
    answer = client.send_form(page, SEVERAL, chosen, button="Enregistrer les étiquettes")
    assert "?role=destinataire&" in str(answer.url)
    assert page_of(answer).done == "Étiquettes enregistrées pour les plaintes choisies encore chez vous."
    assert borne(portal) == {(LILLE, tags["À rappeler"])}
    assert shown(page_of(answer), "À rappeler") == 2
    assert sorted(number for _, _, number in noted(portal, "plainte_etiquetee")) == sorted(numbers)


@pytest.mark.parametrize(
    ("put", "taken", "said"),
    [((), (), "Cochez au moins une étiquette."), (("À rappeler",), ("À rappeler",), "Décochez-la d'un côté.")],
)
def test_a_choice_that_changes_nothing_is_told_and_stays(desk, portal, put, taken, said):
    client, numbers, tags = desk
    chosen = {"mettre": [tags[name] for name in put], "enlever": [tags[name] for name in taken]}
    page = several(client, numbers)
    answer = client.send_form(page, SEVERAL, chosen, button="Enregistrer les étiquettes")
    assert answer.status_code == 422
    assert said in page_of(answer).text.replace("\u2019", "'").replace("\u2011", "-")
    assert sum(box.get("checked") is not None for box in page_of(answer).all("input")) == len(put) + len(taken)
    assert all(number in page_of(answer).text for number in numbers)


def test_what_left_or_was_retired_meanwhile_is_told(desk, portal):
    client, numbers, tags = desk
    assert "Cochez au moins une plainte" in several(client, []).text
    page = several(client, numbers)
    with portal.database.write() as session:
        gone = filing_by_number(session, numbers[0]).id
        session.query(FilingDesk).filter_by(authority=LILLE, filing_id=gone).delete()
    retire(client, tags["À rappeler"])
    answer = client.send_form(page, SEVERAL, {"mettre": [tags["À rappeler"]]}, button="Enregistrer les étiquettes")
    assert answer.status_code == 422
    assert "vient d'être retirée" in page_of(answer).text.replace("\u2019", "'")
    assert "n'est plus sur votre bureau" in page_of(answer).text.replace("\u2019", "'")
    client.send_form(page, SEVERAL, {"mettre": [tags["Urgence sociale"]]}, button="Enregistrer les étiquettes")
    assert borne(portal) == {(LILLE, tags["Urgence sociale"])}


def test_no_other_authority_sees_or_uses_them(client, app, portal):
    """The council reads the complaint too: it has its own tags, and none of the caisse's."""
    number = Sent(send(client)).number
    ours, theirs = make(portal, "À rappeler"), make(portal, "Séance de mai", ORDRE)
    bear(portal, number, ours)
    with SuspiciousClient(app, portal.database) as desk, SuspiciousClient(app, portal.database) as caisse:
        sign_in(desk, portal, ORDRE, "Fatou Exemple", "responsable")
        sign_in(caisse, portal, LILLE)
        assert desk.get(f"{case(number)}/etiquettes").status_code == 404, "it reads nothing yet"
        caisse.submit(f"{case(number)}/transmettre-autorite", form="transmettre-autorite#erreurs")
        for path in (LIST, f"{LIST}?etiquette={ours}", case(number), HERE, f"{case(number)}/etiquettes"):
            assert "rappeler" not in desk.get(path).text, path
        assert "Aucune plainte" in desk.page(f"{LIST}?etiquette={ours}").text
        assert desk.get(f"{HERE}/{ours}").status_code == 404
        form = next(one for one in desk.page(f"{case(number)}/etiquettes").forms if "etiquettes" in one.action)
        sent = dict(form.fill({}))
        assert desk.post(f"{case(number)}/etiquettes", data={**sent, "etiquettes": ours}).status_code == 422
        tick(desk, number, theirs)
        assert borne(portal) == {(LILLE, ours), (ORDRE, theirs)}
        sign_in(caisse, portal, HAINAUT, "Hélène Exemple")
        assert caisse.get(f"{case(number)}/etiquettes").status_code == 404
    assert "rappeler" not in client.page("/suivi").text


def test_who_only_reads_sees_them_and_changes_none(desk, portal):
    client, (number, _), tags = desk
    bear(portal, number, tags["À rappeler"])
    sign_in(client, portal, LILLE, "Sara Inventée", role="lecteur")
    page = client.page(case(number))
    assert shown(page, "À rappeler") == 1
    assert "Changer les étiquettes" not in page.text
    assert {client.get(path).status_code for path in (HERE, f"{case(number)}/etiquettes")} == {403}


def test_an_authority_without_tags_is_told_who_makes_them(client, portal):
    number, _ = put(portal)
    sign_in(client, portal, LILLE)
    assert "Changer les étiquettes" not in client.page(case(number)).text
    assert "Son responsable les crée." in client.page(f"{case(number)}/etiquettes").text
    assert "Étiquette" not in client.page(LIST).text


def test_a_complaint_handed_over_loses_the_tags_of_the_authority_that_closed(client, app, portal):
    number = Sent(send(client)).number
    tag, kept = make(portal, "À rappeler"), make(portal, "Séance de mai", ORDRE)
    bear(portal, number, tag)
    bear(portal, number, kept, authority=ORDRE)
    with SuspiciousClient(app, portal.database) as admin:
        sign_in(admin, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
        press(admin, THERE, typed(portal))
    assert work(portal) == 1
    assert borne(portal) == {(ORDRE, kept)}
    assert known(portal, "597") == {}


def test_a_copy_of_the_database_tells_no_name(desk, portal):
    words_in_clear = {word for _, word in in_clear(portal)}
    assert not words_in_clear & {"rappeler", "urgence", "sociale"}
    with portal.database.read() as session:
        assert session.scalars(select(AuthorityTag.holder)).all() == ["autorite:595"] * 2
        with pytest.raises(DecryptionError):
            tags_of(session, Keyring.throwaway(), LILLE)
