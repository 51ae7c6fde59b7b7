from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from home.access.views import DocumentPasswordView, VisitorsLoginView, page_password
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
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        DocumentPasswordView.as_view(),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": BilingualSitemap}}, name="sitemap"),
    path("robots.txt", RobotsView.as_view(), name="robots"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("untranslated/<int:page_id>/", UntranslatedPageView.as_view(), name="untranslated_page"),
        path("feeds/", include("home.feeds")),
        # Translators: the address of the search, in small Latin letters: /en/search/.
        path(_("search/"), SearchView.as_view(), name="search"),
        # At Wagtail's own addresses, in place of its views.
        path("_util/login/", VisitorsLoginView.as_view(), name="wagtailcore_login"),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            page_password,
            name="wagtailcore_authenticate_with_password",
        ),
        path(
            "_util/document_password/<int:restriction_id>/",
            DocumentPasswordView.as_view(),
            name="document_password",
        ),
        path("", include(wagtail_urls)),
    ),
]
