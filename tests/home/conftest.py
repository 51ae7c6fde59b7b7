"""A small bilingual site.

home-bg  ── Раздел (section) ── Тема (section, Bulgarian only)
   │     └─ Новини (news index) ── Новина (news)
home-en  ── Section             (the translation of Раздел)
         └─ News ── Story       (the translations of Новини and Новина)
"""

import datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Locale

from home.models import HomePage, NewsIndexPage, NewsPage, SectionPage
from home.page_cache.store import ALIAS
from tests.kinds_of_content import add_every_kind

WITHOUT_BACKGROUND_WORK = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(autouse=True)
def media_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def translate(page, language, **fields):
    """The live translation of `page`, as the pipeline would leave it."""
    translation = page.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in {"slug": "", **fields}.items():
        setattr(translation, name, value)
    translation.live = True
    translation.save()
    return translation


@pytest.fixture
def bg_home(db):
    return HomePage.objects.get(locale__language_code="bg")


@pytest.fixture
def en_home(db):
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def without_background_work(settings):
    """Nothing here searches or asks where a page is used, and indexing costs half the time of making one."""
    settings.TASKS = WITHOUT_BACKGROUND_WORK


@pytest.fixture
def site(bg_home, en_home, without_background_work):
    return make_site(bg_home, en_home)


def make_site(bg_home, en_home):
    section = bg_home.add_child(instance=SectionPage(title="Нашата работа", intro="С какво се занимаваме."))
    theme = section.add_child(instance=SectionPage(title="Закрила"))
    index = bg_home.add_child(instance=NewsIndexPage(title="Новини"))
    story = index.add_child(
        instance=NewsPage(
            title="Среща в Харманли", lead="Кратко.", date=datetime.date(2026, 3, 3), place="Харманли"
        )
    )
    en_section = translate(section, "en", title="Our Work", intro="What we do.")
    en_index = translate(index, "en", title="News")
    en_story = translate(story, "en", title="Meeting in Harmanli", lead="Short.", place="Harmanli")
    for page in (bg_home, en_home, section, index, en_index):
        page.refresh_from_db()  # each has got pages below it meanwhile
    return SimpleNamespace(
        bg_home=bg_home,
        en_home=en_home,
        section=section,
        en_section=en_section,
        theme=theme,
        index=index,
        en_index=en_index,
        story=story,
        en_story=en_story,
    )


@pytest.fixture
def image(db):
    return make_image()


def make_image():
    content = BytesIO()
    PillowImage.new("RGB", (64, 40), "navy").save(content, "PNG")
    content.seek(0)
    return get_image_model().objects.create(
        title="The library's own title", file=ImageFile(content, name="image.png")
    )


@pytest.fixture
def kinds(site, image):
    """A page of every other kind, in both languages."""
    return make_kinds(site, image)


def make_kinds(site, image):
    kinds = add_every_kind(site.bg_home, image, bodies={"bg": [], "en": []})
    site.bg_home.refresh_from_db()
    site.en_home.refresh_from_db()
    return kinds


@pytest.fixture
def page_cache(settings, request):
    """All processes of these tests are threads of one, so its memory is what they share."""
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name}
    settings.CACHES = {**settings.CACHES, ALIAS: cache}
    yield caches[ALIAS]
    caches[ALIAS].clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A test never commits: what waits for it happens at the end of this block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets, at noon to begin with."""
    zone = timezone.get_default_timezone()
    moment = [datetime.datetime(2026, 3, 3, 12, tzinfo=zone)]
    for name in ("home.page_cache.expiry.now", "home.page_cache.middleware.now"):
        monkeypatch.setattr(name, lambda: moment[0].timestamp())
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0].astimezone(datetime.UTC))
    return moment
