"""Puts posync's views before wagtail-localize's."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_localize.models import LocaleSynchronization

from posync.admin import (
    catalog_editor,
    earlier_version,
    publish_view,
    restart_view,
    submit_views,
    tree_views,
    typing_views,
)
from posync.admin.bulk_move import MovePages
from posync.admin.bulk_publish import PublishPages
from posync.admin.catalog_editor import EditCatalogView
from posync.admin.catalog_files import DownloadCatalogView, UploadCatalogView
from posync.admin.locale_forms import RefusingForm
from posync.admin.rights_viewset import TranslationRightViewSet
from posync.admin.views import (
    SyncTranslatedPagesView,
    convert_to_alias,
    without_convert_to_alias,
)


# Before wagtail-localize's own, whose addresses these take over.
@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def take_over_views() -> list[URLPattern]:
    return [
        path("translations/<int:catalog_id>/", EditCatalogView.as_view(), name="posync_edit_catalog"),
        path(
            "translations/<int:catalog_id>/download/",
            DownloadCatalogView.as_view(),
            name="posync_download_catalog",
        ),
        path(
            "translations/<int:catalog_id>/upload/",
            UploadCatalogView.as_view(),
            name="posync_upload_catalog",
        ),
        path(
            "localize/submit/page/<int:page_id>/",
            submit_views.SubmitPageView.as_view(),
            name="posync_submit_page",
        ),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            submit_views.SubmitSnippetView.as_view(),
            name="posync_submit_snippet",
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            SyncTranslatedPagesView.as_view(),
            name="posync_sync_translated_pages",
        ),
        path(
            "localize/translate/<int:translation_id>/pofile/upload/",
            typing_views.upload_file,
            name="posync_upload_translation",
        ),
        path(
            "localize/translate/<int:translation_id>/pofile/download/",
            typing_views.download_file,
            name="posync_download_translation",
        ),
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            typing_views.machine_translate,
            name="posync_machine_translate",
        ),
        path(
            "localize/translate/<int:translation_id>/preview/",
            typing_views.preview,
            name="posync_preview_translation",
        ),
        path(
            "localize/translate/<int:translation_id>/preview/<str:mode>/",
            typing_views.preview,
            name="posync_preview_translation",
        ),
        path(
            "localize/translate/<int:translation_id>/disable/",
            typing_views.stop,
            name="posync_stop_translation",
        ),
        path(
            "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            typing_views.edit_string,
            name="posync_edit_string",
        ),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            typing_views.edit_override,
            name="posync_edit_override",
        ),
        path(
            "localize/page/<int:page_id>/convert_to_alias/",
            convert_to_alias,
            name="posync_convert_to_alias",
        ),
    ]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_rights() -> TranslationRightViewSet:
    return TranslationRightViewSet()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def register_rights_to_give_rights() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="posync", content_type__model="translationright")


# Before wagtail-localize's own: those fail at a translation without an original, and publish around the gate.
for view in (earlier_version, restart_view, publish_view, catalog_editor):
    hooks.register("before_edit_page", view.before_edit, order=-1)
    hooks.register("before_edit_snippet", view.before_edit, order=-1)
hooks.register("before_move_page", tree_views.before_move)
hooks.register("before_copy_page", tree_views.before_copy)
hooks.register("construct_page_action_menu", without_convert_to_alias)
# After Wagtail's own, which they replace.
hooks.register("register_bulk_action", PublishPages, order=1)
hooks.register("register_bulk_action", MovePages, order=1)
LocaleSynchronization.base_form_class = RefusingForm
