"""“Publish” for many pages at once: translations one by one through the gate, and a sentence for each refusal."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponseBase
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from posync.admin.attempts import attempt
from posync.publishing.action import catalog_of


class PublishPages(PublishBulkAction):
    """Wagtail's own, where one refusal would end it for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refusals": self.refusals}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: AbstractBaseUser | None = None,
        refusals: list[str] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """The numbers of pages published, and of pages below them."""
        published = below = 0
        refused_pages: list[str] = [] if refusals is None else refusals
        for page in objects:
            published += _publish(page, user, refused_pages)
            if include_descendants:
                for draft in page.get_descendants().not_live().defer_streamfields().specific().iterator():
                    if user is None or draft.permissions_for_user(user).can_publish():
                        below += _publish(draft, user, refused_pages)
        return published, below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects + num_child_objects:
            return None
        message: str = super().get_success_message(num_parent_objects, num_child_objects)
        return message

    def form_valid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        for refusal in self.refusals:
            messages.error(self.request, refusal)
        return response


def _publish(page: Page, user: AbstractBaseUser | None, refusals: list[str]) -> bool:
    """Publish a page. False, with the reason added, where it is a translation kept back."""
    catalog = catalog_of(page)
    if catalog is None or user is None:
        revision = page.get_latest_revision() or page.specific.save_revision(user=user)
        revision.publish(user=user)
        return True
    tried = attempt(catalog, page, user)
    refusals += tried.refusals
    return not tried.refusals
