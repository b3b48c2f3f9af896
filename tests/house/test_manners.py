"""The rules of pages can find something: each one fails on a page made for it, and none on a page that is right."""

import pytest

from tests.support.html import Page
from tests.support.manners import RULES

RIGHT = """<!doctype html><html lang="fr"><head><title>Question – Étape 3 sur 6 – Saisine</title></head><body>
<a href="#contenu">Aller au contenu</a><header><a href="/aide">Aide</a></header>
<main id="contenu"><p>Étape 3 sur 6 : Les faits</p><h1>Question</h1>
<form method="post" action="/x"><fieldset><legend>Choix</legend>
<input type="radio" id="a" name="choix" value="a"><label for="a">A</label>
<input type="radio" id="b" name="choix" value="b"><label for="b">B</label></fieldset>
<label for="nom">Nom (facultatif)</label><p class="govuk-hint" id="aide-nom">Celui de la CPAM</p>
<input id="nom" name="nom" type="text" autocomplete="family-name" aria-describedby="aide-nom">
<button>Continuer</button></form></main>
<footer><a href="/plan-du-site">Plan du site</a></footer></body></html>"""
ERRORS = '<div id="erreurs" tabindex="-1"><a href="#nom">Écrivez le nom.</a></div>'
BROKEN = {
    "S2": RIGHT.replace("– Étape 3 sur 6 –", "–"),
    "S3": RIGHT.replace("<h1>", ERRORS + "<h1>"),
    "S4": RIGHT.replace('<a href="#contenu">Aller au contenu</a>', ""),
    "S8": RIGHT.replace("<h1>", '<a href="/a">Modifier</a><h1>'),
    "S9": RIGHT.replace("<h1>", "<table><tr><th>A</th></tr></table><h1>"),
    "S11": RIGHT.replace('<a href="/aide">Aide</a>', ""),
    "S12": RIGHT.replace('<a href="/plan-du-site">', '<a href="/plan-du-site" target="_blank">'),
    "F1": RIGHT.replace('id="nom" name', 'placeholder="Nom" id="nom" name'),
    "F4": RIGHT.replace("<legend>Choix</legend>", ""),
    "F5": RIGHT.replace("<button>", '<select name="pays"><option value="fr">France</option></select><button>'),
    "F6": RIGHT.replace("<button>Continuer", "<button>"),
    "F7": RIGHT.replace(" (facultatif)", ""),
    "F8": RIGHT.replace(' aria-describedby="aide-nom"', ""),
    "F9": RIGHT.replace("<h1>", ERRORS.replace(' tabindex="-1"', "") + "<h1>"),
    "F10": RIGHT.replace("<h1>", ERRORS + "<h1>"),
    "F14": RIGHT.replace("family-name", "name"),
    "F17": RIGHT.replace('id="b"', 'id="b" data-aria-controls="contenu"'),
    "K9": RIGHT.replace("<button>", '<button accesskey="c">'),
    "J2": RIGHT.replace("<body>", '<body hx-boost="true">'),
    "J4": RIGHT.replace("<h1>", '<ul><li role="alert">Non</li></ul><h1>'),
    "P9": RIGHT.replace("<h1>", '<img src="/a.png"><h1>'),
    "P10": RIGHT.replace("<h1>", "<audio autoplay></audio><h1>"),
    "T6": RIGHT.replace("<title>", '<meta http-equiv="refresh" content="9"><title>'),
    "L1": RIGHT.replace('lang="fr"', 'lang="xx"'),
}


@pytest.mark.parametrize("name", RULES)
def test_each_rule_finds_its_fault(name):
    assert list(RULES[name](Page(RIGHT))) == []
    assert list(RULES[name](Page(BROKEN[name])))
