"""What visitors find, in both languages: inflected words, highlights, the other language, and what nothing leads to."""

import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail import blocks

from home.blocks.body import BodyBlock
from home.models import NewsIndexPage, NewsPage, SectionPage
from home.search.highlighting import excerpt
from home.search.queries import LONGEST_QUERY, MOST_WORDS, Query
from home.search.results import RESULTS_PER_PAGE
from tests.home.conftest import translate

SEARCH = {"bg": "/bg/tarsene/", "en": "/en/search/"}


@pytest.fixture(autouse=True)
def no_words_remembered():
    cache.clear()


@pytest.fixture
def library(bg_home, en_home):
    """Pages that are indexed as they are saved: the fixture `site` leaves that out."""
    index = bg_home.add_child(instance=NewsIndexPage(title="Новини"))
    story = index.add_child(
        instance=NewsPage(
            title="Среща с бежанците",
            lead="Проектът подкрепя непридружените деца.",
            date=datetime.date(2026, 3, 3),
            body=[
                {"type": "heading", "value": {"text": "Пътища към интеграцията", "level": "h2"}},
                {
                    "type": "paragraph",
                    "value": "<p>Центровете в <b>Харманли</b> &amp; София приеха мигранти.</p>",
                },
            ],
        )
    )
    section = bg_home.add_child(instance=SectionPage(title="Закрила", intro="За децата & семействата."))
    en_index = translate(index, "en", title="News")
    en_story = translate(
        story,
        "en",
        title="Meeting with refugees",
        lead="The projects support unaccompanied children.",
        body=[{"type": "paragraph", "value": "<p>The centres in Harmanli welcomed migrants.</p>"}],
    )
    for page in (bg_home, en_home, index, en_index):
        page.refresh_from_db()
    return SimpleNamespace(
        bg_home=bg_home, index=index, story=story, section=section, en_index=en_index, en_story=en_story
    )


@pytest.fixture
def search(client, library):
    def search(language, q, **more):
        response = client.get(SEARCH[language], {"q": q, **more})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return search


def titles(page, selector="section[aria-labelledby=results]"):
    return [" ".join(title.text.split()) for title in page.select(f"{selector} .search-result__title")]


class TestInflection:
    @pytest.mark.parametrize(
        "q",
        [
            "бежанец",
            "бежанци",
            "БЕЖАНЦИТЕ",
            "бежа\u0301нец",
            "проект",
            "проекти",
            "непридружен",
            "дете",
            "деца",
            "център",
            "мигрант",
            "мигрантите",
            "път",
            "среща бежанец",
            "децата на бежанците",
        ],
    )
    def test_any_form_finds_the_bulgarian_page(self, search, q):
        assert "Среща с бежанците" in titles(search("bg", q))

    @pytest.mark.parametrize(
        "q",
        [
            "refugee",
            "refugees",
            "Refugee's",
            "child",
            "children",
            "migrant",
            "centre",
            "who are the refugees?",
        ],
    )
    def test_any_form_finds_the_english_page(self, search, q):
        assert titles(search("en", q)) == ["Meeting with refugees"]

    def test_a_page_needs_all_the_words(self, search):
        assert titles(search("bg", "дете закрила")) == ["Закрила"]

    def test_a_word_in_the_title_counts_for_more(self, library, search):
        library.bg_home.add_child(
            instance=SectionPage(
                title="Работа", intro="Закрилата, закрила, закрилата на закрилата и закрилата."
            )
        )
        assert titles(search("bg", "закрила")) == ["Закрила", "Работа"]

    def test_the_best_page_comes_first_for_several_words_too(self, library, search):
        library.bg_home.add_child(
            instance=SectionPage(
                title="Други дела", intro="Дете. " + "Много други думи. " * 80 + "Семейство."
            )
        )
        assert titles(search("bg", "децата семействата")) == ["Закрила", "Други дела"]


class TestWhatIsFound:
    @pytest.mark.parametrize(("language", "word"), [("bg", "бежанец"), ("en", "refugee")])
    def test_drafts_and_private_pages_are_not_found(self, library, search, language, word):
        story = {"bg": library.story, "en": library.en_story}[language]
        restriction = story.get_parent().view_restrictions.create(restriction_type="login")
        assert titles(search(language, word)) == []
        restriction.delete()
        assert len(titles(search(language, word))) == 1
        story.unpublish()
        assert titles(search(language, word)) == []

    def test_a_language_whose_front_page_is_not_live_has_nothing_to_find(self, library, search):
        library.en_story.get_parent().get_parent().unpublish()
        assert titles(search("en", "refugee")) == []

    def test_what_is_published_is_found_and_what_is_gone_is_not(self, library, search):
        library.story.title = "Среща с доброволците"
        library.story.save_revision().publish()
        assert titles(search("bg", "доброволец")) == ["Среща с доброволците"]
        library.story.delete()
        assert titles(search("bg", "доброволец")) == []

    def test_a_draft_of_a_live_page_is_not_searched(self, library, search):
        library.story.lead = "Тайна."
        library.story.save_revision()
        assert titles(search("bg", "тайна")) == []

    def test_choices_of_editors_are_not_searched(self, search):
        assert titles(search("bg", "раздел")) == []

    def test_descriptions_for_search_engines_are_searched(self, library, search):
        library.section.search_description = "Правна консултация"
        library.section.save_revision().publish()
        assert titles(search("bg", "консултации")) == ["Закрила"]

    def test_a_result_says_when_it_is_of_and_where_it_belongs(self, search):
        (meta,) = search("bg", "бежанец").select("section[aria-labelledby=results] .meta-line")
        assert " ".join(meta.text.split()) == "Новини 3 март 2026 г."
        (meta,) = search("en", "refugee").select("section[aria-labelledby=results] .meta-line")
        assert " ".join(meta.text.split()) == "News 3 March 2026"

    @pytest.mark.parametrize(("language", "q"), [("bg", "деца"), ("en", "migrants")])
    def test_more_results_cost_no_more_queries(
        self, client, library, language, q, django_assert_max_num_queries
    ):
        parent = {"bg": library.index, "en": library.en_index}[language]
        client.get(SEARCH[language], {"q": q})
        with django_assert_max_num_queries(30) as few:
            client.get(SEARCH[language], {"q": q})
        for number in range(RESULTS_PER_PAGE):
            parent.add_child(instance=NewsPage(title=f"{number}", lead="деца migrants"))
        with django_assert_max_num_queries(len(few)):
            assert b"search-result" in client.get(SEARCH[language], {"q": q}).content


class TestHighlights:
    def marks(self, page):
        return [mark.text for mark in page.select("section[aria-labelledby=results] mark")]

    def test_the_forms_found_are_marked_in_title_and_text(self, search):
        assert self.marks(search("bg", "бежанец проекти")) == ["бежанците", "Проектът"]
        assert self.marks(search("en", "refugee project")) == ["refugees", "projects"]

    def test_what_stands_far_down_is_shown(self, library, search):
        library.section.intro = "Дълъг увод без думата. " * 40 + "Накрая: консултациите."
        library.section.save_revision().publish()
        page = search("bg", "консултация")
        assert self.marks(page) == ["консултациите"]
        assert page.select_one(".search-result__excerpt").text.startswith("… ")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Какво правим\nБюрото помага.\nИ дава съвет", "Какво правим · Бюрото помага. И дава съвет"),
            ("What we do\nThe office helps.\nIt advises", "What we do · The office helps. It advises"),
        ],
    )
    def test_a_heading_does_not_run_into_the_text_below_it(self, text, expected):
        assert excerpt(text, (), ()) == expected

    def test_everything_is_escaped(self, library, search, client):
        library.section.title = "<script>alert(1)</script> дете"
        library.section.intro = "<img src=x onerror=alert(1)> децата & <b>"
        library.section.save_revision().publish()
        html = client.get(SEARCH["bg"], {"q": '"><script>alert(2)</script> дете'}).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        page = search("bg", "деца alert")
        assert "<script>alert(1)</script> дете" in titles(page)
        assert "<img src=x onerror=alert(1)> децата & <b>" in page.select_one(".search-result__excerpt").text


class TestNothingFound:
    @pytest.mark.parametrize(
        ("language", "typed", "meant"),
        [
            ("bg", "бижанец", "бежанците"),
            ("bg", "харманлй", "харманли"),
            ("bg", "bezhantsite", "бежанците"),
            ("bg", "децта", "деца"),
            ("en", "refugeess", "refugees"),
            ("en", "Harmanlli", "harmanli"),
        ],
    )
    def test_words_of_the_site_that_are_near_are_suggested(self, search, language, typed, meant):
        page = search(language, typed)
        links = {link.text: link["href"] for link in page.select(".search__suggestions a")}
        assert meant in links
        assert titles(search(language, meant))

    def test_words_of_private_pages_are_not(self, library, search):
        library.story.view_restrictions.create(restriction_type="login")
        assert not search("bg", "бижанец").select(".search__suggestions a")

    def test_pages_with_some_of_the_words_are_offered(self, search):
        page = search("bg", "бежанците космос")
        assert "Няма резултати за „бежанците космос“" in page.main.text
        assert "В тези страници се срещат някои от думите:" in page.main.text
        assert titles(page) == ["Среща с бежанците"]

    @pytest.mark.parametrize(
        ("language", "sentence", "hint"),
        [
            ("bg", "Няма резултати за „ксилофон“", "Проверете правописа."),
            ("en", "Nothing found for “ксилофон”", "Check the spelling."),
        ],
    )
    def test_it_says_so_and_shows_a_way_on(self, search, language, sentence, hint):
        page = search(language, "ксилофон").main
        assert sentence in " ".join(page.text.split())
        assert hint in page.text
        assert page.select_one(f'.search__hints a[href="/{language}/"]')


class TestOtherLanguage:
    def test_its_results_stand_apart_and_carry_their_language(self, search):
        page = search("bg", "refugee")
        assert titles(page) == []
        other = page.select_one("section.search__other")
        assert other.select_one("h2").text.split() == ["И", "на", "английски:", "1", "страница"]
        link = other.select_one(".search-result__title a")
        assert link["hreflang"] == "en"
        assert link.find_parent(attrs={"lang": True})["lang"] == "en"
        assert "3 March 2026" in other.text

    def test_in_english_too(self, search):
        other = search("en", "бежанец").select_one("section.search__other")
        assert other.select_one("h2").text.split() == ["Also", "in", "Bulgarian:", "1", "page"]
        assert other.select_one("a")["hreflang"] == "bg"

    def test_more_than_a_few_are_one_click_away(self, library, search):
        for number in range(3):
            library.en_index.add_child(instance=NewsPage(title=f"Refugees {number}", lead="…"))
        other = search("bg", "refugee").select_one("section.search__other")
        assert len(other.select(".search-result")) == 3
        assert other.select_one(".onward")["href"] == "/en/search/?q=refugee"
        assert "All results" in other.text


class TestPageOfResults:
    @pytest.mark.parametrize(("language", "name"), [("bg", "Търсене"), ("en", "Search")])
    def test_it_stands_at_an_address_of_its_language(self, client, library, language, name):
        with translation.override(language):
            assert reverse("search") == SEARCH[language]
        response = client.get(SEARCH[language])
        page = BeautifulSoup(response.content, "html.parser")
        assert page.html["lang"] == language
        assert page.h1.text == name
        assert page.select_one('meta[name="description"]')["content"].startswith(name)

    @pytest.mark.parametrize(("language", "word"), [("bg", "бежанец"), ("en", "refugee"), ("en", "…")])
    def test_search_engines_keep_the_form_and_no_results(self, client, library, language, word):
        form, results = client.get(SEARCH[language]), client.get(SEARCH[language], {"q": word})
        robots = [
            BeautifulSoup(response.content, "html.parser").select('meta[name="robots"]')
            for response in (form, results)
        ]
        assert not robots[0]
        assert "X-Robots-Tag" not in form
        assert robots[1][0]["content"] == "noindex"
        assert results["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("language", ["bg", "en"])
    def test_every_page_has_the_form_that_leads_there(self, client, library, language):
        form = BeautifulSoup(client.get(f"/{language}/").content, "html.parser").select_one("header form")
        assert (form["role"], form["action"]) == ("search", SEARCH[language])
        field = form.select_one('input[name="q"]')
        assert form.select_one(f'label[for="{field["id"]}"]').text.strip()
        assert form.button.text.strip()

    def test_the_switcher_keeps_the_search_and_the_page(self, search):
        page = search("bg", "Дъблин & ЕС", page=2)
        links = {link["hreflang"]: link["href"] for link in page.select(".languages a")}
        assert links["en"] == "/en/search/?q=%D0%94%D1%8A%D0%B1%D0%BB%D0%B8%D0%BD+%26+%D0%95%D0%A1&page=2"
        assert links["bg"].startswith("/bg/tarsene/?q=")

    def test_it_is_divided_into_pages_that_keep_the_search(self, library, search):
        for number in range(RESULTS_PER_PAGE + 1):
            library.bg_home.add_child(instance=SectionPage(title=f"Консултация {number}"))
        first = search("bg", "консултации")
        assert len(titles(first)) == RESULTS_PER_PAGE
        assert "11 страници за „консултации“" in " ".join(first.main.text.split())
        following = first.select_one('a[rel="next"]')["href"]
        second = search("bg", "консултации", page=2)
        assert "page=2" in following
        assert "q=" in following
        assert len(titles(second)) == 1
        assert not set(titles(first)) & set(titles(second))
        assert titles(search("bg", "консултации", page=99)) == titles(second)
        assert titles(search("bg", "консултации", page="x")) == titles(first)

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [("bg", "само по знаци не може да се търси"), ("en", "signs alone cannot be searched")],
    )
    def test_signs_alone_are_explained(self, search, language, sentence):
        assert sentence in search(language, "?!*").main.text


HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"""',
    "*",
    "(",
    ")",
    "a OR",
    "AND",
    "NOT дете",
    "NEAR(a b)",
    "title:x",
    "{title}: x",
    "^a",
    "-a",
    "a + b",
    "%",
    "%s %d %(x)s",
    "a\0b",
    "дете\0",
    "\\",
    "' OR 1=1 --",
    "a & b | c ! d <-> e",
    "a:*",
    "😀",
    "ѫбежанц",
    "\u200d\u0301",
    "ﷺ",
    "x" * 10_000,
    "дума " * 3000,
    "٣",
    "²",
    "Ⅷ",
    "ªº",
    "อักษร",
]


class TestAnythingTyped:
    @pytest.mark.parametrize("language", ["bg", "en"])
    @pytest.mark.parametrize("q", HOSTILE)
    def test_is_answered(self, search, language, q):
        assert search(language, q).h1

    @hypothesis_settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(q=st.text(max_size=60))
    def test_is_answered_whatever_it_is(self, search, q):
        assert search("bg", q).h1

    def test_and_cut_to_what_a_search_needs(self):
        query = Query.parse("дума1 " * 50 + " ".join(f"w{number}" for number in range(100)))
        assert len(query.text) <= LONGEST_QUERY
        assert len(Query.parse(" ".join(f"w{number}" for number in range(100))).words) <= MOST_WORDS
        assert query.words == ("дума1",)

    def test_words_that_say_little_count_only_alone(self):
        assert Query.parse("закрила на децата").words == ("закрила", "децата")
        assert Query.parse("на").words == ("на",)


def test_no_block_of_a_page_puts_the_names_of_choices_into_the_index():
    def choices(block):
        if isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock) and block.search_index:
            yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from choices(child)
        if isinstance(block, blocks.ListBlock):
            yield from choices(block.child_block)

    assert [block.name for block in choices(BodyBlock())] == []
