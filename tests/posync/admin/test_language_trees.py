"""Copies, aliases and moves into another language's tree: by form, by the admin's API and by code; and what a stranger reads."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasPermissionError
from wagtail.actions.move_page import MovePagePermissionError
from wagtail.models import Page

from tests.posync.people import fresh
from tests.testapp.models import EveryPage, Office

pytestmark = pytest.mark.django_db

WORDS = "Words that nobody has translated"


@pytest.fixture
def page(make_page):
    page = make_page(title="Archive", slug="archive", intro=WORDS)
    page.offices.add(Office(name="Sofia", locale=page.locale))
    page.save_revision().publish()
    make_page(parent=page, title="Below", slug="below", intro=WORDS)
    return fresh(page)


def strangers_read(homes) -> str:
    """All that is live in the Bulgarian tree."""
    return "".join(
        Client().get(page.get_url()).content.decode()
        for page in fresh(homes["bg"]).get_descendants(inclusive=True).live()
    )


def below(homes) -> list[EveryPage]:
    return list(EveryPage.objects.descendant_of(fresh(homes["bg"])))


@pytest.mark.parametrize("door", ["form", "API", "code"])
@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_copy_into_the_other_tree_is_a_draft_in_its_language(door, language, page, homes, enter):
    client = enter("add", "change", "publish", language=language)
    if door == "form":
        data = {
            "new_title": "Copy", "new_slug": "copy", "new_parent_page": homes["bg"].pk,
            "copy_subpages": "on", "publish_copies": "on",
        }  # fmt: skip
        assert client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data).status_code == 302
    elif door == "API":
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"])
        data = {"destination_page_id": homes["bg"].pk, "keep_live": True, "recursive": True, "slug": "copy"}
        assert client.post(url, data, content_type="application/json").status_code == 201
    else:
        page.copy(to=homes["bg"], recursive=True, keep_live=True)
    copies = below(homes)
    assert {(one.locale.language_code, one.live) for one in copies} == {("bg", False)}
    assert len(copies) == 2
    assert {office.locale.language_code for one in copies for office in one.offices.all()} == {"bg"}
    assert one_draft(copies[0]).locale.language_code == "bg"
    assert WORDS not in strangers_read(homes)


def one_draft(page):
    return page.get_latest_revision_as_object()


def test_a_copy_within_its_tree_is_wagtails_own(page, homes):
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert (copy.live, copy.locale.language_code) == (True, "en")


@pytest.mark.parametrize("door", ["form", "API", "code"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "has no alias in another language"), ("bg", "няма псевдоним на друг език")],
)
def test_no_alias_shows_one_language_in_the_other(door, language, sentence, page, homes, enter):
    client = enter("add", "change", "publish", language=language)
    if door == "form":
        data = {"new_title": "A", "new_slug": "a", "new_parent_page": homes["bg"].pk, "alias": "on"}
        response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
        assert sentence in " ".join(map(str, get_messages(response.wsgi_request)))
    elif door == "API":
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "create_alias"])
        data = {"destination_page_id": homes["bg"].pk, "recursive": False}
        response = client.post(url, data, content_type="application/json")
        assert (response.status_code, "alias" in response.content.decode()) == (403, language == "en")
    else:
        with pytest.raises(CreatePageAliasPermissionError):
            page.create_alias(parent=homes["bg"])
        with pytest.raises(CreatePageAliasPermissionError):
            page.create_alias(
                parent=homes["bg"], update_locale=homes["bg"].locale, reset_translation_key=False
            )
    assert below(homes) == []


def test_an_alias_within_its_language_is_wagtails_own(page, homes):
    assert page.create_alias(parent=homes["en"], update_slug="alias").live


@pytest.mark.parametrize("door", ["form", "bulk", "API", "code"])
@pytest.mark.parametrize(("language", "sentence"), [("en", "was not moved"), ("bg", "не беше преместена")])
def test_no_page_moves_into_the_other_tree(door, language, sentence, page, homes, enter):
    client = enter("add", "change", "publish", language=language)
    if door == "form":
        url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, homes["bg"].pk])
        response = client.post(url)
        assert sentence in " ".join(map(str, get_messages(response.wsgi_request)))
    elif door == "bulk":
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        form = {"chooser": homes["bg"].pk, "move_applied": "on"}
        assert sentence in client.post(f"{url}?id={page.pk}&next=/", form).content.decode()
    elif door == "API":
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "move"])
        data = {"destination_page_id": homes["bg"].pk, "position": "last-child"}
        assert client.post(url, data, content_type="application/json").status_code == 403
    else:
        with pytest.raises(MovePagePermissionError):
            page.move(homes["bg"], pos="last-child")
    assert below(homes) == []
    assert Page.objects.get(pk=page.pk).path.startswith(homes["en"].path)


@pytest.mark.parametrize("view", ["move_confirm", "copy"])
def test_whoever_may_not_move_or_copy_a_page_is_told_nothing_of_it(view, page, homes, enter):
    arguments = [page.pk, homes["bg"].pk] if view == "move_confirm" else [page.pk]
    data = {"new_title": "A", "new_slug": "a", "new_parent_page": homes["bg"].pk, "alias": "on"}
    response = enter().post(reverse(f"wagtailadmin_pages:{view}", args=arguments), data)
    assert page.title not in " ".join(map(str, get_messages(response.wsgi_request)))
    assert below(homes) == []


def test_a_move_within_its_tree_is_wagtails_own(page, homes, make_page):
    section = make_page(title="Section", slug="section")
    page.move(section, pos="last-child")
    assert fresh(page).get_parent().pk == section.pk
