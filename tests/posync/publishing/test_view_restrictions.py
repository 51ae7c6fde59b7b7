import pytest
from wagtail.models import PageViewRestriction

from tests.posync.people import target_of

pytestmark = pytest.mark.django_db


def restrict(page):
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


def test_a_page_made_private_is_private_in_the_other_language_at_once(published, bulgarian, client):
    restrict(published)
    target = target_of(published, bulgarian)
    assert target.view_restrictions.get().password == "secret"
    assert "Всички новини" not in client.get(target.url).content.decode()


def test_a_page_made_public_again_is_public_in_the_other_language(published, bulgarian, client):
    restrict(published).delete()
    target = target_of(published, bulgarian)
    assert not target.view_restrictions.exists()
    assert "Всички новини" in client.get(target.url).content.decode()


def test_a_translation_made_private_leaves_its_original_public(published, bulgarian):
    restrict(target_of(published, bulgarian))
    assert not published.view_restrictions.exists()
