"""Who may know what: beside the layers of the imports, who speaks to the database and to the clock of the machine."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.support.source import Module, modules

MOST_MODULES = 20
PASSED_ON = {"Session", "SQLAlchemyError", "OperationalError"}
"""What a page may name without asking anything: the session that it hands over, and the trouble that it tells."""
ASKS_THE_DATABASE = {"models.py", "queries.py", "service.py", "queries", "service", "storage", "crypto", "verification"}
"""Parts of a room whose trade it is, by the name of the file or of its folder."""
ASKS_BY_TRADE = {
    "api/complaints.py",
    "accounts/audit/access_log.py",
    "acts/added_evidence.py",
    "acts/succession.py",
    "acts/withdrawal.py",
    "api/clients.py",
    "api/idempotency.py",
    "association_desk/desk.py",
    "backup/databases.py",
    "base/searching.py",
    "demo/accounts.py",
    "filing/acts/act_store.py",
    "filing/acts/mentions.py",
    "filing/acts/postal_letters.py",
    "filing/acts/read_receipts.py",
    "filing/acts/reassignment.py",
    "filing/acts/registered_letters.py",
    "filing/desk_rows.py",
    "filing/history.py",
    "filing/ledger/chain.py",
    "filing/ledger/register.py",
    "filing/receipt/receive.py",
    "filing/search/word_index.py",
    "filing/upkeep/erase.py",
    "filing/upkeep/flood.py",
    "filing/upkeep/rebuild_desks.py",
    "filing/upkeep/reindex.py",
    "intake/agenda.py",
    "intake/counts.py",
    "intake/news.py",
    "intake/reminders.py",
    "intake/rows.py",
    "intake/saved_views.py",
    "associations/notices.py",
    "associations/registry.py",
    "associations/branches.py",
    "associations/own_records.py",
    "routing/closures.py",
    "routing/openings.py",
    "routing/exporting.py",
    "routing/updating.py",
    "runtime/health.py",
    "saisine/by_software.py",
    "saisine/handed_to_person.py",
    "saisine/mandate_requests.py",
    "saisine/returning.py",
}
CLOCKS = {"system_clock", "steady_clock"}
READS_THE_CLOCK = {
    # Waits are counted by the clock that only goes forward.
    "base/limits.py",
    "base/heartbeat.py",
    "base/storage/leader.py",
    "base/storage/readiness.py",
    "base/traces.py",
    "runtime/monitor.py",
    "runtime/timestamping.py",
    # The assembly gives the time to everybody else.
    "runtime/instance.py",
    "runtime/preparation.py",
    # Commands, which have no instance around them.
    "cli/directory.py",
    "cli/keys.py",
    "cli/accounts.py",
    "cli/help_places.py",
    "cli/reference.py",
    "routing/service.py",
    "stamping/trust.py",
}


def test_a_folder_can_be_read_at_a_glance():
    """Twenty modules at most lie side by side."""
    folders = Counter(module.path.parent for module in modules() if module.path.stem != "__init__")
    assert not {str(folder): n for folder, n in folders.items() if n > MOST_MODULES}


def test_the_database_is_asked_by_those_whose_trade_it_is():
    asking = {m.name for m in modules() if not ASKS_THE_DATABASE & set(m.name.split("/")) and database_names(m)}
    assert asking == ASKS_BY_TRADE


def test_the_time_comes_with_the_instance():
    """Everybody else is handed a clock: a test may set it."""
    reading = {m.name for m in modules() if m.name != "base/clock.py" and CLOCKS & set(imported(m, "app.base.clock"))}
    assert reading == READS_THE_CLOCK


def test_what_is_imported_is_seen():
    text = "from sqlalchemy.orm import Session\ndef f():\n    from sqlalchemy import select as ask\n"
    assert database_names(Module(modules()[0].path, text, ast.parse(text))) == {"select"}


def database_names(module: Module) -> set[str]:
    """Return what a module imports from SQLAlchemy in order to ask or to write."""
    return set(imported(module, "sqlalchemy")) - PASSED_ON


def imported(module: Module, package: str) -> Iterator[str]:
    """Yield the names that a module imports from a package, wherever in the file."""
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[
            : len(package.split("."))
        ] == package.split("."):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == package)
