"""What a page refers to, in the active language or else in its own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import translation
from wagtail.models import Locale

from home.i18n.versions import live_page, live_pages, localized
from home.models import Donor, Partner, Person, Region, SectionPage, Theme


@pytest.fixture
def bg(db):
    return Locale.objects.get(language_code="bg")


def translated(entry, **fields):
    copy = entry.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    return copy


@pytest.fixture
def themes(bg):
    protection = Theme.objects.create(name="Закрила", code="protection", locale=bg)
    health = Theme.objects.create(name="Здраве", code="health", locale=bg)
    translated(protection, name="Protection")
    return [protection, health]


@pytest.mark.parametrize(
    ("language", "names"), [("bg", ["Закрила", "Здраве"]), ("en", ["Protection", "Здраве"])]
)
def test_entries_show_in_the_language_of_the_visit_or_else_in_their_own(themes, language, names):
    with translation.override(language):
        assert [theme.name for theme in localized(themes)] == names


@pytest.mark.parametrize(("language", "languages"), [("bg", ["", ""]), ("en", ["", ' lang="bg"'])])
def test_only_what_is_in_another_language_is_marked(themes, language, languages):
    template = Template("{% load relations %}{% lang_of theme %}")
    with translation.override(language):
        marks = [template.render(Context({"theme": theme})) for theme in localized(themes)]
    assert marks == languages


def test_entries_cost_one_query_for_each_kind(themes, bg, django_assert_num_queries):
    donor = Donor.objects.create(name="Норвежки финансов механизъм", locale=bg)
    with translation.override("en"), django_assert_num_queries(2):
        assert len(localized([*themes, donor, None])) == 3


def test_a_theme_has_the_same_code_in_every_language(themes):
    with translation.override("en"):
        assert [theme.code for theme in localized(themes)] == ["protection", "health"]


@pytest.mark.parametrize("model", [Theme, Region])
def test_a_code_is_taken_once_in_each_language(bg, model):
    model.objects.create(name="Първа", code="one", locale=bg)
    second = model(name="Втора", code="one", locale=bg)
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert "code" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("model", [Donor, Partner])
def test_an_organisation_may_have_an_address_for_each_language(bg, model):
    original = model.objects.create(name="Фонд", url="https://example.org/bg/", locale=bg)
    translated(original, name="Fund", url="https://example.org/en/")
    with translation.override("en"):
        assert [entry.url for entry in localized([original])] == ["https://example.org/en/"]
    original.url = "javascript:alert(1)"
    with pytest.raises(ValidationError):
        original.full_clean()


def test_a_photo_has_the_entrys_own_alternative_text(bg, image):
    person = Person.objects.create(
        name="Ана Райкова", role="координатор", photo=image, photo_alt="Ана", locale=bg
    )
    translated(person, name="Ana Raykova", role="coordinator", photo_alt="Ana in the office")
    with translation.override("en"):
        (shown,) = localized([person])
    assert (shown.photo, shown.photo_alt) == (image, "Ana in the office")


def test_pages_show_in_the_language_of_the_visit_or_else_in_their_own(site, django_assert_num_queries):
    with translation.override("en"), django_assert_num_queries(1):
        assert live_pages([site.section, None, site.theme]) == [site.en_section.page_ptr, site.theme.page_ptr]
    with translation.override("bg"), django_assert_num_queries(1):
        assert live_page(site.en_section.pk) == site.section.page_ptr


def test_drafts_and_private_pages_do_not_show(site):
    site.section.view_restrictions.create(restriction_type="login")  # and so all below it
    draft = site.section.add_child(instance=SectionPage(title="Чернова", live=False))
    assert live_pages([site.theme, draft]) == []
    site.en_story.unpublish()
    with translation.override("en"):
        assert live_page(site.en_story.pk) == site.story.page_ptr
    assert live_page(None) is None


def test_an_entry_that_is_not_saved_yet_shows_as_it_is(bg):
    unsaved = Theme(name="Нова", code="new", locale=bg)
    assert localized([unsaved]) == [unsaved]


@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (Theme, {"name": "Закрила", "code": "protection"}, "protection"),
        (Donor, {"name": "Норвежки финансов механизъм"}, "norvezhki-finansov-mehanizam"),
        (Person, {"name": "Ana Raykova"}, "ana-raykova"),
    ],
)
def test_an_entry_names_the_file_of_its_translators_by_its_code_or_its_name(model, fields, name):
    assert model(**fields).slug == name
