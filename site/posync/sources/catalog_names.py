"""Names of catalogs, by what their objects are called."""

from typing import Any

from wagtail.models import Page, TranslatableMixin

from posync.conf import posync_settings
from posync.core.po.naming import page_domain, safe_domain, snippet_domain
from posync.plugins import answer, members


def by_address(instance: Any) -> str:
    """The address of a page without its language, "news/opening"; "snippets/<model>/<slug or id>" of a snippet."""
    if isinstance(instance, Page):
        return page_domain(instance.url_path)
    identifier = getattr(instance, "slug", "") or str(instance.pk)
    return snippet_domain(instance._meta.model_name or "", identifier)


def wanted_name(instance: TranslatableMixin) -> str:
    """The name that the site's callable gives an object, safe as a path; posync's own where that fails."""
    for member in members((posync_settings().CATALOG_NAME,)):
        name = answer(member, str, instance)
        if name is not None:
            return safe_domain(name)
    return by_address(instance)
