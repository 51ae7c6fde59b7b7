"""Says who may publish translations, by Wagtail's own rights."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry

from posync.catalogs.load import LoadedCatalog
from posync.publishing.gate import Gate


@dataclass(frozen=True, slots=True)
class TranslationPolicy:
    """A user's rights on translations. None is the system itself, and may publish."""

    user: AbstractBaseUser | None

    def can_publish(self, loaded: LoadedCatalog, gate: Gate) -> bool:
        """Whether the user may publish a catalog's target.

        A page there already: Wagtail's right on it. One yet to be made: the right to publish below its parent in that
        language. A snippet with drafts: the right to publish; without, to change it.
        """
        user = self.user
        if user is None:
            return True
        if not user.is_active:
            return False
        catalog, target = loaded.catalog, gate.target(loaded.catalog)
        if issubclass(catalog.source_model, Page):
            page: Any = target or gate.translated_parent(catalog)
            if page is None:
                # The gate keeps it back for the page above. Whoever publishes anywhere may read so.
                return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))
            return self._on_page(page, is_new=target is None)
        action = "publish" if issubclass(catalog.source_model, DraftStateMixin) else "change"
        policy = policy_registry.get_by_type(catalog.source_model)
        return bool(policy.user_has_permission(user, action))

    def _on_page(self, page: Page, *, is_new: bool) -> bool:
        rights = page.permissions_for_user(self.user)
        return bool(rights.can_publish_subpage() if is_new else rights.can_publish())
