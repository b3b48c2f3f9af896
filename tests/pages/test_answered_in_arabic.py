"""A complaint told in Arabic, from its first page to the answer: a clerk works in French, the person reads Arabic."""

from dataclasses import replace

from app.base.i18n import french, in_language, translate
from app.base.web.language_prefix import localized
from app.notifications.mail import MemoryMailer
from app.notifications.worker import IN_FRENCH, Worker
from tests.cast import Sent
from tests.journeys import ORDINARY, follow, send
from tests.pages.test_conciliation import at, desks
from tests.support.html import plain, words

__all__ = ["desks"]
STORY = "رفضت الكاتبة موعدي لأن لدي C2S.\nقالت لي: «ادفعي أولاً»."
TOLD = {**ORDINARY.pages["recit"], "recit": STORY, "langue_recit": "ar"}
JOURNEY = replace(ORDINARY, pages={**ORDINARY.pages, "recit": TOLD})
WRITTEN = "Votre dossier est complet. Un agent inventé le lit."


def in_arabic(sentence):
    with in_language("ar"):
        return translate(sentence)


def letters(portal):
    """Send what waits; give the mails to the person, the oldest first."""
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return [one for one in post.letters if one.to == "ana@exemple.fr"]


def halves(letter):
    """Cut a mail into what is said in Arabic, and the French that follows."""
    first, mark, after = letter.text.partition(french(IN_FRENCH))
    assert mark
    return first, after


def test_a_complaint_told_in_arabic_is_answered_in_arabic_then_in_french(client, portal, desks):
    sent = Sent(send(client, JOURNEY, follow(client, JOURNEY, code="ar")))
    emile = desks[0].on(3, 4)
    read = emile.page(at(sent))
    assert read.tree.get("lang") == "fr"
    assert "La personne a lu le formulaire en arabe." in read.text
    (told,) = [one for one in read.elements if one.get("lang") == "ar" and one.get("dir") == "auto"]
    assert words(told) == plain(STORY)
    letters(portal)
    emile.submit(at(sent, "accuser-reception"), {"canal_ar": "email", "message": WRITTEN})

    (letter,) = letters(portal)
    first, after = halves(letter)
    assert f"{portal.settings.address}/ar/reprendre" in first
    assert f"{portal.settings.address}/reprendre" in after
    assert in_arabic("Bonjour,") in first
    assert "Bonjour" in after
    assert sent.number in first
    assert sent.number in after
    assert WRITTEN in first
    assert WRITTEN in after, "what the clerk wrote is read in both, as it was written"
    assert '<div lang="ar" dir="rtl">' in letter.html
    assert '<div lang="fr" dir="ltr">' in letter.html

    client.submit(localized("/reprendre", "ar"), {"code": sent.code})
    followed = client.page(localized("/suivi", "ar"))
    assert (followed.tree.get("lang"), followed.tree.get("dir")) == ("ar", "rtl")
    assert in_arabic("L'autorité a accusé réception le {day}.").partition("{")[0] in followed.text
    whole = client.page(localized("/suivi/plainte", "ar"))
    assert plain(STORY) in whole.text
    assert (whole.tree.get("lang"), whole.tree.get("dir")) == ("ar", "rtl")
