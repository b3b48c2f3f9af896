"""What is done with accounts and sessions, one file per matter."""

from app.accounts.service.clerks import NewAccount, add_account, add_clerk, add_member, disable
from app.accounts.service.links import link_is_alive, make_link, use_link
from app.accounts.service.sessions import (
    close_all,
    close_browser,
    close_session,
    held_by,
    mark_proved,
    move,
    needs_touch,
    open_session,
    proved_at,
    session_of,
    subjects_of,
    sweep,
    touch,
)
from app.accounts.service.signing_in import SignedIn, account_by_email, account_by_password, sign_in, use_code

__all__ = [
    "NewAccount",
    "SignedIn",
    "account_by_email",
    "account_by_password",
    "add_account",
    "add_clerk",
    "add_member",
    "close_all",
    "close_browser",
    "close_session",
    "disable",
    "held_by",
    "link_is_alive",
    "make_link",
    "mark_proved",
    "move",
    "needs_touch",
    "open_session",
    "proved_at",
    "session_of",
    "sign_in",
    "subjects_of",
    "sweep",
    "touch",
    "use_code",
    "use_link",
]
