"""“Publish” in wagtail-localize's editor goes through the gate: by POST as each role, and what a stranger then reads."""

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail_localize.models import Translation

from posync.admin.attempts import REFUSALS
from posync.core.issue_codes import IssueCode
from posync.models import Catalog
from posync.publishing.action import ERRORS, PublishTranslation, PublishTranslationPermissionError
from posync.publishing.single import publish_single
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, fresh, save_draft, target_of, translate, type_in_admin, visit

pytestmark = pytest.mark.django_db

OLD, NEW = "Всички новини", "Всичко ново"


@pytest.fixture
def target(published, bulgarian):
    return target_of(published, bulgarian)


def press_publish(client, target):
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    return client.post(url, {"action": "publish"})


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def seen_by_a_stranger(published, target) -> tuple[str, str]:
    return visit(Client(), published), visit(Client(), target)


@pytest.mark.parametrize(
    ("rights", "language", "sentence"),
    [
        (("change", "publish"), "en", "1 text is not approved yet"),
        (("change", "publish"), "bg", "1 текст още не е одобрен"),
        (("change",), "en", ""),
        ((), "en", ""),
    ],
    ids=["publisher", "publisher, in Bulgarian", "editor", "access alone"],
)
def test_half_a_translation_goes_live_for_nobody(rights, language, sentence, published, target, enter):
    edit(published, intro="All of our good news")
    sync()
    response = press_publish(enter(*rights, language=language), target)
    assert response.status_code == 302
    assert sentence in said(response)
    original, translation = seen_by_a_stranger(published, target)
    assert OLD in translation
    assert "good news" in original
    assert "good news" not in translation


def test_a_superuser_publishes_no_half_of_a_translation(published, target, enter):
    edit(published, intro="All of our good news")
    sync()
    assert "not approved yet" in said(press_publish(enter(is_superuser=True), target))
    assert "good news" not in visit(Client(), target)


@pytest.mark.parametrize(
    "rights", [("change", "publish"), ("change",), ()], ids=["publisher", "editor", "access"]
)
def test_a_complete_translation_goes_live_for_those_who_may_publish(
    rights, published, target, bulgarian, enter
):
    type_in_admin(published, bulgarian, "intro", NEW)
    response = press_publish(enter(*rights), target)
    _original, translation = seen_by_a_stranger(published, target)
    assert (NEW in translation) == ("publish" in rights)
    if "publish" in rights:
        assert "was published" in said(response)
        assert fresh(target).live_revision.user.get_username() == "somebody"
        assert "shows its approved texts already" in said(press_publish(response.client, target))


def test_a_stranger_publishes_nothing(published, target, bulgarian):
    type_in_admin(published, bulgarian, "intro", NEW)
    assert "login" in press_publish(Client(), target).url
    assert NEW not in visit(Client(), target)


def test_a_locked_translation_stays_as_it_is_but_for_whoever_locked_it(
    published, target, bulgarian, enter, django_user_model
):
    type_in_admin(published, bulgarian, "intro", NEW)
    client = enter("change", "publish", "lock")
    somebody = django_user_model.objects.get(username="somebody")
    other = django_user_model.objects.create_user("other")
    Page.objects.filter(pk=target.pk).update(locked=True, locked_by=other)
    assert "somebody has locked it" in said(press_publish(client, target))
    assert NEW not in visit(Client(), target)
    Page.objects.filter(pk=target.pk).update(locked_by=somebody)
    press_publish(client, target)
    assert NEW in visit(Client(), target)


def test_a_page_taken_offline_comes_back_at_its_address_when_somebody_publishes_it(
    published, target, bulgarian, enter
):
    slug = target.slug
    target.unpublish()
    type_in_admin(published, bulgarian, "title", "Вести")
    press_publish(enter("change", "publish"), target)
    back = fresh(target)
    assert (back.live, back.slug, back.title) == (True, slug, "Вести")


def test_a_page_below_an_untranslated_one_is_told_which(
    make_page, bulgarian, catalog_root, django_user_model
):
    above = make_page(title="Section", slug="section")
    below = make_page(parent=above, title="Below", slug="below")
    submit(above, [bulgarian])
    submit(below, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/section/below.po", {"Below": "Отдолу"})
    sync()
    catalog = Catalog.objects.get(domain__name="section/below")
    with pytest.raises(ERRORS[IssueCode.PARENT]) as caught:
        PublishTranslation(catalog, django_user_model.objects.create_superuser("root")).check()
    assert caught.value.blocker.other == "Section"


def test_a_person_without_rights_is_refused_by_the_action_itself(published, target, django_user_model):
    nobody = django_user_model.objects.create_user("nobody")
    with pytest.raises(PublishTranslationPermissionError):
        PublishTranslation(Catalog.objects.get(), nobody).execute()


def test_every_refusal_has_its_error_and_its_sentence():
    assert set(ERRORS) == {*REFUSALS, IssueCode.INCOMPLETE}


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "1 text is not approved yet"), ("bg", "1 текст още не е одобрен")]
)
def test_many_pages_are_published_but_for_those_kept_back(
    language, sentence, published, target, make_page, bulgarian, enter
):
    edit(published, intro="All of our good news")
    sync()
    other = make_page(title="Archive", slug="archive")
    save_draft(other, intro="A draft")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client = enter("change", "publish", language=language)
    response = client.post(f"{url}?id={target.pk}&id={other.pk}&next=/", {"include_descendants": ""})
    assert response.status_code == 302
    assert sentence in said(response)
    assert fresh(other).intro == "A draft"
    assert OLD in visit(Client(), target)
    assert "good news" not in visit(Client(), target)


def test_a_lock_that_comes_in_between_is_said(published, target, bulgarian, enter, monkeypatch):
    type_in_admin(published, bulgarian, "intro", NEW)

    def lock_first(*args, **kwargs):
        other = User.objects.create_user("other")
        Page.objects.filter(pk=target.pk).update(locked=True, locked_by=other)
        return publish_single(*args, **kwargs)

    monkeypatch.setattr("posync.publishing.action.publish_single", lock_first)
    assert "somebody has locked it" in said(press_publish(enter("change", "publish"), target))
    assert OLD in visit(Client(), target)


@pytest.mark.parametrize(("language", "sentence"), [("en", "stopped meanwhile"), ("bg", "междувременно")])
@pytest.mark.parametrize("how", ["stopped", "original deleted"])
def test_a_button_of_an_editor_opened_before_the_end_of_the_translation_says_so(
    how, language, sentence, published, target, enter
):
    if how == "stopped":
        translation = Translation.objects.get()
        translation.enabled = False
        translation.save()
    else:
        published.delete()
    response = press_publish(enter("change", "publish", language=language), target)
    assert (response.status_code, sentence in said(response)) == (302, True)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "1 text is not approved yet"), ("bg", "1 текст още не е одобрен")]
)
def test_the_end_of_a_workflow_says_what_is_left(language, sentence, published, target, enter):
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    save_draft(target, intro="Words that nobody has translated")
    client = enter(is_superuser=True, language=language)
    state = workflow.start(fresh(target), User.objects.get())
    edit(published, intro="All of our good news")
    sync()
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[target.pk, "approve", state.current_task_state.pk]
    )
    response = client.post(address)
    assert response.url == reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])
    assert sentence in said(response)
    assert fresh(target).current_workflow_state is not None
    assert OLD in visit(Client(), target)
