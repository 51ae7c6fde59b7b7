import json
import re

import pytest

from home.i18n.slugs import TransliteratingSlugInput, make_slug
from home.models import SectionPage


def test_an_empty_slug_is_made_from_the_title(bg_home):
    page = bg_home.add_child(instance=SectionPage(title="Нашата работа в България"))
    assert page.slug == "nashata-rabota-v-bulgaria"
    assert page.url == "/bg/nashata-rabota-v-bulgaria/"


def test_a_draft_gets_its_slug_too(bg_home):
    page = SectionPage(title="Чернова", live=False)
    bg_home.add_child(instance=page)
    assert page.slug == "chernova"


def test_pages_with_one_title_get_different_slugs(bg_home):
    slugs = [bg_home.add_child(instance=SectionPage(title="Новини")).slug for _ in range(3)]
    assert slugs == ["novini", "novini-2", "novini-3"]


def test_the_same_title_elsewhere_keeps_the_plain_slug(bg_home, en_home):
    bg_home.add_child(instance=SectionPage(title="Данни"))
    assert en_home.add_child(instance=SectionPage(title="Данни")).slug == "danni"


def test_a_cyrillic_slug_is_put_into_latin_letters(bg_home):
    assert (
        bg_home.add_child(instance=SectionPage(title="Данни", slug="данни-и-ресурси")).slug
        == "danni-i-resursi"
    )


def test_a_slug_that_was_chosen_is_kept(bg_home):
    page = bg_home.add_child(instance=SectionPage(title="Данни", slug="data"))
    page.title = "Данни и ресурси"
    page.save()
    assert page.slug == "data"


@pytest.mark.parametrize(
    "title", ["Щъркели в България", "София и Марияна", "Програма 2021–2027", "и/или", "Заповед № 5"]
)
def test_the_admins_field_follows_the_same_rules(title):
    formatters = json.loads(TransliteratingSlugInput().attrs["data-w-slug-formatters-value"])
    text = title
    for (pattern, flags), replacement in formatters:
        assert "i" in flags
        assert "\\b" not in pattern
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    assert make_slug(text) == make_slug(title)
    assert text.isascii()
