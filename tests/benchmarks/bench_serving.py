"""A news item from the page cache beside a constant view, under the same server in one run.

REDIS_URL (redis://127.0.0.1:6379/0) is where the pages are kept, under a name of this run's own. ROUNDS (5) of SECONDS
(2) each: every way is measured in every round, and what counts is the median of the rounds' ratios.
"""

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from statistics import median
from uuid import uuid4

import pytest

from tests.benchmarks.table import aligned
from tests.benchmarks.web_server import CHECKOUT, VISITORS, WORKERS, gunicorn

redis = pytest.importorskip("redis")

KEPT, ANEW, CONSTANT, BARE = "kept", "made anew", "constant", "constant, no middleware"
#: The part of a constant view's requests per second that a kept page is to reach.
BAR = 0.6


@pytest.fixture
def redis_url():
    url = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
    try:
        redis.from_url(url).ping()
    except redis.ConnectionError as error:
        pytest.skip(f"no Redis at {url}: {error}")
    return url


@pytest.fixture
def environment(tmp_path, redis_url):
    """A site of its own with the demo content, in the language it was written in."""
    prefix = f"bench-{uuid4().hex[:8]}"
    values = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.serving_settings",
        "SECRET_KEY": uuid4().hex,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "https://localhost",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "POSYNC_ROOT": str(tmp_path / "catalogs"),
        "REDIS_URL": redis_url,
        "SERVING_PREFIX": prefix,
        "SERVING": ANEW,
    }
    for command in ("migrate", "load_demo"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"], cwd=CHECKOUT, env=values, check=True
        )
    yield values
    server = redis.from_url(redis_url)
    for key in server.scan_iter(f"{prefix}-*"):
        server.delete(key)


def test_serving(environment, number, say):
    with gunicorn(environment) as server:
        listed = server.get("/bg/novini/").body.decode()
        article = re.search(r'href="(/bg/novini/[^/"]+/)"', listed)[1]
        size = len(server.get(article).body)
    paths = {KEPT: article, ANEW: article, CONSTANT: "/constant/", BARE: "/constant/"}
    environment["SERVING_BYTES"] = str(size)

    measured = {way: [] for way in paths}
    with ExitStack() as stack:
        servers = {way: stack.enter_context(gunicorn({**environment, "SERVING": way})) for way in paths}
        kept, anew = (servers[way].get(article) for way in (KEPT, ANEW))
        assert kept.body == anew.body
        for _round in range(number("ROUNDS", 5)):
            for way, path in paths.items():
                measured[way].append(servers[way].requests_per_second(path, number("SECONDS", 2)))

    ratios = {way: median(a / b for a, b in zip(measured[KEPT], measured[way], strict=True)) for way in paths}
    rows = [
        ["", "requests/s", "", "", "kept page to this"],
        *([way, f"{median(measured[way]):,.0f}", "", "", f"{ratios[way]:.2f} ×"] for way in paths),
    ]
    say(f"\n{article}, {size:,} bytes; gunicorn, {WORKERS} sync workers, {VISITORS} connections")
    say(aligned(rows))
    say(f"bar: ≥ {BAR:.2f} × the constant view, {'reached' if ratios[CONSTANT] >= BAR else 'below the bar'}")
    assert ratios[CONSTANT] >= BAR
