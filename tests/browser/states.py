"""An address of each template and of each state that visitors meet it in, with what proves that it is that state."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

BROKEN = "broken/"


@dataclass(frozen=True)
class State:
    name: str
    path: str
    #: A selector of what is there in this state alone.
    shows: str
    #: A selector of what to press to get there.
    press: str = ""


def states(site, language):
    def address(kind):
        return site.kinds[kind][language].url

    search = {"bg": "/bg/tarsene/", "en": "/en/search/"}[language]
    common, rare, foreign = {
        "bg": ("закрила", "закрпла", "harmanli"),
        "en": ("protection", "protextion", "Бургас"),
    }[language]
    own = ("past_event", "closed_vacancy")
    return [
        State("home", site.home[language].url, ".hero__picture"),
        State("section", site.section[language].url, ".breadcrumbs"),
        State("news list", site.news_index[language].url, ".pagination [rel=next]"),
        State("news list, last page", f"{site.news_index[language].url}?page=2", ".pagination [rel=prev]"),
        State("news list, empty", site.empty_index[language].url, ".nothing-found"),
        State("news", site.story[language].url, ".neighbours"),
        *(State(kind, address(kind), "main h1") for kind in site.kinds if kind not in own),
        State("event, over", address("past_event"), ".state"),
        State("vacancy, closed", address("closed_vacancy"), ".state"),
        State("list, filtered", f"{address('projects_index')}?theme=protection", ".filters__count"),
        State("list, nothing found", f"{address('projects_index')}?theme=nothing", ".nothing-found"),
        State("form, refused", address("form"), ".state--warning", press=".form [type=submit]"),
        State("form, sent", f"{address('form')}?sent", ".notice__onward"),
        State("password of a page", site.private[language].url, ".access [type=password]"),
        State(
            "password, refused",
            site.private[language].url,
            ".access [role=alert]",
            press=".access [type=submit]",
        ),
        State(
            "password of documents",
            f"/{language}/_util/document_password/{site.lock.pk}/",
            ".access [type=password]",
        ),
        State(
            "password, too often",
            f"/{language}/_util/document_password/{site.jammed_lock.pk}/",
            ".notice [role=alert]",
            press=".access [type=submit]",
        ),
        State("login", f"/{language}/_util/login/", ".access [name=username]"),
        State(
            "login, refused",
            f"/{language}/_util/login/",
            ".access [role=alert]",
            press=".access [type=submit]",
        ),
        State("search", search, ".search__status"),
        State("search, found", f"{search}?q={common}", "#results ~ .pagination"),
        State("search, suggestions", f"{search}?q={rare}", ".search__suggestions"),
        State("search, other language", f"{search}?q={foreign}", ".search__other"),
        State("search, nothing", f"{search}?q=xyzzyx", ".search__hints"),
        State(
            "untranslated", f"/{language}/untranslated/{site.untranslated[language].pk}/", ".notice__original"
        ),
        State("not found", f"/{language}/nowhere/", ".notice__code"),
        State("not found, no language", "/nowhere/", ".notice-pair"),
        State("broken", f"/{language}/{BROKEN}", f"section[lang={language}]"),
        State("broken, no language", f"/{BROKEN}", "section[lang=bg] + section[lang=en]"),
    ]


def templates_of_pages():
    """All that a visitor's page may be made of."""
    folders = [Path(settings.BASE_DIR, "home", "templates"), Path(settings.SOURCE_DIR, "templates")]
    names = {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")}
    # Editors see these two.
    return names - {"home/snippets/preview.html", "wagtailcore/shared/block_preview.html"}


def break_down(context, server):
    """Answer some addresses as Django does when a view fails, which none of the site's does."""
    for language in (*dict(settings.LANGUAGES), None):
        path = f"/{language}/{BROKEN}" if language else f"/{BROKEN}"
        answer = {
            "status": 500,
            "content_type": "text/html; charset=utf-8",
            "body": render_to_string("500.html", {"language": language}),
        }
        context.route(f"{server.url}{path}", partial(fulfil, answer))


def fulfil(answer, route):
    route.fulfill(**answer)
