"""Tests: SQLite unless DATABASE_URL names another database."""

import tempfile
from pathlib import Path

from config.settings.base import *

DEBUG = False
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]

# Django's default hasher is slow on purpose; tests log in often and guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The tests of the throttle turn it on: all others log in without its queries.
AXES_ENABLED = False
# Tests never touch the checkout's own files: fixtures point POSYNC["ROOT"] at a folder of the test.
MEDIA_ROOT = Path(tempfile.gettempdir()) / "posync-test-media"
POSYNC = {**POSYNC, "ROOT": Path(tempfile.gettempdir()) / "posync-test-catalogs"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
