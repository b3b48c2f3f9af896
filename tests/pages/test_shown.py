"""What is sealed is read: every key of the document is found where the table says, and nowhere else."""

import io
import re
import zipfile

import pytest
import rfc8785

from app.filing.documents.mandate_wording import HEADING
from app.filing.documents.receipt_file import recepisses
from app.filing.ledger.chain import SALT
from app.filing.queries import filing_by_number, open_for_person
from app.filing.sealed import payload
from app.filing.sealed.disclosure import COPY, DESK, EXPORT, FOLLOWED, RECEIPT, SHOWN, keys
from tests.cast import Sent, send, sign_in, sign_in_member
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import PERSON, agree, press_send
from tests.support import pseudo
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of
from tests.support.rewind import lived

CHECK = "/verifier-recepisse"
ROWS = {
    "zone": "America/Guadeloupe",
    "town": "canari-town",
    "to_confirm": "cpam",
    "candidates": "595",
    "profession": "91",
}
"""Columns that the pages read in place of the document: the verification compares the two."""
AGREEMENT = {"level": "regional", "region": "32", "starts_on": "1991-04-05", "ends_on": "1992-05-06"}
MANDATE = {"scope": ["recevoir"], "signed_on": "1993-06-07", "warnings": ["plus_d_un_an"]}
MANDATE |= {"given_at": "1993-06-08T10:11:00+00:00"}
READ_AS = {
    "read_in": ("La personne lit en Pseudo",),
    "received_at": ("22:41", "22 h 41"),
    "zone": ("Heure du lieu : mardi 3 mars 2026 à 17",),
    "receiver": ("Conseil départemental de l'ordre des chirurgiens-dentistes de la Haute-Corse",),
    "informed": ("CPAM de la Haute-Corse",),
    "authorities.receiver.kind": ("directeur de la canari-receiver",),
    "authorities.informed.kind": ("directeur de la canari-informed",),
    "authorities.proposed[].kind": ("directeur de la canari-proposed",),
    "authorities.receiver.address_date": ("adresse connue en 1987",),
    "profession": ("Profession : Orthophoniste",),
    "signs": ("Soins urgents",),
    "to_confirm": ("Une personne doit vérifier",),
    "candidates": ("CPAM de Lille-Douai",),
    "files[].size": ("1 Ko", "77 octets"),
    "files[].purpose": ("Mandat signé",),
    "recorded.at": ("8 juillet 1994 à 11 h 10",),
    "recorded.way": ("au guichet",),
    "recorded.hour": ("22 h 41",),
    "association.agreement.level": ("Régional",),
    "association.agreement.region": ("Hauts-de-France",),
    "association.agreement.starts_on": ("5 avril 1991",),
    "association.agreement.ends_on": ("6 mai 1992",),
    "association.mandate.mode": ("Signé sur papier",),
    "association.mandate.scope[]": ("Recevoir les courriers",),
    "association.mandate.warnings[]": ("depuis plus d'un an",),
    "association.mandate.signed_on": ("7 juin 1993",),
    "association.mandate.given_at": ("8 juin 1993 à 12 h 11",),
}
"""The words of a key whose value is a code, a day or a size; any other key is read as it is."""


AS_THEY_ARE = {"number", "draft", "outcome", "association.mandate.files[].id"} | {
    f"files[].{name}" for name in ("id", "sha256", "media_type")
}
"""Keys whose value is not replaced: other rows hang on it, and nothing else says it."""


def canaries(document):
    """Give the document with every key filled, each with a value that nothing else could say."""
    made = {**document, **ROWS, "person": "canari-person", "filer": "canari-filer", "professional": "canari-soignant"}
    made |= {"form": "canari-form", "commune": "canari-commune", "channel": "canari-channel", "signs": "urgence"}
    made["place"] = "canari-place"
    made["without"] = "canari-without"
    named = {name: _caisse(name) for name in ("receiver", "informed", "proposed")}
    made["authorities"] = {**named, "proposed": [named["proposed"]]}
    for sheet in ("complaint", "contact"):
        row = {name: f"canari-{sheet}-{name}" for name in ("name", "label", "answer", "shown")}
        made[sheet] = [*document[sheet], row]
    (file,) = document["files"]
    made["files"] = [{**file, "name": "canari-file.png", "title": "canari-title"}]
    sealed = document["association"]
    made["association"] = {
        **{name: f"canari-association-{name}" for name in ("id", "name", "rna", "siren", "email", "phone")},
        **{name: f"canari-association-{name}" for name in ("member", "software")},
        "agreement": {**sealed["agreement"], **AGREEMENT, "number": "canari-agreement"},
        "mandate": {**sealed["mandate"], **MANDATE, "text": "canari-text", "words": ["canari-words"]},
    }
    made["recorded"] = {
        "at": "1994-07-08T09:10:00+00:00",
        "name": "canari-recorder",
        "by": "canari-by",
        "hour": "22:41",
    }
    made["recorded"] |= {"authority": "canari-recorder-code", "way": "guichet"}
    made["association"]["mandate"]["files"] = [{"id": file["id"], "sha256": "canari-sha256"}]
    return made


def _caisse(place):
    return {name: f"canari-{place}-{name}" for name in ("code", "phone", "email")} | {
        "name": f"canari-{place}",
        "kind": "cpam",
        "address": [f"canari-{place}-address"],
        "address_date": "1987-02" if place == "receiver" else f"canari-{place}-address-date",
    }


def seal_again(portal, number, changed=canaries):
    """Put the canaries, or something else, in the place of what was sealed; give the document."""
    with portal.database.write() as session:
        filing = filing_by_number(session, number)
        opened = open_for_person(session, portal.keyring, filing)
        document = changed(opened.payload)
        filing.payload, _ = payload.lock(opened.key, filing.id, bytes(SALT) + rfc8785.dumps(document), {})
        for column, value in ROWS.items():
            setattr(filing, column, value)
    return document


def values(document, key):
    """Give the values of a key, as the table names it."""
    found = [document]
    for name in key.split("."):
        found = [one[name.removesuffix("[]")] for one in found]
        if name.endswith("[]"):
            found = [one for many in found for one in many]
    return found


def follow(client, portal):
    """Come to the follow-up by the link of the mail."""
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    opened = Page(client.submit(re.search(r"/reprendre/lien/\S+", mail.text).group()).text)
    client.submit("/reprendre", {"code": words(opened.by_id("code-personnel"))})


@pytest.fixture
def sent(run, client, portal):
    """A complaint of an association."""
    return lived(run, portal, client, "shown", lambda: sent_by_association(client, portal))


def sent_by_association(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    return press_send(client)


@pytest.fixture
def read(sent, app, portal):
    """All that is read of a complaint of an association whose every key is filled: the document, its places."""
    with (
        SuspiciousClient(app, portal.database) as amina,
        SuspiciousClient(app, portal.database) as clerk,
        pseudo.released(),
    ):
        follow(amina, portal)
        sign_in(clerk, portal, "CD-2B")
        document = seal_again(portal, sent.number, lambda sealed: {**canaries(sealed), "read_in": pseudo.CODE})
        where = f"/agent/plaintes/{sent.number}"
        why = {"format": "pdf", "usage": "Essai"}
        mine = zipfile.ZipFile(io.BytesIO(amina.get("/suivi/donnees/copie").content))
        return document, {
            DESK: bare(clerk.page(where).text),
            EXPORT: text_of(clerk.submit(f"{where}/exporter", why, form="exporter#erreurs").content),
            RECEIPT: text_of(amina.get("/suivi/recepisse").content),
            FOLLOWED: bare(amina.page("/suivi").text),
            COPY: text_of(mine.read("donnees.pdf")),
        }


def found_in(document, places, key):
    """Name the places where a key is read: its words, or else its value as it is."""
    as_it_is = [str(one) for one in values(document, key) if "canari-" in str(one) or key in AS_THEY_ARE]
    said = READ_AS.get(key) or as_it_is
    assert said, key
    wanted = [bare(one).replace("’", "'").casefold() for one in said]
    return {place for place, text in places.items() if any(one in text for one in wanted)}


def test_every_key_that_is_sealed_is_read_where_the_table_says_and_nowhere_else(read):
    document, places = read
    assert keys(document) == set(SHOWN)
    places = {place: text.replace("’", "'").casefold() for place, text in places.items()}
    wrong = {}
    for key, said in SHOWN.items():
        wanted = set() if isinstance(said, str) else set(said)
        if (found := found_in(document, places, key)) != wanted:
            wrong[key] = (sorted(found - wanted), sorted(wanted - found))
    assert wrong == {}


WHO = "Déposée par Mona Inventée, pour l'association Entraide Inventée"
SAYS = (WHO, "Entraide Inventée", "W000000001", "N2024RN0001", "1er juin 2028", "Signé sur papier, le 2 mars 2026")


def test_both_authorities_read_who_filed_as_soon_as_they_read_the_complaint(sent, app, portal):
    where = f"/agent/plaintes/{sent.number}"
    with SuspiciousClient(app, portal.database) as council, SuspiciousClient(app, portal.database) as caisse:
        sign_in(council, portal, "CD-2B")
        sign_in(caisse, portal, "202", "Fatou Exemple")
        for page in (where, f"{where}/accuser-reception"):
            assert all(said in council.page(page).text for said in SAYS), page
        assert not any(said in caisse.page(where).text for said in SAYS)
        council.submit(f"{where}/transmettre-autorite", form="transmettre-autorite#erreurs")
        told = caisse.page(where).text
        assert all(said in told for said in SAYS)
        assert "Mandat signé" in told


def test_a_recepisse_that_an_earlier_release_gave_is_still_authentic(sent, client, portal):
    with portal.database.read() as session:
        filing = filing_by_number(session, sent.number)
        made = list(recepisses(session, portal, filing))
    assert ["EntraideInventée" in text_of(one) for one in made] == [True] * 4 + [False] * 4
    assert ["ENIM" in text_of(one) for one in made] == [True, True, False, False] * 2
    assert made[0] == client.get(sent.path.replace("confirmation", "recepisse")).content
    for content in made[:: len(made) - 1]:
        check = client.submit(CHECK, {}, {"fichier": [("recepisse.pdf", content, "application/pdf")]})
        assert "Ce fichier est identique à l'original." in Page(check.text).text.replace("’", "'")


def test_nothing_is_said_of_an_association_where_a_person_filed(client, app, portal):
    own = Sent(send(client))
    client.submit("/reprendre", {"code": own.code})
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595")
        said = emile.page(f"/agent/plaintes/{own.number}").text + client.page("/suivi").text
    assert HEADING not in said
    assert "L'association" not in said.replace("’", "'")


KNOWN = "L'association a pu voir votre code personnel."


def test_a_code_that_the_association_saw_in_an_earlier_release_may_be_changed(sent, client, portal):
    code, code_hash = portal.keyring.fresh_code()
    with portal.database.write() as session:
        filing_by_number(session, sent.number).code_hash = code_hash
    home = client.submit("/reprendre", {"code": code})
    assert KNOWN in Page(home.text).text.replace("’", "'")
    where = Page(home.text).links["Changer mon code"]
    renewed = Page(client.submit(where, button="Créer un nouveau code").text)
    client.submit("/reprendre", {"code": words(renewed.by_id("code-personnel"))})
    assert KNOWN not in client.page("/suivi").text.replace("’", "'")


def test_a_code_that_came_by_the_person_s_own_link_is_said_to_be_known_by_nobody(sent, client, portal):
    follow(client, portal)
    assert KNOWN not in client.page("/suivi").text.replace("’", "'")


@pytest.mark.parametrize("canary", ["canari-words", "canari-association-member"])
def test_the_professional_is_never_given_the_words_of_the_mandate_nor_who_filed(sent, app, portal, canary):
    where = f"/agent/plaintes/{sent.number}"
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "CD-2B")
        seal_again(portal, sent.number)
        assert canary in clerk.page(where).text
        there = f"{where}/transmettre-professionnel"
        form = "transmettre-professionnel#erreurs"
        bundle = clerk.submit(there, {}, button="preparer", form=form)
        packed = zipfile.ZipFile(io.BytesIO(bundle.content))
        given = [text_of(packed.read(one)) for one in packed.namelist() if one.endswith(".pdf")]
        assert given
        assert not [one for one in (clerk.page(there).text, *given) if canary in one]


def without_who_filed(document):
    """Give the document as earlier releases sealed it: the association, and not which member."""
    association = {name: one for name, one in document["association"].items() if name != "member"}
    return {**document, "association": association}


def test_a_complaint_that_was_sealed_without_the_member_is_read_as_it_was(sent, client, app, portal):
    seal_again(portal, sent.number, without_who_filed)
    follow(client, portal)
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "CD-2B")
        page = clerk.page(f"/agent/plaintes/{sent.number}").text
    assert "Entraide Inventée" in page
    for said in (page, text_of(client.get("/suivi/recepisse").content)):
        assert "Déposéepar" not in bare(said)


def first_version(document):
    """Give the document as earlier releases sealed it: a version, and words that stand nowhere."""
    mandate = {name: one for name, one in document["association"]["mandate"].items() if name != "words"}
    return {**document, "association": {**document["association"], "mandate": {**mandate, "text": "1"}}}


def test_a_mandate_that_was_sealed_without_words_is_said_to_have_none(sent, client, app, portal):
    seal_again(portal, sent.number, first_version)
    follow(client, portal)
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "CD-2B")
        for page in (clerk.page(f"/agent/plaintes/{sent.number}"), client.page("/suivi")):
            said = page.text.replace("’", "'")
            assert "Version 1 Cette version n'a pas de texte gardé. Lisez le mandat signé." in said
