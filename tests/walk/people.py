"""Who walks: a login for each role, by the demo's groups where it has one."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from config.management.commands.build_demo import load_rights
from home.demo.people import EDITORS, MODERATORS, TRANSLATORS, load_groups
from posync.models import TranslationRight


@dataclass(frozen=True)
class Role:
    #: Of the admin, as that person reads it.
    language: str = "en"
    #: The languages in which the role's acts may change at once what strangers read.
    publishes: frozenset[str] = frozenset()
    #: And those where the role's approvals go live with the next sync.
    approves: frozenset[str] = frozenset()


BOTH = frozenset({"bg", "en"})
ROLES = {
    "anonymous": Role(),
    "access only": Role(),
    "submit only": Role("bg"),
    "translator": Role(),
    "editor bg": Role("bg", frozenset({"bg"}), frozenset({"bg"})),
    "editor en": Role("en", frozenset({"en"}), frozenset({"en"})),
    "reviewer": Role("bg", approves=BOTH),
    "publisher": Role("en", BOTH, BOTH),
    "moderator": Role("bg", BOTH, BOTH),
    "superuser": Role("en", BOTH, BOTH),
}  # fmt: skip


def enter_all(homes: dict[str, Page]) -> dict[str, str]:
    """Make the people, and log each in. The cookies of their sessions by role."""
    load_groups()
    load_rights()
    for language, home in homes.items():
        group = _group(f"editor {language}", "access_admin")
        group.permissions.add(*Group.objects.get(name=EDITORS).permissions.all())
        for action in ("add", "change", "publish"):
            permission = Permission.objects.get(
                codename=f"{action}_page", content_type__app_label="wagtailcore"
            )
            GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    _group("access only", "access_admin")
    _group("submit only", "access_admin", "submit_translation")
    for name, right in (("reviewer", "review"), ("publisher", "publish")):
        TranslationRight.objects.create(group=_group(name, "access_admin"), **{right: True})
    groups = {"translator": TRANSLATORS, "moderator": MODERATORS}
    return {name: _enter(name, groups.get(name, name)) for name in ROLES if name != "anonymous"}


def _group(name: str, *codenames: str) -> Group:
    group = Group.objects.create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    return group


def _enter(name: str, group: str) -> str:
    user = get_user_model().objects.create_user(name, f"{group}@example.org", "secret")
    if name == "superuser":
        user.is_superuser = True
        user.save()
    else:
        user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.create(user=user, preferred_language=ROLES[name].language)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def client_of(role: str, cookies: dict[str, str]) -> Client:
    client = Client(raise_request_exception=False)
    if role in cookies:
        client.cookies["sessionid"] = cookies[role]
    return client
