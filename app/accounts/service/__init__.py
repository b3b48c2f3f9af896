"""What is done with accounts and sessions, one file per matter."""

from app.accounts.service.clerks import NewAccount, add_clerk, disable
from app.accounts.service.sessions import (
    close_all,
    close_session,
    held_by,
    move,
    needs_touch,
    open_session,
    session_of,
    subjects_of,
    sweep,
    touch,
)
from app.accounts.service.signing_in import account_by_password, sign_in

__all__ = [
    "NewAccount",
    "account_by_password",
    "add_clerk",
    "close_all",
    "close_session",
    "disable",
    "held_by",
    "move",
    "needs_touch",
    "open_session",
    "session_of",
    "sign_in",
    "subjects_of",
    "sweep",
    "touch",
]
