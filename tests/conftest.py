import pytest
from django.apps import apps

# posync's tests need a site without home, that of tests/posync/settings.py, and therefore a run of their own.
collect_ignore = [] if apps.is_installed("tests.testapp") else ["posync"]

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests of the database, for a run on another one: no other test has anything new to say there."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames):
            item.add_marker("database")
