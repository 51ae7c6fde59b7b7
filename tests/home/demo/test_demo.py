"""The demo's loader: what it writes, when, and what it leaves alone."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision
from wagtail.snippets.models import get_snippet_models

from home.demo import library, pages
from home.demo.content import PAGES as ALL_PAGES
from home.demo.content.news.open_day import CHANGED_LEAD, FIRST_LEAD
from home.demo.people import LOGINS
from home.demo.places import page_family
from home.models import Donor, Footer, Menu, Partner, Person, Region, SiteNotice, Theme

pytestmark = pytest.mark.django_db

OTHER_LANGUAGE = {"bg": "en", "en": "bg"}

SNIPPETS = [Donor, Footer, Menu, Partner, Person, Region, SiteNotice, Theme]

# Of each list, what the tests below look at; tests/test_build_demo.py has the whole.
LISTED_KINDS = {"EventPage", "NewsPage", "ProjectPage", "PublicationPage", "VacancyPage"}
LISTED_HERE = {"final-event", "open-day", "project-minors", "report-minors"}
PAGES = [spec for spec in ALL_PAGES if spec.kind not in LISTED_KINDS or spec.key in LISTED_HERE]


@pytest.fixture(autouse=True)
def small_demo(monkeypatch, settings, tmp_path, without_background_work):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(library, "PICTURE_SIZE", (32, 18))
    monkeypatch.setattr(library, "COVER_SIZE", (18, 32))
    for module in (library, pages):
        monkeypatch.setattr(module, "PAGES", PAGES)


@pytest.fixture(autouse=True)
def no_pipeline(settings):
    """The loader knows nothing of the pipeline; without it these tests are twice as fast."""
    settings.POSYNC = {**settings.POSYNC, "SUBMIT_ON_PUBLISH": False}


def test_upright_pictures_are_those_of_publications_alone():
    upright = {spec.kind for spec in ALL_PAGES if spec.picture.endswith("-cover")}
    lying = {spec.kind for spec in ALL_PAGES if not spec.picture.endswith("-cover")}
    assert upright == {"PublicationPage"}
    assert "PublicationPage" not in lying


def load_demo():
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def demo_page(key, language):
    return page_family(key).get(locale__language_code=language).specific


def publish_in_the_other_language(page):
    """What the pipeline does once a translation is approved, without its texts."""
    locale = Locale.objects.get(language_code=OTHER_LANGUAGE[page.locale.language_code])
    translation = page.copy_for_translation(locale)
    translation.save_revision().publish()
    return translation


def publish_all_in_the_other_language():
    for spec in PAGES:
        versions = page_family(spec.key)
        if versions.count() == 1:
            publish_in_the_other_language(versions.get().specific)


def load_whole_demo():
    load_demo()
    publish_all_in_the_other_language()
    return load_demo()


def snapshot():
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "live")),
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
        "pictures": list(get_image_model().objects.order_by("pk").values_list("pk", flat=True)),
        "users": list(get_user_model().objects.order_by("pk").values_list("pk", "password")),
        "files": list(get_document_model().objects.order_by("pk").values_list("pk", flat=True)),
        "snippets": [model.objects.count() for model in SNIPPETS],
    }


def test_a_page_is_live_in_the_language_it_was_written_in_and_in_no_other():
    load_demo()

    for key, language, title in [
        ("who-we-are", "bg", "Кои сме ние"),
        (
            "final-event",
            "bg",
            "Проектът за непридружените деца, търсещи закрила, завърши с информационно събитие",
        ),
        ("data-and-resources", "en", "Data and Resources"),
        ("agenda-2030", "en", "2030 Agenda"),
    ]:
        page = demo_page(key, language)
        assert page.live
        assert page.title == title
        assert not page_family(key).filter(locale__language_code=OTHER_LANGUAGE[language]).exists()


def test_the_bulgarian_home_page_is_filled_and_the_english_one_is_left_to_translation():
    before = demo_page("home", "en").hero_title

    load_demo()

    bulgarian = demo_page("home", "bg")
    assert bulgarian.hero_title == "Пътят е по-лек, когато някой го познава"
    # Translators' files name blocks by these ids.
    assert bulgarian.body[0].id == "e9ec194f-90e6-5266-9725-36b94f82051f"
    assert demo_page("home", "en").hero_title == before


def test_a_page_waits_until_its_parent_is_live_in_its_language():
    output = load_demo()
    assert "iom-global" in output
    assert not page_family("iom-global").exists()

    publish_in_the_other_language(demo_page("who-we-are", "bg"))
    load_demo()

    page = demo_page("iom-global", "en")
    assert page.live
    assert page.get_parent().title == demo_page("who-we-are", "en").title


def test_the_menu_waits_for_its_pages():
    assert "menu" in load_demo()

    assert not Menu.objects.exists()
    assert Footer.objects.get(locale__language_code="bg").live


def test_the_whole_demo_keeps_the_agreed_order_and_is_what_an_editor_could_save():
    assert "Waiting" not in load_whole_demo()

    menu = Menu.objects.get(locale__language_code="bg")
    assert menu.live
    assert [entry.value["page"].slug for entry in menu.items] == [
        "koi-sme-nie",
        "nashata-rabota",
        "data-and-resources",
        "vklyuchete-se",
        "2030-agenda",
    ]
    for spec in PAGES:
        page = demo_page(spec.key, spec.language)
        page.full_clean()
        if spec.body:
            page.body.stream_block.clean(page.body)
    for snippet in (menu, Footer.objects.get(locale__language_code="bg")):
        snippet.full_clean()


def test_a_page_is_written_with_what_belongs_to_it_and_what_it_refers_to():
    load_whole_demo()

    project = demo_page("project-minors", "bg")
    (relation,) = project.donor_relations.all()
    assert relation.donor.name == "Норвежки финансов механизъм"
    assert relation.acknowledgement
    # Translators' files name parts of a page by these ids.
    assert str(relation.translation_key) == "9a499e71-72e9-50c0-ac62-901bb77fdd3d"
    assert project.region.code == "haskovo"
    assert [each.partner.name for each in project.partner_relations.all()][1:] == [
        "Български Червен кръст",
        "UNICEF Bulgaria",
    ]
    report = demo_page("report-minors", "bg")
    assert [(file.language, file.document.title) for file in report.files.all()] == [
        ("bg", "Demo: report-minors-bg"),
        ("en", "Demo: report-minors-en"),
    ]
    assert [relation.theme.code for relation in report.theme_relations.all()] == ["protection"]
    assert report.project == project
    assert demo_page("protection", "en").theme.code == "protection"


def test_loading_again_repeats_nothing_and_check_is_content():
    with pytest.raises(CommandError, match="who-we-are"):
        call_command("load_demo", check=True)
    load_whole_demo()
    before = snapshot()

    load_demo()
    call_command("load_demo", check=True)

    assert snapshot() == before


def test_an_editors_changes_and_deletions_stand():
    load_whole_demo()
    edited = demo_page("about", "bg")
    edited.title = "Променено заглавие"
    edited.save_revision().publish()
    demo_page("final-event", "bg").delete()
    get_image_model().objects.order_by("pk").first().delete()
    get_document_model().objects.order_by("pk").first().delete()
    Person.objects.order_by("pk").first().delete()
    before = snapshot()

    load_demo()

    assert snapshot() == before


def test_a_home_page_with_a_history_is_left_alone():
    home = page_family("home").get(locale__language_code="bg").specific
    home.hero_title = "Нашето заглавие"
    home.save_revision().publish()

    load_demo()

    assert demo_page("home", "bg").hero_title == "Нашето заглавие"


def test_a_page_changes_after_its_translation_went_live_and_only_once():
    load_demo()
    load_demo()
    page = demo_page("open-day", "bg")
    assert page.lead == FIRST_LEAD
    first_ids = [block.id for block in page.body]

    publish_in_the_other_language(demo_page("news", "bg"))
    publish_in_the_other_language(page)
    load_demo()

    page = demo_page("open-day", "bg")
    assert page.lead == CHANGED_LEAD
    assert [block.id for block in page.body] == first_ids
    revisions = page.revisions.count()
    load_demo()
    assert page.revisions.count() == revisions


def test_a_page_that_an_editor_changed_is_not_revised():
    load_demo()
    page = demo_page("open-day", "bg")
    publish_in_the_other_language(demo_page("news", "bg"))
    publish_in_the_other_language(page)
    page.place = "Русе"
    page.save_revision().publish()

    load_demo()

    page = demo_page("open-day", "bg")
    assert (page.place, page.lead) == ("Русе", FIRST_LEAD)


def test_logins_are_made_on_developers_machines_only(settings, client):
    settings.DEBUG = False
    assert "demo-editor" not in load_demo()
    assert not get_user_model().objects.exists()

    settings.DEBUG = True
    output = load_demo()

    for login in LOGINS:
        assert login.username in output
        assert client.login(username=login.username, password=login.password)


def test_roles_may_do_what_their_names_say(settings):
    settings.DEBUG = True
    load_demo()

    def may(username, language):
        user = get_user_model().objects.get(username=username)
        permissions = demo_page("home", language).permissions_for_user(user)
        return permissions.can_edit(), permissions.can_publish()

    for language in OTHER_LANGUAGE:
        assert may("demo-admin", language) == (True, True)
        assert may("demo-editor", language) == (True, True)
        assert may("demo-moderator", language) == (True, True)
        assert may("demo-translator", language) == (True, False)

    def snippets(username, action):
        user = get_user_model().objects.get(username=username)
        return {
            model._meta.model_name
            for model in get_snippet_models()
            if model._meta.app_label == "home" and user.has_perm(f"home.{action}_{model._meta.model_name}")
        }

    everything = {model._meta.model_name for model in get_snippet_models() if model._meta.app_label == "home"}
    for action in ("view", "add", "change"):
        assert snippets("demo-editor", action) == snippets("demo-moderator", action) == everything
    assert snippets("demo-translator", "change") == {"menu", "footer"}
    for action in ("add", "publish", "delete"):
        assert snippets("demo-translator", action) == set()
    readers = [
        login.username
        for login in LOGINS
        if get_user_model().objects.get(username=login.username).has_perm("home.read_submissions")
    ]
    assert readers == ["demo-admin", "demo-moderator"]
