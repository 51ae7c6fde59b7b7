"""“Start synced translation” in the admin: what it says, and that it never fails."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, target_of, translate_all
from tests.testapp.models import Topic

pytestmark = pytest.mark.django_db

RESTART = {"localize-restart-translation": "1"}
LANGUAGES = ("en", "bg")


@pytest.fixture
def as_admin(client, django_user_model):
    admin = django_user_model.objects.create_superuser("admin", password="secret")
    UserProfile.objects.create(user=admin, preferred_language="en")
    client.force_login(admin)
    return client


@pytest.fixture
def topic(homes, english, bulgarian, catalog_root):
    topic = Topic.objects.create(name="Help", locale=english)
    submit(topic, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return topic


def url_of(instance):
    if isinstance(instance, Topic):
        return reverse("wagtailsnippets_testapp_topic:edit", args=[instance.pk])
    return reverse("wagtailadmin_pages:edit", args=[instance.pk])


def stop():
    Translation.objects.update(enabled=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 text differed from the approved translation."),
        ("bg", "1 текст се различаваше от одобрения превод."),
    ],
)
def test_the_button_says_what_differs(as_admin, published, bulgarian, language, said):
    UserProfile.objects.update(preferred_language=language)
    stop()
    target = edit(target_of(published, bulgarian), intro="На ръка")
    content = as_admin.post(url_of(target), RESTART, follow=True).content.decode()
    assert said in content
    assert "На ръка" in content
    assert "Всички новини" in content
    assert StringTranslation.objects.get(translation_of__data="All our news").data == "На ръка"


def test_publishing_in_the_editor_afterwards_keeps_what_was_shown(as_admin, published, bulgarian):
    stop()
    target = edit(target_of(published, bulgarian), intro="На ръка", slug="rachno")
    as_admin.post(url_of(target), RESTART, follow=True)
    as_admin.post(url_of(target), {"action": "publish"}, follow=True)
    target = target_of(published, bulgarian)
    assert (target.intro, target.slug) == ("На ръка", "rachno")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "has no counterpart in the original"),
        ("bg", "няма съответствие в оригинала"),
    ],
)
def test_the_button_says_what_will_go(as_admin, published, bulgarian, language, said):
    UserProfile.objects.update(preferred_language=language)
    stop()
    target = edit(target_of(published, bulgarian), rich="<p>Само тук</p>")
    assert said in as_admin.post(url_of(target), RESTART, follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "cannot be started again: its original was deleted"),
        ("bg", "не може да се започне отново: оригиналът му е изтрит"),
    ],
)
@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_a_translation_without_original_is_not_started(
    as_admin, published, topic, bulgarian, kind, language, said
):
    UserProfile.objects.update(preferred_language=language)
    source = published if kind == "page" else topic
    target = target_of(source, bulgarian)
    source.delete()
    response = as_admin.post(url_of(target), RESTART, follow=True)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Translation.objects.filter(source__object_id=target.translation_key, enabled=True).exists()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "so its translation was stopped"), ("bg", "затова преводът му е спрян")]
)
@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_a_translation_started_without_original_opens_as_any_other(
    as_admin, published, topic, bulgarian, kind, language, said
):
    UserProfile.objects.update(preferred_language=language)
    source = published if kind == "page" else topic
    target = target_of(source, bulgarian)
    source.delete()
    for translation in Translation.objects.all():
        translation.enabled = True
        translation.save()
    response = as_admin.get(url_of(target), follow=True)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert as_admin.get(url_of(target)).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is no stopped translation"), ("bg", "Няма спрян превод")]
)
def test_a_button_pressed_too_late_says_so(as_admin, published, bulgarian, language, said):
    UserProfile.objects.update(preferred_language=language)
    TranslationSource.objects.all().delete()
    target = target_of(published, bulgarian)
    response = as_admin.post(url_of(target), {**RESTART, "title": "Новини", "slug": "novini"}, follow=True)
    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_translating_again_after_the_target_was_deleted(as_admin, published, topic, bulgarian, kind):
    source = published if kind == "page" else topic
    target_of(source, bulgarian).delete()
    if kind == "page":
        url = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    else:
        url = reverse("wagtail_localize:submit_snippet_translation", args=["testapp", "topic", source.pk])
    assert as_admin.post(url, {"locales": [bulgarian.pk]}, follow=True).status_code == 200
    sync()
    assert target_of(source, bulgarian) is not None
