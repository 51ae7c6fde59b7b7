"""Renamed fields and blocks, for files still with the old names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posync.core.po.renaming import Renaming


class EntryRename(models.Model):
    """A renamed field, block or inline relation of a model. Rows are in the order of the renamings."""

    app_label = models.CharField(max_length=100)
    #: In lower case, as content types have it.
    model_name = models.CharField(max_length=100)
    old_path = models.TextField()
    new_path = models.TextField()

    class Meta:
        verbose_name = _("renamed entry")
        verbose_name_plural = _("renamed entries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.app_label}.{self.model_name}: {self.old_path} → {self.new_path}"

    @property
    def renaming(self) -> Renaming:
        return Renaming(self.old_path, self.new_path)
