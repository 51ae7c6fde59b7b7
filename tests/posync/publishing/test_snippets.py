"""Snippets go the same way as pages, with drafts or without."""

import pytest

from posync.models import Catalog
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    current,
    edit,
    entry_of,
    fresh,
    mirrored,
    target_of,
    translate,
    translate_all,
)
from tests.testapp.models import Notice, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(english, bulgarian):
    topic = Topic.objects.create(name="Integration", locale=english)
    submit(topic, [bulgarian])
    return topic


@pytest.fixture
def topic_po(topic, catalog_root):
    return catalog_root / f"bg/content/snippets/topic/{topic.pk}.po"


@pytest.fixture
def notice(english, bulgarian):
    notice = Notice.objects.create(slug="holiday", text="Closed today", locale=english)
    notice.save_revision().publish()
    submit(notice, [bulgarian])
    return fresh(notice)


@pytest.fixture
def notice_po(catalog_root):
    return catalog_root / "bg/content/snippets/notice/holiday.po"


def test_a_snippet_is_named_by_its_id(topic, topic_po):
    sync()
    assert [(entry.msgctxt, entry.msgid) for entry in current(topic_po)] == [
        (f"snippets/topic/{topic.pk}:name", "Integration")
    ]


def test_a_snippet_with_a_slug_is_named_by_that(notice, notice_po):
    sync()
    assert [(entry.msgctxt, entry.msgid) for entry in current(notice_po)] == [
        ("snippets/notice/holiday:text", "Closed today")
    ]


def test_a_snippet_exists_in_a_language_once_it_is_approved_there(topic, topic_po, bulgarian):
    sync()
    assert target_of(topic, bulgarian) is None
    translate(topic_po, {"Integration": "Интеграция"})
    assert sync().pages.published == 1
    assert target_of(topic, bulgarian).name == "Интеграция"


def test_a_snippet_with_drafts_goes_out_live_and_keeps_the_slug(notice, bulgarian, catalog_root):
    sync()
    translate_all(catalog_root)
    assert sync().pages.published == 1
    target = target_of(notice, bulgarian)
    assert (target.text, target.slug, target.live) == (mirrored("Closed today"), "holiday", True)
    assert not target.has_unpublished_changes
    assert target.latest_revision.pk != notice.latest_revision.pk


def test_saving_a_snippet_without_drafts_brings_its_text_out_at_the_next_sync(topic, topic_po, bulgarian):
    sync()
    translate(topic_po, {"Integration": "Интеграция"})
    sync()
    topic.name = "Integration policy"
    topic.save()
    sync()
    entry = entry_of(topic_po, "Integration policy")
    assert (entry.msgstr, entry.fuzzy) == ("Интеграция", True)
    assert target_of(topic, bulgarian).name == "Интеграция"
    translate(topic_po, {"Integration policy": "Политика"})
    sync()
    assert target_of(topic, bulgarian).name == "Политика"


def test_a_draft_of_a_snippet_stays_inside_and_its_publication_goes_out(
    notice, notice_po, bulgarian, catalog_root
):
    sync()
    translate_all(catalog_root)
    sync()
    notice = fresh(notice)
    notice.text = "Closed tomorrow"
    revision = notice.save_revision()
    assert not Catalog.objects.filter(source_changed=True).exists()
    assert sync().files.written == 0
    revision.publish()
    sync()
    assert entry_of(notice_po, "Closed tomorrow").fuzzy
    assert target_of(notice, bulgarian).text == mirrored("Closed today")


@pytest.mark.parametrize(
    ("hold", "reason"),
    [
        pytest.param({"locked": True}, "locked", id="locked"),
        pytest.param({"has_unpublished_changes": True}, "edited", id="editor's draft"),
        pytest.param({"live": False}, "unpublished", id="unpublished"),
    ],
)
def test_a_person_in_the_way_is_respected(hold, reason, notice, notice_po, bulgarian, catalog_root):
    sync()
    translate_all(catalog_root)
    sync()
    Notice.objects.filter(locale=bulgarian).update(**hold)
    translate(notice_po, {"Closed today": "Почивен ден"})
    result = sync()
    assert [issue.code for issue in result.issues] == [reason]
    assert target_of(notice, bulgarian).text == mirrored("Closed today")


def test_a_lock_on_the_original_is_not_inherited(notice, notice_po, bulgarian, catalog_root):
    Notice.objects.filter(pk=notice.pk).update(locked=True)
    sync()
    translate_all(catalog_root)
    sync()
    translate(notice_po, {"Closed today": "Почивен ден"})
    sync()
    target = target_of(notice, bulgarian)
    assert (target.text, target.locked) == ("Почивен ден", False)


def test_a_deleted_snippet_stops_nothing(topic, notice, bulgarian, catalog_root):
    sync()
    translate_all(catalog_root)
    topic.delete()
    result = sync()
    assert (result.pages.published, result.pages.failed) == (1, 0)
    assert target_of(notice, bulgarian).live


def test_publishing_again_makes_no_second_revision(notice, bulgarian, catalog_root):
    sync()
    translate_all(catalog_root)
    sync()
    before = target_of(notice, bulgarian).revisions.count()
    edit(notice)
    assert sync().pages.published == 0
    assert target_of(notice, bulgarian).revisions.count() == before
