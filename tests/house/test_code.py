"""The house rules that can be read in the code itself."""

import ast
from collections.abc import Callable, Iterator
from functools import cache

from tests.support.source import APP, Module, modules

LONGEST_FILE, LONGEST_FUNCTION, SHORT_FUNCTION = 250, 50, 25
VAGUE = {"utils", "helpers", "common", "manager", "misc"}
PARTS_THAT_NEVER_WRITE = {"rules", "models", "queries", "routes", "web", "status", "documents"}
READ_THE_TIME = {"base/clock.py"}
"""The clock; and the counter of tries, whose library gives the end of a wait in seconds of the machine."""
NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
SAID_ALOUD = {"runtime/server.py"}
"""What a person starts from a terminal answers there."""
STATEMENTS = {"insert", "update", "delete"}


def test_a_file_fits_in_a_head():
    assert not {m.name: n for m in modules() if (n := m.text.count("\n")) > LONGEST_FILE}


def test_a_function_fits_on_a_screen():
    lengths = {f"{module.name}:{f.name}": length(f) for module in modules() for f in functions(module)}
    assert not {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION}
    assert sorted(lengths.values())[int(len(lengths) * 0.9)] <= SHORT_FUNCTION, "nine functions in ten are short"


def test_a_file_has_a_name_that_says_something():
    assert not [m.name for m in modules() if VAGUE & {m.path.stem, *m.name.split("/")[:-1]}]


def test_only_the_clock_reads_the_time():
    assert not places(lambda call: dotted(call.func)[-2:] in NOW, allowed=READ_THE_TIME)


def test_nothing_is_printed():
    assert not places(lambda call: dotted(call.func) == ("print",), allowed=SAID_ALOUD)


def test_rows_are_written_at_home():
    """Read across, write at home: only a room's own service makes, changes or removes its rows."""
    assert not [fault for module in modules() for fault in writes_away_from_home(module)]


def test_the_rule_of_writing_at_home_sees_what_it_must():
    text = (
        "from app.filing.models import Filing\nfrom app.filing import models as m\n"
        "from sqlalchemy import update\n"
        "def f(session):\n session.add(Filing(id=1))\n session.execute(update(Filing))\n m.Filing()\n"
    )
    away = Module(APP / "intake" / "service.py", text, ast.parse(text))
    assert len(list(writes_away_from_home(away))) == 3
    assert list(writes_away_from_home(Module(APP / "filing" / "routes.py", text, ast.parse(text))))
    assert list(writes_away_from_home(Module(APP / "filing" / "web" / "routes.py", text, ast.parse(text))))
    assert not list(writes_away_from_home(Module(APP / "filing" / "receipt" / "receive.py", text, ast.parse(text))))


def test_every_model_is_known_to_the_rule():
    assert {"Filing", "Draft", "Evidence", "Account"} <= set(tables())


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in module.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def places(wrong: Callable[[ast.Call], bool], *, allowed: set[str]) -> list[str]:
    """List the calls that are wrong, outside the files where they are allowed."""
    watched = (module for module in modules() if module.name not in allowed)
    return [f"{module.name}:{call.lineno}" for module in watched for call in calls(module) if wrong(call)]


def calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in module.nodes if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> tuple[str, ...]:
    """Give ``a.b.c`` as its names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    return (node.id, *names) if isinstance(node, ast.Name) else tuple(names)


@cache
def tables() -> dict[str, str]:
    """Give the room of each table's class."""
    found = {}
    for module in modules():
        if module.part == "models":
            for node in module.tree.body:
                if isinstance(node, ast.ClassDef) and "Base" in {dotted(base)[-1] for base in node.bases}:
                    found[node.name] = module.room
    return found


def known_here(module: Module) -> dict[tuple[str, ...], str]:
    """Give the names under which this file knows tables, each with the table's room."""
    rooms = tables()
    known: dict[tuple[str, ...], str] = {}
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app."):
            for name in node.names:
                here = name.asname or name.name
                if node.module.endswith(".models") and name.name in rooms:
                    known[(here,)] = rooms[name.name]
                elif name.name == "models":
                    known |= {(here, table): room for table, room in rooms.items() if node.module == f"app.{room}"}
    return known


def writes_away_from_home(module: Module) -> Iterator[str]:
    known = known_here(module)
    for call in calls(module):
        names = dotted(call.func)
        about = [names] if names in known else []
        if len(names) == 1 and names[0] in STATEMENTS:
            about += [dotted(argument) for argument in call.args[:1]]
        for table in about:
            if table not in known:
                continue
            if known[table] != module.room:
                yield f"{module.name}:{call.lineno} writes {'.'.join(table)} of the room {known[table]}"
            elif module.part in PARTS_THAT_NEVER_WRITE:
                yield f"{module.name}:{call.lineno} writes {'.'.join(table)}: this belongs in service"
