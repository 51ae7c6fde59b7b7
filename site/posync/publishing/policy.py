"""Says who may translate, review and publish, by Wagtail's own rights and by rows of `TranslationRight`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, Group
from django.db.models import Q
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry

from posync.catalogs.load import LoadedCatalog
from posync.models import Catalog, TranslationRight
from posync.publishing.gate import Gate


@dataclass(frozen=True)
class TranslationPolicy:
    """A user's rights on translations. None is the system itself, and may do everything."""

    user: AbstractBaseUser | None

    def can_translate(self, loaded: LoadedCatalog, gate: Gate) -> bool:
        """Whether the user may translate: who may change the target, or has a row for its language."""
        if self._is_nobody or self._is_everybody:
            return self._is_everybody
        return self._has_row(loaded.catalog, gate, "translate", "review", "publish") or self._may_edit(
            loaded, gate
        )

    def can_review(self, loaded: LoadedCatalog, gate: Gate) -> bool:
        """Whether the user may approve what others have translated: who may publish it, or has a row."""
        if self._is_nobody or self._is_everybody:
            return self._is_everybody
        return self._has_row(loaded.catalog, gate, "review") or self.can_publish(loaded, gate)

    def can_publish(self, loaded: LoadedCatalog, gate: Gate) -> bool:
        """Whether the user may publish a catalog's target, by a row for its language or by Wagtail's right.

        On a page there already; on one yet to be made, the right to publish below its parent in that language. On a
        snippet with drafts, the right to publish; without, to change it.
        """
        if self._is_nobody or self._is_everybody:
            return self._is_everybody
        catalog, target = loaded.catalog, gate.target(loaded.catalog)
        if self._has_row(catalog, gate, "publish"):
            return True
        if issubclass(catalog.source_model, Page):
            page: Any = target or gate.translated_parent(catalog)
            if page is None:
                # The gate keeps it back for the page above. Whoever publishes anywhere may read so.
                return bool(policy_registry.get_by_type(Page).user_has_permission(self.user, "publish"))
            rights = page.permissions_for_user(self.user)
            return bool(rights.can_publish_subpage() if target is None else rights.can_publish())
        action = "publish" if issubclass(catalog.source_model, DraftStateMixin) else "change"
        return self._on_model(catalog, action)

    @property
    def _is_everybody(self) -> bool:
        return self.user is None or bool(self.user.is_active and getattr(self.user, "is_superuser", False))

    @property
    def _is_nobody(self) -> bool:
        return self.user is not None and not self.user.is_active

    def _may_edit(self, loaded: LoadedCatalog, gate: Gate) -> bool:
        catalog, target = loaded.catalog, gate.target(loaded.catalog)
        if not issubclass(catalog.source_model, Page):
            return self._on_model(catalog, "change")
        if target is not None:
            return bool(target.permissions_for_user(self.user).can_edit())
        parent = gate.translated_parent(catalog)
        return parent is not None and bool(parent.permissions_for_user(self.user).can_add_subpage())

    def _on_model(self, catalog: Catalog, action: str) -> bool:
        policy = policy_registry.get_by_type(catalog.source_model)
        return bool(policy.user_has_permission(self.user, action))

    @cached_property
    def _rows(self) -> list[TranslationRight]:
        """The user's rows. One query."""
        groups = Group.objects.filter(user=self.user)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
        rows = TranslationRight.objects.filter(group__in=groups).select_related("section")
        return list(rows.filter(Q(translate=True) | Q(review=True) | Q(publish=True)))

    def _has_row(self, catalog: Catalog, gate: Gate, *rights: str) -> bool:
        return any(
            row.locale_id in (None, catalog.locale_id)
            and any(getattr(row, right) for right in rights)
            and (row.section is None or self._is_in(row.section, catalog, gate))
            for row in self._rows
        )

    def _is_in(self, section: Page, catalog: Catalog, gate: Gate) -> bool:
        """Whether a catalog is of the section's page or of one below it, in whatever language the section was named."""
        pages = [page for page in (gate.original(catalog), gate.target(catalog)) if isinstance(page, Page)]
        return any(page.path.startswith(path) for page in pages for path in self._paths_of(section))

    def _paths_of(self, section: Page) -> list[str]:
        if section.pk not in self._paths:
            versions = Page._base_manager.filter(translation_key=section.translation_key)
            self._paths[section.pk] = list(versions.values_list("path", flat=True))
        return self._paths[section.pk]

    @cached_property
    def _paths(self) -> dict[int, list[str]]:
        """The paths of sections in all languages, by primary key, once asked for."""
        return {}
