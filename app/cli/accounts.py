"""Accounts of clerks, of members of associations, of administrators."""

import sys
from typing import Annotated

import typer

from app.accounts import service as accounts
from app.associations import registry
from app.base.clock import system_clock
from app.base.errors import Refusal
from app.base.forms.fields import FieldError
from app.base.forms.widgets import BAD_EMAIL, Email
from app.cli.output import impossible, ready_portal
from app.routing import queries as routing

agent = typer.Typer(no_args_is_help=True, help=__doc__)


@agent.command("add")
def add(
    email: Annotated[str, typer.Option(help="address to sign in with")],
    name: Annotated[str, typer.Option(help="name shown to colleagues and in the history")],
    authority: Annotated[
        str,
        typer.Option(
            help="code of the authority, for instance 595 or MED-59; AIGUILLAGE: the filings without an authority"
        ),
    ] = "",
    association: Annotated[str, typer.Option(help="id of the association, for its members")] = "",
    role: Annotated[
        str,
        typer.Option(
            help="agent, responsable, secretariat or lecteur of an authority; membre_association or"
            " responsable_association; admin (who keeps the service, belongs to nobody and reads no complaint)"
        ),
    ] = "agent",
) -> None:
    """Add an account; the password is read from the standard input, and asked for twice on a terminal."""
    try:
        Email(label="", missing=BAD_EMAIL).read([email])
    except FieldError as wrong:
        raise impossible(f"--email: {wrong.text(str)}") from wrong
    portal = ready_portal()
    if authority and authority != "AIGUILLAGE":
        with portal.database.read() as session:
            if routing.authority(session, authority) is None:
                raise impossible(f"no authority has the code {authority}")
    if association:
        with portal.database.read() as session:
            if registry.known(session, association) is None:
                raise impossible(f"no association has the id {association}")
    typed = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    try:
        with portal.database.write() as session:
            if association:
                made = accounts.add_member(session, portal.keyring, email, name, association, role, typed, system_clock)
            else:
                made = accounts.add_clerk(session, portal.keyring, email, name, authority, role, typed, system_clock)
    except (Refusal, ValueError) as refused:
        raise impossible(getattr(refused, "says", refused)) from refused
    typer.echo(f"Add this to an application of one-time codes:\n{made.otpauth}")
