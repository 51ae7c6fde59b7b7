"""Groups the changes of one command."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posync.models.actor import NAME_LENGTH, actor_field, name_of


class Run(models.Model):
    """One import, approval, undoing or resolving, with its changes."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("import")
        UNDO = "undo", _("undo")
        RESOLVE = "resolve", _("resolution of conflicts")
        APPROVE = "approve", _("approval")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = actor_field()
    #: At the time; "" for nobody.
    user_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.user_name = name_of(self.user)
        super().save(*args, **kwargs)
