from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet

from home.access.addresses import addresses_of
from home.access.questions import password_question
from home.i18n.languages import home_url
from home.i18n.slugs import TransliteratingSlugInput, make_slug
from home.renditions import prefetch_renditions
from home.routing.tree import RoutedMixin
from home.routing.visibility import is_private, without_private
from home.search.index_fields import SearchableMixin
from home.seo.structured_data import Thing


class BasePageQuerySet(PageQuerySet):
    def public(self):
        """Wagtail's, without its query beforehand."""
        return without_private(self)


class BasePage(RoutedMixin, SearchableMixin, Page):
    """Every page of the site: a slug by the Transliteration Act, versions in other languages, a place in the search."""

    search_fields = [*Page.search_fields, *SearchableMixin.extra_search_fields]

    # Wagtail's own labels here have no Bulgarian.
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    widget=TransliteratingSlugInput,
                    heading=_("Slug"),
                    help_text=_(
                        "The last part of the page's address. It is made from the title; change it only before the "
                        "page is first published."
                    ),
                ),
                FieldPanel(
                    "seo_title",
                    heading=_("Title tag"),
                    help_text=_("Only where it should differ from the title of the page."),
                ),
                FieldPanel(
                    "search_description",
                    heading=_("Meta description"),
                    help_text=_("One or two sentences that stand under the title among the results."),
                ),
            ],
            heading=_("For search engines"),
        ),
    ]

    objects = PageManager.from_queryset(BasePageQuerySet)()

    # Open Graph's name for this kind of page
    shared_kind = "website"
    # The GET parameters of the page's view. Their names and values, codes and numbers, are the same in every
    # language: a link to the other version carries them.
    query_parameters: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        body = getattr(self, "body", None)
        prefetch_renditions([self.shared_image, *(body.stream_block.images(body) if body else ())])
        return super().get_context(request, *args, **kwargs)

    def serve_password_required_response(self, request, form, action_url):
        form.initial.setdefault("return_url", home_url(translation.get_language()))
        addresses = addresses_of(request, form["return_url"].value() or "")
        return password_question(request, form, action_url, addresses, is_document=False)

    @cached_property
    def live_translations(self) -> dict[str, Page]:
        """The live versions of this page by language, its own among them: one query.

        A private version is named on private pages alone.
        """
        live = Page.objects.filter(translation_key=self.translation_key, live=True).select_related("locale")
        versions = list(live.annotate(is_private=is_private()))
        is_private_itself = any(version.is_private for version in versions if version.pk == self.pk)
        return {
            version.locale.language_code: version
            for version in versions
            if is_private_itself or not version.is_private
        }

    @property
    def live_ancestors(self) -> list[Page]:
        """The live pages above this one, from the front page down."""
        return [page for page in self.pages_above if page.depth > 1 and page.live]

    @property
    def summary(self) -> str:
        """One or two sentences for search results and shared links."""
        return self.search_description or getattr(self, "lead", "") or getattr(self, "intro", "")

    @property
    def shared_image(self):
        return getattr(self, "image", None)

    @property
    def shared_image_alt(self) -> str:
        return getattr(self, "image_alt", "")

    def structured_data(self, request: HttpRequest) -> list[Thing]:
        """Describes the page in schema.org's words, besides its place in the tree."""
        return []

    def number_of_pages(self, parameters: QueryDict) -> int:
        """How many pages a visitor can turn through, for these parameters."""
        return 1

    def get_route_paths(self):
        """The addresses to redirect from after a change: none before the page was ever live.

        A translation starts with the slug of its source, and gets its own before its first publication.
        """
        was_ever_live = self.live or self.first_published_at is not None
        return super().get_route_paths() if was_ever_live else []

    def full_clean(self, *args, **kwargs):
        self._set_latin_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._set_latin_slug()
        super().minimal_clean()

    def _set_latin_slug(self):
        """Makes the slug before Wagtail does, without Bulgarian rules: България gives `blgariya` there."""
        slug_is_usable = self.slug and self.slug.isascii()
        parent_is_known = bool(self.path or getattr(self, "_cached_parent_obj", None))
        if slug_is_usable or not parent_is_known:
            return
        if base_slug := make_slug(self.slug or self.title):
            self.slug = self._get_autogenerated_slug(base_slug)


class IllustratedMixin(models.Model):
    """A picture whose alternative text is the page's own: an image has one title for all languages."""

    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("alt text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for those who do not see it. Leave empty if it is decorative."),
    )

    class Meta:
        abstract = True

    @classmethod
    def for_reading(cls):
        return super().for_reading().select_related("image")
