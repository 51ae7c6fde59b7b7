"""A translation goes out when it is complete and nobody has said otherwise; else it waits, and says for what."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy, override
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask

from posync import hooks
from posync.files.import_files import import_files
from posync.publishing.publish import publish
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    edit,
    fresh,
    mirrored,
    revision_count,
    save_draft,
    target_of,
    translate,
    translate_all,
)
from tests.testapp.models import EveryPage, Topic

pytestmark = pytest.mark.django_db


def reasons(result):
    """What each waiting page waits for."""
    return [issue.code for issue in result.issues if issue.severity == "info" and issue.code != "published"]


@pytest.fixture
def target(published, bulgarian):
    return target_of(published, bulgarian)


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")


def approve_new_intro(page, news_po):
    translate(news_po, {"All our news": "Нов превод"})


def lock(target, editor):
    target.locked, target.locked_by = True, editor
    target.save()


def unlock(target, editor):
    target = fresh(target)
    target.locked, target.locked_by = False, None
    target.save()


def start_workflow(target, editor):
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(
        workflow=workflow, task=GroupApprovalTask.objects.create(name="Look"), sort_order=0
    )
    target.save_revision()
    workflow.start(target, editor)


def cancel_workflow(target, editor):
    fresh(target).current_workflow_state.cancel(user=editor)
    discard_draft(target, editor)


def draft(target, editor):
    save_draft(target, intro="Чернова на редактор")


def discard_draft(target, editor):
    target = fresh(target)
    target.has_unpublished_changes = False
    target.save()


def unpublish(target, editor):
    target.unpublish()


def publish_again(target, editor):
    fresh(target).get_latest_revision().publish(user=editor)


@pytest.mark.parametrize(
    ("hold", "mark_published", "reason"),
    [
        pytest.param(lock, unlock, "locked", id="lock"),
        pytest.param(start_workflow, cancel_workflow, "in-workflow", id="workflow"),
        pytest.param(draft, discard_draft, "edited", id="editor's draft"),
        pytest.param(unpublish, publish_again, "unpublished", id="unpublished by an editor"),
    ],
)
def test_a_person_in_the_way_is_respected_until_they_let_go(
    hold, mark_published, reason, target, published, news_po, editor
):
    hold(target, editor)
    before = revision_count(target)
    approve_new_intro(published, news_po)
    result = sync()
    assert (reasons(result), result.pages.waiting, result.exit_code) == ([reason], 1, 0)
    after = fresh(target)
    assert (after.intro, revision_count(after)) == ("Всички новини", before)
    assert reasons(sync()) == [reason]
    mark_published(target, editor)
    sync()
    assert (fresh(target).intro, fresh(target).live) == ("Нов превод", True)


def test_an_unpublished_original_brings_out_no_translation(submitted, bulgarian, catalog_root):
    sync()
    submitted.unpublish()
    translate_all(catalog_root)
    assert reasons(sync()) == ["source-unpublished"]
    assert target_of(submitted, bulgarian) is None
    edit(submitted)
    assert sync().pages.published == 1


def test_unpublishing_the_original_leaves_its_live_translation_alone(published, target, news_po):
    published.unpublish()
    approve_new_intro(published, news_po)
    assert reasons(sync()) == ["source-unpublished"]
    assert (fresh(target).live, fresh(target).intro) == (True, "Всички новини")


def test_a_deleted_original_stops_nothing(published, target, make_page, bulgarian, catalog_root):
    other = make_page(title="Jobs", slug="jobs")
    submit(other, [bulgarian])
    sync()
    published.delete()
    translate_all(catalog_root)
    result = sync()
    assert (result.pages.published, result.pages.failed) == (1, 0)
    assert fresh(target).live


def test_a_page_waits_for_its_parent_and_both_go_out_in_one_run_parents_first(
    make_page, bulgarian, catalog_root
):
    parent = make_page(title="Services", slug="services")
    child = make_page(title="Aid", slug="aid", parent=parent)
    grandchild = make_page(title="Legal", slug="legal", parent=child)
    for page in (grandchild, child, parent):
        submit(page, [bulgarian])
    sync()
    for name, texts in {"services/aid": {"Aid": "Помощ"}, "services/aid/legal": {"Legal": "Правна"}}.items():
        translate(catalog_root / f"bg/content/{name}.po", texts)
    result = sync()
    assert (sorted(reasons(result)), result.pages.published) == (["incomplete", "parent", "parent"], 0)
    assert target_of(child, bulgarian) is None
    translate(catalog_root / "bg/content/services.po", {"Services": "Услуги"})
    assert sync().pages.published == 3
    target = target_of(grandchild, bulgarian)
    assert target.get_parent().pk == target_of(child, bulgarian).pk
    assert target.get_parent().get_parent().pk == target_of(parent, bulgarian).pk
    assert target_of(parent, bulgarian).live


def test_a_page_below_an_unpublished_translation_waits(published, target, make_page, bulgarian, catalog_root):
    child = make_page(title="Item", slug="item", parent=published)
    submit(child, [bulgarian])
    sync()
    target.unpublish()
    translate_all(catalog_root)
    assert reasons(sync()) == ["parent"]


def test_a_page_waits_for_the_snippet_it_shows_and_follows_it_in_the_same_run(
    make_page, english, bulgarian, catalog_root
):
    topic = Topic.objects.create(name="Integration", locale=english)
    page = make_page(title="Jobs", slug="jobs", topic=topic)
    submit(topic, [bulgarian])
    submit(page, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    assert sorted(reasons(sync())) == ["incomplete", "related"]
    assert target_of(page, bulgarian) is None
    translate_all(catalog_root)
    assert sync().pages.published == 2
    assert target_of(page, bulgarian).topic.name == mirrored("Integration")


def test_a_snippet_that_nobody_translates_holds_no_page_up(make_page, english, bulgarian, catalog_root):
    topic = Topic.objects.create(name="Integration", locale=english)
    page = make_page(title="Jobs", slug="jobs", topic=topic)
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    assert sync().pages.published == 1
    assert target_of(page, bulgarian).topic == topic


def test_a_snippet_translated_later_takes_its_place_on_the_page(make_page, english, bulgarian, catalog_root):
    topic = Topic.objects.create(name="Integration", locale=english)
    page = make_page(title="Jobs", slug="jobs", topic=topic)
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    submit(topic, [bulgarian])
    sync()
    translate_all(catalog_root)
    assert sync().pages.published == 2
    assert target_of(page, bulgarian).topic == target_of(topic, bulgarian)


def test_a_page_that_the_site_refuses_is_reported_and_others_go_out(
    submitted, make_page, bulgarian, catalog_root, news_po
):
    other = make_page(title="Jobs", slug="jobs")
    submit(other, [bulgarian])
    sync()
    translate_all(catalog_root)
    translate(news_po, {"All our news": "Новини!"})
    result = sync()
    assert (result.pages.published, result.pages.failed, result.exit_code) == (1, 1, 1)
    (issue,) = [issue for issue in result.issues if issue.severity == "error"]
    assert (issue.code, issue.file) == ("not-published", "bg/content/news.po")
    assert "intro: No exclamation marks." in issue.message
    assert target_of(submitted, bulgarian) is None
    translate(news_po, {"All our news": "Новини"})
    assert sync().pages.published == 1


@pytest.mark.parametrize("publisher", [hooks.BATCH_PUBLISHER, None])
@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_refusal_is_told_in_english_with_its_remedy_whatever_the_language_of_the_run(
    published, news_po, settings, monkeypatch, language, publisher
):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": publisher}
    field = EveryPage._meta.get_field("intro")
    monkeypatch.setattr(field, "validators", [*field.validators, URLValidator()])
    translate(news_po, {"All our news": "Новини"})
    with override(language):
        (issue,) = [issue for issue in sync().issues if issue.severity == "error"]
    assert issue.code == "not-published"
    assert issue.message == (
        "“News” could not be published: intro: Enter a valid URL. Mend the text in its PO file or in the admin."
    )


@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_refusal_of_something_outside_the_file_names_the_admin_alone(
    published, news_po, monkeypatch, language
):
    monkeypatch.setattr(EveryPage, "clean", refuse_date)
    translate(news_po, {"All our news": "Новини"})
    with override(language):
        (issue,) = [issue for issue in sync().issues if issue.severity == "error"]
    assert issue.message == (
        "“News” could not be published: date: This field is required. Mend it in the admin."
    )


def refuse_date(page):
    raise ValidationError({"date": gettext_lazy("This field is required.")})


def test_a_live_page_keeps_what_it_shows_when_the_site_refuses_the_new_text(published, target, news_po):
    before = revision_count(target)
    translate(news_po, {"News": "Вести", "All our news": "Новини!"})
    assert sync().pages.failed == 1
    assert (fresh(target).title, fresh(target).intro) == ("Новини", "Всички новини")
    assert revision_count(target) == before


def test_a_private_original_has_a_private_translation(submitted, bulgarian, catalog_root, client):
    PageViewRestriction.objects.create(
        page=submitted, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    sync()
    translate_all(catalog_root)
    sync()
    target = target_of(submitted, bulgarian)
    assert [restriction.password for restriction in target.get_view_restrictions()] == ["secret"]
    assert mirrored("All our news") not in client.get(target.url).content.decode()


def test_a_draft_made_by_wagtail_localize_is_filled_and_published(submitted, bulgarian, catalog_root):
    copy = submitted.copy_for_translation(bulgarian)
    assert not copy.live
    sync()
    translate_all(catalog_root)
    assert sync().pages.published == 1
    target = target_of(submitted, bulgarian)
    assert (target.pk, target.live, target.title) == (copy.pk, True, mirrored("News"))


def test_an_alias_becomes_a_page_of_its_own_when_its_translation_is_approved(
    submitted, bulgarian, catalog_root
):
    alias = submitted.copy_for_translation(bulgarian)
    Page.objects.filter(pk=alias.pk).update(
        alias_of=submitted, live=True, has_unpublished_changes=False, latest_revision=None
    )  # of before posync was there
    sync()
    translate_all(catalog_root)
    assert sync().pages.published == 1
    target = target_of(submitted, bulgarian)
    assert (target.pk, target.alias_of_id, target.title) == (alias.pk, None, mirrored("News"))


def test_only_the_pages_named_are_published(make_page, bulgarian, catalog_root):
    pages = [make_page(title=title, slug=title.lower()) for title in ("Jobs", "Aid", "Law")]
    for page in pages:
        submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)

    import_files()
    assert publish(page_ids=[pages[1].pk]).pages.published == 1
    assert [target_of(page, bulgarian) is not None for page in pages] == [False, True, False]
    edit(pages[1])
    assert publish(page_ids=[target_of(pages[1], bulgarian).pk]).pages.failed == 0


def test_publications_are_in_the_name_of_the_configured_user(published, target, news_po, settings, editor):
    settings.POSYNC = {**settings.POSYNC, "USER": "editor"}
    approve_new_intro(published, news_po)
    sync()
    assert fresh(target).latest_revision.user == editor
