"""Rows of rights on translations are given in the admin, by whoever may."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from posync.models import TranslationRight

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("allowed", [True, False])
def test_a_row_is_added_by_whoever_may(allowed, language, bulgarian, homes, enter):
    client = enter("change", language=language)
    if allowed:
        Group.objects.get(name="somebody's").permissions.add(
            Permission.objects.get(codename="add_translationright")
        )
    address = reverse("posync-translation-rights:add")
    assert client.get(address).status_code == (200 if allowed else 302)
    client.post(
        address, {"group": Group.objects.get(name="somebody's").pk, "locale": bulgarian.pk, "translate": "on"}
    )
    assert TranslationRight.objects.count() == allowed
