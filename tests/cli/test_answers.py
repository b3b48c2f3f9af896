"""What the command answers on places and days, worked out by hand."""

import csv
import io

import pytest

pytestmark = pytest.mark.engines("sqlite")
"""What reaches the database says by itself that it is tried on both."""
RECEIVED = ("deadlines", "--received", "2026-03-03T22:41:07+01:00")


@pytest.mark.parametrize(
    ("words", "outcome", "cpam", "council"),
    [
        (("--profession", "10", "--commune", "59350"), "resolu", ["595"], ["MED-59"]),
        (("--profession", "40", "--commune", "2B033"), "resolu", ["202"], ["CD-2B"]),
        (("--profession", "10", "--commune", "97611"), "ordre_seul", [], ["MED-976"]),
        (("--profession", "10", "--commune", "99109"), "hors_champ", [], []),
        (("--profession", "10", "--postal-code", "00000"), "commune_a_choisir", [], []),
    ],
    ids=str,
)
def test_the_authorities_of_known_places(on, reference, words, outcome, cpam, council):
    """Lille is of the CPAM of Lille-Douai, Bastia of Haute-Corse; Mayotte has no CPAM; nothing is competent abroad."""
    found = on(reference)("route", *words)
    assert found.status == 0
    told = found.json
    assert (told["outcome"], told["cpam"], told["council"]) == (outcome, cpam, council)
    assert all(told["basis"])


def days(done):
    """Give each strict date, and the one that is postponed when it is another day."""
    return {
        day["code"]: day["due_strict"]
        if day["due_strict"] == day["due_postponed"]
        else (day["due_strict"], day["due_postponed"])
        for day in done.json
    }


def test_the_days_of_an_ordinary_complaint(saisine):
    """Tuesday 3 March 2026; by hand: no day falls on a weekend or a holiday."""
    done = saisine(*RECEIVED)
    assert done.status == 0
    assert days(done) == {
        "D1": "2026-03-04",
        "D2": "2026-03-11",
        "D3": "2026-03-11",
        "D4": "2026-03-11",
        "D5": "2026-04-03",
        "D7": "2026-06-03",
        "D13": "2026-05-19",
        "D14": "2026-03-17",
    }
    assert all(day["basis"].startswith(("CSP ", "CRPA ")) for day in done.json)


def test_the_days_once_a_session_is_fixed(saisine):
    """Session on Tuesday 5 May 2026: summons by 20 April, record by 13 May, court by 5 August."""
    found = days(saisine(*RECEIVED, "--session", "2026-05-05"))
    assert (found["D6"], found["D8"], found["D9"]) == ("2026-04-20", "2026-05-13", "2026-08-05")
    assert found.items() >= days(saisine(*RECEIVED)).items()


def test_the_days_of_a_recidive(saisine):
    """Without conciliation: the court within three months; « sans délai » is the day of receipt."""
    found = days(saisine(*RECEIVED, "--recidive"))
    assert found["D10"] == "2026-06-03"
    assert found["D3"] == ("2026-03-03", "2026-03-04")
    assert not {"D5", "D6", "D7", "D8", "D9", "D13"} & set(found)


def test_the_day_is_that_of_the_place_and_the_end_of_the_month_ends_the_delay(saisine):
    """Half past midnight on Monday 1 February 2027 in Paris, Sunday 31 January in Fort-de-France."""
    at = ("deadlines", "--received", "2027-01-31T23:30:00+00:00")
    in_paris, in_fort_de_france = days(saisine(*at)), days(saisine(*at, "--zone", "America/Martinique"))
    assert (in_paris["D5"], in_paris["D7"]) == ("2027-03-01", ("2027-05-01", "2027-05-03"))
    assert (in_fort_de_france["D5"], in_fort_de_france["D7"]) == (("2027-02-28", "2027-03-01"), "2027-04-30")


def test_many_questions_are_answered_line_by_line(on, reference, tmp_path):
    asked = tmp_path / "asked.csv"
    asked.write_text(
        "id,profession,commune,postal_code,section\na,10,59350,,\nb,21,13208,,A\nc,,,01410,\nd,10,99138,,\n",
        encoding="utf-8-sig",
    )
    done = on(reference)("route", "--csv", str(asked))
    assert done.status == 0
    lines = list(csv.DictReader(io.StringIO(done.out)))
    assert [(line["id"], line["outcome"], line["cpam"], line["council"]) for line in lines] == [
        ("a", "resolu", "595", "MED-59"),
        ("b", "resolu", "131", "PHA-A-PACA-COR"),
        ("c", "commune_a_choisir", "", ""),
        ("d", "hors_champ", "", ""),
    ]
    assert lines[0]["basis"].startswith("CSP L. 1110-3;")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no column commune"),
        (b"nom,prenom\na,b\n", "no column commune"),
        ("commune\né\n".encode("latin-1"), "utf-8"),
        (b'commune\n"a', "unexpected end"),
    ],
)
def test_a_file_that_holds_no_questions_is_refused(on, reference, tmp_path, content, told):
    path = tmp_path / "asked.csv"
    path.write_bytes(content)
    done = on(reference)("route", "--csv", str(path))
    assert done.status == 2
    assert told in done.err
