"""The forms that editors write in."""

import pytest
from bs4 import BeautifulSoup
from wagtail.users.models import UserProfile

from home.models import Donor, Footer, Menu, Partner, Person, Region, SiteNotice, Theme


@pytest.fixture(params=["bg", "en"])
def editor(request, client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language=request.param)
    client.force_login(admin_user)
    client.language = request.param
    return client


def form(client, path):
    response = client.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == client.language
    return page


@pytest.mark.parametrize(
    ("page_type", "parent"),
    [("homepage", "root"), ("sectionpage", "bg_home"), ("newsindexpage", "bg_home"), ("newspage", "index")],
)
def test_each_kind_of_page_has_one(editor, site, page_type, parent):
    if page_type == "newsindexpage":
        site.index.delete()
    parent = site.bg_home.get_parent() if parent == "root" else getattr(site, parent)
    page = form(editor, f"/cms/pages/add/home/{page_type}/{parent.pk}/")
    slug = page.select_one("#id_slug")
    assert "w-slug" in slug["data-controller"]
    assert (
        "българия" in slug["data-w-slug-formatters-value"]
        or "\\u0431" in slug["data-w-slug-formatters-value"]
    )


def test_the_other_kinds_have_one_too(editor, site, kinds):
    for name, versions in vars(kinds).items():
        if name == "entries":
            continue
        page = versions["bg"]
        assert form(editor, f"/cms/pages/{page.pk}/edit/").select_one("#id_title")["value"] == page.title
        if not page._meta.model_name.endswith("indexpage"):
            assert form(editor, f"/cms/pages/add/home/{page._meta.model_name}/{page.get_parent().pk}/")


@pytest.mark.parametrize("model", [Menu, Footer, SiteNotice])
def test_each_kind_of_snippet_has_one(editor, site, model):
    page = form(editor, f"/cms/snippets/home/{model._meta.model_name}/add/")
    assert page.select_one("select#id_slug")


@pytest.mark.parametrize("model", [Theme, Region, Donor, Partner, Person])
def test_each_kind_of_entry_has_one(editor, site, model):
    page = form(editor, f"/cms/snippets/home/{model._meta.model_name}/add/")
    assert page.select_one("#id_name")


def test_a_second_snippet_for_one_place_is_refused_politely(editor, site):
    Menu.objects.create(title="Меню", locale=site.bg_home.locale)
    response = editor.post(
        "/cms/snippets/home/menu/add/?locale=bg",
        {"title": "Още едно", "slug": "main", "items-count": "0", "action-publish": "1"},
    )
    assert response.status_code == 200
    assert Menu.objects.count() == 1
    message = {
        "bg": "За това място вече има такъв елемент на този език.",
        "en": "This language has one for this place already.",
    }[editor.language]
    assert message in response.content.decode()
