from django.urls import URLPattern, path
from wagtail import hooks

from posync.views import SyncTranslatedPagesView


# Before wagtail-localize's own, whose address it takes over.
@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def take_over_sync_translated_pages() -> list[URLPattern]:
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            SyncTranslatedPagesView.as_view(),
            name="posync_sync_translated_pages",
        )
    ]
