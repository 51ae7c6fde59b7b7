from django.db import models
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page

from home.i18n.collation import by_name, sort_key
from home.i18n.versions import foreign_language, live_page, localized
from home.listing.filters import ListFilter, Option, bare_items
from home.models.vocabulary import Theme
from home.routing.visibility import without_private


class ThemeRelation(Orderable):
    """A theme of a page, the same in every language: its name's language is decided for each visit."""

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
    """A page about a project."""

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


class ThemeFilter(ListFilter):
    name = "theme"
    label = _("Theme")

    def options(self, items, value):
        codes = bare_items(items).values("theme_relations__theme__code")
        themes = list(Theme.for_display().filter(code__in=codes).order_by(by_name("name")))
        shown = {}
        for theme in themes:
            if theme.code not in shown or not foreign_language(theme):
                shown[theme.code] = theme
        for theme in themes:
            if shown[theme.code] is theme:
                yield Option(theme.code, theme.name, foreign_language(theme), theme.code == value)

    def narrow(self, items, value):
        return items.filter(pk__in=bare_items(items).filter(theme_relations__theme__code=value).values("pk"))


class ProjectFilter(ListFilter):
    """By a project: named by the number of its page, in any language."""

    name = "project"
    label = _("Project")

    def options(self, items, value):
        keys = bare_items(items).values("project__translation_key")
        versions = {}
        projects = (
            without_private(Page.objects.live()).filter(translation_key__in=keys).select_related("locale")
        )
        for version in projects.order_by("pk"):
            versions.setdefault(version.translation_key, []).append(version)
        active = translation.get_language()
        options = []
        for family in versions.values():
            shown = next((page for page in family if page.locale.language_code == active), family[0])
            is_selected = value in {str(page.pk) for page in family}
            # The first page's number: both languages' lists name the project alike.
            options.append(Option(str(family[0].pk), shown.title, foreign_language(shown), is_selected))
        return sorted(options, key=lambda option: sort_key(option.label, active))

    def narrow(self, items, value):
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            return items.none()
        family = Page.objects.filter(pk=int(value)).values("translation_key")
        return items.filter(project__translation_key__in=family)
