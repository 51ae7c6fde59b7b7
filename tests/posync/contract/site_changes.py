"""What changes the site without an editor: migrations, restarts, and restored databases."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Value
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from wagtail_localize.models import StringTranslation, Translation

from posync import rename_entries
from posync.sync import sync
from tests.posync.contract.machine import ContractMachine, Site, pages, pick
from tests.posync.contract.world import numbers_of
from tests.posync.people import edit, target_of
from tests.testapp.models import EveryPage


class SiteChanges(ContractMachine):
    """Of these, Wagtail's signals tell little or nothing."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._restore: Callable[[], None] | None = None

    @rule(page=pages, what=st.sampled_from(["title", "intro", "paragraph"]))
    def migrate_the_content_of_a_page(self, page: int, what: str) -> None:
        page = pick(self.world.pages, page)
        content = self.world.content(page)
        if what == "paragraph":
            added = self.world.texts.source(" was <b>migrated</b>.")
            content = replace(content, paragraphs=(*content.paragraphs[1:], added))
        else:
            content = replace(content, **{what: self.world.texts.source(" migrated")})
        EveryPage.objects.filter(pk=page.pk).update(**self.world.fields(content))
        self.world.contents[page.pk].append(content)

    @rule(page=pages)
    def migrate_the_content_of_a_translation(self, page: int) -> None:
        targets = [target for _language, target in self.promises.targets()]
        if targets:
            target = pick(targets, page)
            text = self.world.texts.translation(self.world.texts.source())
            self.promises.approved |= numbers_of(text)
            EveryPage.objects.filter(pk=target.pk).update(**{self.world.intro_field: text})
            self.promises.shows_now(target)

    @rule()
    def rename_a_field(self) -> None:
        old, new = self.world.rename_intro()
        EveryPage.objects.update(**{new: F(old)})
        EveryPage.objects.update(**{old: Value("")})
        texts = sorted(StringTranslation.objects.values_list("data", flat=True))
        rename_entries(EveryPage, old, new)
        assert sorted(StringTranslation.objects.values_list("data", flat=True)) == texts
        self.promises.agreed = None
        self._check()

    @rule(page=pages, syncs=st.booleans(), edits=st.booleans())
    def stop_a_translation_and_start_it_again(self, page: int, syncs: bool, edits: bool) -> None:
        translations = list(Translation.objects.order_by("pk"))
        translation = pick(translations, page)
        self._enable(translation, False)
        source = translation.source.get_source_instance()
        target = target_of(source, translation.target_locale)
        if edits and target is not None and not (target.locked or target.has_unpublished_changes):
            text = self.world.texts.translation(self.world.texts.source())
            edit(target, **{self.world.intro_field: text})
            self.promises.typed_in_admin(text)
        if syncs:
            self.promises.about_to_read(self.files)
            sync()
        self._enable(translation, True)
        self.promises.agreed = None
        self._check()

    def _enable(self, translation: Translation, enabled: bool) -> None:
        translation.enabled = enabled
        translation.save(update_fields=["enabled"])

    @rule()
    def back_the_database_up(self) -> None:
        backup = transaction.savepoint()
        world = {name: deepcopy(getattr(self.world, name)) for name in ("pages", "contents", "intro_field")}
        promises = self.promises.noted()

        def restore() -> None:
            transaction.savepoint_rollback(backup)
            for name, value in deepcopy(world).items():
                setattr(self.world, name, value)
            self.promises.go_back_to(promises)

        self._restore = restore

    @precondition(lambda self: self._restore is not None)
    @rule()
    def restore_the_database(self) -> None:
        """Its files are those of today, and say more than it knows."""
        self._restore()
        self._check()
