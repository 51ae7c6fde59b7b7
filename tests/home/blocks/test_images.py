"""Pictures come in a size and a format that suits the screen, and move no text when they arrive."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from home.blocks.body import BodyBlock

LANGUAGES = ["bg", "en"]


@pytest.fixture
def illustrated(site, image):
    """The front page and a news item, each in both languages, with a picture on top and every block that has one."""
    pages = {"bg": (site.bg_home, site.story), "en": (site.en_home, site.en_story)}
    for language, (home, story) in pages.items():
        with translation.override(language):
            blocks = BodyBlock().child_blocks
            body = [(name, blocks[name].get_preview_value()) for name in ("image", "gallery", "embed")]
            home.hero_image, home.hero_image_alt, home.body = image, "A picture", body
            story.image, story.image_alt, story.body = image, "A picture", body
            home.save()
            story.save()
    return pages


@pytest.fixture
def pictures(client, illustrated):
    def pictures(language, number):
        page = illustrated[language][number]
        return BeautifulSoup(client.get(page.url).content, "html.parser").select("main picture, main img")

    return pictures


@pytest.mark.parametrize("number", [0, 1], ids=["home", "news"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_keeps_its_place_free(pictures, language, number):
    images = [each for each in pictures(language, number) if each.name == "img"]
    assert len(images) > 3
    for image in images:
        assert int(image["width"])
        assert int(image["height"])
        assert image["sizes"]
        assert image.has_attr("alt")


@pytest.mark.parametrize("number", [0, 1], ids=["home", "news"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_on_top_comes_first_and_all_others_when_they_are_near(pictures, language, number):
    first, *others = [each for each in pictures(language, number) if each.name == "img"]
    assert first["fetchpriority"] == "high"
    assert not first.has_attr("loading")
    assert {image.get("loading") for image in others} == {"lazy"}


@pytest.mark.parametrize("number", [0, 1], ids=["home", "news"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_formats_are_modern_and_of_several_widths(pictures, language, number):
    found = [each for each in pictures(language, number) if each.name == "picture"]
    top = found[0]
    assert [source["type"] for source in top.select("source")] == ["image/avif"]
    assert top.img["src"].endswith(".webp")
    for picture in found:
        best = picture.select_one("source")
        assert best["type"] in ("image/avif", "image/webp")
        assert len(best["srcset"].split(",")) >= 2
