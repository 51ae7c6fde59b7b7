"""After any change, the next visitor of any page that shows it sees it: in both languages, whoever makes the change."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace

import polib
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Site

from home.models import EventPage, Footer, HomePage, Menu, SiteNotice, StandardPage, VacancyPage
from home.page_cache.store import store

pytestmark = pytest.mark.usefixtures("page_cache")

LANGUAGES = ["bg", "en"]
OTHER = {"bg": "en", "en": "bg"}


def kept(path):
    return Client().get(path)


def made_anew(path):
    # Whoever may be somebody is answered past the cache.
    return Client().get(path, headers={"Authorization": "Basic eDp5"})


def text(response):
    return response.content.decode()


def latest(page):
    return page.specific_class.objects.get(pk=page.pk)


def publish(page, **fields):
    page = latest(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def site_chrome(language):
    locale = Locale.objects.get(language_code=language)
    return SimpleNamespace(
        menu=Menu.objects.create(
            title="Menu", locale=locale, items=[("link", {"label": "Old entry", "url": "https://e.example/"})]
        ),
        footer=Footer.objects.create(title="Old footer", locale=locale),
        notice=SiteNotice.objects.create(title="Old notice", locale=locale),
    )


@pytest.fixture
def world(site, kinds, image):
    """Both languages' pages by name, with the people, donors and menus that they show."""
    for contact in kinds.contact.values():
        contact.body = [{"type": "people", "value": {"title": "", "people": [kinds.entries.person.pk]}}]
        contact.save()
    pages = {name: versions for name, versions in vars(kinds).items() if isinstance(versions, dict)}
    pages["home"] = {"bg": site.bg_home, "en": site.en_home}
    pages["section"] = {"bg": site.section, "en": site.en_section}
    pages["news_index"] = {"bg": site.index, "en": site.en_index}
    pages["article"] = {"bg": site.story, "en": site.en_story}
    yield SimpleNamespace(
        pages=pages,
        entries=kinds.entries,
        image=image,
        site_chrome={language: site_chrome(language) for language in LANGUAGES},
    )
    Site.clear_site_root_paths_cache()


# What changes, and which pages show it: those of the language of the change, and some of the other.


def publishes_an_article(world, language):
    publish(world.pages["article"][language], title="News of today", place="")
    return "News of today"


def takes_an_article_back(world, language):
    latest(world.pages["article"][language]).unpublish()


def moves_a_page(world, language):
    section, below = latest(world.pages["section"][language]), latest(world.pages["standard"][language])
    below.move(section, pos="last-child")
    return latest(below).url


def deletes_a_publication(world, language):
    latest(world.pages["publication"][language]).delete()


def publishes_a_project(world, language):
    publish(world.pages["project"][language], title="A project of today")
    return "A project of today"


def publishes_an_event(world, language):
    publish(world.pages["event"][language], title="Meeting of today")
    return "Meeting of today"


def makes_a_page_private(world, language):
    world.pages["event"][language].view_restrictions.create(restriction_type="login")


def changes_the_menu(world, language):
    menu = world.site_chrome[language].menu
    menu.items[0].value["label"] = "New entry"
    menu.save_revision().publish()
    return "New entry"


def changes_the_footer(world, language):
    footer = world.site_chrome[language].footer
    footer.title = "New footer"
    footer.save_revision().publish()
    return "New footer"


def takes_the_notice_back(world, language):
    world.site_chrome[language].notice.unpublish()


def renames(name):
    def change(world, language):
        entry = getattr(world.entries, name)
        if language != "bg":
            entry = entry.get_translation(Locale.objects.get(language_code=language))
        entry.name = "New name"
        entry.save()
        return "New name"

    change.__name__ = f"renames_a_{name}"
    return change


def replaces_a_document(world, language):
    file = latest(world.pages["publication"][language]).files.first()
    file.document.file = ContentFile(b"%PDF-" + b"y" * 5_000, name="new-guide.pdf")
    file.document.file_size = None
    file.document.save()
    return "new-guide"


def moves_the_focus_of_a_picture(world, language):
    world.image.focal_point_x, world.image.focal_point_y = 5, 5
    world.image.focal_point_width = world.image.focal_point_height = 4
    world.image.save()
    world.image.renditions.all().delete()


def renames_the_host(world, language):
    site = Site.objects.get(is_default_site=True)
    site.hostname = "www.example.org"
    site.save()
    return "http://www.example.org"


def reaches_the_time_of_publication(world, language):
    story = latest(world.pages["article"][language])
    story.title = "News from the scheduler"
    story.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    story.save_revision(approved_go_live_at=story.go_live_at)
    call_command("publish_scheduled", verbosity=0)
    return "News from the scheduler"


def reaches_the_end_of_a_notice(world, language):
    notice = world.site_chrome[language].notice
    SiteNotice.objects.filter(pk=notice.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


@dataclass(frozen=True)
class Change:
    """Something that somebody does in one language, and the pages that show it: in that language, and in the other."""

    make: Callable
    here: Sequence[str]
    there: Sequence[str] = ()


CHANGES = [
    Change(publishes_an_article, ["article", "news_index", "home", "rss", "atom"]),
    Change(takes_an_article_back, ["news_index", "home", "sitemap"], ["article"]),
    Change(moves_a_page, ["section", "sitemap"], ["standard"]),
    Change(deletes_a_publication, ["publications_index", "theme", "sitemap"], ["publication"]),
    Change(publishes_a_project, ["project", "projects_index", "event", "publication", "theme"]),
    Change(publishes_an_event, ["event", "events_index", "theme", "calendar"]),
    Change(makes_a_page_private, ["events_index", "theme", "sitemap"]),
    Change(changes_the_menu, ["home", "article", "contact"]),
    Change(changes_the_footer, ["home", "article", "contact"]),
    Change(takes_the_notice_back, ["home", "article", "contact"]),
    Change(renames("protection"), ["project", "event", "publication"]),
    Change(renames("donor"), ["project"]),
    Change(renames("partner"), ["project"]),
    Change(renames("region"), ["project"]),
    Change(renames("person"), ["contact"]),
    Change(replaces_a_document, ["publication"], ["publication"]),
    Change(moves_the_focus_of_a_picture, ["event", "theme"], ["event"]),
    Change(renames_the_host, ["home", "rss", "atom", "sitemap", "robots", "calendar"], ["home"]),
    Change(reaches_the_time_of_publication, ["article", "news_index", "home", "rss"]),
    Change(reaches_the_end_of_a_notice, ["home", "article"]),
]


def address(world, name, language):
    others = {
        "rss": f"/{language}/feeds/news.rss",
        "atom": f"/{language}/feeds/news.atom",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "calendar": f"{world.pages['events_index'][language].url}calendar/",
    }
    return others.get(name) or world.pages[name][language].url


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.make.__name__)
def test_the_next_visitor_sees_it(world, committed, change):
    for language in LANGUAGES:
        places = [
            *((name, language) for name in change.here),
            *((name, OTHER[language]) for name in change.there),
        ]
        paths = {place: address(world, *place) for place in places}
        before = {place: kept(path) for place, path in paths.items()}
        with transaction.atomic():
            with committed():
                shown = change.make(world, language)
            for place, path in paths.items():
                after = kept(path)
                assert after.content != before[place].content, place
                if shown is None:
                    assert after.content == made_anew(path).content, place
                else:
                    assert shown in text(after), place
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
        store.begin_generation()


@pytest.mark.parametrize("language", LANGUAGES)
def test_served_from_the_cache_nothing_is_asked_of_the_database(world, django_assert_num_queries, language):
    names = {*world.pages, *(name for change in CHANGES for name in change.here)} - {"form"}
    for name in names:
        first = kept(address(world, name, language))
        assert first.status_code == 200
        with django_assert_num_queries(0, info=name):
            assert kept(address(world, name, language)).content == first.content


# By the admin, and by the pipeline


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_takes_a_page_back_and_deletes_it(world, admin_client, committed, language):
    story, other = (world.pages["article"][code] for code in (language, OTHER[language]))
    index = world.pages["news_index"][language].url
    for page in (index, story.url, other.url):
        kept(page)
    with committed():
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))
    assert kept(story.url).status_code == 404
    assert story.title not in text(kept(index))
    assert f"/{language}/untranslated/{other.pk}/" in text(kept(other.url))
    publications = world.pages["publications_index"][language].url
    doomed = world.pages["publication"][language]
    assert doomed.title in text(kept(publications))
    with committed():
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[doomed.pk]))
    assert doomed.title not in text(kept(publications))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_moves_a_page(world, admin_client, committed, language):
    page, section = world.pages["standard"][language], world.pages["section"][language]
    below = f"{section.url}{page.slug}/"
    assert page.title not in text(kept(section.url))
    assert kept(below).status_code == 404
    with committed():
        admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, section.pk]))
    assert page.title in text(kept(section.url))
    assert kept(below).status_code == 200
    assert below in text(kept(world.pages["standard"][OTHER[language]].url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_changes_a_donor(world, admin_client, committed, language):
    # Untranslated, it shows on both languages' pages.
    donor = world.entries.donor
    donor.get_translations().delete()
    path = world.pages["project"][language].url
    assert donor.name in text(kept(path))
    with committed():
        response = admin_client.post(
            reverse(donor.snippet_viewset.get_url_name("edit"), args=[donor.pk]),
            {"name": "Renamed", "url": "", "logo": "", "logo_alt": ""},
        )
    assert response.status_code == 302
    assert "Renamed" in text(kept(path))


@pytest.mark.parametrize("source", LANGUAGES)
def test_a_translation_that_is_synced_is_seen_at_once(site, committed, settings, tmp_path, source):
    settings.POSYNC = {**settings.POSYNC, "ROOT": tmp_path / "locale", "SUBMIT_ON_PUBLISH": False}
    target = OTHER[source]
    home = {"bg": site.bg_home, "en": site.en_home}[source]
    page = home.add_child(
        instance=StandardPage(title=f"Written in {source}", intro="One sentence.", slug=f"new-{source}")
    )
    switcher = f"/{target}/untranslated/{page.pk}/"
    assert switcher in text(kept(page.url))
    sitemap = text(kept("/sitemap.xml"))
    with committed():
        call_command("submit_translations", str(page.pk), "--to", target, verbosity=0)
        call_command("export_po", verbosity=0)
    file = next(path for path in tmp_path.rglob("*.po") if f"new-{source}" in path.name)
    catalog = polib.pofile(file, wrapwidth=0)
    for entry in catalog:
        entry.msgstr = f"{entry.msgid} – {target}"
    catalog.save()
    with committed():
        call_command("sync_po", verbosity=0)
    translated = page.get_translations().get()
    assert f"Written in {source} – {target}" in text(kept(translated.url))
    assert translated.url in text(kept(page.url))
    assert switcher not in text(kept(page.url))
    assert text(kept("/sitemap.xml")) != sitemap
    for entry in (catalog := polib.pofile(file, wrapwidth=0)):
        entry.msgstr = f"Again {entry.msgid}"
    catalog.save()
    with committed():
        call_command("sync_po", verbosity=0)
    assert f"Again Written in {source}" in text(kept(translated.url))


# By time alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_ends_on_every_page_that_shows_it(kinds, clock, settings, language):
    settings.PAGE_CACHE_SECONDS = 10**7
    event, index, theme, project = (
        getattr(kinds, name)[language] for name in ("event", "events_index", "theme", "project")
    )
    home = HomePage.objects.get(locale__language_code=language)
    clock[0] = event.start.replace(hour=9)
    end = clock[0] + datetime.timedelta(minutes=30)
    EventPage.objects.filter(pk=event.pk).update(start=clock[0], end=end)
    over = {"bg": "Това събитие приключи.", "en": "This event is over."}[language]
    assert over not in text(kept(event.url))
    for page in (index, theme, project, home):
        assert event.title in text(kept(page.url))
    assert event.title not in text(kept(f"{index.url}?when=past"))
    clock[0] = end
    assert over not in text(kept(event.url))
    clock[0] += datetime.timedelta(seconds=1)
    assert over in text(kept(event.url))
    for page in (index, theme, project, home):
        assert event.title not in text(kept(page.url))
    assert event.title in text(kept(f"{index.url}?when=past"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_over_is_kept_as_long_as_any_page(kinds, django_assert_num_queries, language):
    for page in (kinds.past_event[language], kinds.closed_vacancy[language]):
        kept(page.url)
        with django_assert_num_queries(0):
            kept(page.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vacancy_closes_at_the_end_of_its_day(kinds, clock, settings, language):
    settings.PAGE_CACHE_SECONDS = 10**7
    vacancy, index = kinds.vacancy[language], kinds.vacancies_index[language]
    clock[0] = clock[0].replace(hour=23, minute=59)
    VacancyPage.objects.filter(pk=vacancy.pk).update(deadline=clock[0].date())
    apply = f"https://example.org/{language}/apply"
    assert apply in text(kept(vacancy.url))
    assert vacancy.title in text(kept(index.url))
    clock[0] += datetime.timedelta(minutes=1)
    assert apply not in text(kept(vacancy.url))
    assert vacancy.title not in text(kept(index.url))
