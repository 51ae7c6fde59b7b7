"""What a step left in the database, in a form that both sides can be compared by."""

from collections import Counter, defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)

from tests.benchmarks.world import source_pages
from tests.testapp.models import EveryPage

#: Both sides give a page an address of its own kind: posync's comes from the translated title.
_ADDRESS = "slug"


def segments(sample: int) -> dict[str, list[Any]]:
    """What wagtail-localize knows of the first pages, by their titles."""
    found: dict[str, list[Any]] = defaultdict(list)
    titles = _titles(sample)
    of_sample = {"source__object_id__in": titles}
    for model, value in (
        (StringSegment, "string__data"),
        (TemplateSegment, "template__template"),
        (OverridableSegment, "data_json"),
        (RelatedObjectSegment, "object__content_type__model"),
    ):
        rows = model.objects.filter(**of_sample).order_by("order", "pk")
        for key, *row in rows.values_list("source__object_id", "context__path", "order", value):
            found[titles[key]].append([model.__name__, *row])
    return found


def translations(sample: int) -> dict[str, list[Any]]:
    """The translations of the first pages, by their titles."""
    found: dict[str, list[Any]] = defaultdict(list)
    titles = _titles(sample)
    rows = StringTranslation.objects.filter(context__object_id__in=titles).exclude(context__path=_ADDRESS)
    values = rows.values_list(
        "context__object_id", "context__path", "translation_of__data", "data", "has_error"
    )
    for key, *row in values.order_by("context__path", "translation_of__data"):
        found[titles[key]].append(row)
    return found


def targets(sample: int) -> dict[str, dict[str, Any]]:
    """The first pages' targets as visitors see them, by the titles of their sources."""
    titles = _titles(sample)
    pages = EveryPage.objects.filter(locale__language_code="bg", translation_key__in=titles)
    return {titles[page.translation_key]: _target(page, titles) for page in pages}


def _target(page: EveryPage, titles: dict[object, str]) -> dict[str, Any]:
    same_page = {"content_type": ContentType.objects.get_for_model(page), "object_id": str(page.pk)}
    # wagtail-localize saves a new title before it publishes, so Wagtail does not see that the page was renamed.
    log = PageLogEntry.objects.filter(page=page.pk).exclude(action="wagtail.rename")
    references = ReferenceIndex.objects.filter(**same_page)
    index = IndexEntry.objects.filter(**same_page)
    return {
        "title": page.title,
        "draft title": page.draft_title,
        "intro": page.intro,
        "lead": page.lead,
        "rich": page.rich,
        "body": page.body.get_prep_value(),
        "parent": titles.get(page.get_parent().translation_key, "home"),
        "live": [page.live, page.has_unpublished_changes, page.live_revision_id == page.latest_revision_id],
        "revisions": Revision.objects.filter(**same_page).count(),
        "log": Counter(log.values_list("action", flat=True)),
        "references": sorted(map(list, references.values_list("content_path", "to_object_id"))),
        "search index": list(map(list, index.values_list("title", "body", "autocomplete"))),
    }


def totals() -> dict[str, int]:
    """How much there is of what the steps make."""
    return {
        "translations": Translation.objects.filter(enabled=True).count(),
        "texts": StringTranslation.objects.exclude(context__path=_ADDRESS).count(),
        "live targets": EveryPage.objects.filter(locale__language_code="bg", depth__gt=2, live=True).count(),
    }


def _titles(sample: int) -> dict[object, str]:
    """The titles of the first pages by their translation keys."""
    return dict(source_pages().values_list("translation_key", "title")[:sample])
