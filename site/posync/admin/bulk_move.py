"""“Move” for many pages at once: a sentence for each page of another language, where Wagtail only says that it is not allowed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.models import Page

from posync.publishing.language_trees import is_foreign_to, move_refused


class MovePages(MoveBulkAction):
    """Wagtail's own, which moves none where one is refused."""

    def prepare_action(
        self, pages: Iterable[Page], pages_without_access: Mapping[str, Iterable[Mapping[str, Any]]]
    ) -> HttpResponse | None:
        destination = self.cleaned_form.cleaned_data["chooser"]
        for refused in pages_without_access["pages_without_destination_access"]:
            if is_foreign_to(refused["item"], destination):
                messages.error(self.request, move_refused(refused["item"]))
        answer: HttpResponse | None = super().prepare_action(pages, pages_without_access)
        return answer
