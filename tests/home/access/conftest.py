"""Wrong passwords of one test count for no other."""

import pytest
from django.core.cache import caches

from home.forms.guard import COUNTS


@pytest.fixture(autouse=True)
def nothing_counted():
    caches[COUNTS].clear()
