"""“Translate this page” makes nothing for visitors: by POST, and what a stranger then finds in the other language."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from posync.models import Catalog
from posync.sync import sync
from tests.posync.people import fresh, target_of, translate
from tests.testapp.models import Notice, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_submitter(client, django_user_model):
    def log_in(language="en"):
        user = django_user_model.objects.create_superuser("somebody", password="secret")
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)
        return client

    return log_in


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "go to the translators of Bulgarian"), ("bg", "отиват при преводачите")],
)
def test_a_page_below_an_untranslated_one_makes_no_page_in_the_other_language(
    language, sentence, as_submitter, make_page, bulgarian, catalog_root
):
    above = make_page(title="Section", slug="section")
    below = make_page(parent=above, title="Below", slug="below")
    before = Page.objects.count()
    url = reverse("wagtail_localize:submit_page_translation", args=[below.pk])
    response = as_submitter(language).post(url, {"locales": [bulgarian.pk]})
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert (response.status_code, [sentence in text for text in said]) == (302, [True])
    assert Page.objects.count() == before
    assert Catalog.objects.get().domain.name == "section/below"
    sync()
    translate(catalog_root / "bg/content/section/below.po", {"Below": "Отдолу"})
    sync()
    assert target_of(below, bulgarian) is None  # until the page above is there


def test_the_pages_below_go_with_it_if_asked_for(as_submitter, make_page, bulgarian):
    above = make_page(title="Section", slug="section")
    make_page(parent=above, title="Below", slug="below")
    url = reverse("wagtail_localize:submit_page_translation", args=[above.pk])
    as_submitter().post(url, {"locales": [bulgarian.pk], "include_subtree": "on"})
    assert {catalog.domain.name for catalog in Catalog.objects.all()} == {"section", "section/below"}


@pytest.mark.parametrize("model", [Notice, Topic])
def test_a_snippet_shows_no_source_words_in_the_other_language(
    model, as_submitter, english, bulgarian, catalog_root
):
    field = "text" if model is Notice else "name"
    snippet = model.objects.create(
        **{field: "Closed today"}, locale=english, **({"slug": "s"} if model is Notice else {})
    )
    args = ["testapp", model._meta.model_name, snippet.pk]
    response = as_submitter().post(
        reverse("wagtail_localize:submit_snippet_translation", args=args), {"locales": [bulgarian.pk]}
    )
    assert response.status_code == 302
    assert target_of(snippet, bulgarian) is None
    assert Catalog.objects.count() == 1


def test_a_stopped_translation_is_started_again(as_submitter, submitted, bulgarian):
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save()
    url = reverse("wagtail_localize:submit_page_translation", args=[submitted.pk])
    as_submitter().post(url, {"locales": [bulgarian.pk]})
    assert Translation.objects.get().enabled
    assert fresh(submitted).live


def test_submitting_needs_its_permission(client, django_user_model, make_page, bulgarian):
    page = make_page(title="Section", slug="section")
    client.force_login(django_user_model.objects.create_user("guest", password="secret"))
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.post(url, {"locales": [bulgarian.pk]}).status_code == 302
    assert not Translation.objects.exists()
