"""The database's own record of its mark in the folder of catalogs."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class RootMark(models.Model):
    """One row: it identifies a database's folder of catalogs as its own."""

    #: Made once. A copy of the database has it, too.
    database = models.UUIDField(default=uuid.uuid4)
    #: How often files were written. A folder ahead of it was written by a later state of the database, or by a copy.
    exports = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("mark of the folder of catalogs")
        verbose_name_plural = _("marks of the folder of catalogs")

    def __str__(self) -> str:
        return f"{self.database}, {self.exports}"
