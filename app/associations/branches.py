"""The « antennes » of an association: who answers for it keeps the list, and says where each member works."""

import uuid
from collections.abc import Mapping

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.associations.models import AssociationBranch, BranchMember

MOST = 300
"""Branches of one association."""


def branches(session: Session, association: str) -> dict[str, str]:
    """List the branches of an association: ids and names, in the order of the names."""
    wanted = select(AssociationBranch.id, AssociationBranch.name).where(AssociationBranch.association == association)
    return {row.id: row.name for row in session.execute(wanted.order_by(AssociationBranch.name))}


def places(session: Session, association: str) -> dict[str, str]:
    """Return the branch of each account of an association that has one, by ids."""
    wanted = select(BranchMember.account, BranchMember.branch).join(AssociationBranch)
    found = session.execute(wanted.where(AssociationBranch.association == association))
    return {row.account: row.branch for row in found}


def in_branch(branch: str) -> Select[str]:
    """Return the question that lists the accounts of a branch."""
    return select(BranchMember.account).where(BranchMember.branch == branch)


def add(session: Session, association: str, name: str) -> bool:
    """Add a branch; return whether it is there now: not beyond :data:`MOST`. A name that is there stays alone."""
    known = branches(session, association)
    if name.casefold() in {one.casefold() for one in known.values()}:
        return True
    if len(known) >= MOST:
        return False
    session.add(AssociationBranch(id=uuid.uuid4().hex, association=association, name=name))
    session.flush()
    return True


def remove(session: Session, association: str, branch: str) -> None:
    """Take a branch away; its members have none any more. Another association's stays."""
    if branch in branches(session, association):
        session.execute(delete(BranchMember).where(BranchMember.branch == branch))
        session.execute(delete(AssociationBranch).where(AssociationBranch.id == branch))


def place(session: Session, association: str, wanted: Mapping[str, str]) -> None:
    """Put members, by their accounts, in their branches; an empty or unknown branch is none."""
    known = branches(session, association)
    session.execute(delete(BranchMember).where(BranchMember.account.in_(list(wanted))))
    session.add_all(BranchMember(account=one, branch=branch) for one, branch in wanted.items() if branch in known)
    session.flush()
