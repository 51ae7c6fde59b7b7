"""`manage.py check` says what is wrong with the settings."""

import pytest
from django.core.management import call_command

from posync.checks import check_settings


def ids():
    return [message.id for message in check_settings()]


@pytest.fixture(autouse=True)
def good_settings(settings):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
    settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = True


def test_good_settings_pass():
    assert ids() == []


@pytest.mark.django_db
def test_the_site_of_these_tests_passes_the_checks_of_its_django():
    call_command("check", databases=["default"])


def test_posync_needs_no_settings_of_its_own(settings):
    del settings.POSYNC
    assert ids() == []


def test_an_unknown_setting_is_an_error_and_names_those_that_exist(settings):
    settings.POSYNC = {**settings.POSYNC, "ROOTS": "x"}
    (message,) = check_settings()
    assert (message.id, message.is_serious()) == ("posync.E001", True)
    assert "'ROOTS'" in message.msg
    assert "SUBMIT_ON_PUBLISH" in message.hint


def test_a_site_without_languages_is_an_error(settings):
    settings.WAGTAIL_I18N_ENABLED = False
    assert ids() == ["posync.E002"]


def test_one_language_is_an_error(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
    assert ids() == ["posync.E003"]


def test_an_ignored_receiver_that_is_not_there_is_an_error(settings):
    settings.POSYNC = {"IGNORED_RECEIVERS": ["posync.signal_handlers.page_was_published", "posync.no.such"]}
    (message,) = check_settings()
    assert message.id == "posync.E007"
    assert "'posync.no.such'" in message.msg


def test_a_root_that_is_a_file_is_an_error(settings, tmp_path):
    (tmp_path / "root").write_text("")
    settings.POSYNC = {"ROOT": tmp_path / "root"}
    assert ids() == ["posync.E004"]


def test_a_root_that_does_not_exist_yet_is_none(settings, tmp_path):
    settings.POSYNC = {"ROOT": tmp_path / "new"}
    assert ids() == []


def test_a_root_inside_lc_messages_is_an_error(settings, tmp_path):
    settings.POSYNC = {"ROOT": tmp_path / "bg" / "LC_MESSAGES"}
    assert ids() == ["posync.E005"]


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
