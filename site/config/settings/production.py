"""Production: what is secret or specific to a host comes from the environment, and is missed loudly.

Required:
  SECRET_KEY       long and random
  ALLOWED_HOSTS    comma-separated host names; ".example.org" stands for all of a domain
  SITE_URL         address of the site as people see it, such as https://www.example.org
  DATABASE_URL     such as postgres://user:password@host:5432/name
  POSYNC_ROOT      folder of the catalogs of page text, outside the checkout: a release must not replace translators' work
Optional:
  MEDIA_ROOT       folder of uploaded images and documents (media/ in the checkout)
  STATIC_ROOT      folder that `collectstatic` fills and WhiteNoise serves (var/static/ in the checkout)
  REDIS_URL        such as redis://host:6379/0, the same for all processes, db_worker and scheduled commands too;
                   without it every page is made anew for every visitor
  SENDFILE         nginx, where the proxy sends the documents that Wagtail has allowed (deploy/nginx.conf)
  EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, DEFAULT_FROM_EMAIL
  PROXIES_IN_FRONT how many proxies add to X-Forwarded-For (1)
  HSTS_SECONDS     how long browsers insist on HTTPS (a year); start low on a new domain
  LOG_LEVEL        least severe message written to standard error (INFO)

Beside the web server runs one `manage.py db_worker`, for what Wagtail does after a request.
"""

import os
from functools import partial
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.release import fingerprint
from config.settings.base import *

missing = [
    name
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "POSYNC_ROOT")
    if not variable(name)
]
if missing:
    raise ImproperlyConfigured(f"Set in the environment: {', '.join(missing)}")

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = [host.strip() for host in os.environ["ALLOWED_HOSTS"].split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]

# A connection that the database has dropped meanwhile is replaced, instead of failing one request.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SECURE_SSL_REDIRECT = True
# The proxy in front ends TLS and must set this header itself, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXIES_IN_FRONT = int(variable("PROXIES_IN_FRONT", 1))
SECURE_HSTS_SECONDS = int(variable("HSTS_SECONDS", 60 * 60 * 24 * 365))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

# WhiteNoise serves what collectstatic has gathered, under names that change with the content and never expire.
STATIC_ROOT = Path(variable("STATIC_ROOT", STATIC_ROOT))
STORAGES["staticfiles"] = {"BACKEND": "config.static_files.JoinedStylesStorage"}
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1,
    "whitenoise.middleware.WhiteNoiseMiddleware",
)

if proxy := variable("SENDFILE"):
    SENDFILE_BACKEND = f"django_sendfile.backends.{proxy}"
    SENDFILE_ROOT = MEDIA_ROOT
    SENDFILE_URL = MEDIA_URL

if redis_url := variable("REDIS_URL"):
    CACHES = {
        name: {"BACKEND": f"config.caches.{backend}", "LOCATION": redis_url, "KEY_PREFIX": name}
        for name, backend in (
            ("default", "RedisOrNothing"),
            ("counts", "RedisOrLocal"),
            # The page cache itself does without, and must know of it.
            ("pages", "QuickRedisCache"),
        )
    }
PAGE_CACHE_RELEASE = partial(fingerprint, BASE_DIR)

# A staging site has another address than the one whose database it was copied from.
POSYNC["LINK_BASE_URL"] = POSYNC["SITE_ID"] = WAGTAILADMIN_BASE_URL

INSTALLED_APPS += ["django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_HOST = variable("EMAIL_HOST", "localhost")
EMAIL_PORT = int(variable("EMAIL_PORT", 25))
EMAIL_HOST_USER = variable("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = variable("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
DEFAULT_FROM_EMAIL = variable("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# One line per event on standard error, and where it goes from there is the host's business. Standard output is for what
# commands answer: `sync_po --json` is read by programs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    },
    "root": {"handlers": ["stderr"], "level": variable("LOG_LEVEL", "INFO").upper()},
    # Django's own handlers would mail the administrators or stay silent.
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
