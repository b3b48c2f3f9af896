"""The command ``saisine``: exit 0 done, 1 the answer is no, 2 bad use or impossible."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app import serving
from app.accounts import service as accounts
from app.base.clock import system_clock
from app.base.dates import zone_named
from app.base.errors import Refusal, StorageTrouble
from app.base.fields import Mistake
from app.base.vault import Keyring, KeyringTrouble
from app.base.widgets import BAD_EMAIL, Email
from app.main import make_portal
from app.procedure import rules as procedure
from app.routing import queries as routing
from app.routing import service as reference
from app.settings import Settings
from app.stamping.trust import trust_of
from app.verification import service as verification
from app.verification.chain import read_checkpoints

saisine = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Receive complaints after a refusal of care.",
)
agent = typer.Typer(no_args_is_help=True, help="Accounts of clerks.")
keys = typer.Typer(no_args_is_help=True, help="The keyring, which opens everything.")
demo = typer.Typer(no_args_is_help=True, help="The demonstration.")
saisine.add_typer(agent, name="agent")
saisine.add_typer(keys, name="keys")
saisine.add_typer(demo, name="demo")


def impossible(why: object) -> typer.Exit:
    """Say why on the error output; exit 2."""
    typer.echo(f"saisine: {why}", err=True)
    return typer.Exit(2)


def say(answer: Any) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))


@saisine.command()
def serve() -> None:
    """Serve the pages, and send the mails from the same process (SAISINE_WORKER=false: not)."""
    serving.serve(Settings())


@saisine.command()
def work() -> None:
    """Send the mails of the outbox, until stopped."""
    serving.work(Settings())


@saisine.command()
def migrate() -> None:
    """Bring the tables of the database to this version."""
    database = serving.migrate(Settings())
    typer.echo(f"{database.describe()}: ready")


@saisine.command("load-reference")
def load_reference() -> None:
    """Load towns, caisses, councils, professions, motives and forms carried by the product."""
    database = serving.migrate(Settings())
    with database.write() as session:
        loaded = reference.load_reference(session)
    say({"version": loaded.version, **loaded.counts})


@saisine.command()
def route(
    profession: Annotated[str, typer.Option(help="RPPS code, for instance 10; empty when not known")] = "",
    commune: Annotated[str, typer.Option(help="INSEE code of the town")] = "",
    postal_code: Annotated[str, typer.Option(help="when the town is not known")] = "",
    section: Annotated[str, typer.Option(help="section of a pharmacist, A to H")] = "",
) -> None:
    """Tell which CPAM and which council are competent, with the reasons."""
    if not commune and not postal_code:
        raise impossible("give --commune (INSEE code) or --postal-code")
    database = serving.ready_database(Settings())
    with database.read() as session:
        try:
            found = routing.authorities_for(
                session,
                profession=profession,
                commune=commune or None,
                postal_code=postal_code or None,
                section=section or None,
                pharmacie_type=None,
            )
        except ValueError as wrong:
            raise impossible(wrong) from wrong
    say(found.as_json())


@saisine.command()
def deadlines(
    received: Annotated[
        str, typer.Option(help="instant of receipt, ISO 8601 with its offset: 2026-03-03T22:41:07+01:00")
    ],
    zone: Annotated[str, typer.Option(help="IANA zone of the authority")] = "Europe/Paris",
    session: Annotated[str, typer.Option(help="day of the conciliation session, YYYY-MM-DD")] = "",
    recidive: Annotated[bool, typer.Option("--recidive", help="the route without conciliation")] = False,  # noqa: FBT002
) -> None:
    """Print the dates that the law sets for a complaint."""
    try:
        instant, place = datetime.fromisoformat(received), zone_named(zone)
        held_on = date.fromisoformat(session) if session else None
        found = procedure.deadlines(instant, zone=place, session_on=held_on, recidive=recidive)
    except ValueError as wrong:
        raise impossible(wrong) from wrong
    say(procedure.to_json(found))


@agent.command("add")
def add(
    email: Annotated[str, typer.Option(help="address to sign in with")],
    name: Annotated[str, typer.Option(help="name shown to colleagues and in the history")],
    authority: Annotated[
        str,
        typer.Option(
            help="code of the authority, for instance 595 or MED-59; AIGUILLAGE: the filings without an authority"
        ),
    ],
    role: Annotated[str, typer.Option(help="agent or responsable")] = "agent",
) -> None:
    """Add a clerk; the password is read from the standard input, and asked for twice on a terminal."""
    try:
        Email(label="", missing=BAD_EMAIL).read([email])
    except Mistake as wrong:
        raise impossible(f"--email: {wrong.text(str)}") from wrong
    portal = _portal()
    if authority != "AIGUILLAGE":
        with portal.database.read() as session:
            if routing.authority(session, authority) is None:
                raise impossible(f"no authority has the code {authority}")
    typed = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    try:
        with portal.database.write() as session:
            made = accounts.add_clerk(session, portal.keyring, email, name, authority, role, typed, system_clock)
    except (Refusal, ValueError) as refused:
        raise impossible(getattr(refused, "says", refused)) from refused
    typer.echo(f"Add this to an application of one-time codes:\n{made.otpauth}")


@keys.command("init")
def keys_init() -> None:
    """Make the keyring; it is never made silently in production, nor ever overwritten."""
    path: Path = Settings().keyring_path
    Keyring.create(path)
    typer.echo(f"{path}: made. Keep two copies outside this machine: without it nothing can be read any more.")


@demo.command("accounts")
def demo_accounts(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:  # noqa: FBT002
    """Print the accounts of the demonstration, with their current one-time codes."""
    found = serving.demo_accounts(_portal())
    if as_json:
        say(found)
    else:
        typer.echo(serving.accounts_text(found))


@demo.command("load")
def demo_load() -> None:
    """Prepare the demonstration: tables, reference data, accounts, invented complaints."""
    serving.prepare_demo(Settings())
    typer.echo("ready")


@saisine.command("verify")
def verify(
    checkpoint: Annotated[Path | None, typer.Option(help="file of checkpoints kept before")] = None,
    report: Annotated[Path | None, typer.Option(help="file to write what was found to")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,  # noqa: FBT002
) -> None:
    """Recompute everything that was promised: the ledger, the complaints, the files, the tokens, the dates."""
    try:
        published = read_checkpoints(checkpoint.read_text(encoding="utf-8")) if checkpoint else []
    except ValueError as wrong:
        raise impossible(f"{checkpoint}: {wrong}") from wrong
    portal = _portal()
    with typer.progressbar(length=1, label="Verifying", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        found = verification.verify(portal, trust_of(portal.settings, portal.keyring), published, tell)
    if report:
        report.write_text(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        say(found.as_json())
    else:
        for problem in found.problems:
            typer.echo(str(problem))
        counts = f"{found.entries} entries, {found.filings} complaints, {found.files} files, {found.tokens} tokens"
        typer.echo(f"{'whole' if found.is_whole else f'{len(found.problems)} problems'}: {counts}")
    if not found.is_whole:
        raise typer.Exit(1)


@saisine.command("checkpoint")
def checkpoint_of_today() -> None:
    """Print today's checkpoint: day, number of the last entry, its hash. Keep it elsewhere."""
    typer.echo(verification.checkpoint(_portal()))


def _portal() -> Any:
    settings = Settings()
    serving.ready_database(settings)
    return make_portal(settings)


def main() -> None:
    """Run the command; what is impossible is said in one line."""
    try:
        saisine()
    except (KeyringTrouble, StorageTrouble, serving.Impossible, OSError) as trouble:
        _leave(trouble)
    except SQLAlchemyError as trouble:
        _leave(f"the database cannot be used: {str(getattr(trouble, 'orig', trouble)).partition(chr(10))[0]}")
    except ValidationError as wrong:
        _leave("; ".join(f"SAISINE_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors()))


def _leave(why: object) -> NoReturn:
    typer.echo(f"saisine: {why}", err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
