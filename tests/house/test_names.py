"""One name for one thing, and one thing under each name."""

import ast
from collections import defaultdict

from tests.support.source import modules


def test_a_class_name_means_one_thing():
    where = defaultdict(list)
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(module.name)
    assert len(where) > 500, "the classes were read"
    assert not {name: files for name, files in where.items() if len(files) > 1}
