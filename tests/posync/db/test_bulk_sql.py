"""Rows written by statement: the same values as save() writes, whatever their number."""

import datetime
import uuid

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from wagtail_localize.models import String, TranslatableObject, TranslationSource

from posync.db.bulk_sql import AnyOf, Overwrite, insert_rows, update_rows
from tests.testapp.models import EveryPage, Topic

pytestmark = pytest.mark.django_db

FIELDS = ("locale", "data_hash", "data")


def key(text):
    return uuid.uuid5(uuid.NAMESPACE_URL, text)


def rows(locale, *texts):
    return [(locale.pk, key(text), text) for text in texts]


def texts():
    return sorted(String.objects.values_list("data", flat=True))


def test_rows_come_back_as_they_were_given(english):
    strange = [
        "%s",
        "100 %",
        "'; DROP TABLE",
        'a "quoted" name',
        "{curly, braces}",
        "NULL",
        "",
        "\u2028",
        "Ѝ\n\\N",
    ]
    insert_rows(String, FIELDS, rows(english, *strange))

    assert texts() == sorted(strange)
    assert String.objects.get(data="NULL").data_hash == key("NULL")


def test_every_kind_of_value_is_written_as_save_writes_it(english, django_user_model):
    moment = timezone.now()
    instance = TranslatableObject.objects.create(
        translation_key=uuid.uuid4(), content_type=EveryPage(title="x").content_type
    )
    fields = ("object", "locale", "specific_content_type", "object_repr", "content_json", "schema_version")
    values = (instance.pk, english.pk, instance.content_type_id, "News", "{}", "0001_initial")
    insert_rows(TranslationSource, (*fields, "created_at", "last_updated_at"), [(*values, moment, moment)])

    source = TranslationSource.objects.get(object=instance)
    assert (source.created_at, source.last_updated_at) == (moment, moment)
    assert source.object_repr == "News"


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(String, FIELDS, [])
        update_rows(String, ["data"], [])
        assert not String.objects.filter(AnyOf(F("data_hash"), []))


def test_any_number_of_rows_is_one_statement(english, django_assert_num_queries):
    many = rows(english, *(f"Text {number}" for number in range(3000)))
    with django_assert_num_queries(1):
        insert_rows(String, FIELDS, many)
    with django_assert_num_queries(1):
        found = list(
            String.objects.filter(AnyOf(F("data_hash"), [hashed for _locale, hashed, _text in many]))
        )
    assert len(found) == 3000
    with django_assert_num_queries(1):
        update_rows(String, ["data"], [(string.pk, string.data.upper()) for string in found])
    assert set(texts()) == {f"TEXT {number}" for number in range(3000)}


def test_a_row_that_exists_already_is_refused(english):
    insert_rows(String, FIELDS, rows(english, "One"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(String, FIELDS, rows(english, "Two", "One"))
    assert texts() == ["One"]


def test_a_row_that_exists_already_can_be_left_as_it_is(english):
    insert_rows(String, FIELDS, rows(english, "One"))
    insert_rows(String, FIELDS, [(english.pk, key("One"), "Another")], on_conflict="ignore")
    insert_rows(String, FIELDS, rows(english, "One", "Two", "Two"), on_conflict="ignore")
    assert texts() == ["One", "Two"]


def test_a_row_that_exists_already_can_take_new_values(english, bulgarian):
    insert_rows(String, FIELDS, rows(english, "One"))
    first = String.objects.get()
    insert_rows(
        String,
        FIELDS,
        [(english.pk, key("One"), "Uno"), (bulgarian.pk, key("One"), "Едно")],
        on_conflict=Overwrite(unique=("locale", "data_hash"), update=("data",)),
    )
    assert texts() == ["Uno", "Едно"]
    assert String.objects.get(pk=first.pk).data == "Uno"


def test_rows_are_updated_where_all_of_the_key_is_theirs(english, bulgarian):
    insert_rows(String, FIELDS, rows(english, "One", "Two"))
    ids = dict(String.objects.values_list("data", "pk"))
    update_rows(
        String,
        ["data"],
        [(ids["One"], english.pk, "Uno"), (ids["Two"], bulgarian.pk, "Due")],
        key=("pk", "locale"),
    )
    assert texts() == ["Two", "Uno"]


def test_rows_are_updated_by_their_key_and_no_others(english, bulgarian):
    insert_rows(String, FIELDS, rows(english, "One", "Two", "Three"))
    ids = dict(String.objects.values_list("data", "pk"))
    update_rows(
        String, ["data", "locale"], [(ids["One"], "Едно", bulgarian.pk), (ids["Two"], "Две", bulgarian.pk)]
    )
    assert set(String.objects.values_list("data", "locale")) == {
        ("Едно", bulgarian.pk),
        ("Две", bulgarian.pk),
        ("Three", english.pk),
    }


def test_null_and_dates_are_values_like_others(homes):
    page, other = homes["en"], homes["bg"]
    update_rows(EveryPage, ["date", "topic", "kind"], [(page.pk, datetime.date(2026, 3, 1), None, "b")])
    update_rows(EveryPage, ["date"], [(page.pk, None), (other.pk, datetime.date(2026, 3, 1))])

    assert EveryPage.objects.get(pk=page.pk).date is None
    assert EveryPage.objects.get(pk=page.pk).kind == "b"
    assert EveryPage.objects.get(pk=other.pk).date == datetime.date(2026, 3, 1)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no limit on the length of a text")
def test_a_text_that_is_too_long_is_refused_and_not_cut(english):
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(Topic, ("name", "locale", "translation_key"), [("x" * 41, english.pk, uuid.uuid4())])


def test_lists_are_found_by_foreign_keys_and_numbers_too(english, bulgarian):
    insert_rows(String, FIELDS, [*rows(english, "One", "Two"), *rows(bulgarian, "Three")])
    ids = list(String.objects.exclude(data="One").values_list("pk", flat=True))

    assert {string.data for string in String.objects.filter(AnyOf(F("pk"), ids))} == {"Two", "Three"}
    assert String.objects.filter(AnyOf(F("locale"), [bulgarian.pk, bulgarian.pk])).get().data == "Three"
    assert String.objects.filter(AnyOf(F("pk"), ids)).delete()[0] == 2
    assert texts() == ["One"]
