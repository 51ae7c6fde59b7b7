import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from posync.sync import sync

pytestmark = pytest.mark.django_db


@pytest.fixture
def sync_url(submitted):
    source = TranslationSource.objects.get_for_instance(submitted)
    return reverse("wagtail_localize:update_translations", args=[source.pk])


@pytest.fixture
def as_admin(client, django_user_model):
    admin = django_user_model.objects.create_superuser("admin", password="secret")
    UserProfile.objects.create(user=admin, preferred_language="en")
    client.force_login(admin)
    return client


def test_syncing_by_hand_says_that_a_page_without_translation_needs_none(as_admin, submitted, sync_url):
    response = as_admin.get(sync_url, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert "has no version in Bulgarian yet" in response.content.decode()


def test_syncing_by_hand_is_wagtail_localizes_own_once_the_translation_is_live(as_admin, published):
    source = TranslationSource.objects.get_for_instance(published)
    response = as_admin.get(reverse("wagtail_localize:update_translations", args=[source.pk]))
    assert response.status_code == 200
    assert "Новини" in response.content.decode()


def test_syncing_by_hand_needs_the_permission_to_submit(client, django_user_model, sync_url):
    client.force_login(django_user_model.objects.create_user("guest", password="secret", is_staff=True))
    response = client.get(sync_url)
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_home")) or "login" in response.url


def test_a_sync_leaves_the_admin_page_of_a_published_translation_working(as_admin, published):
    sync()
    target = published.get_translations().get()
    assert as_admin.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).status_code == 200


@pytest.fixture
def upload(as_admin, published):
    url = reverse("wagtail_localize:upload_pofile", args=[Translation.objects.get().pk])

    def send(content: bytes):
        return as_admin.post(url, {"file": SimpleUploadedFile("news.po", content)}, follow=True)

    return send


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "goes back into that folder"), ("bg", "се връща в същата папка")],
)
def test_a_catalog_uploaded_to_the_wrong_place_is_told_where_it_belongs(upload, news_po, language, said):
    UserProfile.objects.update(preferred_language=language)
    assert said in upload(news_po.read_bytes()).content.decode()


def test_a_file_that_was_downloaded_in_the_admin_can_be_uploaded_there(upload):
    downloaded = Translation.objects.get().export_po()
    for entry in downloaded:
        if entry.msgid == "News":
            entry.msgstr = "Вести"
    assert upload(str(downloaded).encode()).status_code == 200
    assert StringTranslation.objects.get(translation_of__data="News").data == "Вести"
