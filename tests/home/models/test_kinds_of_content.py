"""What visitors see of events, projects, publications, vacancies and the rest, in both languages."""

import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from icalendar import Calendar

from home.listing.pagination import ITEMS_PER_PAGE
from home.models import EventPage, HomePage, NewsPage, NewsPageTheme, PublicationPage, VacancyPage
from tests.home.conftest import WITHOUT_BACKGROUND_WORK, make_image, make_kinds, make_site

LANGUAGES = ["bg", "en"]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The site with a page of every kind: it takes a second to make, and the tests here are a hundred."""
    media = tmp_path_factory.mktemp("media")
    quiet = override_settings(MEDIA_ROOT=media, TASKS=WITHOUT_BACKGROUND_WORK)
    with django_db_blocker.unblock(), quiet, transaction.atomic():
        homes = [HomePage.objects.get(locale__language_code=language) for language in LANGUAGES]
        site, image = make_site(*homes), make_image()
        yield SimpleNamespace(media=media, site=site, image=image, kinds=make_kinds(site, image))
        transaction.set_rollback(True)


def read_anew(made):
    """What was made, as the database has it, for a test to change."""
    if isinstance(made, SimpleNamespace):
        return SimpleNamespace(**{name: read_anew(each) for name, each in vars(made).items()})
    if isinstance(made, dict):
        return {name: read_anew(each) for name, each in made.items()}
    return type(made).objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def media_of_this_test(settings, made):
    settings.MEDIA_ROOT = made.media


@pytest.fixture
def site(db, made):
    return read_anew(made.site)


@pytest.fixture
def image(db, made):
    return read_anew(made.image)


@pytest.fixture
def kinds(db, made):
    return read_anew(made.kinds)


def main(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def texts(element, selector):
    return [" ".join(part.text.split()) for part in element.select(selector)]


def facts(element):
    """What the list of facts says, by the names of the facts."""
    return dict(zip(texts(element, ".facts dt"), texts(element, ".facts dd"), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_can_be_read(client, kinds, language):
    for name, versions in vars(kinds).items():
        if name != "entries":
            page = versions[language]
            assert main(client.get(page.url)).h1.text == page.title, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_can_be_previewed_before_it_is_first_saved(kinds, language):
    for name, versions in vars(kinds).items():
        if name == "entries":
            continue
        saved = versions[language]
        values = {field.name: getattr(saved, field.name) for field in saved._meta.fields if field.editable}
        values = {k: v for k, v in values.items() if k not in ("id", "path", "depth", "numchild", "page_ptr")}
        page = type(saved)(**{**values, "slug": "unsaved", "locale": saved.locale})
        page._cached_parent_obj = saved.get_parent()
        response = page.make_preview_request()
        assert response.status_code == 200, name
        assert saved.title in response.content.decode(), name


class TestThemes:
    @pytest.mark.parametrize(
        ("language", "names"), [("bg", ["Закрила", "Здраве"]), ("en", ["Protection", "Здраве"])]
    )
    def test_they_show_in_the_language_of_the_page_or_marked(self, client, kinds, language, names):
        page = main(client.get(kinds.project[language].url))
        assert texts(page, ".themes li") == names
        marked = {"bg": [], "en": ["Здраве"]}[language]
        assert texts(page, ".themes [lang]") == marked

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_they_lead_to_the_page_about_them(self, client, kinds, language):
        page = main(client.get(kinds.project[language].url))
        assert [link["href"] for link in page.select(".themes a")] == [kinds.theme[language].url]

    @pytest.mark.parametrize(
        ("language", "titles"),
        [
            (
                "bg",
                ["Подкрепа за непридружени деца", "Кръгла маса", "Среща в Харманли", "Наръчник за работа"],
            ),
            (
                "en",
                [
                    "Support for unaccompanied children",
                    "Round table",
                    "Meeting in Harmanli",
                    "A guide to work",
                ],
            ),
        ],
    )
    def test_a_themes_page_lists_what_is_about_it(self, client, site, kinds, language, titles):
        for story in (site.story, site.en_story):
            NewsPageTheme.objects.create(page=story, theme=kinds.entries.protection)
        assert texts(main(client.get(kinds.theme[language].url)), ".teaser__title") == titles


class TestProject:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "bg",
                {
                    "Период": "март 2024 г. – февруари 2026 г.",
                    "Състояние": "Приключил",
                    "Област": "Хасково",
                    "Бюджет": "1 234 567,50 евро",
                },
            ),
            (
                "en",
                {
                    "Period": "March 2024 – February 2026",
                    "Status": "Completed",
                    "Region": "Haskovo",
                    "Budget": "1,234,567.50 euro",
                },
            ),
        ],
    )
    def test_it_tells_its_facts(self, client, kinds, language, expected):
        assert facts(main(client.get(kinds.project[language].url))) == expected

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("bg", {"Предстоящи събития": ["Кръгла маса"], "Публикации": ["Наръчник за работа"]}),
            ("en", {"Upcoming events": ["Round table"], "Publications": ["A guide to work"]}),
        ],
    )
    def test_what_tells_of_it_stands_below_in_the_visitors_language(self, client, kinds, language, expected):
        page = main(client.get(kinds.project[language].url))
        assert {
            section.h2.text: [title.text for title in section.select("h3")]
            for section in page.select(".related-list")
        } == expected

    @pytest.mark.parametrize(
        ("language", "donor", "words"),
        [
            ("bg", "Норвежки финансов механизъм", "Финансира се от Кралство Норвегия."),
            ("en", "Norwegian Financial Mechanism", "Funded by the Kingdom of Norway."),
        ],
    )
    def test_its_donors_are_acknowledged(self, client, kinds, language, donor, words):
        page = main(client.get(kinds.project[language].url))
        link = page.select_one(".organisation__name a")
        assert (link.text, link["href"]) == (donor, f"https://example.org/{language}/")
        assert texts(page, ".organisations__words") == [words]
        assert "НФМ-17" in page.text
        assert page.select_one(".organisation__logo img")["alt"] in ("Рисувано лого", "A drawn logo")

    def test_an_untranslated_donor_is_marked(self, client, kinds):
        kinds.entries.donor.get_translations().delete()
        donor = main(client.get(kinds.project["en"].url)).select_one(".organisation")
        assert donor["lang"] == "bg"
        assert "lang" not in main(client.get(kinds.project["bg"].url)).select_one(".organisation").attrs

    def test_it_does_not_end_before_it_starts(self, kinds):
        project = kinds.project["bg"]
        project.end = project.start - datetime.timedelta(days=1)
        with pytest.raises(ValidationError):
            project.full_clean()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_pages_that_tell_of_it_lead_to_it(self, client, kinds, language):
        for page in (kinds.event[language], kinds.publication[language]):
            link = main(client.get(page.url)).select_one(".related-project a")
            assert (link["href"], link.text) == (kinds.project[language].url, kinds.project[language].title)
            assert "lang" not in link.attrs

    def test_untranslated_it_is_marked(self, client, kinds):
        kinds.project["en"].unpublish()
        link = main(client.get(kinds.event["en"].url)).select_one(".related-project a")
        assert (link["href"], link["lang"], link["hreflang"]) == (kinds.project["bg"].url, "bg", "bg")


class TestEvent:
    @pytest.mark.parametrize(
        ("language", "time"), [("bg", "3 март 2026 г., 10:00–13:00"), ("en", "3 March 2026, 10:00–13:00")]
    )
    def test_its_time_is_that_of_its_place(self, client, kinds, language, time):
        page = main(client.get(kinds.past_event[language].url))
        assert facts(page)[{"bg": "Кога", "en": "When"}[language]] == time
        kinds.past_event[language].time_zone = "Europe/Brussels"
        kinds.past_event[language].save()
        elsewhere = facts(main(client.get(kinds.past_event[language].url)))
        assert "09:00–12:00" in elsewhere[{"bg": "Кога", "en": "When"}[language]]
        assert "Brussels" in elsewhere[{"bg": "Кога", "en": "When"}[language]]

    @pytest.mark.parametrize(
        ("language", "sentence", "register"),
        [("bg", "Това събитие приключи.", "Запишете се"), ("en", "This event is over.", "Register")],
    )
    def test_over_it_says_so_and_takes_nobody(self, client, kinds, language, sentence, register):
        over = main(client.get(kinds.past_event[language].url))
        assert sentence in over.text
        assert register not in over.text
        assert over.select_one(".state a")["href"] == kinds.events_index[language].url
        ahead = main(client.get(kinds.event[language].url))
        assert sentence not in ahead.text
        assert (
            ahead.select_one(".page-body__aside a.button")["href"]
            == f"https://example.org/{language}/register"
        )

    def test_its_language_is_named_in_that_of_the_page(self, client, kinds):
        assert facts(main(client.get(kinds.event["bg"].url)))["Език на събитието"] == "Български"
        assert facts(main(client.get(kinds.event["en"].url)))["Language of the event"] == "Bulgarian"

    @pytest.mark.parametrize(
        ("language", "ahead", "over"),
        [("bg", "Кръгла маса", "Заключителна среща"), ("en", "Round table", "Final meeting")],
    )
    def test_what_is_to_come_and_what_is_over_are_listed_apart(self, client, kinds, language, ahead, over):
        index = kinds.events_index[language].url
        assert texts(main(client.get(index)), ".teaser__title") == [ahead]
        assert texts(main(client.get(index + "?when=past")), ".teaser__title") == [over]

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [("bg", "В момента няма предстоящи събития."), ("en", "No event is planned at the moment.")],
    )
    def test_nothing_to_come_is_said_and_the_past_offered(self, client, kinds, language, sentence):
        kinds.event[language].unpublish()
        page = main(client.get(kinds.events_index[language].url))
        assert sentence in page.text
        assert page.select_one(".notice__onward a")["href"] == "?when=past"

    def test_it_does_not_end_before_it_starts(self, kinds):
        event = kinds.event["bg"]
        event.end = event.start - datetime.timedelta(minutes=1)
        with pytest.raises(ValidationError):
            event.full_clean()

    def test_one_without_an_end_is_over_once_it_has_started(self, kinds):
        assert EventPage(start=timezone.now() - datetime.timedelta(minutes=1)).is_over
        assert not EventPage(start=timezone.now() + datetime.timedelta(minutes=1)).is_over


class TestCalendar:
    def read(self, client, page):
        response = client.get(page.url + "calendar/")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Language"] == page.locale.language_code
        assert b"\r\n" in response.content
        return Calendar.from_ical(response.content)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_event_is_an_entry_in_its_own_zone(self, client, kinds, language):
        event = kinds.past_event[language]
        calendar = self.read(client, event)
        (entry,) = calendar.walk("VEVENT")
        assert entry["summary"] == event.title
        assert entry["summary"].params["LANGUAGE"] == language
        assert entry["dtstart"].params["TZID"] == "Europe/Sofia"
        assert entry["dtstart"].dt == event.start
        assert entry["dtstart"].dt.hour == 10
        assert entry["dtend"].dt == event.end
        assert entry["url"].endswith(event.url)
        assert event.venue in entry["location"]
        (zone,) = calendar.walk("VTIMEZONE")
        assert zone["tzid"] == "Europe/Sofia"

    def test_summer_and_winter_have_their_own_hour(self, client, kinds):
        event = kinds.past_event["bg"]
        event.start = event.end = datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.UTC)
        event.save()
        (entry,) = self.read(client, event).walk("VEVENT")
        assert entry["dtstart"].to_ical() == b"20260701T110000"

    def test_each_language_is_an_entry_of_its_own(self, client, kinds):
        uids = {
            str(entry["uid"])
            for language in LANGUAGES
            for entry in self.read(client, kinds.event[language]).walk("VEVENT")
        }
        key = kinds.event["bg"].translation_key
        assert uids == {f"{key}.bg", f"{key}.en"}

    @pytest.mark.parametrize(
        ("language", "titles"),
        [("bg", ["Заключителна среща", "Кръгла маса"]), ("en", ["Final meeting", "Round table"])],
    )
    def test_a_language_has_one_of_all_its_events(self, client, kinds, language, titles):
        calendar = self.read(client, kinds.events_index[language])
        assert [entry["summary"] for entry in calendar.walk("VEVENT")] == titles

    def test_drafts_are_not_in_it(self, client, kinds):
        kinds.event["bg"].unpublish()
        calendar = self.read(client, kinds.events_index["bg"])
        assert len(calendar.walk("VEVENT")) == 1
        assert client.get(kinds.event["bg"].url + "calendar/").status_code == 404


class TestPublication:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "bg",
                [
                    ("bg", "Пълен текст", "Български · PDF, 5 байта"),
                    ("en", "На английски", "English · PDF, 2,0 KB"),
                ],
            ),
            (
                "en",
                [
                    ("en", "Full text", "English · PDF, 2.0 KB"),
                    ("bg", "In Bulgarian", "Български · PDF, 5 bytes"),
                ],
            ),
        ],
    )
    def test_both_versions_offer_the_files_of_all_languages(self, client, kinds, language, expected):
        page = main(client.get(kinds.publication[language].url))
        files = [
            (
                file.a["hreflang"],
                file.a.text.strip(),
                " ".join(file.select_one(".files__facts").text.replace("\xa0", " ").split()),
            )
            for file in page.select(".files__item")
        ]
        assert files == expected

    def test_the_language_of_a_file_is_named_in_itself(self, client, kinds):
        names = main(client.get(kinds.publication["en"].url)).select(".files__facts [lang]")
        assert [(name["lang"], name.text) for name in names] == [("en", "English"), ("bg", "Български")]

    def test_files_lead_to_documents(self, client, kinds):
        link = main(client.get(kinds.publication["bg"].url)).select_one(".files__link")
        assert client.get(link["href"]).status_code == 200


class TestVacancy:
    @pytest.mark.parametrize(
        ("language", "apply", "closed"),
        [("bg", "Кандидатствайте", "Срокът изтече"), ("en", "Apply", "This call is closed")],
    )
    def test_it_closes_by_itself_when_its_last_day_is_over(self, client, kinds, language, apply, closed):
        page = main(client.get(kinds.vacancy[language].url))
        assert page.select_one("a.button").text.strip() == apply
        assert closed not in page.text
        page = main(client.get(kinds.closed_vacancy[language].url))
        assert not page.select("a.button")
        assert "jobs@example.org" not in page.text
        assert closed in page.text
        assert page.select_one(".state a")["href"] == kinds.vacancies_index[language].url

    @pytest.mark.parametrize(
        ("language", "open_one", "closed_one"),
        [("bg", "Социален работник", "Шофьор"), ("en", "Social worker", "Driver")],
    )
    def test_open_and_closed_ones_are_listed_apart(self, client, kinds, language, open_one, closed_one):
        index = kinds.vacancies_index[language].url
        assert texts(main(client.get(index)), ".teaser__title") == [open_one]
        assert texts(main(client.get(index + "?when=closed")), ".teaser__title") == [closed_one]
        VacancyPage.objects.all().delete()
        sentence = {
            "bg": "В момента няма за какво да се кандидатства.",
            "en": "There is nothing to apply for at the moment.",
        }
        assert sentence[language] in main(client.get(index)).text


class TestFilters:
    @pytest.fixture
    def news(self, site, kinds):
        """Fourteen more in each language, of 2025, about protection; the one of the site is of 2026 and has no theme."""
        for language, index in (("bg", site.index), ("en", site.en_index)):
            for day in range(1, ITEMS_PER_PAGE + 3):
                page = NewsPage(
                    title=f"{language} {day}",
                    lead="…",
                    date=datetime.date(2025, 1, day),
                    project=kinds.project["bg"],
                )
                page.theme_relations = [NewsPageTheme(theme=kinds.entries.protection)]
                index.add_child(instance=page)
        return {"bg": site.index.url, "en": site.en_index.url}

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("asked", "number"),
        [
            ("", 12),
            ("?theme=protection", 12),
            ("?theme=protection&page=2", 2),
            ("?year=2026", 1),
            ("?year=2025&theme=protection&page=2", 2),
            ("?theme=health", 0),
            ("?theme=nothing", 0),
            ("?year=20xx", 0),
            ("?year=0000", 0),
            ("?project=no", 0),
            ("?theme=%00", 12),
        ],
    )
    def test_the_same_address_shows_the_same_in_both_languages(self, client, news, language, asked, number):
        assert len(texts(main(client.get(news[language] + asked)), ".teaser__title")) == number

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_project_is_found_by_its_page_in_any_language(self, client, news, kinds, language):
        for version in kinds.project.values():
            page = main(client.get(f"{news[language]}?project={version.pk}&page=2"))
            assert len(texts(page, ".teaser__title")) == 2
            selected = page.select_one("#filter-project option[selected]")
            assert selected.text == kinds.project[language].title

    @pytest.mark.parametrize(
        ("language", "names"), [("bg", ["Всички", "Закрила"]), ("en", ["All", "Protection"])]
    )
    def test_only_what_is_in_use_is_offered(self, client, news, language, names):
        page = main(client.get(news[language] + "?theme=protection"))
        assert texts(page, "#filter-theme option") == names
        assert page.select_one("#filter-theme option[selected]")["value"] == "protection"
        assert texts(page, "#filter-year option")[1:] == ["2026", "2025"]

    def test_an_untranslated_theme_is_marked(self, client, kinds):
        option = main(client.get(kinds.projects_index["en"].url)).select_one("option[value=health]")
        assert (option.text, option["lang"]) == ("Здраве", "bg")

    def test_the_next_page_keeps_what_was_asked(self, client, news):
        link = main(client.get(news["bg"] + "?theme=protection")).select_one('a[rel="next"]')
        assert link["href"] == news["bg"] + "?theme=protection&page=2"

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("bg", "Няма резултати за избраните филтри."),
            ("en", "No results match your filters."),
        ],
    )
    def test_nothing_found_is_said_with_a_way_on(self, client, news, language, sentence):
        page = main(client.get(news[language] + "?theme=health"))
        assert sentence in page.text
        assert page.select_one(".nothing-found a")["href"] == news[language]

    @pytest.mark.parametrize(
        ("index", "asked", "number"),
        [
            ("projects_index", "?status=completed", 1),
            ("projects_index", "?status=ongoing", 0),
            ("projects_index", "?year=2024&theme=health", 1),
            ("publications_index", "?kind=guide", 1),
            ("publications_index", "?kind=report", 0),
            ("events_index", "?when=past&theme=protection", 1),
            ("events_index", "?when=never", 0),
            ("vacancies_index", "?kind=job", 1),
            ("vacancies_index", "?kind=procurement", 0),
        ],
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_other_lists_have_their_own_questions(self, client, kinds, language, index, asked, number):
        page = main(client.get(getattr(kinds, index)[language].url + asked))
        assert len(texts(page, ".teaser__title")) == number

    def test_more_items_cost_no_more_queries(self, client, kinds, image, django_assert_max_num_queries):
        index = kinds.publications_index["bg"]
        for day in range(1, ITEMS_PER_PAGE):
            index.add_child(
                instance=PublicationPage(
                    title=f"{day}", lead="…", date=datetime.date(2025, 1, day), image=image
                )
            )
        client.get(index.url)
        with django_assert_max_num_queries(28):
            client.get(index.url)


class TestContact:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("bg", {"Телефон": "+359 2 939 47 74", "Работно време": "понеделник – петък, 9:00 – 17:00"}),
            ("en", {"Telephone": "+359 2 939 47 74", "Opening hours": "Monday – Friday, 9:00 – 17:00"}),
        ],
    )
    def test_it_says_how_to_reach_the_office(self, client, kinds, language, expected):
        page = main(client.get(kinds.contact[language].url))
        assert facts(page).items() >= expected.items()
        assert page.select_one('a[href^="tel:"]')["href"] == "tel:+35929394774"
        assert kinds.form[language].url in [link["href"] for link in page.select("a")]


@pytest.mark.parametrize(("language", "date"), [("bg", "3 март 2026 г."), ("en", "3 March 2026")])
def test_a_standard_page_says_when_it_was_last_reviewed(client, kinds, language, date):
    assert date in main(client.get(kinds.standard[language].url)).select_one(".small-print").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bg", ["Закрила", "Норвежки финансов механизъм", "Държавна агенция за бежанците"]),
        ("en", ["Protection", "Norwegian Financial Mechanism", "State Agency for Refugees"]),
    ],
)
def test_a_draft_is_previewed_with_what_it_refers_to(kinds, language, words):
    """What is chosen in a draft is in its revision alone."""
    page = kinds.project[language]
    revision = page.save_revision()
    type(page).objects.get(pk=page.pk).theme_relations.all().delete()
    response = revision.as_object().make_preview_request()
    assert all(word in response.content.decode() for word in words)
