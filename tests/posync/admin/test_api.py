"""Wagtail's API for programs keeps the same rules as the admin, and says so in JSON; what a stranger then reads."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page

from posync.sync import sync
from tests.posync.people import edit, fresh, save_draft, target_of, type_in_admin, visit
from tests.testapp.models import EveryPage

pytestmark = pytest.mark.django_db

WORDS, OLD, NEW = "Words that nobody has translated", "Всички новини", "Всичко ново"


@pytest.fixture
def target(published, bulgarian):
    return target_of(published, bulgarian)


@pytest.fixture
def ask(django_user_model, enter):
    """Ask the API with the token of somebody with every right: ask("post", "pages_actions_publish", page, key=value)."""
    enter(is_superuser=True)
    _token, secret = APIToken.create_token(user=django_user_model.objects.get(), name="A program")
    client = Client(headers={"authorization": f"Bearer {secret}"})

    def ask(method, name, *arguments, **data):
        address = reverse(f"wagtailapi_v3:{name}", args=arguments)
        return getattr(client, method)(address, data, content_type="application/json")

    return ask


def strangers_read(homes) -> str:
    return "".join(
        visit(Client(), page)
        for page in Page.objects.live().filter(locale=homes["bg"].locale_id, depth__gt=1)
    )


def test_a_draft_with_other_words_is_not_published(published, target, homes, ask):
    edit(published, intro="All of our good news")
    sync()
    save_draft(target, intro=WORDS)
    answer = ask("post", "pages_actions_publish", target.pk)
    assert (answer.status_code, answer.json()["detail"]) == (403, "Texts not approved yet: 1.")
    assert OLD in strangers_read(homes)
    assert WORDS not in strangers_read(homes)


def test_what_is_approved_is_published(published, target, bulgarian, homes, ask):
    type_in_admin(published, bulgarian, "intro", NEW)
    assert ask("post", "pages_actions_publish", target.pk).status_code == 200
    assert NEW in strangers_read(homes)


@pytest.mark.parametrize("action", ["publish", "draft"])
def test_words_written_over_a_translation_stay_inside(action, published, target, homes, ask):
    edit(published, intro="All of our good news")
    sync()
    meta = {"type": "testapp.EveryPage", **({"action": "publish"} if action == "publish" else {})}
    answer = ask("patch", "update_page", target.pk, meta=meta, intro=WORDS)
    assert answer.status_code == (403 if action == "publish" else 200), answer.content
    assert WORDS not in strangers_read(homes)


def test_an_earlier_revision_brings_no_words_back(target, homes, ask):
    begun = target.revisions.order_by("pk").first()
    assert begun.as_object().intro == "All our news"
    ask("post", "pages_actions_revert", target.pk, revision_id=begun.pk)
    assert ask("post", "pages_actions_publish", target.pk).status_code in (200, 403)
    assert "All our news" not in strangers_read(homes)


def test_no_alias_is_made_in_the_other_tree(make_page, homes, ask):
    page = make_page(title="Archive", slug="archive", intro=WORDS)
    for name, data in (
        ("create_alias", {"destination_id": homes["bg"].pk, "slug": "alias"}),
        ("copy_for_translation", {"locale": "bg", "alias": True}),
    ):
        answer = ask("post", f"pages_actions_{name}", page.pk, **data)
        assert (answer.status_code, "no alias in another language" in answer.json()["detail"]) == (403, True)
    assert WORDS not in strangers_read(homes)
    assert not Page.objects.exclude(alias_of=None).exists()


def test_a_copy_in_the_other_tree_is_a_draft(make_page, homes, ask):
    page = make_page(title="Archive", slug="archive", intro=WORDS)
    data = {"destination_id": homes["bg"].pk, "keep_live": True, "slug": "copy"}
    assert ask("post", "pages_actions_copy", page.pk, **data).status_code == 201
    copy = EveryPage.objects.get(slug="copy")
    assert (copy.live, copy.locale.language_code) == (False, "bg")


def test_no_page_moves_into_the_other_tree(make_page, homes, ask):
    page = make_page(title="Archive", slug="archive", intro=WORDS)
    answer = ask("post", "pages_actions_move", page.pk, destination_id=homes["bg"].pk, position="last-child")
    assert answer.status_code == 403
    assert fresh(page).path.startswith(homes["en"].path)


def test_a_page_made_there_is_of_its_tree_s_language(homes, ask):
    answer = ask(
        "post", "create_page",
        meta={"type": "testapp.EveryPage", "parent_id": homes["bg"].pk, "action": "publish"},
        title="Ново", slug="novo", intro="Ново",
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    assert EveryPage.objects.get(slug="novo").locale.language_code == "bg"


def test_without_a_token_nothing_is_done(target):
    address = reverse("wagtailapi_v3:pages_actions_publish", args=[target.pk])
    assert Client().post(address, {}, content_type="application/json").status_code == 401
