"""The small site, made once for each process and laid down anew for each act."""

import pytest
from django.db import connection

from tests.walk import small_site
from tests.walk.copies import Copy
from tests.walk.walking import Walk


@pytest.fixture(scope="session")
def small_site_copy(django_db_setup, django_db_blocker, tmp_path_factory) -> Copy:
    if connection.vendor != "sqlite":
        pytest.skip("A copy of a database is laid down in a moment on SQLite alone.")
    folder = tmp_path_factory.mktemp("walk")
    with django_db_blocker.unblock(), small_site.settings_in(folder):
        before = Copy.of_database()
        names = small_site.build(folder / "locale")
        copy = Copy.of_database(folder, names)
        before.lay_down()
    return copy


@pytest.fixture
def db(small_site_copy, django_db_blocker):
    """In pytest-django's place, whose transaction never commits: wagtail-localize publishes when it does."""
    with django_db_blocker.unblock(), small_site.settings_in(small_site_copy.folder):
        before = Copy.of_database()
        small_site_copy.lay_down()
        yield small_site_copy
        before.lay_down()


@pytest.fixture(scope="session")
def walks() -> list[Walk]:
    """One for all tests of a process: what strangers read in a state was read once."""
    return []


@pytest.fixture
def walk(db, walks) -> Walk:
    if not walks:
        walks.append(Walk(db))
    walks[0].is_clean = False
    return walks[0]
