"""What the desks say was just done stands in one table: nothing is said that is not there, and all of it is said."""

import ast

from app.accounts.sign_in.done import JustDone
from app.acts.kinds import KINDS
from tests.support.source import modules

TABLE = "accounts/sign_in/done.py"


def said():
    """Return the names of the table that the code says, outside of it."""
    nodes = (node for module in modules() if module.name != TABLE for node in module.nodes)
    attributes = (node for node in nodes if isinstance(node, ast.Attribute))
    return {one.attr for one in attributes if isinstance(one.value, ast.Name) and one.value.id == JustDone.__name__}


def test_every_code_that_is_said_is_in_the_table_and_every_one_of_the_table_is_said():
    assert said() == set(JustDone.__members__)


def test_a_code_is_that_of_no_act_and_its_sentence_of_no_other():
    assert not {one.value for one in JustDone} & set(KINDS)
    assert len({one.label for one in JustDone}) == len(JustDone)
