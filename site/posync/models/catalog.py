"""The catalog of an object in a language, and the name of its files."""

from datetime import datetime

from django.db import connection, models
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from posync.db.compressed_field import CompressedField
from posync.exceptions import PosyncError

#: In bytes. No two versions of one file share them by chance.
_VERSION_LENGTH = 16


class TextDomain(models.Model):
    """The name of an object's catalogs: the same in every language, for ever."""

    object = models.OneToOneField(TranslatableObject, on_delete=models.CASCADE, related_name="text_domain")
    name = models.CharField(_("name"), max_length=500, unique=True)

    class Meta:
        verbose_name = _("text domain")
        verbose_name_plural = _("text domains")

    def __str__(self) -> str:
        return self.name


class CatalogQuerySet(models.QuerySet["Catalog"]):
    def lock(self) -> None:
        """Lock the rows until the transaction ends, in one order for all, so that no two writers wait for each other.

        A bulk update locks them in whatever order the database finds them.
        """
        if connection.features.has_select_for_update:
            list(self.select_for_update(of=("self",)).order_by("pk").values_list("pk"))

    def mark_changed(self) -> int:
        """Note a change of the database's side. Returns the number of catalogs."""
        return self.update(needs_export=True, needs_publish=True, revision=F("revision") + 1)


class Catalog(models.Model):
    """An object's entries in one target language, and their file."""

    domain = models.ForeignKey(TextDomain, on_delete=models.CASCADE, related_name="catalogs")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # wagtail-localize deletes a translation with its page; the translators' work outlives it here.
    translation = models.OneToOneField(
        Translation, null=True, on_delete=models.SET_NULL, related_name="catalog"
    )
    #: The file as last carried, the base of the next merge: its own bytes, or the same in posync's form.
    base = CompressedField(default=b"")
    #: SHA-256 of the file as last read or written, in hexadecimal; "" at first.
    file_digest = models.CharField(max_length=64, blank=True)
    #: SHA-256 of a file about to be written. Left behind by a killed export, it tells our own file from a
    #: translator's.
    writing_digest = models.CharField(max_length=64, blank=True)
    #: The first 16 bytes of the SHA-256 of each of the file's versions, one after the other: they identify a backup.
    file_versions = models.BinaryField(default=b"")
    #: Counts the changes of the database's side: a change during a step outlives the step's end.
    revision = models.PositiveBigIntegerField(default=0)
    #: The source was published anew and its segments are not refreshed yet.
    source_changed = models.BooleanField(default=False)
    #: The translation was stopped: its target is a page of an editor's own, until the translation is started again.
    stopped = models.BooleanField(default=False)
    #: Started again, and not exported since. Texts typed into the file meanwhile are drafts.
    restarted = models.BooleanField(default=False)
    needs_export = models.BooleanField(default=True)
    needs_publish = models.BooleanField(default=True)
    #: How many texts were not approved when the catalog was last looked at for publication. It is not looked at again
    #: for them: their approval marks it.
    texts_left = models.PositiveIntegerField(default=0)
    #: What it waited for when it was last looked at for publication, a `posync.publishing.gate.Reason`; "" for nothing.
    waiting_for = models.CharField(max_length=30, blank=True)

    objects = CatalogQuerySet.as_manager()

    #: The fields of `note_file`; `file_values` has the values in this order.
    FILE_FIELDS = ("file_digest", "writing_digest", "file_versions")

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
            models.Index(
                fields=["texts_left"], condition=models.Q(texts_left__gt=0), name="posync_texts_left"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} ({self.locale})"

    def note_file(self, digest: str, *, taken: bool = True) -> None:
        """Note, in memory, that the file has this content now (SHA-256 in hexadecimal).

        A file not `taken` as it is may come again.
        """
        if taken and not self.had_version(digest):
            self.file_versions = bytes(self.file_versions) + bytes.fromhex(digest)[:_VERSION_LENGTH]
        self.file_digest, self.writing_digest = digest, ""

    @property
    def file_values(self) -> tuple[str, str, bytes]:
        return self.file_digest, self.writing_digest, bytes(self.file_versions)

    def had_version(self, digest: str) -> bool:
        """Whether the file had this content before."""
        versions, wanted = bytes(self.file_versions), bytes.fromhex(digest)[:_VERSION_LENGTH]
        places = range(0, len(versions), _VERSION_LENGTH)
        return any(versions[place : place + _VERSION_LENGTH] == wanted for place in places)

    def _active_translation(self) -> Translation:
        if self.translation is None:
            raise PosyncError(f"{self} is not translated any more: its translation was deleted.")
        return self.translation

    @property
    def source(self) -> TranslationSource:
        """Where the entries come from. Raises PosyncError when the translation was given up."""
        return self._active_translation().source

    @property
    def begun(self) -> datetime:
        """When the object was submitted. Raises PosyncError when the translation was given up."""
        begun: datetime = self._active_translation().created_at
        return begun

    @cached_property
    def source_model(self) -> type[models.Model]:
        """The specific model of the object translated. Raises PosyncError when its app was removed."""
        model: type[models.Model] | None = self.source.specific_content_type.model_class()
        if model is None:
            raise PosyncError(
                f"{self} is of a model that is not installed: {self.source.specific_content_type}."
            )
        return model
