"""The tests' small site as production would run it: a database in a file or on a server, indexes that are kept."""

import os

from tests.posync.settings import *  # noqa: F403
from tests.posync.settings import DATABASES, INSTALLED_APPS

# wagtail-localize is measured as it is alone, without posync listening to its signals.
if os.environ["BENCH_SIDE"] != "posync":
    INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "posync"]

# Search and reference indexes are written within the step, for both alike.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
