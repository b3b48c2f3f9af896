"""The mails that the service writes; each has a folder of ``templates/emails`` that bears its code."""

from enum import StrEnum


class Mail(StrEnum):
    """A kind of mail. The code is kept in the outbox: it never changes."""

    # To the person.
    DRAFT_CODE = "code"
    DRAFT_REMINDER = "reminder"
    NEW_CODE_LINK = "link"
    CODE_CHANGED = "code_changed"
    RECEIPT = "receipt"
    MANDATE_ASKED = "mandate_asked"
    DRAFT_HANDED = "draft_handed"
    RECEIPT_BY_ASSOCIATION = "receipt_association"
    ACKNOWLEDGED = "acknowledged"
    REROUTED = "moved"
    QUESTION = "question"
    NEWS = "news"
    FOLLOWED_TOGETHER = "together"
    FOLLOWED_APART = "apart"
    WITHDRAWAL_PENDING = "withdrawing"
    # To an authority.
    MANDATE_ENDED = "mandate_ended"
    TRANSMITTED = "shared"
    REROUTED_TO_YOU = "arrived"
    REROUTED_ELSEWHERE = "left"
    PROGRESS = "progress"
    PERSON_WROTE = "wrote"
    EVIDENCE_ADDED = "proofs"
    CONTACT_CHANGED = "contact"
    WITHDRAWAL_ASKED = "retrait_demande"
    WITHDRAWAL_CANCELLED = "retrait_annule"
    WITHDRAWN = "retrait"
    DIGEST = "digest"
    DUE_SOON = "pressing"
    CHECKPOINT = "checkpoint"
    # To those who have an account, or will.
    INVITATION = "invitation"
    NEW_FACTORS = "factors"
    ACCESS_GIVEN = "access_given"
    SIGN_IN_LINK = "signin_link"
    AGREEMENT_ENDING = "agrement"
    MEMBER_DRAFT_REMINDER = "reminder_member"
    MANDATE_ENDED_FOR_YOU = "mandate_ended_for_you"
    AGREEMENT_ENDING_HERE = "agreement_ending_here"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    REQUEST_REFUSED = "request_refused"
    NEWS_FOR_ASSOCIATION = "news_association"
    WEBHOOK_PAUSED = "webhook_paused"
    # To whoever runs the service.
    ALARM = "alarm"
    ACCESSIBILITY_PROBLEM = "problem"


ABOUT_OWN_COMPLAINT = (
    *(Mail.NEW_CODE_LINK, Mail.CODE_CHANGED, Mail.RECEIPT, Mail.RECEIPT_BY_ASSOCIATION, Mail.ACKNOWLEDGED),
    *(Mail.REROUTED, Mail.QUESTION, Mail.NEWS, Mail.FOLLOWED_TOGETHER, Mail.FOLLOWED_APART, Mail.WITHDRAWAL_PENDING),
)
"""Mails to the person about a complaint that is sent: when one is refused, the person must be reached otherwise."""
