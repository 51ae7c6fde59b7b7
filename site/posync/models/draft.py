"""Texts without approval."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from posync.core.po.entries import entry_key
from posync.models.catalog import Catalog


class Draft(models.Model):
    """A text without approval: fuzzy, for review, refused by a check, or left from before its source changed."""

    catalog = models.ForeignKey(Catalog, on_delete=models.CASCADE, related_name="drafts")
    #: core.entries.entry_key of path and msgid.
    key = models.UUIDField()
    path = models.TextField()
    msgid = models.TextField()
    text = models.TextField()
    #: The text's own source, where it differs from this entry's.
    previous_msgid = models.TextField(blank=True)
    #: The approved translation at the time of the draft. A later approval in the database overtakes the draft.
    approved = models.TextField(blank=True)
    #: Whoever typed it holds it to be done, and may not approve it.
    for_review = models.BooleanField(default=False)
    #: Whoever typed it in the admin; None for a file's.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: A reviewer's reason for sending it back.
    sent_back = models.TextField(blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["catalog", "key"], name="posync_one_draft_per_message"),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:60]}"

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        entry_id: tuple[str, str],
        text: str = "",
        *,
        previous_msgid: str = "",
        approved: str = "",
        like: "Draft | None" = None,
    ) -> "Draft":
        """A draft for an entry of a catalog, by its path and source text; not saved.

        It is as far as another one of the same text is, with the same author: the one it is `like`.
        """
        path, msgid = entry_id
        return cls(
            catalog=catalog,
            key=entry_key(path, msgid),
            path=path,
            msgid=msgid,
            text=text,
            previous_msgid=previous_msgid,
            approved=approved,
            **like.progress if like else {},
        )

    @property
    def progress(self) -> dict[str, Any]:
        """How far it is, and by whom, as the values of fields."""
        return {"for_review": self.for_review, "author_id": self.author_id, "sent_back": self.sent_back}

    def move(self, entry_id: tuple[str, str]) -> None:
        """Make it the draft of another entry of its catalog, in memory."""
        self.path, self.msgid = entry_id
        self.key = entry_key(*entry_id)
