"""The commands of figures: counting again, and the yearly report."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from app.counters import service as counters
from app.counters.rules import StatisticsRecord

YEAR = str(datetime.now(UTC).year)


pytestmark = pytest.mark.usefixtures("keyring")


def count(database, keyring, many):
    """Count complaints of Lille that were never written, with the keys of the command."""
    record = StatisticsRecord("595", f"{YEAR}-01", "10", "59350", ("canal|patient", "motif|c2s", "chambre"))
    with database.write() as session:
        for n in range(many):
            counters.count(session, keyring, f"INVENTE-{n}", record)


def test_the_yearly_report_of_an_authority_and_of_the_country(on, reference, keyring):
    run = on(reference)
    count(reference, keyring, 12)
    told = run("annual-report", "--year", YEAR, "--authority", "595", "--json")
    assert told.status == 0, told.err
    tables = {one["code"]: one["rows"] for one in told.json["tables"]}
    assert {"label": "Plaintes transmises à la chambre disciplinaire", "shown": "12", "count": 12} in tables["chambre"]
    assert next(row["count"] for row in tables["mois"]) == 12
    lines = list(
        csv.reader(io.StringIO(run("annual-report", "--year", YEAR, "--national", "--csv").out), delimiter=";")
    )
    assert lines[1] == ["Plaintes reçues dans l’année", YEAR, "12", "Plaintes"]
    assert ["Motifs", "J’ai la Complémentaire santé solidaire (C2S)", "12", "Plaintes"] in lines
    assert ["Motifs", "Mon âge", "moins de 5", "Plaintes"] in lines


def test_an_authority_may_have_its_own_figures_as_they_are(on, reference, keyring):
    run = on(reference)
    count(reference, keyring, 2)
    told = run("annual-report", "--year", YEAR, "--authority", "595", "--exact", "--json")
    tables = {one["code"]: one["rows"] for one in told.json["tables"]}
    assert tables["total"] == [{"label": YEAR, "shown": "2", "count": 2}]
    assert {"label": "Mon âge", "shown": "0", "count": 0} in tables["motifs"]
    run("annual-report", "--year", YEAR, "--national", "--exact").refuses("--authority")


def test_a_report_that_may_tell_nothing_says_so(on, reference, keyring):
    run = on(reference)
    count(reference, keyring, 4)
    told = run("annual-report", "--year", YEAR, "--authority", "595", "--json")
    assert (told.status, told.json["tables"]) == (1, [])


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", YEAR), "--authority"),
        (("--year", YEAR, "--national", "--authority", "595"), "--authority"),
        (("--year", YEAR, "--authority", "zzz"), "zzz"),
        (("--year", "1999", "--national"), "2021"),
        (("--year", YEAR, "--national", "--json", "--csv"), "--csv"),
    ],
)
def test_a_bad_question_is_refused_in_one_line(on, reference, words, said):
    on(reference)("annual-report", *words).refuses(said)


def test_counting_again_answers_how_many(on, reference):
    done = on(reference)("statistics", "rebuild")
    assert (done.status, done.out) == (0, "0 complaints counted\n")


def test_what_is_published_hides_small_numbers_and_says_its_columns(on, reference, keyring, tmp_path):
    run, out = on(reference), tmp_path / "plaintes.csv"
    paris = (("75056", 9, "motif|c2s"), ("75056", 3, "motif|ame"))
    towns = (("59350", 12, "motif|c2s"), *paris, ("13055", 2, "motif|ame"), ("33063", 3, "motif|ame"))
    with reference.write() as session:
        for n, (town, motif) in enumerate((town, motif) for town, many, motif in towns for _ in range(many)):
            record = StatisticsRecord("595", f"{YEAR}-01", "10", town, ("canal|patient", "profession|10", motif))
            counters.count(session, keyring, f"INVENTE-{n}", record)
    done = run("open-data", "--year", YEAR, "--out", str(out))
    assert done.status == 0, done.err
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig")), delimiter=";"))
    told = {(row["territoire"], row["dimension"], row["modalite"]): row["plaintes"] for row in rows}
    assert (told["FR", "total", ""], told["59", "total", ""], told["13", "total", ""]) == ("29", "12", "")
    assert (told["FR", "trimestre", "1"], told["75", "motif", "ame"], told["75", "motif", "c2s"]) == ("29", "", "")
    assert ("13", "motif", "ame") not in told
    assert all((row["masque"] == "true") is (row["plaintes"] == "") for row in rows)
    described = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert [field["name"] for field in described["schema"]["fields"]] == list(rows[0])
    assert described["path"] == "plaintes.csv"


def test_nothing_is_published_of_fewer_than_five(on, reference, keyring, tmp_path):
    run, out = on(reference), tmp_path / "plaintes.csv"
    count(reference, keyring, 4)
    assert run("open-data", "--year", YEAR, "--out", str(out)).status == 1
    assert not out.exists()
    run("open-data", "--year", "1999", "--out", str(out)).refuses("2021")
    run("open-data", "--year", YEAR, "--out", str(tmp_path / "plaintes.ods")).refuses(".csv")
