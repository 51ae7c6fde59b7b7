"""Nothing new in the admin stays out of the table: no address, no action, no key that a form or its code knows."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail_localize.views.submit_translations import SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm

from tests.walk.acts import Act
from tests.walk.table import table

ACTS = [Act.of(title) for title in table()]
WALKED = {key for act in ACTS for key, _value in act.fields}

#: Where the admin's code reads what was posted, and names its buttons and fields.
CODE = (
    *(Path(wagtail.__file__).parent / "admin" / "views").rglob("*.py"),
    *(Path(wagtail.__file__).parent / "snippets" / "views").rglob("*.py"),
    *Path(wagtail.__file__).parent.glob("*/action_menu.py"),
    *(Path(wagtail.__file__).parent / "admin" / "forms").glob("pages.py"),
    *(Path(wagtail.__file__).parent / "admin" / "api" / "actions").glob("*.py"),
    *(Path(wagtail_localize.__file__).parent / "views").glob("*.py"),
    Path(wagtail_localize.__file__).parent / "wagtail_hooks.py",
    *Path(settings.BASE_DIR, "site", "posync", "admin").glob("*.py"),
    *Path(settings.BASE_DIR, "home").rglob("*.py"),
)
KEYS = re.compile(
    r"""POST(?:\.get\(|\.getlist\(|\[)\s*["']([\w-]+)["']"""
    r"""|["']([\w-]+)["']\ in\ (?:self\.)?request\.POST"""
    r"""|^\s+name\ =\ ["']((?:action|localize)-[\w-]+)["']"""
    r"""|self\.fields\[["']([\w-]+)["']\]"""
    r"""|^\s+(\w+)\ =\ fields\.\w+Field\(""",
    re.MULTILINE | re.VERBOSE,
)
#: Keys of no act, each with the reason.
NOT_WALKED = {
    "action-locked": "stands on a button that sends nothing",
    "action-page-locked": "stands on a button that sends nothing",
    "action-save": "saves, as a form does without a key",
    "action-save-draft": "saves, as a form does without a key",
    "confirm_site_name": "repeats the site's name where a page with many below it is deleted",
    "is_editing": "belongs to an editing session",
    "revision_created_at": "belongs to an editing session",
    "loaded_revision_created_at": "tells an autosave which revision was loaded",
    "loaded_revision_id": "tells an autosave which revision was loaded",
    "overwrite_revision_id": "lets an autosave write into its own last revision",
    "next": "says where to go afterwards",
    "select_all": "is read by a script alone",
    "comment_notifications": "asks for mail about comments",
    "consent": "belongs to the forms of visitors",
    "edit_url": "stands in an answer of the API",
    "id": "stands in an answer of the API",
    "workflow-action-extra-data": "brings a task's own fields, and Wagtail's task has a comment alone",
}


def names_below(patterns: Iterable[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_below(pattern.url_patterns, below)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def admin_names() -> set[str]:
    (admin,) = [one for one in get_resolver().url_patterns if str(one.pattern) == "cms/"]
    return set(names_below(admin.url_patterns))


def keys_in_code() -> set[str]:
    found = {
        key for path in CODE for groups in KEYS.findall(path.read_text(encoding="utf-8")) for key in groups
    }
    return (
        (found - {""}) | SubmitTranslationForm.base_fields.keys() | UpdateTranslationsForm.base_fields.keys()
    )


def arguments_of(name: str) -> set[tuple[str, ...]]:
    return {act.arguments for act in ACTS if act.name == name}


def test_every_address_of_the_admin_stands_in_the_table():
    assert sorted(admin_names() - {act.name for act in ACTS}) == []


def test_no_address_stands_in_the_table_that_is_gone():
    assert sorted({act.name for act in ACTS} - admin_names()) == []


def test_every_bulk_action_stands_in_the_table():
    bulk_action_registry._scan_for_bulk_actions()
    registered = {
        (app, model, action)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    }
    assert registered - arguments_of("wagtail_bulk_action") == set()


def test_every_action_of_the_admin_s_api_stands_in_the_table():
    walked = {arguments[1] for arguments in arguments_of("wagtailadmin_api:pages:action")}
    assert PagesAdminAPIViewSet.actions.keys() - walked == set()


def test_every_key_of_forms_and_their_code_stands_in_the_table():
    assert sorted(keys_in_code() - WALKED - NOT_WALKED.keys()) == []


def test_no_key_is_left_out_that_is_gone():
    assert sorted(NOT_WALKED.keys() - keys_in_code()) == []
    assert sorted(NOT_WALKED.keys() & WALKED) == []


@pytest.mark.parametrize(
    "key", ["action-publish", "localize-restart-translation", "publish_copies", "keep_live", "confirmed"]
)
def test_the_keys_are_found(key):
    """The search finds what there is in each kind of code."""
    assert key in keys_in_code()
