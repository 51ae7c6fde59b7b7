"""“Synchronise content from another locale” copies no page, by whatever way it is asked for."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import after_create_page

from posync.checks import check_aliases, check_synchronised_trees

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Content is not copied"), ("bg", "съдържанието не се копира")]
)
def test_a_locale_is_not_filled_from_another(
    language, sentence, client, django_user_model, make_page, english, bulgarian
):
    make_page(title="News", slug="news")
    user = django_user_model.objects.create_superuser("somebody", password="secret")
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    before = Page.objects.count()
    prefix = "component-wagtail_localize_localesynchronization"
    response = client.post(
        reverse("wagtaillocales:edit", args=[bulgarian.pk]),
        {"language_code": "bg", f"{prefix}-enabled": "on", f"{prefix}-sync_from": english.pk},
    )
    assert (response.status_code, sentence in response.content.decode()) == (200, True)
    assert not LocaleSynchronization.objects.exists()
    assert Page.objects.count() == before


def test_a_row_that_exists_copies_nothing_and_is_named(make_page, english, bulgarian):
    make_page(title="News", slug="news")
    before = Page.objects.count()
    LocaleSynchronization.objects.create(locale=bulgarian, sync_from=english)
    call_command("sync_locale_trees")
    after_create_page(None, make_page(title="Archive", slug="archive"))
    assert Page.objects.count() == before + 1
    assert [found.id for found in check_synchronised_trees(databases=["default"])] == ["posync.W006"]
    assert check_synchronised_trees() == []


def test_a_live_alias_of_before_is_named(make_page):
    original = make_page(title="News", slug="news")
    alias = make_page("bg", title="Copied", slug="copied")
    assert check_aliases(databases=["default"]) == []
    Page.objects.filter(pk=alias.pk).update(alias_of=original)
    (found,) = check_aliases(databases=["default"])
    assert (found.id, f"“Copied” ({alias.pk})" in found.msg) == ("posync.W007", True)
    assert check_aliases() == []
    Page.objects.filter(pk=alias.pk).update(live=False)
    assert check_aliases(databases=["default"]) == []
