"""Two tabs of one browser, or of two: each holds the page that it was shown, whatever the other one does."""

from typing import Any, Self

from tests.support.client import Files, SuspiciousClient
from tests.support.html import Page

CONFLICT = 409


class Tab:
    """A page that stays open in a tab; each press shows the page that comes."""

    def __init__(self, client: SuspiciousClient, path: str) -> None:
        """Open a page."""
        self.client, self.path = client, path
        self.page, self.status = client.page(path), 200

    def press(
        self,
        fields: dict[str, Any] | None = None,
        files: Files | None = None,
        *,
        button: str | None = None,
        form: str | None = None,
    ) -> Self:
        """Press on the page that is shown."""
        answer = self.client.send_form(self.page, self.path, dict(fields or {}), files, button=button, form=form)
        self.page, self.path, self.status = Page(answer.text), answer.url.path, answer.status_code
        return self
