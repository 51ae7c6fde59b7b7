"""A browser, and a bilingual site with a page of every kind that it can visit.

/bg/ ── Нашата работа ── Закрила
  │  └─ Новини ── Обучение в Бургас, Среща в Харманли, Ден на отворените врати (Bulgarian only)
  └─ За екипа (private)
/en/ ── the translations, and A guide to working here (English only)
"""

import datetime
import json
import os
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import sync_playwright
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale

from home.access.throttle import shared_password_limit
from home.blocks.body import BodyBlock
from home.demo.illustrations import draw
from home.forms.guard import COUNTS
from home.models import Footer, HomePage, Menu, NewsIndexPage, NewsPage, SectionPage, SiteNotice
from tests.browser import chromium
from tests.kinds_of_content import add_every_kind, document


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    if path is None:
        message = "No Chromium on the PATH: install one, for example with `apt-get install chromium`."
        # A continuous build that skipped its browser tests would look as if they had passed.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    # Playwright keeps an event loop in this thread. Django then believes that its ORM is called from there, and looks
    # for its connections in another place: they stay the ones that the test database was set up with.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    database_connections = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in database_connections.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def media_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def translate(page, **fields):
    """The live English translation of a Bulgarian page."""
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in {"live": True, **fields}.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def sample_blocks(language, *names):
    """One block of each kind, or of those named, as the editor's preview shows it in that language."""
    blocks = BodyBlock()
    with translation.override(language):
        values = blocks.normalize(
            [
                (name, block.get_preview_value())
                for name, block in blocks.child_blocks.items()
                if not names or name in names
            ]
        )
        # In JSON nothing is left to be translated later, when another language may be active.
        return json.loads(json.dumps(blocks.get_prep_value(values), cls=DjangoJSONEncoder))


def link(page):
    return {"label": page.title, "page": page, "url": ""}


def menu_entry(page, *children):
    return "link", {**link(page), "children": [link(child) for child in children]}


def lock_of_documents(name):
    drawer = Collection.get_first_root_node().add_child(name=name)
    return CollectionViewRestriction.objects.create(
        collection=drawer, restriction_type="password", password="sesame"
    )


def jam(lock):
    """As many wrong passwords from here as are taken."""
    caches[COUNTS].clear()
    limit = shared_password_limit(RequestFactory().get("/"), f"documents-{lock.pk}")
    while not limit.is_reached:
        limit.count()


@pytest.fixture
def bilingual_site(transactional_db, django_db_serialized_rollback, media_of_this_test):
    """The live server reads committed rows only, and what each test leaves is put back from the migrations' own."""
    image = get_image_model().objects.create(
        title="A picture", file=ImageFile(BytesIO(draw("fields", (640, 400))), name="fields.jpg")
    )
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    document("report.pdf", b"%PDF-" + b" " * 2000)
    for language, opening, alt in [
        ("bg", "Заедно по пътя", "Рисувани поля"),
        ("en", "Together on the way", "Drawn fields"),
    ]:
        home = homes[language]
        home.hero_title, home.hero_image, home.hero_image_alt = opening, image, alt
        home.body = sample_blocks(language)
        home.save()

    picture = {"image": image, "image_alt": "Рисувани поля"}
    section = homes["bg"].add_child(
        instance=SectionPage(
            title="Нашата работа", intro="С какво се занимаваме.", body=sample_blocks("bg"), **picture
        )
    )
    theme = section.add_child(instance=SectionPage(title="Закрила", intro="На хората по пътя."))
    index = homes["bg"].add_child(instance=NewsIndexPage(title="Новини", intro="Какво правим."))

    def add_news(title, day):
        return index.add_child(
            instance=NewsPage(
                title=title,
                lead="Институциите обсъдиха как ще работят занапред.",
                date=datetime.date(2026, 3, day),
                place="Харманли",
                image_caption="Полята край града",
                image_credit="Илюстрация",
                body=sample_blocks("bg"),
                **picture,
            )
        )

    older, story = add_news("Обучение в Бургас", 1), add_news("Среща в Харманли", 3)
    bulgarian_only = add_news("Ден на отворените врати", 5)

    english = {"image_alt": "Drawn fields", "body": sample_blocks("en")}
    en_section = translate(section, title="Our Work", intro="What we do.", **english)
    en_theme = translate(theme, title="Protection", intro="Of people on the way.")
    en_index = translate(index, title="News", intro="What we do.")
    details = {"lead": "The institutions spoke of their work from now on.", "place": "Harmanli", **english}
    details |= {"image_caption": "The fields by the town", "image_credit": "Illustration"}
    translate(older, title="Training in Burgas", **details)
    en_story = translate(story, title="Meeting in Harmanli", **details)
    en_index.refresh_from_db()
    english_only = en_index.add_child(
        instance=NewsPage(
            title="A guide to working here", lead="Out now.", locale=en_index.locale, date=story.date
        )
    )

    empty_index = homes["bg"].add_child(instance=NewsIndexPage(title="Съобщения", intro="Скоро."))
    en_empty_index = translate(empty_index, title="Announcements", intro="Soon.")

    menu = Menu.objects.create(
        title="Главно меню",
        locale=homes["bg"].locale,
        items=[menu_entry(section, theme), menu_entry(index)],
    )
    footer = Footer.objects.create(
        title="МОМ България",
        locale=homes["bg"].locale,
        address="<p>София</p>",
        legal="<p>Текстовете може да се ползват свободно.</p>",
        columns=[("column", {"title": "Сайтът", "links": [link(section), link(index)]})],
    )
    translate(menu, title="Main menu", items=[menu_entry(en_section, en_theme), menu_entry(en_index)])
    translate(
        footer,
        title="IOM Bulgaria",
        address="<p>Sofia</p>",
        legal="<p>The texts may be used freely.</p>",
        columns=[("column", {"title": "The site", "links": [link(en_section), link(en_index)]})],
    )
    notice = SiteNotice.objects.create(
        title="Офисът е затворен до понеделник",
        text="<p>При нужда се обадете.</p>",
        level="warning",
        locale=homes["bg"].locale,
    )
    translate(notice, title="The office is closed until Monday", text="<p>Call if you need us.</p>")
    private = homes["bg"].add_child(instance=SectionPage(title="За екипа"))
    en_private = translate(private, title="For the team")
    for page in (private, en_private):
        page.view_restrictions.create(restriction_type="password", password="sesame")
    lock, jammed_lock = (lock_of_documents(name) for name in ("Of the team", "Of the board"))
    jam(jammed_lock)
    homes["bg"].refresh_from_db()
    few = ("heading", "paragraph", "embed")
    kinds = add_every_kind(
        homes["bg"], image, bodies={language: sample_blocks(language, *few) for language in homes}
    )
    return SimpleNamespace(
        home=homes,
        kinds={name: versions for name, versions in vars(kinds).items() if name != "entries"},
        section={"bg": section, "en": en_section},
        news_index={"bg": index, "en": en_index},
        empty_index={"bg": empty_index, "en": en_empty_index},
        story={"bg": story, "en": en_story},
        private={"bg": private, "en": en_private},
        lock=lock,
        jammed_lock=jammed_lock,
        # By the language that each is still missing in
        untranslated={"bg": english_only, "en": bulgarian_only},
    )
