"""Builds the site that is measured: an English tree without translations, beside a Bulgarian home page."""

from django.db import transaction
from wagtail.models import Locale, Page, Site

from tests.benchmarks.content import page_content
from tests.testapp.models import EveryPage

#: A section and the pages below it.
SECTION_SIZE = 25


@transaction.atomic
def build_world(pages: int) -> dict[str, int]:
    """Make `pages` live English pages under /en/, in sections."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    bulgarian, _created = Locale.objects.get_or_create(language_code="bg")
    Page.objects.filter(depth__gt=1).delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=EveryPage(title="Home", slug="home", locale=english))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "example.org", "root_page": home}
    )
    translated = home.copy_for_translation(bulgarian)
    translated.save_revision().publish()

    for first in range(0, pages, SECTION_SIZE):
        numbers = range(first, min(first + SECTION_SIZE, pages))
        section = home.add_child(instance=_page(numbers[0], home, english))
        for number in numbers[1:]:
            section.add_child(instance=_page(number, home, english))
    return {"pages": source_pages().count()}


def _page(number: int, home: Page, locale: Locale) -> EveryPage:
    return EveryPage(locale=locale, **page_content(number, home.pk)._asdict())


def source_pages():
    """The pages to be translated, parents before their children."""
    return EveryPage.objects.filter(locale__language_code="en", depth__gt=2).order_by("path")
