from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.models import Orderable

from home.i18n.versions import live_page, localized


class ThemeRelation(Orderable):
    """A theme of a page. The same in every language: which language's name is shown is decided for each visit."""

    theme = models.ForeignKey(
        "home.Theme", on_delete=models.CASCADE, related_name="+", verbose_name=_("theme")
    )

    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        abstract = True


class ThemedMixin(models.Model):
    """A page with themes, by an inline `theme_relations`."""

    themes_panel = MultipleChooserPanel(
        "theme_relations", chooser_field_name="theme", heading=_("Themes"), label=_("Theme")
    )

    class Meta:
        abstract = True

    @cached_property
    def themes(self) -> list:
        return localized(relation.theme for relation in self.theme_relations.select_related("theme"))


class ProjectRelatedMixin(models.Model):
    """A page that tells of a project."""

    project = models.ForeignKey(
        "home.ProjectPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project"),
        help_text=_("Visitors are led to the page's version in their own language."),
    )

    class Meta:
        abstract = True

    @cached_property
    def shown_project(self):
        """The project as this visitor can read it."""
        return live_page(self.project_id)
