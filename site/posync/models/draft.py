"""Texts that nobody has approved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posync.models.catalog import Catalog


class Draft(models.Model):
    """A text that nobody has approved: a fuzzy one, one that was refused, or an old one whose source has changed."""

    catalog = models.ForeignKey(Catalog, on_delete=models.CASCADE, related_name="drafts")
    #: core.entries.entry_key of path and msgid.
    key = models.UUIDField()
    path = models.TextField()
    msgid = models.TextField()
    text = models.TextField()
    #: The source that the text translates, where it is not this entry's.
    previous_msgid = models.TextField(blank=True)
    #: What was approved in the database when the draft was kept. A later approval there overtakes the draft.
    approved = models.TextField(blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["catalog", "key"], name="posync_one_draft_per_message"),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:60]}"
