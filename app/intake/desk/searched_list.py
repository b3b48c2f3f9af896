"""The page of an act that asks for one authority among all: a few words make its list shorter, without a script."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from fastapi import Request
from starlette.responses import Response

from app.base.forms.fields import FieldError, Typed
from app.base.forms.searched_options import SEARCH, searched
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase


class SearchedList(ActPage):
    """A page whose list is looked into by its address; what is sent is checked against the whole list all the same."""

    listed: ClassVar[str]
    """Field of the list."""
    always: ClassVar[Collection[str]] = ()
    """Choices that stay offered, whatever is looked for."""

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Offer what is looked for."""
        search = searched(self.offered(case)[self.listed], request.query_params.get(SEARCH, ""), self.always)
        return super().show(
            request, case, typed, mistakes, **more, search=search, offered={self.listed: search.options}
        )
