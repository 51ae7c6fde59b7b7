"""People in the admin, by their rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from posync.models import TranslationRight


@pytest.fixture
def enter(client, django_user_model):
    """Log in: with Wagtail's rights on all pages by their codenames, with rows of rights on translations, or with neither."""

    def enter(*rights: str, rows=(), language="en", is_superuser=False, name="somebody"):
        user = django_user_model.objects.create_user(name, password="secret", is_superuser=is_superuser)
        group = Group.objects.create(name=f"{name}'s")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for right in rights:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{right}_page"
            )
            GroupPagePermission.objects.create(
                group=group, page=Page.get_first_root_node(), permission=permission
            )
        for row in rows:
            TranslationRight.objects.create(group=group, **row)
        user.groups.add(group)
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)
        return client

    return enter
