"""Production reads what is its own from the environment, and misses it loudly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
REQUIRED = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "POSYNC_ROOT": "/srv/catalogs",
}


def python(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a server would, with these variables and no others that settings read."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'site'}"}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=CHECKOUT,
        env=own | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("value", [None, "", " "], ids=["missing", "empty", "a space"])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_variable_that_is_missing_is_named(name, value):
    given = REQUIRED | {name: value}
    others = {key: text for key, text in given.items() if text is not None}
    done = python("import config.settings.production", **others)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].endswith(f"ImproperlyConfigured: Set in the environment: {name}")


def test_the_folder_of_catalogs_is_the_one_of_the_environment_and_marked_by_the_sites_address():
    script = "from config.settings.production import POSYNC; print(POSYNC['ROOT'], POSYNC['SITE_ID'])"
    assert python(script, **REQUIRED).stdout.split() == ["/srv/catalogs", "https://www.example.org"]


def test_hosts_and_levels_are_taken_as_people_write_them():
    script = "from config.settings.production import ALLOWED_HOSTS, LOGGING; print(ALLOWED_HOSTS, LOGGING['root']['level'])"
    written = {"ALLOWED_HOSTS": "a.example, b.example,", "LOG_LEVEL": "info"}
    assert python(script, **(REQUIRED | written)).stdout == "['a.example', 'b.example'] INFO\n"


def test_a_variable_left_empty_is_unset():
    script = (
        "from config.settings.production import EMAIL_PORT, LOGGING, MEDIA_ROOT, STATIC_ROOT;"
        "print(EMAIL_PORT, LOGGING['root']['level'], MEDIA_ROOT.is_absolute(), STATIC_ROOT.is_absolute())"
    )
    empty = dict.fromkeys(["EMAIL_PORT", "LOG_LEVEL", "MEDIA_ROOT", "STATIC_ROOT"], "")
    assert python(script, **REQUIRED, **empty).stdout.split() == ["25", "INFO", "True", "True"]


def test_a_developers_catalogs_lie_in_the_checkout_unless_a_folder_is_named():
    script = "from config.settings.dev import POSYNC; print(POSYNC['ROOT'])"
    assert python(script, POSYNC_ROOT="").stdout.split() == [str(CHECKOUT / "locale")]
    assert python(script, POSYNC_ROOT="/srv/catalogs").stdout.split() == ["/srv/catalogs"]


def test_what_is_logged_is_not_mixed_with_what_a_command_answers():
    script = (
        "import django; django.setup(); import logging;"
        "logging.getLogger('anything').warning('Something'); print('{}')"
    )
    done = python(script, DJANGO_SETTINGS_MODULE="config.settings.production", **REQUIRED)
    assert done.stdout == "{}\n"
    assert "WARNING anything: Something" in done.stderr
