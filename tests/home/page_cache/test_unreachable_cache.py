"""Redis down is not the site down: it refuses, hangs, or comes back, and nobody reads an old page."""

import contextlib
import logging
import os
import shutil
import socket
import subprocess
import threading
import time
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django_tasks import task_backends
from wagtail.models import Site

from config.caches import OneClient
from home.page_cache import tasks
from home.page_cache.store import ALIAS, store

LANGUAGES = ["bg", "en"]
PLACES = ["home", "section", "index", "story"]
#: For a server that answers: a machine busy with tests is slower than a site's.
PATIENT = {"socket_connect_timeout": 10, "socket_timeout": 10}


@pytest.fixture
def in_redis(settings):
    """All caches in one Redis, as in production."""

    def put(port: int, **options: float) -> None:
        OneClient._breakers.clear()
        settings.CACHES = {
            name: {
                "BACKEND": f"config.caches.{backend}",
                "LOCATION": f"redis://127.0.0.1:{port}/0",
                "KEY_PREFIX": name,
                "OPTIONS": options,
            }
            for name, backend in (
                ("default", "RedisOrNothing"),
                ("counts", "RedisOrLocal"),
                ("pages", "QuickRedisCache"),
            )
        }

    yield put
    store.owes_a_generation = False


@pytest.fixture
def refused() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Hanging:
    """A server that takes connections and says nothing."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.connections.append(self.listening.accept()[0])

    def close(self) -> None:
        for each in (self.listening, *self.connections):
            each.close()


@pytest.fixture
def hanging():
    server = Hanging()
    yield server
    server.close()


class Redis:
    """A server of the test's own, to be stopped and started. Keeps its data over a stop, as a network that fails does."""

    def __init__(self, folder, port: int) -> None:
        self.folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--save", "3600 1", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        for _try in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise AssertionError("redis-server does not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def redis(tmp_path, refused):
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            pytest.fail("redis-server is missing")
        pytest.skip("redis-server is missing")
    server = Redis(tmp_path, refused)
    yield server
    server.stop()


def addresses(site) -> list[str]:
    return [
        getattr(site, f"{prefix}_{name}" if name == "home" or prefix == "en" else name).url
        for prefix in LANGUAGES
        for name in PLACES
    ]


def ask_again() -> None:
    """As some seconds later."""
    for breaker in OneClient._breakers.values():
        breaker._closed_until = 0.0


def test_every_page_answers_where_the_server_refuses(site, in_redis, refused, caplog):
    in_redis(refused)
    for path in addresses(site):
        assert Client().get(path).status_code == 200, path
    told = [record for record in caplog.records if record.name == "config.caches"]
    assert told
    assert {record.levelno for record in told} == {logging.WARNING}


def test_every_page_answers_where_it_hangs_and_one_request_waits_once(site, in_redis, hanging):
    in_redis(hanging.port)
    for path in addresses(site):
        assert Client().get(path).status_code == 200, path
    # Within the time of a breaker, once; a slow machine may take longer for all of the pages.
    assert len(hanging.connections) <= 1 + len(addresses(site)) // 2
    first = len(hanging.connections)
    OneClient._breakers[f"redis://127.0.0.1:{hanging.port}/0"]._closed_until = time.monotonic() + 60
    for path in addresses(site):
        Client().get(path)
    assert len(hanging.connections) == first


def test_an_address_is_still_counted_by_each_process(in_redis, refused):
    in_redis(refused)
    assert caches["counts"].add("somebody", 1, 60)
    assert not caches["counts"].add("somebody", 1, 60)
    assert caches["counts"].incr("somebody") == 2


def test_what_may_change_is_not_kept_by_a_process_alone(in_redis, refused):
    in_redis(refused)
    caches["default"].set("addresses", "old", 60)
    assert caches["default"].get("addresses") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_old_once_it_is_back(site, in_redis, redis, committed, language):
    in_redis(redis.port, **PATIENT)
    story = site.story if language == "bg" else site.en_story
    assert story.title in Client().get(story.url).content.decode()
    redis.stop()
    ask_again()
    with committed():
        story.title = "Changed meanwhile"
        story.save_revision().publish()
    assert "Changed meanwhile" in Client().get(story.url).content.decode()
    assert store.owes_a_generation
    redis.start()
    ask_again()
    assert "Changed meanwhile" in Client().get(story.url).content.decode()
    assert not store.owes_a_generation


def test_a_moved_site_is_found_once_it_is_back(site, in_redis, redis, committed):
    in_redis(redis.port, **PATIENT)
    addresses_before = Site.get_site_root_paths()
    redis.stop()
    ask_again()
    with committed():
        Site.objects.update(hostname="elsewhere.example.org")
        Site.objects.get().save()
    redis.start()
    ask_again()
    assert addresses_before == Site.get_site_root_paths()  # what Redis has kept over its absence
    Client().get("/bg/")
    assert Site.get_site_root_paths()[0].root_url == "http://elsewhere.example.org:8000"


def test_a_worker_tells_it_where_the_process_of_the_change_is_gone(in_redis, refused, redis, settings):
    in_redis(redis.port, **PATIENT)
    token = uuid4().hex
    caches[ALIAS].set("generation", token)
    redis.stop()
    ask_again()
    assert not store.begin_generation()
    store.owes_a_generation = False  # the process has ended
    redis.start()
    ask_again()
    assert caches[ALIAS].get("generation") == token
    tasks.begin_generation.enqueue()
    assert caches[ALIAS].get("generation") != token


@pytest.mark.parametrize("defers", [True, False])
def test_a_change_that_could_not_be_told_is_handed_to_a_worker_once(
    site, in_redis, refused, committed, monkeypatch, defers
):
    handed: list[object] = []
    backend = type(task_backends["default"])
    monkeypatch.setattr(backend, "supports_defer", defers)
    monkeypatch.setattr(backend, "enqueue", lambda self, task, args, kwargs: handed.append(task))
    in_redis(refused)
    for title in ("One", "Two"):
        with committed():
            site.story.title = title
            site.story.save_revision().publish()
    ours = [task for task in handed if task.func is tasks.begin_generation.func]
    assert len(ours) == (1 if defers else 0)
    assert all(task.run_after is not None for task in ours)
