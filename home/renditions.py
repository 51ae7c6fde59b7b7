"""Renditions in bulk: one query for all images."""

from collections.abc import Iterable

from django.db.models import QuerySet, prefetch_related_objects


def with_pictures(things: QuerySet, name: str) -> QuerySet:
    """Things with their pictures, and the pictures with their renditions: one query more for all of them."""
    return things.select_related(name).prefetch_related(f"{name}__renditions")


def prefetch_renditions(images: Iterable) -> None:
    """Those of all pictures of a page in one query, wherever on the page they stand."""
    prefetch_related_objects([image for image in images if image is not None], "renditions")
