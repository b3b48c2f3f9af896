"""Every purpose of a file × every destination: who may be given what; and what older documents meant."""

import pytest

from app.evidence.purposes import GOES_TO, Purpose, may_go
from app.filing.acts.attachments import purposes
from app.filing.status.act_codes import act_of

DOSSIER = {"espace-agent", "chambre", "export"}
PERSON = {"copie-personne", "suivi-preuves"}
GOES = {
    "preuve": DOSSIER | PERSON | {"vos-preuves", "lue-par-le-professionnel", "professionnel"},
    "mandat": DOSSIER | PERSON | {"mandat"},
    "titre": DOSSIER | PERSON | {"titre"},
    "scan": DOSSIER | PERSON,
    "acte": DOSSIER,
}


@pytest.mark.parametrize("purpose", [one.value for one in Purpose])
@pytest.mark.parametrize("destination", GOES_TO)
def test_a_file_goes_only_where_its_purpose_is_allowed(purpose, destination):
    assert may_go(purpose, destination) is (destination in GOES[purpose])


def test_the_table_of_this_test_names_every_destination():
    assert set.union(*GOES.values()) == set(GOES_TO)


def test_documents_sealed_before_purposes_were_kept_still_tell_them():
    document = {
        "files": [{"id": "photo"}, {"id": "signed"}],
        "association": {"mandate": {"files": [{"id": "signed", "sha256": "x"}]}},
    }
    told = [
        {"kind": "preuves_ajoutees", "files": [{"id": "later"}]},
        {"kind": "convocation_recue", "on": "2026-03-04", "files": [{"id": "proof of post"}, {"id": "photo"}]},
        {"kind": "reponse", "files": [{"id": "new", "purpose": "mandat"}]},
    ]
    assert purposes(document, [act_of({"at": "2026-03-04T09:00:00.000000Z", **one}) for one in told]) == {
        "photo": "preuve",
        "signed": "mandat",
        "later": "preuve",
        "proof of post": "acte",
        "new": "mandat",
    }
