"""The bases of merges as the database stores them."""

from importlib import import_module
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslatableObject

from posync.db.compressed_field import compressed, decompressed
from posync.models import Catalog, TextDomain

CONTENT = 'msgid "Зона за сигурност"\nmsgstr "Safety zone"\n'.encode() * 50


@given(st.binary(max_size=300))
def test_what_is_compressed_comes_back(content):
    assert decompressed(compressed(content)) == content


@pytest.fixture
def catalog(db):
    key = UUID("6d2a3a8e-7d5c-4d6e-9a27-6f3ad7f1a001")
    object_ = TranslatableObject.objects.create(
        translation_key=key, content_type=ContentType.objects.get_for_model(Page)
    )
    domain = TextDomain.objects.create(object=object_, name="zone")
    return Catalog.objects.create(domain=domain, locale=Locale.objects.first(), base=CONTENT)


def as_stored():
    """The model without the field's compression, as it was before the migration."""
    loader = MigrationLoader(connection)
    state = loader.project_state(("posync", "0003_keep_replaced_comments"))
    return state.apps


def stored(catalog):
    return bytes(as_stored().get_model("posync", "Catalog").objects.get(pk=catalog.pk).base)


def test_a_base_is_stored_small_and_read_whole(catalog):
    assert len(stored(catalog)) < len(CONTENT) / 4
    assert Catalog.objects.get().base == CONTENT
    assert Catalog.objects.values_list("base", flat=True).get() == CONTENT


def test_no_base_is_stored_as_nothing(catalog):
    Catalog.objects.update(base=b"")
    assert stored(catalog) == b""
    assert Catalog.objects.get().base == b""


def test_bases_from_before_are_compressed_and_back(catalog):
    migration = import_module("posync.migrations.0004_compress_bases")
    before = as_stored()
    Earlier = before.get_model("posync", "Catalog")
    Earlier.objects.update(base=CONTENT)
    editor = SimpleNamespace(connection=connection)
    migration.compress(before, editor)
    assert Catalog.objects.get().base == CONTENT
    migration.decompress(before, editor)
    assert bytes(Earlier.objects.get().base) == CONTENT
