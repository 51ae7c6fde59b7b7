"""What posync must remember beside wagtail-localize's own tables."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from posync.exceptions import PosyncError


class TextDomain(models.Model):
    """The name under which an object's texts go to translators: the same in every language, for ever."""

    object = models.OneToOneField(TranslatableObject, on_delete=models.CASCADE, related_name="text_domain")
    name = models.CharField(_("name"), max_length=500, unique=True)

    class Meta:
        verbose_name = _("text domain")
        verbose_name_plural = _("text domains")

    def __str__(self) -> str:
        return self.name


class Catalog(models.Model):
    """An object's messages in one target language, and the file that carries them."""

    domain = models.ForeignKey(TextDomain, on_delete=models.CASCADE, related_name="catalogs")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # wagtail-localize deletes a translation with its page; what translators wrote outlives it here.
    translation = models.OneToOneField(
        Translation, null=True, on_delete=models.SET_NULL, related_name="catalog"
    )
    header = models.JSONField(default=dict)
    header_comment = models.TextField(blank=True)
    #: SHA-256 of the file as last read or written, in hexadecimal; "" before that.
    file_digest = models.CharField(max_length=64, blank=True)
    #: The source was published anew and its segments are not refreshed yet.
    source_changed = models.BooleanField(default=False)
    needs_export = models.BooleanField(default=True)
    needs_publish = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")
        constraints = [
            models.UniqueConstraint(fields=["domain", "locale"], name="posync_one_catalog_per_language"),
        ]
        indexes = [
            models.Index(
                fields=["source_changed"],
                condition=models.Q(source_changed=True),
                name="posync_source_changed",
            ),
            models.Index(
                fields=["needs_export"], condition=models.Q(needs_export=True), name="posync_needs_export"
            ),
            models.Index(
                fields=["needs_publish"], condition=models.Q(needs_publish=True), name="posync_needs_publish"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} ({self.locale})"

    def _active_translation(self) -> Translation:
        if self.translation is None:
            raise PosyncError(f"{self} is not translated any more: its translation was deleted.")
        return self.translation

    @property
    def source(self) -> TranslationSource:
        """Where the messages come from. Raises PosyncError when the translation was given up."""
        return self._active_translation().source

    @property
    def begun(self) -> datetime:
        """When the object was submitted. Raises PosyncError when the translation was given up."""
        begun: datetime = self._active_translation().created_at
        return begun

    @property
    def source_model(self) -> type[models.Model]:
        """The specific model of the object translated. Raises PosyncError when its app was removed."""
        model: type[models.Model] | None = self.source.specific_content_type.model_class()
        if model is None:
            raise PosyncError(
                f"{self} is of a model that is not installed: {self.source.specific_content_type}."
            )
        return model


class CatalogEntry(models.Model):
    """What is known of one message of a catalog: the base of the merge, and a translator's unfinished work."""

    catalog = models.ForeignKey(Catalog, on_delete=models.CASCADE, related_name="entries")
    #: core.messages.message_key of path and msgid.
    key = models.UUIDField()
    path = models.TextField()
    msgid = models.TextField()
    order = models.PositiveIntegerField(default=0)
    #: What the file last carried.
    file_msgstr = models.TextField(blank=True)
    file_fuzzy = models.BooleanField(default=False)
    #: What was approved in the database at that time.
    approved = models.TextField(blank=True)
    #: A text that nobody has approved, and the source it translates where that is not this message's.
    draft = models.TextField(blank=True)
    previous_msgid = models.TextField(blank=True)
    translator_comment = models.TextField(blank=True)
    #: The source no longer has this message.
    obsolete = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("catalog entry")
        verbose_name_plural = _("catalog entries")
        constraints = [
            models.UniqueConstraint(fields=["catalog", "key"], name="posync_one_entry_per_message"),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.msgid[:60]}"
