"""No column that could serve as evidence is forgotten: each one is covered, or set aside with its reason."""

from app.base.storage.migrate import every_table
from app.verification.columns import COLUMNS

ASIDE = {
    *(
        "account",
        "access_line",  # its own chain, one for each day
        "account_link",
        "calendar_link",
        "invitation",
        "auth_session",
        *("api_answer", "api_client"),  # rights of software, and the keys of its requests
        "draft",
        "mandate_request",  # what it gives is sealed with the complaint
        "return_link",
        "outbox",
        *("webhook", "webhook_delivery"),
        "clock_jump",
        "filing_act_seen",
        *("saved_view", "list_display"),  # how clerks read their list
        "filing_mention",
        *("tag", "filing_tag"),  # how an authority sorts its desk
        "commission_member",
        *("agrement", "association", "association_request"),
        *("association_branch", "association_branch_member", "association_record"),
        *("post_letter", "registered_letter"),  # what was proven of it is an act
        "lease",
        "absence",
        *("message_template", "message_template_version"),  # the text that was sent is sealed with the act
    ),  # live and die with the service
    "filing_word",  # made again from what is sealed
    "association_word",  # made again with the record
    *("directory_edition", "directory_key", "directory_listing", "directory_site", "directory_word"),  # public; copied
    *("tally", "tallied"),  # counted again from the complaints
    "help_place",  # public; loaded again from the lists of the operator
    *("commune_alias", "commune_name", "commune_postcode", "cpam_exception"),
    *(
        "authority",
        "authority_closure",
        "authority_logo",
        "authority_opening",
        "commune",
        "departement",
        "motive",
        "profession",
        "refusal_form",
        "reference_version",
    ),  # carried
}


def test_every_column_of_every_evidential_table_is_covered():
    tables = {table.name: {column.name for column in table.columns} for table in every_table().sorted_tables}
    for name, columns in COLUMNS.items():
        assert tables[name] == set(columns), name
    assert set(tables) >= set(COLUMNS)


def test_every_other_table_is_set_aside_by_name():
    assert {table.name for table in every_table().sorted_tables} - set(COLUMNS) == ASIDE
