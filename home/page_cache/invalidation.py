"""Every change in visitors' view begins a new generation.

All models count, those of a later app too, except models named as hidden from visitors. Forgetting to name one
costs a page made once too often; on a list of counted models it would leave an old page.
"""

from functools import cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.images import get_image_model
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from home.page_cache.store import store
from home.page_cache.tasks import tell_later

#: Fields of drafts: a save of these alone leaves the live version as it is, and is as frequent as an editor's typing.
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
    """Begins a new generation once others can see the change: at once, or at the transaction's commit.

    For changes of rows in bulk, unsignalled by Django.
    """
    transaction.on_commit(_begin_generation, using=using, robust=True)


def _begin_generation() -> None:
    is_told_of = store.owes_a_generation
    if not store.begin_generation() and not is_told_of:
        tell_later()


def something_saved(sender, update_fields=None, created=False, using=DEFAULT_DB_ALIAS, **kwargs):
    if update_fields and update_fields <= _DRAFT_FIELDS:
        return
    # A new rendition is made along with a page, and changes no other page.
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
