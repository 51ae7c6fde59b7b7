"""`manage.py check` says what is wrong with the settings."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from posync.checks import check_settings
from posync.conf import posync_settings


def ids():
    return [entry.id for entry in check_settings()]


@pytest.fixture(autouse=True)
def good_settings(settings):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
    settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = True


def test_good_settings_pass():
    assert ids() == []


@pytest.mark.django_db
def test_the_site_of_these_tests_passes_the_checks_of_its_django():
    call_command("check", databases=["default"])


def test_posync_needs_no_settings_of_its_own(settings, tmp_path, monkeypatch):
    del settings.POSYNC
    monkeypatch.chdir(tmp_path)
    assert ids() == ["posync.W005"]  # a folder in the working folder: it runs, and is better named


def test_an_unknown_setting_is_an_error_and_names_those_that_exist(settings):
    settings.POSYNC = {**settings.POSYNC, "ROOTS": "x"}
    (entry,) = check_settings()
    assert (entry.id, entry.is_serious()) == ("posync.E001", True)
    assert "'ROOTS'" in entry.msg
    assert "SUBMIT_ON_PUBLISH" in entry.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("MASS_CHANGE_SHARE", value) for value in (20, -0.1, "0.2", None, True, float("nan"))),
        *(("MASS_CHANGE_MINIMUM", value) for value in (-1, 0.5, "50", None)),
        *(("INLINE_TAGS", value) for value in (None, "q", [1])),
        *(
            ("ROOT", 5),
            ("ROOT", Path()),
            ("ROOT", " "),
            ("ROOT", "catalogs/.."),
            ("PROJECT", 5),
            ("LINK_BASE_URL", 5),
            ("SITE_ID", None),
            ("SUBMIT_ON_PUBLISH", "no"),
        ),
        *(
            ("IGNORED_RECEIVERS", "shop.index"),
            ("CATALOG_NAME", None),
            ("BATCH_PUBLISHER", True),
            ("USER", 5),
        ),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_and_the_default_holds(name, value, settings):
    default = None if name == "ROOT" else getattr(posync_settings(), name)
    settings.POSYNC = {**settings.POSYNC, name: value}
    (found,) = check_settings()
    assert (found.id, name in found.msg) == ("posync.E011", True)
    if name == "ROOT":
        with pytest.raises(ImproperlyConfigured):
            posync_settings()
    else:
        assert getattr(posync_settings(), name) == default


@pytest.mark.parametrize("value", [None, "locale", ["ROOT"]])
def test_settings_that_are_no_dict_are_an_error(value, settings):
    settings.POSYNC = value
    assert ids() == ["posync.E011"]


def test_a_site_without_languages_is_an_error(settings):
    settings.WAGTAIL_I18N_ENABLED = False
    assert ids() == ["posync.E002"]


def test_one_language_is_an_error(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
    assert ids() == ["posync.E003"]


def test_an_ignored_receiver_that_is_not_there_is_an_error(settings):
    receivers = ["posync.signal_handlers.page_was_published", "posync.no.such"]
    settings.POSYNC = {**settings.POSYNC, "IGNORED_RECEIVERS": receivers}
    (entry,) = check_settings()
    assert entry.id == "posync.E007"
    assert "'posync.no.such'" in entry.msg


@pytest.mark.parametrize("setting", ["CHECKS", "ENTRY_COMMENTS", "REUSE_SOURCES"])
@pytest.mark.parametrize("path", ["shop.no.such", "posync.hooks.no_such", "posync.hooks.CHECKS", "nodots"])
def test_a_plug_in_that_cannot_be_called_is_an_error(settings, setting, path):
    settings.POSYNC = {**settings.POSYNC, setting: ["posync.validators.general.empty", path]}
    (entry,) = check_settings()
    assert entry.id == "posync.E008"
    assert repr(path) in entry.msg
    assert setting in entry.msg


def test_a_name_for_catalogs_that_cannot_be_called_is_an_error(settings):
    settings.POSYNC = {**settings.POSYNC, "CATALOG_NAME": "shop.no.such"}
    assert ids() == ["posync.E008"]


@pytest.mark.parametrize(
    ("path", "lacks"), [("builtins.dict", "no publish and no obstacles"), ("builtins.len", "TypeError")]
)
def test_a_publisher_that_cannot_publish_is_an_error(path, lacks, settings):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": path}
    (found,) = check_settings()
    assert (found.id, lacks in found.msg) == ("posync.E008", True)


@pytest.mark.parametrize("value", ["shop.checks.prices", [len], {"shop": "checks"}, None])
def test_a_registry_that_is_no_list_of_paths_is_an_error(settings, value):
    settings.POSYNC = {**settings.POSYNC, "CHECKS": value}
    assert ids() == ["posync.E010"]


@pytest.mark.parametrize("tag", ["script", "p", "img", "iframe", "svg", "B"])
def test_a_tag_with_behaviour_or_of_a_block_is_an_error(settings, tag):
    settings.POSYNC = {**settings.POSYNC, "INLINE_TAGS": ["mark", tag]}
    (entry,) = check_settings()
    assert entry.id == "posync.E009"
    assert repr(tag) in entry.msg


def test_a_default_root_that_is_the_working_folder_is_an_error(settings):
    settings.POSYNC = {}
    settings.LOCALE_PATHS = [""]
    assert ids() == ["posync.E011"]


def test_a_relative_root_is_warned_of(settings):
    settings.POSYNC = {"ROOT": "var/catalogs"}
    assert ids() == ["posync.W005"]


@pytest.mark.parametrize("name", ["ROOT", "MASS_CHANGE_SHARE"])
def test_all_checks_run_through_with_a_value_that_does_not_fit(name, settings):
    settings.POSYNC = {**settings.POSYNC, name: Path()}
    assert [found.id for found in run_checks(tags=["posync"], include_deployment_checks=True)] == [
        "posync.E011"
    ]


def test_a_command_without_checks_says_what_is_wrong_with_the_folder(settings, run):
    settings.POSYNC = {**settings.POSYNC, "ROOT": 5}
    done = run("sync_po")
    assert (done.code, "POSYNC['ROOT'] is 5" in done.err) == (2, True)


def test_a_root_that_is_a_file_is_an_error(settings, tmp_path):
    (tmp_path / "root").write_text("")
    settings.POSYNC = {"ROOT": tmp_path / "root"}
    assert ids() == ["posync.E004"]


def test_a_root_that_does_not_exist_yet_is_none(settings, tmp_path):
    settings.POSYNC = {"ROOT": tmp_path / "new"}
    assert ids() == []


def test_a_root_inside_lc_entries_is_an_error(settings, tmp_path):
    settings.POSYNC = {"ROOT": tmp_path / "bg" / "LC_MESSAGES"}
    assert ids() == ["posync.E005"]


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout/manage.py").touch()
    return tmp_path / "checkout"


@pytest.mark.parametrize("root", ["locale", "var/new/catalogs", ".", "../link"])
def test_a_root_in_the_checkout_is_warned_of_outside_development(root, settings, checkout):
    (checkout / "locale").mkdir()
    (checkout.parent / "link").symlink_to(checkout / "locale")
    settings.POSYNC = {"ROOT": checkout / root}
    (warning,) = check_settings()
    assert (warning.id, warning.is_serious()) == ("posync.W003", False)
    assert str(checkout) in warning.msg
    settings.DEBUG = True
    assert ids() == []


def test_a_root_beside_the_checkout_is_none(settings, checkout):
    settings.POSYNC = {"ROOT": checkout.parent / "catalogs"}
    assert ids() == []


@pytest.mark.parametrize("value", [True, None])
def test_translations_that_go_live_at_once_are_warned_of(settings, value):
    if value is None:
        del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    else:
        settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = value
    assert ids() == ["posync.W001"]


@pytest.mark.parametrize("value", [False, None])
def test_translations_that_go_with_their_page_are_warned_of(settings, value):
    if value is None:
        del settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE
    else:
        settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = value
    assert ids() == ["posync.W002"]
