"""Below all views: whoever publishes a revision of a translation, strangers read approved texts alone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from posync.checks import check_guard
from posync.files.import_files import import_files
from posync.publishing import guard
from posync.publishing.action import PublishTranslationPermissionError
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    edit,
    fresh,
    save_draft,
    stream,
    target_of,
    translate,
    translate_all,
    type_in_admin,
    visit,
)

pytestmark = pytest.mark.django_db

ENGLISH, OLD, NEW = "Words of the source", "Всички новини", "Наши новини"


@pytest.fixture
def target(published, bulgarian):
    return target_of(published, bulgarian)


def revision_with(target, text):
    save_draft(target, intro=text)
    return fresh(target).get_latest_revision()


def test_words_that_nobody_approved_are_not_published_by_code(published, target):
    revision_with(target, ENGLISH).publish()
    assert OLD in visit(Client(), target)
    assert ENGLISH not in visit(Client(), target)
    assert "All our news" in visit(Client(), published)


def test_what_is_approved_by_now_goes_out_in_their_stead(published, target, bulgarian):
    revision = revision_with(target, ENGLISH)
    type_in_admin(published, bulgarian, "intro", NEW)
    revision.publish()
    # The draft that an editor left waits in the way of the system; a person who asks may pass.
    assert OLD in visit(Client(), target)


@pytest.mark.parametrize("complete", [True, False])
def test_a_person_who_publishes_them_publishes_what_is_approved_or_is_refused(
    complete, published, target, bulgarian, django_user_model
):
    admin = django_user_model.objects.create_superuser("admin")
    revision = revision_with(target, ENGLISH)
    if complete:
        type_in_admin(published, bulgarian, "intro", NEW)
        revision.publish(user=admin)
        assert NEW in visit(Client(), target)
    else:
        edit(published, intro="Something else")
        sync()
        with LogContext(user=admin), pytest.raises(PublishTranslationPermissionError):
            revision.publish(user=admin)
        assert OLD in visit(Client(), target)
    assert ENGLISH not in visit(Client(), target)


def test_a_scheduled_publication_brings_no_other_words_and_stops_no_other(
    published, target, make_page, news_po
):
    other = make_page(title="Archive", slug="archive")
    for page, text in ((target, ENGLISH), (other, "Kept for later")):
        later = fresh(page).get_latest_revision_as_object()
        later.intro, later.go_live_at = text, timezone.now() + timedelta(hours=1)
        later.save_revision().publish()
    for page in (target, other):
        for revision in fresh(page).revisions.exclude(approved_go_live_at=None):
            past = timezone.now() - timedelta(minutes=1)
            revision.approved_go_live_at = past
            revision.content["go_live_at"] = past.isoformat()
            revision.save()
    edit(published, intro="Something else")
    sync()
    call_command("publish_scheduled")
    assert fresh(other).intro == "Kept for later"
    assert ENGLISH not in visit(Client(), target)
    assert fresh(target).get_lock() is None
    translate(news_po, {"Something else": NEW})
    sync()
    assert NEW in visit(Client(), target)


def test_a_time_set_for_a_target_offline_waits_for_its_texts(published, target, news_po, caplog):
    target.unpublish()
    later = fresh(target).get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(hours=1)
    later.save_revision(user=get_user_model().objects.create_superuser("admin")).publish()
    (revision,) = fresh(target).revisions.exclude(approved_go_live_at=None)
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    type(target).objects.filter(pk=target.pk).update(go_live_at=past)
    edit(published, intro="Something else")
    sync()
    call_command("publish_scheduled")
    assert not fresh(target).live
    assert "was not published: Texts not approved yet: 1." in caplog.text
    translate(news_po, {"Something else": NEW})
    sync()
    call_command("publish_scheduled")
    assert NEW in visit(Client(), target)
    assert fresh(target).get_lock() is None


def test_a_receiver_of_our_publication_publishes_no_other_words(
    published, target, make_page, bulgarian, settings
):
    """The guard lets through the revision that passed the gate, and nothing else meanwhile."""
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": None}
    other = make_page(title="Archive", slug="archive", intro="Old news")
    submit(other, [bulgarian])
    draft = revision_with(target, ENGLISH)

    def publish_too(instance, **_kwargs):
        if instance.translation_key == other.translation_key:
            draft.publish()

    type_in_admin(other, bulgarian, "title", "Архив")
    type_in_admin(other, bulgarian, "intro", "Стари новини")
    page_published.connect(publish_too)
    try:
        sync()
    finally:
        page_published.disconnect(publish_too)
    assert "Стари новини" in visit(Client(), target_of(other, bulgarian))
    assert OLD in visit(Client(), target)


def test_what_the_pages_own_rules_refuse_is_said(published, target, bulgarian, django_user_model, caplog):
    revision = revision_with(target, ENGLISH)
    type_in_admin(published, bulgarian, "intro", "Наши новини!")
    admin = django_user_model.objects.create_superuser("admin")
    for asking in ({"user": admin}, {}):
        with (
            LogContext(user=admin),
            pytest.raises(PublishTranslationPermissionError, match="No exclamation marks"),
        ):
            revision.publish(**asking)
    with pytest.raises(PublishTranslationPermissionError, match="No exclamation marks"):
        revision.publish(user=admin)  # a program, by Wagtail's API
    revision.publish()
    assert "was not published: An editor's draft is waiting on it" in caplog.text
    assert OLD in visit(Client(), target)


@pytest.mark.parametrize("asking", ["somebody", "the system"])
@pytest.mark.parametrize("obstacle", ["original offline", "parent offline", "locked"])
def test_approved_words_wait_for_what_else_is_in_the_way(
    obstacle, asking, make_page, bulgarian, catalog_root, django_user_model
):
    section = make_page(title="Section", slug="section")
    page = make_page(title="Inside", slug="inside", parent=section)
    for one in (section, page):
        submit(one, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    target = target_of(page, bulgarian)
    target.unpublish()
    revision = fresh(target).save_revision()
    if obstacle == "original offline":
        fresh(page).unpublish()
    elif obstacle == "parent offline":
        type(page).objects.filter(pk=target_of(section, bulgarian).pk).update(live=False)
    else:
        other = django_user_model.objects.create_user("other")
        type(page).objects.filter(pk=target.pk).update(locked=True, locked_by=other)
    if asking == "somebody":
        with pytest.raises(PublishTranslationPermissionError):
            revision.publish(user=django_user_model.objects.create_superuser("admin"))
    else:
        revision.publish()
    assert not fresh(target).live


def test_an_approved_revision_is_published_as_it_is(published, target):
    revision = revision_with(target, OLD)
    target.unpublish()
    revision.publish()
    assert (fresh(target).live, fresh(target).live_revision_id) == (True, revision.pk)


@pytest.mark.parametrize(
    "extra",
    [{"lead": ENGLISH}, {"rich": f"<p>{ENGLISH}</p>"}, {"body": stream(block("char", ENGLISH, "new"))}],
)
def test_words_where_the_source_has_none_are_not_published_by_code(extra, published, target):
    save_draft(target, **extra)
    fresh(target).get_latest_revision().publish()
    assert ENGLISH not in visit(Client(), target)
    assert OLD in visit(Client(), target)


def test_what_an_editor_adds_beside_the_texts_is_published(target):
    edit(target, slug="chosen-by-hand", seo_title="Новини")
    assert (fresh(target).slug, fresh(target).seo_title) == ("chosen-by-hand", "Новини")


@pytest.mark.parametrize("publish", [True, False])
def test_wagtail_localize_saves_no_target_with_words_of_the_source(
    publish, published, target, django_capture_on_commit_callbacks
):
    edit(published, intro="All of our good news")
    sync()
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target(publish=publish)
    assert OLD in visit(Client(), target)
    assert "good news" not in visit(Client(), target)


def test_wagtail_localize_makes_no_target_for_texts_without_translation(submitted, bulgarian):
    before = Page.objects.count()
    Translation.objects.get().save_target(publish=True)
    Translation.objects.get().save_target(publish=False)
    assert Page.objects.count() == before
    assert target_of(submitted, bulgarian) is None


def test_a_complete_translation_is_published_by_wagtail_localize_too(submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Новини", "All our news": OLD})
    import_files()
    Translation.objects.get().save_target(publish=True)
    assert OLD in visit(Client(), target_of(submitted, bulgarian))


def test_a_stopped_translation_is_the_editors_own_page(target):
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save()
    edit(target, intro="На ръка")
    assert "На ръка" in visit(Client(), target)


def test_another_method_of_wagtails_is_an_error(monkeypatch):
    assert check_guard() == []
    monkeypatch.setattr(guard.PublishRevisionAction, "_publish_revision", lambda self: None)
    assert [found.id for found in check_guard()] == ["posync.E012"]
