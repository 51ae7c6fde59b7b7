"""Galleries, films, timelines, and blocks that show what stands elsewhere, in both languages."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Locale

from home.blocks.body import BodyBlock
from home.blocks.video import find_provider
from tests.kinds_of_content import document, english, make_entries

BLOCKS = BodyBlock().child_blocks


def html_of(name, value, language="bg"):
    block = BLOCKS[name]
    with translation.override(language):
        return BeautifulSoup(block.render(block.to_python(value)), "html.parser")


@pytest.fixture
def entries(image):
    return make_entries(image)


class TestGallery:
    def value(self, image, number):
        picture = {
            "image": image.pk,
            "decorative": False,
            "alt_text": "Път",
            "caption": "Пътят",
            "credit": "МОМ",
        }
        return {"title": "От срещата", "pictures": [picture] * number}

    def test_each_picture_has_its_own_words(self, image):
        html = html_of("gallery", self.value(image, 2))
        assert [img["alt"] for img in html.select("img")] == ["Път", "Път"]
        assert all("Пътят" in caption.text for caption in html.select("figcaption"))
        assert image.title not in str(html)

    def test_more_pictures_cost_no_more_queries(self, image, django_assert_num_queries):
        html_of("gallery", self.value(image, 2))  # makes the renditions
        for number in (2, 6):
            with django_assert_num_queries(2):
                html_of("gallery", self.value(image, number))


def test_a_timeline_is_a_list_in_order():
    steps = [
        {"time": "2024", "title": "Начало", "text": ""},
        {"time": "2025", "title": "Край", "text": "Готово."},
    ]
    html = html_of("timeline", {"title": "Ход", "steps": steps})
    assert [step.text for step in html.select("ol > li .block-timeline__time")] == ["2024", "2025"]
    assert "Готово." in html.ol.text


class TestFilm:
    VALUE = {
        "title": "Филмът",
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "picture": None,
        "caption": "",
    }

    @pytest.mark.parametrize(
        ("language", "words"), [("bg", "Зарежда се от YouTube"), ("en", "It comes from YouTube")]
    )
    def test_nothing_is_loaded_from_elsewhere_before_a_click(self, language, words):
        html = html_of("embed", self.VALUE, language)
        assert not html.select("iframe, img, link, video")
        assert all(script["src"].startswith("/static/") for script in html.select("script"))
        assert html.a["href"] == self.VALUE["url"]
        assert html.select_one("[data-player]")["data-player"].startswith(
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
        )
        assert words in html.text

    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"),
            ("https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ", "YouTube"),
            ("https://youtu.be/dQw4w9WgXcQ?t=3", "YouTube"),
            ("https://www.youtube.com/live/dQw4w9WgXcQ", "YouTube"),
            ("https://vimeo.com/76979871", "Vimeo"),
        ],
    )
    def test_its_address_is_known(self, url, name):
        assert find_provider(url).name == name
        assert BLOCKS["embed"].clean(BLOCKS["embed"].to_python({**self.VALUE, "url": url}))

    @pytest.mark.parametrize(
        "url",
        [
            "https://example.org/film",
            "http://evil.example/https://youtu.be/dQw4w9WgXcQ",
            "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
            "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        ],
    )
    def test_another_address_is_refused_and_never_shown(self, url):
        value = BLOCKS["embed"].to_python({**self.VALUE, "url": url})
        with pytest.raises(ValidationError):
            BLOCKS["embed"].clean(value)
        assert not html_of("embed", {**self.VALUE, "url": url}).select("a, [data-player]")


def test_documents_tell_their_kind_and_size(db):
    value = {"title": "", "files": [{"document": document("report.pdf", b"%PDF-").pk, "label": "Доклад"}]}
    html = html_of("documents", value)
    assert html.a.text.strip() == "Доклад"
    assert html.select_one(".files__facts").text.replace("\xa0", " ") == "PDF, 5 байта"


@pytest.mark.parametrize(
    ("language", "name", "role"), [("bg", "Ана Райкова", "координатор"), ("en", "Ana Raykova", "coordinator")]
)
def test_people_show_in_the_language_of_the_page(entries, language, name, role):
    html = html_of("people", {"title": "", "people": [entries.person.pk]}, language)
    assert html.select_one(".block-people__name").text == name
    assert html.select_one(".block-people__role").text == role
    assert [link["href"] for link in html.select("a")] == ["mailto:ana@example.org", "tel:+3592000000"]
    assert not html.select("[lang]")


def test_untranslated_people_are_marked(entries):
    entries.person.get_translations().delete()
    html = html_of("people", {"title": "", "people": [entries.person.pk]}, "en")
    assert html.select_one("[lang=bg]").select_one(".block-people__name").text == "Ана Райкова"


@pytest.mark.parametrize(
    ("language", "name"), [("bg", "Норвежки финансов механизъм"), ("en", "Norwegian Financial Mechanism")]
)
def test_donors_show_in_the_language_of_the_page(entries, language, name):
    value = {"title": "", "donors": [entries.donor.pk], "acknowledgement": "Благодарим."}
    html = html_of("donors", value, language)
    assert html.select_one(".organisation__name a").text == name
    assert html.select_one(".organisation__name a")["href"] == f"https://example.org/{language}/"
    assert "Благодарим." in html.text


@pytest.mark.parametrize("name", ["people", "donors"])
def test_a_page_does_not_wait_for_what_it_refers_to(entries, name):
    """Its translation keeps the reference, and the visitor's language is looked for when it is shown."""
    child = BLOCKS[name].child_blocks[name].child_block
    assert child.get_translatable_segments(entries.person) == []


def test_more_people_cost_no_more_queries(entries, django_assert_max_num_queries, image):
    locale = Locale.objects.get(language_code="bg")
    model = type(entries.person)
    many = [model.objects.create(name=f"Човек {number}", photo=image, locale=locale) for number in range(5)]
    english(many[0], name="A person")
    value = {"title": "", "people": [person.pk for person in many]}
    html_of("people", value, "en")
    with django_assert_max_num_queries(4):
        assert len(html_of("people", value, "en").select(".block-people__person")) == 5


@pytest.mark.parametrize(
    ("language", "titles"), [("bg", ["Нашата работа", "Закрила"]), ("en", ["Our Work", "Закрила"])]
)
def test_related_pages_show_in_the_language_of_the_page_or_marked(site, language, titles):
    html = html_of("related_pages", {"title": "", "pages": [site.section.pk, site.theme.pk]}, language)
    assert [link.text.strip() for link in html.select("a")] == titles
    marked = {"bg": [], "en": ["bg"]}[language]
    assert [link["hreflang"] for link in html.select("a[hreflang]")] == marked


def test_what_is_not_live_is_not_offered(site):
    site.theme.unpublish()
    assert not html_of("related_pages", {"title": "", "pages": [site.theme.pk]}).select("a, nav")


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "paragraph"])
def test_every_block_has_a_preview_a_description_and_an_icon(entries, site, name, language):
    document("report.pdf", b"%PDF-")
    block = BLOCKS[name]
    with translation.override(language):
        assert str(block.meta.description)
        assert block.meta.icon not in ("", "placeholder")
        assert BeautifulSoup(block.render(block.get_preview_value()), "html.parser").text.strip()
