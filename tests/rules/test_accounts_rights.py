"""What each role may do: what is not said is refused."""

import pytest

from app.accounts.rights import Right, may
from app.accounts.rules import Role, belongs
from app.intake.desk.page import needed


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("intake.list", Right.READ),
        ("intake.list.do", Right.READ),
        ("intake.export.several", Right.EXPORT),
        ("intake.display.do", Right.READ),
        ("intake.view.new.do", Right.WRITE),
        ("intake.view.do", Right.WRITE),
        ("intake.filing", Right.READ),
        ("intake.filing.change", Right.ACT),
        ("intake.preview.page", Right.READ),
        ("intake.evidence", Right.SAVE),
        ("intake.evidence.force", Right.FORCE),
        ("intake.note.do", Right.WRITE),
        ("intake.export.do", Right.EXPORT),
        ("intake.acknowledge", Right.ACT),
        ("conciliation.summons.send.do", Right.CONCILIATE),
        ("conciliation.home", Right.READ),
        ("conciliation.inaction.do", Right.ACT),
        ("nobody.knows", Right.ACT),
        ("", Right.ACT),
    ],
)
def test_an_address_asks_for_a_right_by_its_name(name, right):
    assert needed(name) == right


def test_each_role_has_its_rights_and_no_other():
    held = {role.value: {right.value for right in Right if may(role, right)} for role in Role}
    clerk = {"lire", "enregistrer", "ecrire", "concilier"}
    assert held == {
        "lecteur": {"lire"},
        "secretariat": clerk,
        "agent": clerk | {"agir", "exporter"},
        "responsable": {right.value for right in Right},
        "membre_association": set(),
        "responsable_association": {"gerer"},
        "admin": {"gerer"},
    }
    assert not may("directeur", Right.READ)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_an_account_belongs_to_one_place_that_fits_its_role(role):
    fits = {
        "authority": belongs(role, "595", ""),
        "association": belongs(role, "", "entraide"),
        "nobody": belongs(role, "", ""),
        "both": belongs(role, "595", "entraide"),
    }
    place = {"admin": "nobody", "membre_association": "association", "responsable_association": "association"}
    assert [name for name, fit in fits.items() if fit] == [place.get(role, "authority")]
