"""How posync publishes the site's own pages."""

import pytest
from django.apps import apps
from wagtail.models import Page

from posync.publishing.batch.eligibility import obstacles

KINDS = [model for model in apps.get_app_config("home").get_models() if issubclass(model, Page)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_pages_of_every_kind_are_published_many_at_a_time(kind):
    assert obstacles(kind) == ()
