"""The site as production serves it, in the ways that are compared. SERVING says which."""

import os

from config.settings.production import *  # noqa: F403
from config.settings.production import CACHES, MIDDLEWARE, STORAGES

ROOT_URLCONF = "tests.benchmarks.serving_urls"
# Plain names: nothing static is asked for, and nothing needs to be collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

for name, cache in CACHES.items():
    cache["KEY_PREFIX"] = f"{os.environ['SERVING_PREFIX']}-{name}"

match os.environ["SERVING"]:
    case "kept":
        pass
    case "made anew":
        CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    case "constant":
        MIDDLEWARE.remove("home.page_cache.middleware.PageCacheMiddleware")
    case "constant, no middleware":
        MIDDLEWARE.clear()
