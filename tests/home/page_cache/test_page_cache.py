"""Pages that are kept for anonymous visitors, in both languages."""

import datetime
import gzip
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils.cache import patch_vary_headers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.signals import page_published, published

from home.models import Footer, HomePage, Menu, NewsPage
from home.page_cache.expiry import expires_at
from home.page_cache.invalidation import site_changed
from home.page_cache.middleware import PageCacheMiddleware
from home.page_cache.rules import PLACES_PER_PATH
from home.page_cache.store import ALIAS, BYTES_NEAR, GENERATION, Entry, NearCopies, store

pytestmark = pytest.mark.usefixtures("page_cache")

LANGUAGES = ["bg", "en"]


def of(site, name, language):
    return getattr(site, name if language == "bg" else f"en_{name}")


def text(response):
    return response.content.decode()


def publish(page, **fields):
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


# What is kept


@pytest.mark.parametrize(
    "name", ["bg_home", "en_home", "section", "en_section", "index", "en_index", "story", "en_story"]
)
def test_the_second_visitor_costs_no_query(site, name, django_assert_num_queries):
    path = getattr(site, name).url
    first = Client().get(path)
    with django_assert_num_queries(0):
        second = Client().get(path)
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_page_has_the_headers_of_a_new_one(client, site, settings, language):
    settings.SECURE_HSTS_SECONDS = 60
    path = of(site, "story", language).url
    client.get(path, secure=True)
    response = Client().get(path, secure=True)
    assert response["Content-Language"] == language
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Strict-Transport-Security"] == "max-age=60"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Content-Length"] == str(len(response.content))
    assert BeautifulSoup(response.content, "html.parser").html["lang"] == language


def test_a_kept_page_still_leads_to_https(client, site, settings):
    client.get(site.story.url)
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(site.story.url).status_code == 301


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_visitor_has_already_is_not_sent_again(client, site, language, django_assert_num_queries):
    path = of(site, "story", language).url
    etag = client.get(path)["ETag"]
    with django_assert_num_queries(0):
        response = client.get(path, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_is_answered_from_the_page(client, site, language, django_assert_num_queries):
    path = of(site, "story", language).url
    page = client.get(path)
    with django_assert_num_queries(0):
        response = client.head(path)
    assert response.content == b""
    assert response["Content-Length"] == page["Content-Length"]
    assert response["ETag"] == page["ETag"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compressed_for_whoever_takes_it(client, site, language, django_assert_num_queries):
    path = of(site, "story", language).url
    first = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    with django_assert_num_queries(0):
        plain = client.get(path)
        refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
        second = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == second["Content-Encoding"] == "gzip"
    assert (
        gzip.decompress(first.content) == gzip.decompress(second.content) == plain.content == refused.content
    )
    assert not plain.has_header("Content-Encoding")


def test_each_host_and_protocol_has_its_own_pages(client, site):
    for page in (site.story, site.en_story):
        client.get(page.url)
        assert "https://testserver" not in text(client.get(page.url, headers={"Host": "other.example"}))
        with_tls = client.get(page.url, secure=True)
        assert with_tls.wsgi_request.scheme == "https"


def test_the_bare_address_asks_each_visitor(client, site):
    for language in [*LANGUAGES, *reversed(LANGUAGES)]:
        response = client.get("/", headers={"Accept-Language": language})
        assert response["Location"] == f"/{language}/"
        assert "no-store" in response["Cache-Control"]
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/", headers={"Accept-Language": "bg"})["Location"] == "/en/"


def test_the_language_a_visitor_chose_changes_no_page(client, site, django_assert_num_queries):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    client.get(site.story.url)
    with django_assert_num_queries(0):
        assert BeautifulSoup(Client().get(site.story.url).content, "html.parser").html["lang"] == "bg"


# What is not


def test_editors_see_their_own_pages(site, admin_client, client):
    for page in (site.story, site.en_story):
        client.get(page.url)
        response = admin_client.get(page.url)
        assert "wagtail-userbar" in text(response)
        assert response["Cache-Control"].startswith("private")
        assert "wagtail-userbar" not in text(Client().get(page.url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_is_neither_kept_nor_answered_from_the_live_page(site, client, language):
    page = of(site, "story", language)
    client.get(page.url)
    draft = NewsPage.objects.get(pk=page.pk)
    draft.title = "Draft, Чернова"
    assert "Draft, Чернова" in text(draft.make_preview_request())
    assert "Draft, Чернова" not in text(Client().get(page.url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_page_is_not_kept(site, client, committed, language):
    page = of(site, "section", language)
    client.get(page.url)
    with committed():
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
        )
    for _visit in range(2):
        response = Client().get(page.url)
        assert "no-store" in response["Cache-Control"]
        assert "csrfmiddlewaretoken" in text(response)


def test_nobody_fills_the_cache_with_addresses(site, client, page_cache):
    client.get("/")
    before = len(page_cache._cache)  # the generation is there
    for path in ("/bg/nothing/", f"{site.story.url}/", "/bg//novini/", f"{site.index.url}?utm_source=letter"):
        client.get(path)
    assert len(page_cache._cache) == before
    for number in range(3 * PLACES_PER_PATH):
        client.get(f"{site.index.url}?page=1&year={number}")
    assert len(page_cache._cache) <= PLACES_PER_PATH + 1


def test_a_page_of_a_list_is_not_another(site, client):
    for day in range(1, 14):
        for index in (site.index, site.en_index):
            index.add_child(
                instance=NewsPage(title=f"Item {day}", lead=".", date=datetime.date(2026, 1, day))
            )
    for index in (site.index, site.en_index):
        pages = [text(client.get(f"{index.url}{query}")) for query in ("", "?page=1", "?page=2", "?page=2")]
        assert pages[2] == pages[3] != pages[1]


# The rules, without a page around them


class Made:
    """A view that counts how often it was asked."""

    def __init__(self, answer):
        self.answer = answer
        self.times = 0

    def __call__(self, request):
        self.times += 1
        return self.answer(request)


def times_made(answer, *requests):
    made = Made(answer)
    middleware = PageCacheMiddleware(made)
    for request in requests:
        middleware(request)
    return made.times


def get(path="/bg/", cookies=None, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES.update(cookies or {})
    if cookies:
        request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return request


def page(request=None, **kwargs):
    return HttpResponse("A page. " * 100, **kwargs)


def page_that_varies(request):
    response = page()
    patch_vary_headers(response, ["Accept-Encoding", "User-Agent"])
    return response


def page_with_a_cookie(request):
    response = page()
    response.set_cookie("seen", "1")
    return response


def page_with_a_form(request):
    return HttpResponse(get_token(request))


def test_a_plain_page_is_made_once():
    assert times_made(page, get(), get()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        page_that_varies,
        page_with_a_cookie,
        page_with_a_form,
        lambda request: page(status=404),
        lambda request: page(status=500),
        lambda request: page(headers={"Cache-Control": "private"}),
        lambda request: page(headers={"Cache-Control": "max-age=0"}),
        lambda request: page(headers={"Vary": "Cookie"}),
        lambda request: page(headers={"Vary": "*"}),
        lambda request: page(headers={"Content-Encoding": "br"}),
        lambda request: StreamingHttpResponse(["a file"]),
        lambda request: HttpResponse("x" * 2_000_000),
    ],
)
def test_an_answer_that_is_not_for_everyone_is_made_each_time(answer):
    assert times_made(answer, get(), get()) == 2


@pytest.mark.parametrize(
    "request_again",
    [
        lambda: RequestFactory().post("/bg/"),
        lambda: get(cookies={"sessionid": "x"}),
        lambda: get(cookies={"messages": "x"}),
        lambda: get(authorization="Basic eDp5"),
        lambda: get("/bg/?utm_source=letter"),
        lambda: get(f"/bg/?page={'1' * 200}"),
        lambda: get("/bg//"),
    ],
)
def test_a_visitor_who_may_see_something_else_is_asked_after(request_again):
    assert times_made(page, get(), request_again()) == 2
    assert times_made(page, request_again(), request_again()) == 2


def test_a_visitor_with_a_token_gets_kept_pages_and_leaves_none():
    """Django says nothing in the answer of a token shown to somebody who has its cookie already."""
    with_token = {"csrftoken": "a" * 32}
    assert times_made(page, get(path="/bg/a/", cookies=with_token), get("/bg/a/")) == 2
    assert times_made(page, get("/bg/b/"), get("/bg/b/", cookies=with_token)) == 1


# Never stale


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_publication_reaches_every_page_that_shows_it(site, committed, language):
    story = of(site, "story", language)
    home = {"bg": site.bg_home, "en": site.en_home}[language]
    paths = [home.url, of(site, "index", language).url, story.url]
    for path in paths:
        Client().get(path)
    with committed():
        publish(story, title="Changed, Променена")
    for path in paths:
        assert "Changed, Променена" in text(Client().get(path)), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_hears_of_it(site, committed, language):
    other = "en" if language == "bg" else "bg"
    story, counterpart = of(site, "story", language), of(site, "story", other)
    assert f'hreflang="{other}" href="http' in text(Client().get(story.url))
    with committed():
        counterpart.specific_class.objects.get(pk=counterpart.pk).unpublish()
    without = text(Client().get(story.url))
    assert f'hreflang="{other}" href="http' not in without
    assert f"/{other}/untranslated/{story.pk}/" in without
    with committed():
        publish(counterpart)
    assert f'hreflang="{other}" href="http' in text(Client().get(story.url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_moved_deleted_and_hidden_pages_are_gone(site, committed, language):
    story, index, section = (of(site, name, language) for name in ("story", "index", "section"))
    for path in (story.url, index.url, section.url):
        Client().get(path)
    with committed():
        section.specific_class.objects.get(pk=section.pk).move(
            index.specific_class.objects.get(pk=index.pk), pos="last-child"
        )
    assert Client().get(section.url).status_code in (301, 404)
    with committed():
        NewsPage.objects.get(pk=story.pk).delete()
    assert Client().get(story.url).status_code == 404
    assert story.title not in text(Client().get(index.url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_and_the_footer_are_fresh(site, committed, language):
    locale = Locale.objects.get(language_code=language)
    path = of(site, "section", language).url
    Client().get(path)
    with committed():
        menu = Menu(
            title="Menu",
            locale=locale,
            items=[("link", {"label": "Entry", "page": None, "url": "https://e.example/"})],
        )
        menu.save()
        footer = Footer.objects.create(title="The office", locale=locale)
    assert all(word in text(Client().get(path)) for word in ("https://e.example/", "The office"))
    with committed():
        footer.title = "The new office"
        footer.save_revision()
    assert "The new office" not in text(Client().get(path))
    with committed():
        footer.latest_revision.publish()
    assert "The new office" in text(Client().get(path))
    with committed():
        menu.delete()
    assert "https://e.example/" not in text(Client().get(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_redirect_and_a_site_count_at_once(site, committed, language):
    old = f"/{language}/old/"
    assert Client().get(old).status_code == 404
    with committed():
        redirect = Redirect.objects.create(
            old_path=old.rstrip("/"), redirect_page=of(site, "story", language)
        )
    response = Client().get(old)
    assert response.status_code == 301
    # Or a browser would follow it for good.
    assert "max-age=0" in response["Cache-Control"]
    with committed():
        redirect.delete()
    assert Client().get(old).status_code == 404
    path = of(site, "story", language).url
    Client().get(path)
    with committed():
        Site.objects.filter(is_default_site=True).get().save()
        Site.objects.update(hostname="www.example.org")
        site_changed()
    assert "http://www.example.org" in text(Client().get(path))


@pytest.mark.parametrize("signal", [page_published, published])
def test_who_publishes_in_bulk_says_so_by_the_signal(site, committed, signal):
    for story in (site.story, site.en_story):
        Client().get(story.url)
        NewsPage.objects.filter(pk=story.pk).update(title="In bulk")
        with committed():
            signal.send(sender=NewsPage, instance=story)
        assert "In bulk" in text(Client().get(story.url))


def test_nothing_is_new_before_it_is_committed_nor_when_it_never_is(site, page_cache, committed):
    Client().get(site.story.url)
    before = page_cache.get(GENERATION)
    with committed():
        publish(site.story, title="Not yet")
        assert page_cache.get(GENERATION) == before
    assert page_cache.get(GENERATION) != before


def test_drafts_logins_and_picture_sizes_leave_the_pages(
    site, client, image, admin_user, committed, page_cache
):
    client.get(site.story.url)
    before = page_cache.get(GENERATION)
    with committed():
        NewsPage.objects.get(pk=site.story.pk).save_revision()
        client.force_login(admin_user)
        image.get_rendition("width-20")
    assert page_cache.get(GENERATION) == before
    with committed():
        image.renditions.all().delete()
    assert page_cache.get(GENERATION) != before


# A change while a page is being made


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_begun_before_a_publication_is_not_kept_after_it(site, committed, monkeypatch, language):
    story = of(site, "story", language)
    of_model = NewsPage.get_context
    changed = []

    def read_then_wait(self, request, *args, **kwargs):
        context = of_model(self, request, *args, **kwargs)
        if not changed:
            changed.append(True)
            with committed():
                publish(story, title="Changed meanwhile")
        return context

    monkeypatch.setattr(NewsPage, "get_context", read_then_wait)
    assert "Changed meanwhile" not in text(Client().get(story.url))
    assert "Changed meanwhile" in text(Client().get(story.url))
    assert "Changed meanwhile" in text(Client().get(story.url))


def test_visitors_in_many_threads_never_see_what_was_replaced():
    """The site is a number here: each request that begins after a change must show the new one or a newer."""
    present = [0]
    stale, served = [], []
    stop = threading.Event()

    def view(request):
        number = present[0]
        time.sleep(0.0005)  # while it is made, the number may change
        return HttpResponse(str(number))

    middleware = PageCacheMiddleware(view)
    confirmed = [0]

    def visit(path):
        while not stop.is_set():
            at_least = confirmed[0]
            shown = int(middleware(get(path)).content)
            served.append(shown)
            if shown < at_least:
                stale.append((shown, at_least))

    visitors = [threading.Thread(target=visit, args=(f"/{language}/",)) for language in LANGUAGES * 4]
    for visitor in visitors:
        visitor.start()
    for number in range(1, 300):
        present[0] = number
        store.begin_generation()
        confirmed[0] = number
        time.sleep(0.001)
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert stale == []
    assert len(served) > len(set(served)) > 20  # both kept and changed


@pytest.mark.skipif(
    django_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3",
    reason="threads that share a SQLite database in memory lock each other out; run on PostgreSQL",
)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_publishing_races_with_visitors_on_the_real_site():
    """Editors and visitors in threads with connections of their own; what is checked is what a visitor sees next."""
    homes = list(HomePage.objects.order_by("pk"))
    confirmed = {home.pk: 0 for home in homes}
    for home in homes:
        publish(home, hero_title="number 0.")
    stale, errors, stop = [], [], threading.Event()

    def visit(home):
        try:
            while not stop.is_set():
                at_least = confirmed[home.pk]
                body = text(Client().get(home.url))
                shown = int(body.partition("number ")[2].partition(".")[0])
                if shown < at_least:
                    stale.append((shown, at_least))
        except Exception as error:  # noqa: BLE001 (of any kind: the test shows it)
            errors.append(error)
        finally:
            connection.close()

    visitors = [threading.Thread(target=visit, args=(home,)) for home in homes * 2]
    for visitor in visitors:
        visitor.start()
    try:
        for number in range(1, 8):
            for home in homes:
                publish(home, hero_title=f"number {number}.")
                confirmed[home.pk] = number
    finally:
        stop.set()
        for visitor in visitors:
            visitor.join()
    assert (stale, errors) == ([], [])


def test_another_process_begins_a_generation_by_redis(settings):
    redis = pytest.importorskip("redis")
    url = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
    try:
        redis.from_url(url).ping()
    except redis.ConnectionError:
        pytest.skip(f"no Redis at {url}")
    prefix = f"test-{uuid4().hex}"
    cache = {
        "BACKEND": "config.caches.QuickRedisCache",
        "LOCATION": url,
        "KEY_PREFIX": prefix,
        # A machine busy with tests is slower than a site's.
        "OPTIONS": {"socket_connect_timeout": 10, "socket_timeout": 10},
    }
    settings.CACHES = {**settings.CACHES, ALIAS: cache}
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    try:
        for _visit in range(3):
            middleware(get())
        assert made.times == 1
        script = (
            "import django; from config.settings import test; "
            f"test.CACHES['pages'] = {cache}; django.setup(); "
            "from home.page_cache.store import store; assert store.begin_generation()"
        )
        root = Path(__file__).resolve().parents[3]
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": f"{root}:{root / 'site'}",
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
            },
            check=True,
        )
        for _visit in range(2):
            middleware(get())
        assert made.times == 2
    finally:
        server = redis.from_url(url)
        for key in server.scan_iter(f"{prefix}*"):
            server.delete(key)


# Time


def test_no_page_is_older_than_its_lifetime(clock, settings):
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    middleware(get())
    clock[0] += datetime.timedelta(seconds=settings.PAGE_CACHE_SECONDS - 1)
    middleware(get())
    assert made.times == 1
    clock[0] += datetime.timedelta(seconds=1)
    middleware(get())
    assert made.times == 2


def test_a_page_says_until_when_it_is_good(clock):
    ends = clock[0] + datetime.timedelta(minutes=2)

    def event(request):
        expires_at(request, ends + datetime.timedelta(minutes=5))
        expires_at(request, ends)
        expires_at(request, None)
        return page()

    made = Made(event)
    middleware = PageCacheMiddleware(made)
    middleware(get())
    clock[0] = ends - datetime.timedelta(seconds=1)
    middleware(get())
    assert made.times == 1
    clock[0] = ends
    middleware(get())
    middleware(get())
    assert made.times == 3  # and what is past already is not kept at all


def test_no_page_outlives_its_day(clock):
    clock[0] = clock[0].replace(hour=23, minute=59)
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    middleware(get())
    clock[0] += datetime.timedelta(seconds=59)
    middleware(get())
    assert made.times == 1
    clock[0] += datetime.timedelta(seconds=1)
    middleware(get())
    assert made.times == 2


def test_a_view_may_allow_less(clock):
    made = Made(lambda request: page(headers={"Cache-Control": "public, max-age=60"}))
    middleware = PageCacheMiddleware(made)
    assert middleware(get())["Cache-Control"] == "public, max-age=60"
    clock[0] += datetime.timedelta(seconds=59)
    middleware(get())
    assert made.times == 1
    clock[0] += datetime.timedelta(seconds=1)
    middleware(get())
    assert made.times == 2


# A cache that fails


class Broken:
    def __getattr__(self, name):
        raise ConnectionError("no cache")


def test_without_the_cache_pages_are_made_anew(monkeypatch, site):
    with monkeypatch.context() as broken:
        broken.setattr("home.page_cache.store.caches", {ALIAS: Broken()})
        for story in (site.story, site.en_story):
            for _visit in range(2):
                assert story.title in text(Client().get(story.url))


def test_a_change_that_the_cache_did_not_hear_of_is_told_first_of_all(monkeypatch):
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    middleware(get())
    with monkeypatch.context() as broken:
        broken.setattr("home.page_cache.store.caches", {ALIAS: Broken()})
        store.begin_generation()
        middleware(get())
    assert made.times == 2
    middleware(get())
    middleware(get())
    assert made.times == 3


def test_a_generation_that_the_server_has_dropped_never_comes_back(page_cache):
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    middleware(get())
    page_cache.delete(GENERATION)
    middleware(get())
    assert made.times == 2


def test_another_release_makes_its_own_pages(settings):
    made = Made(page)
    PageCacheMiddleware(made)(get())
    settings.PAGE_CACHE_RELEASE = lambda: "next"
    PageCacheMiddleware(made)(get())
    assert made.times == 2


# What each process holds itself


def entry(generation, size=1000):
    return Entry(generation, 0, "", {}, b"x" * size, b"")


def test_a_process_holds_pages_of_one_generation_only():
    near = NearCopies()
    near.keep("a", entry("first"))
    near.keep("b", entry("first"))
    assert near.find("a").generation == near.find("b").generation == "first"
    near.keep("c", entry("second"))
    assert (near.find("a"), near.find("b")) == (None, None)
    assert near.find("c").generation == "second"


def test_a_process_holds_so_much_and_no_more():
    near = NearCopies()
    for number in range(40):
        near.keep(str(number), entry("same", BYTES_NEAR // 10))
    assert sum(near.find(str(number)) is not None for number in range(40)) <= 10
    assert near.find("39") is not None


def test_a_page_that_is_held_here_counts_only_while_the_shared_cache_says_so(page_cache):
    made = Made(page)
    middleware = PageCacheMiddleware(made)
    for _visit in range(3):
        middleware(get())
    assert made.times == 1
    # As another process does it.
    page_cache.set(GENERATION, "another", None)
    for _visit in range(3):
        middleware(get())
    assert made.times == 2
