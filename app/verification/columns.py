"""How each column that could serve as evidence is covered; a test fails on a column that is not here."""

CHAIN = "in the hash of the entry"
SEALED = "in the sealed document, which the ledger commits to"
DERIVED = "computed again from what is sealed"
CHECKED = "checked by itself: a seal, a key or a signature"
BOUND = "bound to its row by a keyed code"
LIVES = "changes with the life of the case, or of the service; proves nothing"

COLUMNS: dict[str, dict[str, str]] = {
    "ledger": dict.fromkeys(("n", "kind", "number", "commitment", "at", "prev", "hash"), CHAIN)
    | {"read_at": "what the clock said when it went back; told to the operator, not evidence"},
    "filing": dict.fromkeys(
        (
            *("draft_id", "number", "received_at", "zone", "channel", "profession", "commune", "town"),
            *("outcome", "to_confirm", "candidates", "receiver", "informed"),
        ),
        SEALED,
    )
    | dict.fromkeys(("email_key", "commitment", "state", "kept_until", "erased_at"), DERIVED)
    | dict.fromkeys(("id", "payload", "summary"), CHECKED)
    | dict.fromkeys(("code_hash", "bound"), BOUND),
    "filing_key": dict.fromkeys(("filing_id", "holder", "wrapped"), CHECKED),
    "filing_desk": dict.fromkeys(
        (
            *("filing_id", "authority", "role", "next_code", "next_due_on"),
            *("state", "profession", "channel", "received_at", "number"),
        ),
        DERIVED,
    )
    | dict.fromkeys(("assignee", "laid_by"), LIVES),
    "filing_duty": dict.fromkeys(("filing_id", "authority", "code", "due_on", "until"), DERIVED) | {"told": LIVES},
    "filing_act": dict.fromkeys(("n", "filing_id", "kind", "at", "content"), "in an entry of the ledger, one for each"),
    "filing_event": dict.fromkeys(("filing_id", "at", "kind", "by", "authority"), DERIVED)
    | {"id": LIVES, "why": CHECKED, "bound": BOUND},
    "evidence": dict.fromkeys(("id", "owner", "name", "title", "purpose", "media_type", "size"), SEALED)
    | dict.fromkeys(("fingerprint", "digest"), CHECKED)
    | dict.fromkeys(("added_at", "reading", "scan", "copy_type", "pages", "seconds"), LIVES),
    "deadline": dict.fromkeys(("filing_number", "code", "due_strict", "due_postponed", "basis", "done_at"), DERIVED)
    | {"id": LIVES},
    "stamp": dict.fromkeys(("n", "token", "gen_time", "state"), CHECKED)
    | dict.fromkeys(("qualified", "gap", "bound"), BOUND)
    | dict.fromkeys(("attempts", "first_at", "next_at", "error"), LIVES),
}
