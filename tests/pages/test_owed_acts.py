"""« À faire » on the page of a complaint: all that the desk owes, each with its page, its day and its lateness.

Received on Tuesday 3 March 2026: eight days end on Wednesday 11 March, three months on Wednesday 3 June; fifteen days
before that is Tuesday 19 May.
"""

from datetime import UTC, date, datetime

from tests.cast import Sent, send
from tests.pages.test_conciliation import at, desks, fix, told
from tests.support.html import words

__all__ = ["desks", "told"]
EIGHT, MEETING = "avant la fin du mercredi 11 mars 2026", "avant la fin du mercredi 3 juin 2026"
FIX = "avant la fin du mardi 19 mai 2026"


def owed(page):
    """List what is to do: its words, and where its link leads."""
    found = [line for line in page.all("li") if "avant la fin du" in words(line)]
    links = [[link.get("href") for link in line.iter("a")] for line in found]
    return [(words(line).replace("’", "'"), where) for line, where in zip(found, links, strict=True)]


def is_primary(page, where):
    link = next(link for link in page.all("a") if link.get("href") == where)
    return "govuk-button" in (link.get("class") or "").split()


def test_each_act_has_its_page_its_day_and_how_late_it_is(client, desks):
    sent = Sent(send(client))
    page = desks[0].on(3, 12).page(at(sent))
    late = f"{EIGHT} ‼ En retard de 1 jour"
    assert owed(page) == [
        (f"Envoyer l'accusé de réception {late}", [at(sent, "accuser-reception")]),
        (f"Transmettre la plainte à l'autre autorité {late}", [at(sent, "transmettre-autorite")]),
        (f"Informer le professionnel {late}", [at(sent, "transmettre-professionnel")]),
        (f"Dernier jour utile pour les convocations {FIX} Dans 68 jours", []),
        (f"Tenir la réunion de conciliation {MEETING} Dans 83 jours", []),
    ]
    assert is_primary(page, at(sent, "accuser-reception"))
    assert not is_primary(page, at(sent, "transmettre-autorite"))


def test_an_act_has_its_page_once_it_may_be_done(told, desks):
    """The meeting is fixed once all were told; once it is, its summons, how it ended, then its report are owed."""
    emile = desks[0].on(3, 12)
    assert [where for _, where in owed(emile.page(at(told)))] == [[at(told, "conciliation/seance")], []]
    fix(emile, told, date(2026, 5, 28))
    summons, report = at(told, "conciliation/convocations"), at(told, "conciliation/releve")
    assert [where for _, where in owed(emile.page(at(told)))] == [[summons], [report], [report]]


def test_who_was_told_of_it_reads_no_duty_of_the_other(told, desks):
    assert owed(desks[1].on(3, 12).page(at(told))) == []


def test_a_date_says_its_rule_its_event_and_the_next_working_day(client, portal, desks):
    """Received on Saturday 7 March 2026: the eighth day is Sunday 15 March, the next working one Monday 16 March."""
    portal.clock.now = datetime(2026, 3, 7, 12, tzinfo=UTC)
    sent = Sent(send(client))
    page = desks[0].on(3, 9).page(at(sent)).text.replace("’", "'")
    rule = "8 jours après la réception, le samedi 7 mars 2026 : dimanche 15 mars 2026 (CSP R. 1110-11 al. 3)."
    assert f"{rule} Jour ouvré suivant : lundi 16 mars 2026." in " ".join(page.split())
