"""The sitemap: every public page of every language, with its versions in the others."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from home.seo.alternates import Alternate, order_alternates


class BilingualSitemap(Sitemap):
    """Wagtail's own lists only the tree of the default language, and no alternates.

    One query fetches all pages, and their versions follow from them.
    """

    def items(self) -> list[Page]:
        return self._pages

    @cached_property
    def _pages(self) -> list[Page]:
        # Pages below a draft front page have addresses all the same.
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        in_a_tree = Q()
        for path in roots.values_list("path", flat=True):
            in_a_tree |= Q(path__startswith=path)
        # An alias shows the text of one language under the address of another.
        pages = Page.objects.filter(in_a_tree, alias_of__isnull=True).live().public()
        return list(pages.order_by("path").defer_streamfields().specific().prefetch_related("locale"))

    @cached_property
    def _versions(self) -> dict:
        versions = defaultdict(dict)
        for page in self._pages:
            versions[page.translation_key][page.locale.language_code] = page.get_full_url(self.request)
        return versions

    def _urls(self, page, protocol, domain) -> list[dict]:
        urls = []
        for item in self.paginator.page(page).object_list:
            for url in item.get_sitemap_urls(self.request):
                # Further addresses of a page, if it has any, are not those of its versions.
                is_the_page = url["location"] == self._versions[item.translation_key].get(
                    item.locale.language_code
                )
                alternates = self._alternates(item) if is_the_page else []
                urls.append({**url, "alternates": [_as_django_names_it(a) for a in alternates]})
        changes = [url.get("lastmod") for url in urls]
        if changes and None not in changes:
            self.latest_lastmod = max(changes)
        return urls

    def _alternates(self, page: Page) -> Iterable[Alternate]:
        return order_alternates(self._versions[page.translation_key])


def _as_django_names_it(alternate: Alternate) -> dict[str, str]:
    return {"lang_code": alternate.hreflang, "location": alternate.url}
