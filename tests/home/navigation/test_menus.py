"""Menu, footer and breadcrumbs, in both languages and where a language is missing."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Locale

from home.models import Footer, Menu, SectionPage
from home.navigation.menus import footer_columns, menu_links


def link(label, page=None, url="", **more):
    return {"label": label, "page": page.pk if page else None, "url": url, **more}


def item(*args, children=(), **kwargs):
    return {"type": "link", "value": link(*args, children=list(children), **kwargs)}


def locale(language):
    return Locale.objects.get(language_code=language)


@pytest.fixture
def bg_menu(site):
    return Menu.objects.create(
        locale=locale("bg"),
        title="Главно меню",
        items=[
            item("Какво правим", site.section, children=[link("За закрилата", site.theme)]),
            item("МОМ по света", url="https://www.iom.int/"),
        ],
    )


@pytest.fixture
def en_menu(bg_menu):
    """As a translation leaves it: English labels, and the pages that the Bulgarian menu chose."""
    menu = bg_menu.copy_for_translation(locale("en"))
    menu.title = "Main menu"
    menu.items[0].value["label"] = "What we do"
    menu.items[0].value["children"][0]["label"] = "About protection"
    menu.items[1].value["label"] = "IOM worldwide"
    menu.save()
    return menu


@pytest.fixture
def bg_footer(site):
    return Footer.objects.create(
        locale=locale("bg"),
        title="МОМ България",
        address="<p>София, България</p>",
        columns=[
            {"type": "column", "value": {"title": "Сайтът", "links": [link("Новини", site.index)]}},
        ],
        legal="<p>Всички права запазени.</p>",
    )


def shown(client, path, selector):
    return BeautifulSoup(client.get(path).content, "html.parser").select_one(selector)


class TestMenu:
    def test_each_language_has_its_own(self, client, site, bg_menu, en_menu):
        for path, title, label, page in (
            ("/bg/", "Главно меню", "Какво правим", site.section),
            ("/en/", "Main menu", "What we do", site.en_section),
        ):
            menu = shown(client, path, f'nav[aria-label="{title}"]')
            assert menu.select_one(f'a[href="{page.url}"]').text.strip() == label
            assert menu.select_one('a[href="https://www.iom.int/"]')

    def test_a_page_without_a_translation_keeps_its_own_title_and_language(
        self, client, site, bg_menu, en_menu
    ):
        entry = shown(client, "/en/", f'nav a[href="{site.theme.url}"]')
        assert entry.text.strip() == "Закрила"
        assert entry["lang"] == "bg"
        assert entry["hreflang"] == "bg"

    def test_a_language_without_a_menu_is_shown_the_other_ones(self, client, site, bg_menu):
        translated = shown(client, "/en/", f'nav a[href="{site.en_section.url}"]')
        assert translated.text.strip() == "Our Work"
        assert translated["lang"] == "en"
        untranslated = shown(client, "/en/", 'nav a[href="https://www.iom.int/"]')
        assert untranslated["lang"] == "bg"

    def test_a_draft_is_not_shown(self, client, site, bg_menu, en_menu):
        en_menu.unpublish()
        assert shown(client, "/en/", 'nav[aria-label="Main menu"]') is None

    def test_a_page_that_is_not_live_anywhere_is_left_out(self, client, site, bg_menu):
        site.theme.unpublish()
        assert shown(client, "/bg/", f'nav a[href="{site.theme.url}"]') is None

    def test_a_deleted_page_is_left_out_and_leaves_its_children(self, client, site, bg_menu):
        theme = site.bg_home.add_child(instance=SectionPage(title="Данни"))
        bg_menu.items = [item("Раздел", theme, children=[link("Новини", site.index)])]
        bg_menu.save()
        theme.delete()
        menu = shown(client, "/bg/", "nav.main-menu")
        assert "Раздел" in menu.text
        assert menu.select_one(f'a[href="{site.index.url}"]')

    def test_it_marks_where_the_visitor_is(self, rf, site, bg_menu):
        with translation.override("bg"):
            section, _worldwide = menu_links(rf.get("/"), bg_menu, site.section)
            assert section.is_current
            assert not section.is_section
            section, _worldwide = menu_links(rf.get("/"), bg_menu, site.theme)
            assert not section.is_current
            assert section.is_section
            assert section.children[0].is_current

    def test_it_asks_for_all_its_pages_at_once(self, rf, site, bg_menu, django_assert_max_num_queries):
        menu = Menu.objects.select_related("locale").get()
        site.section.get_url(rf.get("/"))  # the site's root is cached
        with django_assert_max_num_queries(3), translation.override("bg"):
            menu_links(None, menu, site.section)

    def test_a_page_without_any_menu_is_served_all_the_same(self, client, site):
        assert client.get("/bg/").status_code == 200


class TestFooter:
    def test_each_language_has_its_own(self, client, site, bg_footer):
        footer = bg_footer.copy_for_translation(locale("en"))
        footer.title, footer.address = "IOM Bulgaria", "<p>Sofia, Bulgaria</p>"
        footer.columns[0].value["links"][0]["label"] = "News"
        footer.save()
        assert "София, България" in shown(client, "/bg/", "footer").text
        english = shown(client, "/en/", "footer")
        assert "Sofia, Bulgaria" in english.text
        assert english.select_one(f'a[href="{site.en_index.url}"]').text.strip() == "News"

    def test_a_language_without_one_is_shown_the_other_ones_and_told_its_language(
        self, client, site, bg_footer
    ):
        footer = shown(client, "/en/", "footer")
        assert "Всички права запазени." in footer.text
        assert footer["lang"] == "bg"
        assert footer.select_one(f'a[href="{site.en_index.url}"]')["lang"] == "en"

    def test_its_links_are_grouped(self, rf, site, bg_footer):
        with translation.override("bg"):
            (column,) = footer_columns(rf.get("/"), bg_footer)
        assert column.title == "Сайтът"
        assert [(link.label, link.url, link.language) for link in column.links] == [
            ("Новини", site.index.url, "")
        ]


class TestBreadcrumbs:
    def test_they_lead_from_the_front_page_down(self, client, site):
        crumbs = shown(client, site.theme.url, "nav.breadcrumbs")
        assert [(crumb.text.strip(), crumb["href"]) for crumb in crumbs.select("a")] == [
            ("МОМ България", "/bg/"),
            ("Нашата работа", site.section.url),
        ]
        crumbs = shown(client, site.en_story.url, "nav.breadcrumbs")
        assert [crumb.text.strip() for crumb in crumbs.select("a")] == ["IOM Bulgaria", "News"]

    def test_a_front_page_has_none(self, client, site):
        assert shown(client, "/bg/", "nav.breadcrumbs") is None

    def test_a_page_above_that_is_not_live_is_left_out(self, client, site):
        site.section.unpublish()
        crumbs = shown(client, site.theme.url, "nav.breadcrumbs")
        assert [crumb.text.strip() for crumb in crumbs.select("a")] == ["МОМ България"]


@pytest.mark.parametrize("model", [Menu, Footer])
class TestPlaceOfASnippet:
    def test_a_language_has_one_for_each_place(self, db, model):
        model.objects.create(locale=locale("bg"), title="Първо")
        with pytest.raises(ValidationError):
            model(locale=locale("bg"), title="Второ").full_clean()

    def test_another_language_has_its_own(self, db, model):
        model.objects.create(locale=locale("bg"), title="Първо")
        model(locale=locale("en"), title="First").full_clean()

    def test_translators_are_not_given_it(self, model):
        assert model._meta.get_field("slug").choices


@pytest.mark.parametrize(("language", "title"), [("bg", "Преглед"), ("en", "Preview")])
def test_a_snippet_is_previewed_in_its_own_language(site, language, title):
    menu = Menu(locale=locale(language), title=title, items=[item("IOM", url="https://www.iom.int/")])
    page = BeautifulSoup(menu.make_preview_request().content, "html.parser")
    assert page.html["lang"] == language
    assert page.select_one(f'nav[aria-label="{title}"] a[href="https://www.iom.int/"]')
    footer = Footer(locale=locale(language), title=title)
    page = BeautifulSoup(footer.make_preview_request().content, "html.parser")
    assert title in page.select_one("footer").text
