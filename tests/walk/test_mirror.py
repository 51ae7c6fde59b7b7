"""The mirror of the walk: each way around the gate does harm without posync's guards, and none with them.

A way that does no harm by itself today says why not: a later Wagtail or wagtail-localize may bring it back.
"""

from collections.abc import Mapping

import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import after_create_page

from tests.walk.acts import Act
from tests.walk.halves import HALVES
from tests.walk.unguarded import unguarded

#: By the way, the acts one after the other, and who does them.
WAYS = {
    "sync, with publish immediately": (
        "submit only",
        "POST wagtail_localize:update_translations @changed/bg:source with publish_translations",
    ),
    "sync of a snippet, with publish immediately": (
        "submit only",
        "POST wagtail_localize:update_translations @notice/bg:source with publish_translations",
    ),
    "convert to alias": ("translator", "POST wagtail_localize:convert_to_alias @calm/en"),
    "convert to alias, of a locked page": ("translator", "POST wagtail_localize:convert_to_alias @locked/en"),
    "upload of a PO file": (
        "translator",
        "POST wagtail_localize:upload_pofile @changed/en:translation with file=localize-po:@changed/en:translation",
    ),
    "publish in the side-by-side editor": ("editor en", "POST wagtailadmin_pages:edit @changed/en with action=publish"),
    "publish there, of a snippet": (
        "editor en",
        "POST wagtailsnippets_home_sitenotice:edit @notice/en with action=publish",
    ),
    "publish by a revision's address": (
        "editor en",
        "POST wagtailadmin_pages:revisions_revert @changed/en @changed/en:first with action=publish",
    ),
    "typing on a locked page": (
        "translator",
        "PUT wagtail_localize:edit_string_translation @locked/en:translation @locked/en:string with value=Typed",
    ),
    "deleting a text": (
        "translator",
        "DELETE wagtail_localize:edit_string_translation @ready/en:translation @ready/en:string",
    ),
    "translate a page below an untranslated one": (
        "submit only",
        "POST wagtail_localize:submit_page_translation @below/bg with locales=@locale/en",
    ),
    "synchronise content from another locale": (
        "superuser",
        "POST wagtaillocales:edit @locale/en with language_code=en "
        "component-wagtail_localize_localesynchronization-enabled "
        "component-wagtail_localize_localesynchronization-sync_from=@locale/bg",
    ),
    "bulk publish": ("editor en", "POST wagtail_bulk_action wagtailcore page publish ?id=@begun/en&next=/cms/"),
    "copy, with publish copies": (
        "moderator",
        "POST wagtailadmin_pages:copy @calm/bg with new_title=Ново new_slug=new new_parent_page=@work/en publish_copies",
    ),
    "copy, as an alias": (
        "moderator",
        "POST wagtailadmin_pages:copy @calm/bg with new_title=Ново new_slug=new new_parent_page=@work/en alias",
    ),
    "API: create_alias": (
        "moderator",
        "POST wagtailadmin_api:pages:action @calm/bg create_alias with json destination_page_id=@work/en recursive=false",
    ),
    "API: copy": (
        "moderator",
        "POST wagtailadmin_api:pages:action @calm/bg copy with json destination_page_id=@work/en keep_live=true slug=new",
    ),
    "API: copy_for_translation": (
        "superuser",
        "POST wagtailadmin_api:pages:action @below/bg copy_for_translation with json locale=en copy_parents=true alias=true",
    ),
    "API: publish": ("editor en", "POST wagtailadmin_api:pages:action @begun/en publish with json"),
    "API: publish after revert_to_page_revision": (
        "editor en",
        "POST wagtailadmin_api:pages:action @begun/en revert_to_page_revision with json revision_id=@begun/en:first",
        "POST wagtailadmin_api:pages:action @begun/en publish with json",
    ),
    "end of a workflow": (
        "moderator",
        "POST wagtailadmin_pages:workflow_action @begun/en approve @begun/en:task",
    ),
    "machine translation, by its button": (
        "translator",
        "POST wagtail_localize:machine_translate @changed/en:translation",
    ),
    "machine translation, by the box of the sync": (
        "translator",
        "POST wagtail_localize:update_translations @changed/bg:source with use_machine_translation",
    ),
    "override of a link": (
        "translator",
        "PUT wagtail_localize:edit_override @calm/en:translation @calm/en:override with value=javascript:alert(1)",
    ),
    "start of a stopped translation, and publish": (
        "editor en",
        "POST wagtailadmin_pages:edit @stopped/en with localize-restart-translation",
        "POST wagtailadmin_pages:edit @stopped/en with action=publish",
    ),
    "start of a translation whose original was deleted": (
        "editor en",
        "POST wagtailadmin_pages:edit @orphan/en with localize-restart-translation",
        "GET wagtailadmin_pages:edit @orphan/en",
    ),
    "privacy of a translation alone, and publish": (
        "editor en",
        "POST wagtailadmin_pages:set_privacy @ready/en with restriction_type=login",
        "POST wagtailadmin_pages:edit @ready/en with action=publish",
    ),
    "privacy of an original, read in its translation": (
        "editor bg",
        "POST wagtailadmin_pages:set_privacy @calm/bg with restriction_type=login",
    ),
}  # fmt: skip


#: Of the ways around the gate those that do no harm by themselves today, with the reason.
HARMLESS = {
    "move": (
        "Wagtail refuses a move into another language's tree, for superusers too (Page.can_move_to).",
        "superuser",
        "POST wagtailadmin_pages:move_confirm @calm/bg @work/en",
    ),
    "bulk move": (
        "Likewise.",
        "superuser",
        "POST wagtail_bulk_action wagtailcore page move ?id=@calm/bg&next=/cms/ with chooser=@work/en move_applied",
    ),
    "API: move": (
        "Likewise.",
        "superuser",
        "POST wagtailadmin_api:pages:action @calm/bg move with json destination_page_id=@work/en position=last-child",
    ),
    "API: convert_alias": (
        "It makes a page of an alias, and there are none.",
        "superuser",
        "POST wagtailadmin_api:pages:action @calm/en convert_alias with json",
    ),
    "API: revert_to_page_revision": (
        "It makes a draft; its publication is a way of its own.",
        "editor en",
        "POST wagtailadmin_api:pages:action @changed/en revert_to_page_revision with json revision_id=@changed/en:first",
    ),
    "API: unpublish": (
        "It takes a page away from visitors, and shows them no other words.",
        "editor en",
        "POST wagtailadmin_api:pages:action @calm/en unpublish with json",
    ),
    "API: delete": (
        "Likewise.",
        "editor en",
        "POST wagtailadmin_api:pages:action @calm/en delete with json",
    ),
    "typing on a page of the other language": (
        "wagtail-localize asks who may edit the page.",
        "editor bg",
        "PUT wagtail_localize:edit_string_translation @changed/en:translation @changed/en:string with value=Typed",
    ),
}  # fmt: skip
#: Bulk copies of pages, and the API's third version, are not there: Wagtail has no such bulk action, and the site does not
#: install the API.
ABSENT = ("wagtail.api.v3", "wagtail.contrib.simple_translation")


def in_halves(ways: Mapping[str, tuple[str, ...]]):
    return [
        pytest.param(way, marks=pytest.mark.xdist_group(f"walk-{number % HALVES}"), id=way)
        for number, way in enumerate(ways)
    ]


@pytest.mark.parametrize("way", in_halves(WAYS))
def test_a_way_around_the_gate_does_harm_without_the_guards_alone(way, walk):
    role, *titles = WAYS[way]
    acts = [Act.of(title) for title in titles]
    assert walk.harm_of(acts, role) == []
    with unguarded():
        assert walk.harm_of(acts, role)


@pytest.mark.parametrize("way", in_halves(HARMLESS))
def test_a_way_does_no_harm_by_itself_today(way, walk):
    """Where this fails, the way has become one of those above."""
    reason, role, *titles = HARMLESS[way]
    with unguarded():
        assert walk.harm_of([Act.of(title) for title in titles], role) == [], reason


def test_ways_of_apps_not_installed_are_none():
    assert not any(apps.is_installed(name) for name in ABSENT), (
        "Walk the new addresses, and mirror them here."
    )


def test_no_page_is_copied_in_bulk():
    names = {
        action.action_type
        for action in bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    }
    assert names == {"delete", "move", "publish", "unpublish"}


@pytest.mark.xdist_group("walk-0")
@pytest.mark.parametrize("way", ["command", "new page"])
def test_a_language_to_be_filled_from_another_makes_live_aliases_without_the_guards_alone(way, walk):
    """Of a row that is there already, made before posync was."""

    def aliases():
        walk.lay_down()
        walk.is_clean = False
        LocaleSynchronization.objects.bulk_create(
            [LocaleSynchronization(locale_id=walk.names["locale/en"], sync_from_id=walk.names["locale/bg"])]
        )
        if way == "command":
            call_command("sync_locale_trees")
        else:
            after_create_page(None, Page.objects.get(pk=walk.names["new/bg"]))
        return Page.objects.filter(alias_of__isnull=False, live=True).count()

    assert aliases() == 0
    with unguarded():
        assert aliases() > 0
