"""The short form: what blocks, what does not, and all the messages at once."""

from app.saisine.journey import walk
from app.saisine.short_form import COURT, PAGES, ShortForm
from app.saisine.steps.professions import OtherProfession, rpps_of

FILLED = {
    "qualite": ["moi"],
    "prenom": ["Léa"],
    "nom": ["Fictive"],
    "moyens": ["email"],
    "email": ["lea@exemple.fr"],
    "profession": ["medecin"],
    "pro_nom": ["Camille Exemple"],
    "pro_commune": ["Lille"],
    "recit": ["On a refusé de me donner un rendez-vous."],
    "destinataire": ["cpam"],
    "declare_vrai": ["oui"],
    "compris_transmission": ["oui"],
}


def with_(**changes):
    return {**FILLED, **{name: value if isinstance(value, list) else [value] for name, value in changes.items()}}


def told(typed):
    return {name: mistake.message for name, mistake in COURT.parse(typed).errors.items()}


def test_the_minimum_of_the_law_is_enough():
    assert isinstance(COURT.parse(FILLED).values, ShortForm)


def test_an_empty_form_tells_everything_at_once_in_the_order_of_the_page():
    assert list(told({}).items()) == [
        ("qualite", "Dites-nous pour qui vous faites cette plainte."),
        ("prenom", "Écrivez votre prénom."),
        ("nom", "Écrivez votre nom."),
        ("moyens", "Choisissez au moins un moyen de vous joindre."),
        ("profession", "Choisissez une profession, ou “Je ne sais pas”."),
        ("pro_nom", "Donnez au moins un nom, un lieu ou une description."),
        ("pro_commune", "Écrivez la ville ou le code postal du lieu."),
        ("recit", "Racontez ce qui s'est passé. Quelques phrases suffisent."),
        ("destinataire", "Choisissez à qui envoyer votre plainte."),
        ("declare_vrai", "Cochez cette case si ce que vous avez écrit est vrai."),
        ("compris_transmission", "Cochez cette case si vous avez compris qui recevra la plainte."),
    ]


def test_one_name_alone_is_accepted_when_said():
    assert told(with_(prenom=""))["prenom"] == "Écrivez votre prénom."
    assert not told(with_(prenom="", sans_prenom="oui"))


def test_a_filled_address_counts_as_its_box():
    assert not told(with_(moyens=[]))
    read = dict(COURT.parse(with_(moyens=[], email="", telephone="06 00 00 00 00")).values)
    assert [str(means) for means in read["moyens"]] == ["telephone"]


def test_a_ticked_box_asks_for_its_field():
    assert told(with_(moyens=["email", "telephone", "courrier"], email="")) == {
        "email": "Écrivez votre adresse e-mail.",
        "telephone": "Écrivez un numéro de téléphone, par exemple 06 00 00 00 00. "
        "Pour un numéro étranger, commencez par +.",
        "adresse_rue": "Écrivez la rue ou le lieu-dit.",
        "adresse_code_postal": "Écrivez un code postal de 5 chiffres, par exemple 59000.",
        "adresse_ville": "Écrivez la ville.",
    }


def test_a_foreign_postal_code_is_free():
    post = with_(moyens="courrier", adresse_rue="3 rue Inventée", adresse_ville="Bruxelles", adresse_code_postal="1000")
    assert told(post) == {"adresse_code_postal": "Écrivez un code postal de 5 chiffres, par exemple 59000."}
    assert not told({**post, "adresse_pays": ["Belgique"]})


def test_the_child_is_named_only_for_a_child():
    assert set(told(with_(qualite="enfant"))) == {"pers_prenom", "pers_nom"}
    assert dict(COURT.parse(with_(pers_prenom="Zoé", pers_nom="Fictive")).values)["pers_prenom"] == ""


def test_a_helper_needs_the_person_s_agreement():
    assert told(with_(qualite="aide")) == {
        "accord_personne": "Il faut l'accord de la personne pour envoyer sa plainte."
    }


def test_an_unknown_profession_is_written():
    assert told(with_(profession="autre")) == {"profession_autre": "Choisissez la profession."}
    assert told(with_(profession="autre", profession_autre="inconnue")) == {
        "profession_autre_texte": "Écrivez la profession."
    }
    assert not told(with_(profession="autre", profession_autre="92"))


def test_a_code_that_is_not_offered_is_as_if_nothing_was_chosen():
    assert set(told(with_(qualite="association", destinataire="x"))) == {"qualite", "destinataire"}


def test_a_short_story_is_asked_for_a_few_words_more():
    assert told(with_(recit="Refus.")) == {"recit": "Ajoutez quelques mots pour que l'on comprenne."}
    assert "n" in COURT.parse(with_(recit="a" * 10_001)).errors["recit"].named


def test_the_walk_ends_when_everything_is_valid():
    assert walk(PAGES, FILLED).pending is None
    assert walk(PAGES, {}).pending is COURT


def test_each_profession_has_its_code():
    assert rpps_of("medecin", "") == "10"
    assert rpps_of("autre", OtherProfession.ORTHOPTISTE) == "92"
    assert rpps_of("autre", OtherProfession.INCONNUE) == ""
    assert rpps_of("ne_sait_pas", "") == ""
