"""The file robots.txt."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.models import Site


class RobotsView(TemplateView):
    """Keeps robots out of the admin alone, and names the sitemap. Its address is the site's, as are those in it."""

    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        return super().get_context_data(sitemap_url=site.root_url + reverse("sitemap"), **kwargs)
