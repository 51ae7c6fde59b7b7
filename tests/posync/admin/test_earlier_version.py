"""“Review this version” of a translation: its earlier texts are taken again as any typed text, and go out by the gate."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from posync.history.review import waiting_for_review
from posync.models import Catalog
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, target_of, translate, visit
from tests.testapp.models import Notice

pytestmark = pytest.mark.django_db

TEXT, OLD, NEW = "All our news", "Всички новини", "Наши новини"


@pytest.fixture
def target(published, news_po, bulgarian):
    """Published twice: with the old text, and with the new one."""
    translate(news_po, {TEXT: NEW})
    sync()
    return target_of(published, bulgarian)


@pytest.fixture
def revert(target):
    first = target.revisions.order_by("pk")[1]
    return reverse("wagtailadmin_pages:revisions_revert", args=[target.pk, first.pk])


def fields_of(response) -> dict[str, str]:
    return {
        f"{name}-{row.key}": value
        for row in response.context["rows"]
        for name, value in (("text", row.text), ("step", row.step.value), ("seen", row.seen))
    }


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "where they differ"), ("bg", "където се различават")]
)
def test_the_earlier_texts_are_shown_beside_those_in_use(language, sentence, revert, enter):
    client = enter("change", "publish", language=language)
    response = client.get(revert, follow=True)
    page = BeautifulSoup(response.content, "html.parser")
    assert [area.text.strip() for area in page.select("main textarea")] == [OLD]
    assert sentence in page.get_text()
    assert NEW in page.get_text()


@pytest.mark.parametrize(("language", "words"), [("en", "Earlier versions"), ("bg", "По-ранни версии")])
def test_the_editor_offers_them(language, words, target, enter):
    editor = reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])
    page = BeautifulSoup(enter("change", language=language).get(editor).content, "html.parser")
    offered = page.select_one(".posync-versions")
    assert words in offered.get_text()
    assert [link["href"] for link in offered.select("a")] == [
        f"?revision={one.pk}" for one in target.revisions.order_by("-pk")[1:]
    ]


def test_saved_and_published_they_are_what_visitors_read(revert, enter, target):
    client = enter("change", "publish")
    shown = client.get(revert, follow=True)
    address = shown.wsgi_request.get_full_path()
    response = client.post(address, fields_of(shown) | {"action": "publish"})
    assert response.status_code == 302, response.content.decode()
    assert "revision" not in response.url
    assert OLD in visit(Client(), target)
    assert NEW not in visit(Client(), target)


def test_by_whoever_may_not_publish_they_wait_for_review(revert, enter, target):
    client = enter("change")
    shown = client.get(revert, follow=True)
    client.post(shown.wsgi_request.get_full_path(), fields_of(shown) | {"action": "publish"})
    assert [draft.text for draft in waiting_for_review()] == [OLD]
    assert NEW in visit(Client(), target)


def test_texts_in_another_order_since_are_no_translations_of_each_other(
    make_page, bulgarian, catalog_root, enter
):
    page = make_page(title="Rules", slug="rules", rich="<p>You may enter.</p><p>You must not smoke.</p>")
    submit(page, [bulgarian])
    sync()
    po = catalog_root / "bg/content/rules.po"
    translate(po, {"Rules": "Правила", "You may enter.": "Влизайте.", "You must not smoke.": "Не пушете."})
    sync()
    edit(page, rich="<p>You must not smoke.</p><p>You may enter.</p>")
    translate(po, {"You may enter.": "Влезте."})
    sync()
    target = target_of(page, bulgarian)
    old = next(one for one in target.revisions.order_by("pk") if "Влизайте." in one.as_object().rich)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[target.pk, old.pk])
    rows = enter("change").get(address, follow=True).context["rows"]
    assert [(row.entry.msgid, row.text) for row in rows] == [("You may enter.", "Влизайте.")]


def test_of_a_field_with_more_texts_by_now_none_is_taken(published, news_po, revert, enter):
    edit(published, intro=TEXT, rich="<p>One</p><p>Two</p>")
    sync()
    translate(news_po, {"One": "Едно", "Two": "Две"})
    sync()
    shown = enter("change").get(revert, follow=True)
    assert [row.text for row in shown.context["rows"]] == [OLD]


@pytest.mark.parametrize("words", [TEXT, "All of our good news"], ids=["as it is", "changed since"])
def test_the_copy_of_the_original_that_a_target_begins_with_has_no_translations(
    words, published, target, news_po, enter
):
    edit(published, intro=words)
    sync()
    begun = target.revisions.order_by("pk").first()
    assert begun.as_object().intro == TEXT
    address = reverse("wagtailadmin_pages:revisions_revert", args=[target.pk, begun.pk])
    assert not list(enter("change").get(address, follow=True).context["rows"])


def test_a_post_to_the_version_s_address_changes_nothing(revert, enter, target):
    client = enter("change", "publish")
    response = client.post(revert, {"title": "Друго", "slug": target.slug, "action-publish": "1"})
    assert response.status_code == 302
    assert (target_of(target, target.locale).title, NEW in visit(Client(), target)) == ("Новини", True)


@pytest.mark.parametrize("revision", ["0", "x", "99999", "-1", "1 OR 1", "9" * 5000])
def test_a_version_of_something_else_is_none(revision, target, enter):
    address = reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])
    shown = enter("change").get(address, {"revision": revision})
    assert [row.text for row in shown.context["rows"]] == ["Новини", NEW]


def test_whoever_may_not_translate_sees_no_version(revert, enter):
    response = enter().get(revert, follow=True)
    assert NEW not in response.content.decode()
    assert "permission" in " ".join(map(str, get_messages(response.wsgi_request))) or response.redirect_chain


def test_the_version_of_a_stopped_translation_is_wagtails_own(revert, enter, target):
    translation = Catalog.objects.get().translation
    translation.enabled = False
    translation.save()
    response = enter("change", "publish").get(revert)
    assert response.status_code == 200
    assert OLD in response.content.decode()


def test_a_snippet_s_too(english, bulgarian, catalog_root, enter):
    notice = Notice.objects.create(slug="holiday", text="Closed today", locale=english)
    notice.save_revision().publish()
    submit(notice, [bulgarian])
    po = catalog_root / "bg/content/snippets/notice/holiday.po"
    for text in (OLD, NEW):
        sync()
        translate(po, {"Closed today": text})
        sync()
    target = target_of(notice, bulgarian)
    first = next(each for each in target.revisions.order_by("pk") if each.as_object().text == OLD)
    address = reverse("wagtailsnippets_testapp_notice:revisions_revert", args=[target.pk, first.pk])
    shown = enter(is_superuser=True).get(address, follow=True)
    assert [row.text for row in shown.context["rows"]] == [OLD]
