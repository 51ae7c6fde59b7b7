"""The site as production serves it, with no proxy in front: over plain HTTP, and with the media."""

import os

from config.settings.production import *  # noqa: F403
from config.settings.production import CACHES, INSTALLED_APPS

ROOT_URLCONF = "tests.benchmarks.lighthouse_urls"
SECURE_SSL_REDIRECT = False
INSTALLED_APPS += ["config"]  # for its command build_demo

for name, cache in CACHES.items():
    cache["KEY_PREFIX"] = f"{os.environ['SERVING_PREFIX']}-{name}"
