"""Puts posync's views before wagtail-localize's."""

from django.urls import URLPattern, path
from wagtail import hooks

from posync.admin.restart_view import before_edit
from posync.admin.views import (
    SyncTranslatedPagesView,
    convert_to_alias,
    upload_translation,
    without_convert_to_alias,
)


# Before wagtail-localize's own, whose addresses these take over.
@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def take_over_views() -> list[URLPattern]:
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            SyncTranslatedPagesView.as_view(),
            name="posync_sync_translated_pages",
        ),
        path(
            "localize/translate/<int:translation_id>/pofile/upload/",
            upload_translation,
            name="posync_upload_translation",
        ),
        path(
            "localize/page/<int:page_id>/convert_to_alias/",
            convert_to_alias,
            name="posync_convert_to_alias",
        ),
    ]


# Before wagtail-localize's own: those fail at a translation without an original.
hooks.register("before_edit_page", before_edit, order=-1)
hooks.register("before_edit_snippet", before_edit, order=-1)
hooks.register("construct_page_action_menu", without_convert_to_alias)
