"""Translations changed on both sides."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posync.core.po.entries import entry_key
from posync.models.catalog import Catalog
from posync.models.run import Run


class Conflict(models.Model):
    """A translation changed in a file and in the database, differently. The database's stays in use."""

    catalog = models.ForeignKey(Catalog, on_delete=models.CASCADE, related_name="conflicts")
    key = models.UUIDField()
    path = models.TextField()
    msgid = models.TextField()
    base_text = models.TextField(blank=True)
    file_text = models.TextField()
    database_text = models.TextField(blank=True)
    file = models.TextField(blank=True)
    tool = models.CharField(max_length=255, blank=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="conflicts")
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: The text chosen.
    resolution = models.TextField(blank=True)
    #: Resolved long ago: digests stand for its texts.
    pruned = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalog", "key"],
                condition=models.Q(resolved_at=None),
                name="posync_one_open_conflict_per_message",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.catalog.domain}:{self.path} ({self.catalog.locale})"

    def resolve(self, text: str, user: AbstractBaseUser | None) -> None:
        """Close the conflict with the text chosen."""
        self.resolved_at = timezone.now()
        self.resolved_by = user  # type: ignore[assignment] # whatever AUTH_USER_MODEL is
        self.resolution = text
        self.save(update_fields=["resolved_at", "resolved_by", "resolution"])

    def move(self, entry_id: tuple[str, str]) -> None:
        """Make it about another entry of its catalog, by its path and source text, in memory."""
        self.path, self.msgid = entry_id
        self.key = entry_key(*entry_id)

    def reopen(self) -> None:
        """Take the choice back, at the place that the text has now."""
        self.resolved_at, self.resolved_by, self.resolution = None, None, ""
        self.save(update_fields=["key", "path", "resolved_at", "resolved_by", "resolution"])
