"""``GET /api/v1/competence``: what other portals are told, and how they are refused."""

import pytest

WHO = "/api/v1/competence"


def test_a_town_and_a_profession_give_both_authorities_with_their_reasons(client):
    answer = client.get(WHO, params={"profession": "10", "commune": "59350"})
    assert answer.status_code == 200
    found = answer.json()
    assert found["outcome"] == "resolu"
    assert [one["code"] for one in found["cpam"] + found["council"]] == ["595", "MED-59"]
    assert found["cpam"][0]["nom"] == "CPAM de Lille-Douai"
    assert found["cpam"][0]["source"]
    assert "CSP L. 1110-3" in found["basis"]
    assert found["to_confirm"] == []


def test_it_is_kept_by_whoever_asked_and_may_be_read_from_another_site(client):
    answer = client.get(WHO, params={"profession": "10", "code_postal": "59000"})
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ({"profession": "21", "commune": "13208", "section": "a"}, "resolu"),
        ({"profession": "21", "commune": "13208"}, "conseil_a_confirmer"),
        ({"commune": "99138"}, "hors_champ"),
        ({"code_postal": "01410"}, "commune_a_choisir"),
        ({"profession": "zz", "commune": "59350"}, "conseil_a_confirmer"),
        ({"profession": "10", "commune": "' OR 1"}, "commune_a_choisir"),
    ],
)
def test_what_is_not_certain_is_said(client, asked, outcome):
    assert client.get(WHO, params=asked).json()["outcome"] == outcome


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Donnez “commune” (code INSEE) ou “code_postal”."),
        ({"commune": "  "}, "Donnez “commune” (code INSEE) ou “code_postal”."),
        ({"commune": "5" * 300}, "La valeur de “commune” n’est pas de la bonne forme."),
    ],
)
def test_a_wrong_question_is_answered_as_a_problem(client, asked, told):
    answer = client.get(WHO, params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {"type": "about:blank", "title": told, "status": 422}


def test_a_program_is_never_sent_a_page(client):
    for answer in (client.get("/api/v1/nulle-part"), client.post(WHO)):
        assert answer.status_code in {404, 405}
        assert answer.headers["content-type"] == "application/problem+json"


def test_what_it_answers_is_described(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    names = {one["name"] for one in told["paths"][WHO]["get"]["parameters"]}
    assert names == {"profession", "commune", "code_postal", "section"}
    assert WHO in told["paths"]
