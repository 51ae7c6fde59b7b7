from django.db.models import Prefetch
from wagtail.images import get_image_model


def prefetch_image(lookup: str) -> Prefetch:
    """Fetch the pictures of a listing, renditions and all, in two queries instead of two for each page."""
    return Prefetch(lookup, queryset=get_image_model().objects.prefetch_related("renditions"))
