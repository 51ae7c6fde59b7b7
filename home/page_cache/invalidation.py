"""Every change of what visitors may see begins a new generation.

All models count, also those that a later app brings, but for those that are named as showing nothing to visitors: to
forget one there costs a page made once too often, and to forget one on a list of those that count would leave an old page.
"""

from functools import cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from home.page_cache.store import store

#: All that a save may touch and leave the live version as it is: drafts are saved as often as an editor types.
_DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)
_OURS = "home.page_cache"


def connect() -> None:
    post_save.connect(something_saved, dispatch_uid=_OURS)
    for signal in (post_delete, m2m_changed):
        signal.connect(something_changed, dispatch_uid=_OURS)
    # Beside the saves, for who publishes and moves in bulk, past Model.save().
    for signal in (page_published, page_unpublished, published, unpublished, post_page_move):
        signal.connect(something_shown_otherwise, dispatch_uid=_OURS)


def site_changed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Begin a new generation as soon as others can see the change: at once, or when the transaction is committed.

    For whoever changes rows in bulk, of which Django says nothing to anyone.
    """
    transaction.on_commit(_begin_generation, using=using, robust=True)


def _begin_generation() -> None:
    try:
        # Wagtail clears these before the change is committed: a request in between puts the old ones back.
        Site.clear_site_root_paths_cache()
    finally:
        store.begin_generation()


def something_saved(sender, update_fields=None, created=False, using=DEFAULT_DB_ALIAS, **kwargs):
    if update_fields and update_fields <= _DRAFT_FIELDS:
        return
    # A picture gets a new size while a page is made that shows it, and no other page changes by that.
    if created and issubclass(sender, get_image_model().get_rendition_model()):
        return
    something_changed(sender, using=using)


def something_changed(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    if not _is_hidden(sender):
        site_changed(using)


def something_shown_otherwise(sender, **kwargs):
    site_changed()


@cache
def _is_hidden(model) -> bool:
    """Whether nothing of the model is ever shown to visitors."""
    hidden = settings.PAGE_CACHE_HIDDEN_MODELS
    labels = {base._meta.label for base in model.__mro__ if hasattr(base, "_meta")}
    return model._meta.app_label in hidden or not labels.isdisjoint(hidden)
