from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from home.i18n.language_choice import LanguageChoiceView
from home.i18n.untranslated_page import UntranslatedPageView
from home.search.views import SearchView
from home.seo.robots import RobotsView
from home.seo.sitemaps import BilingualSitemap

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    # The one address that asks what language the visitor prefers.
    path("", LanguageChoiceView.as_view(), name="language_choice"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": BilingualSitemap}}, name="sitemap"),
    path("robots.txt", RobotsView.as_view(), name="robots"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("untranslated/<int:page_id>/", UntranslatedPageView.as_view(), name="untranslated_page"),
        path("feeds/", include("home.feeds")),
        # Translators: the address of the search, in small Latin letters: /en/search/.
        path(_("search/"), SearchView.as_view(), name="search"),
        path("", include(wagtail_urls)),
    ),
]
