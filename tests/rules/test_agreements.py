"""Why an association may not send, in words that are whole whether somebody can be written to or not."""

from datetime import date

import pytest

from app.associations.rules import Agreement, why_not_sending
from app.base.i18n import translate

ENDED = Agreement("N1", "national", "", date(2020, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize("agreements", [(), (ENDED,)])
@pytest.mark.parametrize(
    ("contact", "end"), [("", "en envoyer."), ("  ", "en envoyer."), ("a@exemple.fr", "Écrivez à a@exemple.fr.")]
)
def test_whom_to_write_to_is_said_only_when_there_is_somebody(agreements, contact, end):
    said = why_not_sending(agreements, date(2026, 3, 3), contact, translate)
    assert said.endswith(end)
    assert ("Écrivez" in said) is bool(contact.strip())
