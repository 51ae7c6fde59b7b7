"""The append-only history of texts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posync.models.actor import NAME_LENGTH, actor_field
from posync.models.catalog import Catalog
from posync.models.run import Run


class Change(models.Model):
    """The history: one text replaced by another. Rows are only ever added; of old ones the texts go, where a site says so."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved translation")
        DRAFT = "draft", _("draft")
        COMMENT = "comment", _("translator's comment")
        #: A link, file or value of the target's own, as JSON; of no source text.
        OVERRIDE = "override", _("value of the translation's own")

    # A copy of the names: the history outlives its subjects.
    catalog = models.ForeignKey(Catalog, null=True, on_delete=models.SET_NULL, related_name="changes")
    domain = models.CharField(max_length=500)
    language = models.CharField(max_length=100)
    path = models.TextField()
    msgid = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: "" where there was no text before, or is none after.
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    #: None: typed in the admin, or followed from a publication.
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="changes")
    file = models.TextField(blank=True)
    #: SHA-256 of the file's bytes, in hexadecimal; "" without a file.
    file_digest = models.CharField(max_length=64, blank=True)
    tool = models.CharField(max_length=255, blank=True)
    user = actor_field()
    #: At the time; "" for nobody.
    user_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: Superseded long ago: digests stand for the texts no longer in use.
    pruned = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.domain}:{self.path} ({self.language})"
