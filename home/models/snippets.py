from django import forms
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import register_snippet

from home.blocks.links import LinkColumnBlock, MenuItemBlock
from home.models.uniqueness import refuse_second


class Place(models.TextChoices):
    """Where on the page a snippet stands; the same in every language."""

    MAIN = "main", _("Every page")


# Wagtail gives every slug field a line to type in, even one with choices.
PLACE_PANEL = FieldPanel("slug", widget=forms.Select)


class SiteChromeSnippet(PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin):
    """Menu, footer and notice around every page: written and published as pages are, one for each language."""

    # A choice, and so the same in every language: translators are given free text only.
    slug = models.SlugField(_("place"), max_length=50, choices=Place.choices, default=Place.MAIN)

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="unique_%(class)s_place_per_language")
        ]

    def clean(self):
        super().clean()
        refuse_second(self, "slug", _("This language has one for this place already."))

    def serve_preview(self, request, mode_name):
        # The preview's address has no language, so nothing else would choose the snippet's own.
        with translation.override(self.locale.language_code):
            request.LANGUAGE_CODE = self.locale.language_code
            response = super().serve_preview(request, mode_name)
            response.render()
        return response

    def get_preview_context(self, request, mode_name):
        # In place of the published one, wherever the page's templates ask for it.
        return {**super().get_preview_context(request, mode_name), f"{self._meta.model_name}_preview": self}

    def get_preview_template(self, request, mode_name):
        return "home/snippets/preview.html"


@register_snippet
class Menu(SiteChromeSnippet):
    """The main menu."""

    title = models.CharField(_("title"), max_length=80, help_text=_("How screen readers announce the menu."))
    items = StreamField([("link", MenuItemBlock())], blank=True, verbose_name=_("entries"))

    panels = [PLACE_PANEL, FieldPanel("title"), FieldPanel("items")]

    class Meta(SiteChromeSnippet.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self):
        return self.title


@register_snippet
class Footer(SiteChromeSnippet):
    """The foot of every page."""

    title = models.CharField(_("title"), max_length=120, help_text=_("The name of the organisation."))
    address = RichTextField(_("address"), features=["bold", "link"], blank=True)
    columns = StreamField([("column", LinkColumnBlock())], blank=True, verbose_name=_("columns"))
    legal = RichTextField(_("legal text"), features=["bold", "link"], blank=True)

    panels = [
        PLACE_PANEL,
        FieldPanel("title"),
        FieldPanel("address"),
        FieldPanel("columns"),
        FieldPanel("legal"),
    ]

    class Meta(SiteChromeSnippet.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")

    def __str__(self):
        return self.title


@register_snippet
class SiteNotice(SiteChromeSnippet):
    """News for everybody now, at the top of every page: published and taken back as pages are."""

    class Level(models.TextChoices):
        INFORMATION = "info", _("For information")
        WARNING = "warning", _("Warning")

    title = models.CharField(_("title"), max_length=120)
    text = RichTextField(_("text"), features=["bold", "italic", "link"], blank=True)
    level = models.CharField(_("weight"), max_length=10, choices=Level.choices, default=Level.INFORMATION)

    panels = [
        PLACE_PANEL,
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("level"),
        PublishingPanel(),
    ]

    class Meta(SiteChromeSnippet.Meta):
        verbose_name = _("notice on every page")
        verbose_name_plural = _("notices on every page")

    def __str__(self):
        return self.title
