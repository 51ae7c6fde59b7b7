"""What each template asks the database for, in both languages, when nothing of it is kept anywhere.

Every page has what it can have: a menu, a footer and a notice, themes with pages of their own, a project, pictures in the
head and in the body, related pages, a version in the other language. Site roots and content types are known already.
"""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from home.models import (
    EventPage,
    EventPageTheme,
    Footer,
    Menu,
    NewsPage,
    NewsPageTheme,
    ProjectDonor,
    ProjectPage,
    ProjectPageTheme,
    PublicationPage,
    PublicationPageTheme,
    SiteNotice,
    VacancyPage,
)

LANGUAGES = ["bg", "en"]

# What they ask for today in English, which is one query more than in Bulgarian, the language of the site's root page.
BUDGETS = {
    "home": 22,
    "section": 14,
    "news_index": 18,
    "article": 21,
    "theme": 18,
    "projects_index": 18,
    "project": 26,
    "events_index": 19,
    "event": 19,
    "past_event": 19,
    "publications_index": 19,
    "publication": 18,
    "vacancies_index": 15,
    "vacancy": 12,
    "closed_vacancy": 12,
    "contact": 13,
    "form": 14,
    "standard": 12,
    "search": 15,
    "untranslated": 15,
    "not_found": 13,
}


def link(label, page):
    return {"label": label, "page": page.pk, "url": ""}


def add_site_chrome(site, kinds):
    for language in LANGUAGES:
        locale = Locale.objects.get(language_code=language)
        below = [link("Below", kinds.project["bg"]), link("Below", kinds.contact["bg"])]
        entry = {"type": "link", "value": {**link("Entry", site.section), "children": below}}
        Menu.objects.create(title="Menu", locale=locale, items=[entry, entry])
        column = {"title": "Column", "links": [link("Terms", kinds.standard["bg"]), link("News", site.index)]}
        Footer.objects.create(
            title="Office", locale=locale, columns=[{"type": "column", "value": column}] * 2
        )
        SiteNotice.objects.create(title="Closed today", locale=locale)


def body(image, kinds):
    picture = {"image": image.pk, "decorative": True, "alt_text": "", "caption": "", "credit": ""}
    return [
        {"type": "heading", "value": {"text": "Title", "level": "h2"}},
        {"type": "image", "value": picture},
        {"type": "image", "value": picture},
        {"type": "related_pages", "value": {"title": "", "pages": [kinds.event["bg"].pk]}},
    ]


@pytest.fixture
def full(site, kinds, image):
    """Every template's page with all that it can show, by name and language."""
    add_site_chrome(site, kinds)
    for page in (site.bg_home, site.en_home):
        page.hero_image = image
        page.body = body(image, kinds)
        page.save()
    for page in (site.section, site.en_section):
        page.image = image
        page.save()
    for story in (site.story, site.en_story):
        story.project = kinds.project["bg"]
        story.image = image
        story.body = body(image, kinds)
        story.theme_relations = [
            NewsPageTheme(theme=kinds.entries.protection),
            NewsPageTheme(theme=kinds.entries.health),
        ]
        story.save()
    pages = {name: versions for name, versions in vars(kinds).items() if name != "entries"}
    pages["home"] = {"bg": site.bg_home, "en": site.en_home}
    pages["section"] = {"bg": site.section, "en": site.en_section}
    pages["news_index"] = {"bg": site.index, "en": site.en_index}
    pages["article"] = {"bg": site.story, "en": site.en_story}
    addresses = {
        name: {code: page.url for code, page in versions.items()} for name, versions in pages.items()
    }
    addresses["search"] = {"bg": "/bg/tarsene/?q=харманли", "en": "/en/search/?q=harmanli"}
    addresses["untranslated"] = {
        "bg": f"/bg/untranslated/{add_news(site.en_index, 1, image, kinds)[0].pk}/",
        "en": f"/en/untranslated/{add_news(site.index, 1, image, kinds)[0].pk}/",
    }
    addresses["not_found"] = {"bg": "/bg/nyama/", "en": "/en/nothing/"}
    return addresses


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_stays_within_its_budget(client, full, language):
    assert set(BUDGETS) == set(full)
    over = {}
    for name, budget in BUDGETS.items():
        url = full[name][language]
        client.get(url)  # makes the renditions
        asked = queries(client, url)
        if len(asked) > budget:
            over[name] = asked
    assert over == {}


# Items of lists


def add_news(index, count, image, kinds):
    today = timezone.localdate()
    return [
        index.add_child(
            instance=NewsPage(
                title=f"News {number}",
                lead=".",
                date=today - datetime.timedelta(days=number),
                image=image,
                project=kinds.project["bg"],
                theme_relations=[NewsPageTheme(theme=kinds.entries.protection)],
            )
        )
        for number in range(count)
    ]


def add_projects(index, count, image, kinds):
    for number in range(count):
        index.add_child(
            instance=ProjectPage(
                title=f"Project {number}",
                lead=".",
                start=datetime.date(2026, 1, 1),
                image=image,
                theme_relations=[ProjectPageTheme(theme=kinds.entries.protection)],
            )
        )


def add_events(index, count, image, kinds):
    now = timezone.now()
    for number in range(count):
        index.add_child(
            instance=EventPage(
                title=f"Event {number}",
                lead=".",
                start=now + datetime.timedelta(days=number + 1),
                image=image,
                project=kinds.project["bg"],
                theme_relations=[EventPageTheme(theme=kinds.entries.protection)],
            )
        )


def add_publications(index, count, image, kinds):
    for number in range(count):
        index.add_child(
            instance=PublicationPage(
                title=f"Publication {number}",
                lead=".",
                image=image,
                project=kinds.project["bg"],
                theme_relations=[PublicationPageTheme(theme=kinds.entries.protection)],
            )
        )


def add_vacancies(index, count, image, kinds):
    for number in range(count):
        index.add_child(
            instance=VacancyPage(title=f"Vacancy {number}", lead=".", deadline=timezone.localdate())
        )


LISTS = {
    "news_index": add_news,
    "projects_index": add_projects,
    "events_index": add_events,
    "publications_index": add_publications,
    "vacancies_index": add_vacancies,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_items_cost_as_much_as_three(client, site, kinds, full, image, language):
    indexes = {**vars(kinds), "news_index": {"bg": site.index, "en": site.en_index}}

    def cost():
        names = ["home", "theme", *LISTS]
        for name in names:
            client.get(full[name][language])  # makes the renditions
        return {name: len(queries(client, full[name][language])) for name in names}

    for name, add in LISTS.items():
        add(indexes[name][language], 3, image, kinds)
    few = cost()
    for name, add in LISTS.items():
        add(indexes[name][language], 9, image, kinds)
    assert cost() == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_themes_and_donors_and_pictures_cost_nothing(client, kinds, full, image, language):
    def cost():
        client.get(full["project"][language])
        return len(queries(client, full["project"][language]))

    few = cost()
    project = kinds.project[language]
    for _more in range(3):
        ProjectDonor.objects.create(page=project, donor=kinds.entries.donor, locale=project.locale)
        ProjectPageTheme.objects.create(page=project, theme=kinds.entries.health)
    project.body = [*body(image, kinds), *body(image, kinds)[1:3]]
    project.save()
    # For the body: the rows of its pictures, and of the pages that it leads to as chosen and as shown.
    assert cost() == few + 3
