"""The people, organisations, places and themes in pages' relations: each exists once for each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.fields import CodeField, PlainCharField, dialled, translated_url_field
from home.i18n.slugs import make_slug
from home.models.uniqueness import refuse_second
from home.renditions import with_pictures


class Entry(index.Indexed, TranslatableMixin):
    """Something with a name in each language."""

    name = models.CharField(_("name"), max_length=255)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def slug(self) -> str:
        """The name of translators' files: a number would differ from one database to the next."""
        return make_slug(self.name)

    @classmethod
    def for_display(cls):
        """With everything a page shows of one."""
        return cls.objects.select_related("locale")


class CodedEntry(Entry):
    """An entry with a code for filters of lists, the same in every language."""

    code = CodeField(
        _("code"),
        max_length=50,
        help_text=_(
            "Stands in addresses, in Latin letters, the same in every language. Do not change it later."
        ),
    )

    panels = [FieldPanel("name"), FieldPanel("code")]

    class Meta(Entry.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="unique_%(class)s_code_per_language")
        ]

    @property
    def slug(self) -> str:
        return self.code

    def clean(self):
        super().clean()
        refuse_second(self, "code", _("Another entry of this language has this code already."))


@register_snippet
class Theme(CodedEntry):
    """A theme across all kinds of pages."""

    class Meta(CodedEntry.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


@register_snippet
class Region(CodedEntry):
    """Where a project works."""

    class Meta(CodedEntry.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Organisation(Entry):
    """An organisation with a logo and a site of its own, with an address for each language."""

    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_alt = models.CharField(
        _("alt text of the logo"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty if the logo says no more than the name, which stands beside it."),
    )
    url = translated_url_field(_("website"))

    panels = [
        FieldPanel("name"),
        FieldPanel("url"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], heading=_("Logo")),
    ]

    class Meta(Entry.Meta):
        abstract = True

    @classmethod
    def for_display(cls):
        return with_pictures(super().for_display(), "logo")


@register_snippet
class Donor(Organisation):
    """Who pays for projects."""

    class Meta(Organisation.Meta):
        verbose_name = _("donor")
        verbose_name_plural = _("donors")


@register_snippet
class Partner(Organisation):
    """Who carries projects out together with the office."""

    class Meta(Organisation.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


@register_snippet
class Person(Entry):
    """Somebody for visitors to know or to reach."""

    role = models.CharField(_("role"), max_length=255, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    photo_alt = models.CharField(
        _("alt text of the photo"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty if the photo says no more than the name, which stands beside it."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PlainCharField(_("telephone"), max_length=60, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading=_("Photo")),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @classmethod
    def for_display(cls):
        return with_pictures(super().for_display(), "photo")

    @property
    def dialled(self) -> str:
        return dialled(self.phone)
