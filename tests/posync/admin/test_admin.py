import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from posync.publishing.comparison import content_of
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, fresh, target_of, translate
from tests.testapp.models import Notice

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
    response = as_admin.get(reverse("wagtailadmin_pages:edit", args=[target.pk]), follow=True)
    assert "Всички новини" in response.content.decode()


@pytest.fixture
def upload(as_admin, published):
    url = reverse("wagtail_localize:upload_pofile", args=[Translation.objects.get().pk])

    def send(content: bytes):
        return as_admin.post(url, {"file": SimpleUploadedFile("news.po", content)}, follow=True)

    return send


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nothing was imported yet"), ("bg", "Още нищо не е внесено")],
)
def test_the_upload_of_before_leads_to_the_one_that_shows_first(upload, news_po, language, said):
    UserProfile.objects.update(preferred_language=language)
    translate(news_po, {"News": "Вести"})
    assert said in upload(news_po.read_bytes()).content.decode()
    assert not StringTranslation.objects.filter(data="Вести").exists()


@pytest.fixture
def as_role(client, django_user_model, bulgarian):
    """Log in as a superuser, or with permissions by their codenames, reading the admin in a language."""

    def log_in(language: str, *codenames: str):
        user = django_user_model.objects.create_user(
            "somebody", password="secret", is_superuser=not codenames
        )
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def notice(english, bulgarian, catalog_root):
    """A snippet, translated and live in Bulgarian."""
    notice = Notice.objects.create(slug="holiday", text="Closed today", locale=english)
    notice.save_revision().publish()
    submit(notice, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/snippets/notice/holiday.po", {"Closed today": "Днес е затворено"})
    sync()
    return fresh(notice)


ROLES = {
    "superuser": (),
    "translator": ("access_admin", "submit_translation"),
    "publisher": ("access_admin", "submit_translation", "publish_page", "change_page", "publish_notice"),
}


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_nobody_publishes_half_a_translation_by_hand(
    as_role, published, notice, bulgarian, role, language, kind
):
    original = edit(published, intro="Some of our news") if kind == "page" else edit(notice, text="Closed")
    before = target_of(original, bulgarian)
    client = as_role(language, *ROLES[role])
    source = TranslationSource.objects.get_for_instance(original)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    response = client.post(url, {"publish_translations": "on"})
    assert response.status_code == 302
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["success"]
    after = target_of(original, bulgarian)
    assert content_of(after) == content_of(before)
    assert after.live_revision_id == before.live_revision_id
    shown = client.get(url).content.decode()
    assert f'lang="{language}"' in shown
    assert "publish_translations" not in shown
    shown = client.get(url).content.decode()
    assert f'lang="{language}"' in shown
    assert "publish_translations" not in shown


def test_there_is_nothing_to_upload_to_before_the_first_publication(as_admin, submitted):
    translation = Translation.objects.get()
    downloaded = str(translation.export_po()).encode()
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    response = as_admin.post(url, {"file": SimpleUploadedFile("news.po", downloaded)}, follow=True)
    assert response.status_code == 200
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "there is nothing to sync"), ("bg", "няма какво да се синхронизира")]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_syncing_by_hand_after_the_original_was_deleted_says_so(
    as_admin, published, sync_url, method, language, said
):
    UserProfile.objects.update(preferred_language=language)
    published.delete()
    response = getattr(as_admin, method)(sync_url, follow=True)
    assert said in response.content.decode()


@pytest.mark.parametrize("stopped", [False, True], ids=["translated", "stopped"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "is a translation and stays one"), ("bg", "е превод и остава такъв")]
)
@pytest.mark.parametrize("address", ["convert", "edit"])
def test_no_translation_becomes_an_alias(
    as_role, published, bulgarian, client, address, language, said, stopped
):
    target = target_of(published, bulgarian)
    Translation.objects.update(enabled=not stopped)
    as_role(language)
    convert = reverse("wagtail_localize:convert_to_alias", args=[target.pk])
    edit_url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    if address == "convert":
        response = client.post(convert, follow=True)
    else:
        response = client.post(edit_url, {"localize-convert-to-alias": ""}, follow=True)
    assert (edit_url, 302) in response.redirect_chain
    assert said in response.content.decode()
    assert "localize-convert-to-alias" not in response.content.decode()
    after = target_of(published, bulgarian)
    assert (after.alias_of_id, after.live, content_of(after)) == (None, True, content_of(target))
    assert Translation.objects.count() == 1
    client.logout()
    assert "Новини" in client.get(target.url).content.decode()


def test_converting_needs_the_right_to_edit_the_page(as_role, published, bulgarian):
    target = target_of(published, bulgarian)
    client = as_role("en", "access_admin", "submit_translation")
    response = client.post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))
    assert response.url == reverse("wagtailadmin_home")


def test_pages_without_translators_are_wagtail_localizes_own_to_convert(as_admin, published):
    response = as_admin.get(reverse("wagtail_localize:convert_to_alias", args=[published.pk]), follow=True)
    assert response.status_code == 404
