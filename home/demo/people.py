"""One login for each role. They are made on developers' machines only: their passwords are no secret."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import DraftStateMixin, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from home.demo.journal import remember, remembered
from home.demo.places import page_family

EDITORS = "Editors"
MODERATORS = "Moderators"
TRANSLATORS = "Translators"


@dataclass(frozen=True)
class Login:
    username: str
    first_name: str
    last_name: str
    group: str = ""
    is_superuser: bool = False

    @property
    def password(self) -> str:
        """The user name again, so that nobody takes it for a real one."""
        return self.username


LOGINS = [
    Login("demo-admin", "Demo", "Administrator", is_superuser=True),
    Login("demo-editor", "Demo", "Editor", group=EDITORS),
    Login("demo-moderator", "Demo", "Moderator", group=MODERATORS),
    Login("demo-translator", "Demo", "Translator", group=TRANSLATORS),
]


@transaction.atomic
def load_groups() -> None:
    """Editors may publish; translators may change the pages of both languages and publish none.

    What was sent by forms is for moderators alone.
    """
    if remembered("groups"):
        return
    root = Page.objects.get(depth=1)
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    for action in ("add", "change", "publish"):
        _allow_on_page(editors, root, action)
    _allow(editors, *_snippet_permissions("view", "add", "change", "publish"))

    moderators, _created = Group.objects.get_or_create(name=MODERATORS)
    _allow(moderators, *_snippet_permissions("view", "add", "change", "publish", "delete"))
    _allow(moderators, Permission.objects.get(content_type__app_label="home", codename="read_submissions"))

    translators, _created = Group.objects.get_or_create(name=TRANSLATORS)
    _allow(
        translators,
        *Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"),
    )
    _allow(translators, *Permission.objects.filter(codename="submit_translation"))
    _allow(translators, *_site_chrome_permissions("view", "change"))
    for home in page_family("home"):
        _allow_on_page(translators, home, "change")
    remember(translators, "groups")


def _site_chrome_permissions(*actions: str):
    codenames = [f"{action}_{model}" for action in actions for model in ("menu", "footer")]
    return Permission.objects.filter(content_type__app_label="home", codename__in=codenames)


def _snippet_permissions(*actions: str):
    """For all kinds of snippets of the site's own."""
    models = [model for model in get_snippet_models() if model._meta.app_label == "home"]
    codenames = [
        f"{action}_{model._meta.model_name}"
        for model in models
        for action in actions
        if action != "publish" or issubclass(model, DraftStateMixin)
    ]
    return Permission.objects.filter(content_type__app_label="home", codename__in=codenames)


def _allow(group: Group, *permissions: Permission) -> None:
    group.permissions.add(*permissions)


def _allow_on_page(group: Group, page: Page, action: str) -> None:
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
    GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


@transaction.atomic
def load_logins() -> None:
    users = get_user_model().objects
    for login in LOGINS:
        name = f"user/{login.username}"
        if remembered(name) or users.filter(username=login.username).exists():
            continue
        user = users.create_user(
            login.username,
            email=f"{login.username}@example.org",
            password=login.password,
            first_name=login.first_name,
            last_name=login.last_name,
            is_superuser=login.is_superuser,
            is_staff=login.is_superuser,
        )
        if login.group:
            user.groups.add(Group.objects.get(name=login.group))
        remember(user, name)
