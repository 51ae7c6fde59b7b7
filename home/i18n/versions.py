"""Versions of pages and entries: in the active language, else in another.

A page and its translation share their relations: both point at the first author's choice. The version is picked
when the page is shown: no page waits for the translation of a donor's name. A text in another language carries its
own `lang` (see the `relations` template tags).
"""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import translation
from wagtail.models import Page, TranslatableMixin

from home.routing.visibility import is_private


def localized(entries: Iterable[TranslatableMixin | None]) -> list:
    """Each entry in the active language, or as it is where it has no translation: one query for each kind."""
    chosen = [entry for entry in entries if entry is not None]
    keys = defaultdict(set)
    for entry in chosen:
        keys[type(entry)].add(entry.translation_key)
    versions = {}
    for model, wanted in keys.items():
        for version in model.for_display().filter(translation_key__in=wanted):
            versions[model, version.translation_key, version.locale.language_code] = version
            versions[model, version.pk] = version
    active = translation.get_language()
    return [
        # An unsaved entry in a preview has no version in the database.
        versions.get((type(entry), entry.translation_key, active))
        or versions.get((type(entry), entry.pk), entry)
        for entry in chosen
    ]


def localized_entry(entry: TranslatableMixin | None):
    return next(iter(localized([entry])), None)


def pick_version(versions: dict[str, Page], chosen: int | None) -> Page | None:
    """Picks one of a page's versions by language: the active one, else the page `chosen`, else any."""
    as_chosen = next((version for version in versions.values() if version.pk == chosen), None)
    return versions.get(translation.get_language()) or as_chosen or next(iter(versions.values()), None)


def foreign_language(thing: TranslatableMixin) -> str:
    """The language of a text outside the active language, for its own `lang`; empty otherwise."""
    language = thing.locale.language_code
    return "" if language == translation.get_language() else language


class LivePages:
    """The live versions of chosen pages: one query for all.

    Private pages count, as in menus, unless `public_only`.
    """

    def __init__(self, chosen: Iterable[int], *, public_only: bool = False):
        self._families = {}
        pks = set(chosen)
        if not pks:
            return
        families = defaultdict(dict)
        keys = Page.objects.filter(pk__in=pks).values("translation_key")
        # Pages that are not live too: a chosen one may be a draft, its translation live.
        versions = Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk")
        if public_only:
            versions = versions.annotate(is_private=is_private())
        for page in versions:
            family = families[page.translation_key]
            if page.live and not (public_only and page.is_private):
                family[page.locale.language_code] = page
            if page.pk in pks:
                self._families[page.pk] = family

    def version(self, pk: int | None) -> Page | None:
        """The version for this visitor: in the active language, else as chosen, else in any."""
        return pick_version(self._families.get(pk, {}), pk)


def live_pages(pages: Iterable[Page | None]) -> list[Page]:
    """Returns the public version of each page for this visitor; leaves out pages without one."""
    pks = [page.pk for page in pages if page is not None]
    found = LivePages(pks, public_only=True)
    return [version for pk in pks if (version := found.version(pk)) is not None]


def live_page(pk: int | None) -> Page | None:
    """Returns the public version of one page for this visitor."""
    return LivePages([pk], public_only=True).version(pk) if pk is not None else None
