"""The blocks of a body: what they ask of editors and what visitors get."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation

from home.blocks.body import BodyBlock
from home.blocks.links import LinkBlock, MenuItemBlock

BLOCKS = BodyBlock().child_blocks


def html_of(name, value):
    block = BLOCKS[name]
    rendered = (
        block.bind(block.to_python(value)).render()
        if name == "paragraph"
        else block.render(block.to_python(value))
    )
    return BeautifulSoup(rendered, "html.parser")


def clean(name, value):
    return BLOCKS[name].clean(BLOCKS[name].to_python(value))


def served(client, page, name, value):
    """The block as visitors of `page` get it."""
    page.body = [{"type": name, "value": value}]
    page.save()
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(f".block-{name.replace('_', '-')}")


@pytest.mark.parametrize("level", ["h2", "h3", "h4"])
def test_a_heading_has_the_level_that_was_chosen(level):
    assert (
        html_of("heading", {"text": "Какво & защо", "level": level}).find(level).text.strip()
        == "Какво & защо"
    )


def test_text_keeps_its_marks():
    html = html_of("paragraph", "<p>CO<sub>2</sub> <b>и</b> <i>още</i></p><ul><li>едно</li></ul>")
    assert html.sub.text == "2"
    assert html.li.text == "едно"


class TestImage:
    def value(self, image, **more):
        return {"image": image.pk, "decorative": False, "alt_text": "", "caption": "", "credit": "", **more}

    def test_its_alternative_text_is_its_own(self, image):
        html = html_of("image", self.value(image, alt_text="Път през поле", caption="Пътят", credit="МОМ"))
        assert html.img["alt"] == "Път през поле"
        assert "Пътят" in html.figcaption.text
        assert "МОМ" in html.figcaption.text
        assert image.title not in str(html)

    def test_decoration_is_passed_over(self, image):
        html = html_of("image", self.value(image, decorative=True))
        assert html.img["alt"] == ""
        assert html.figcaption is None

    def test_it_keeps_its_place_while_it_loads(self, image):
        img = html_of("image", self.value(image, alt_text="Път")).img
        assert img["width"]
        assert img["height"]
        assert img["loading"] == "lazy"

    def test_it_needs_alternative_text_or_to_be_decoration(self, image):
        assert clean("image", self.value(image, alt_text="Път"))
        assert clean("image", self.value(image, decorative=True))
        with pytest.raises(ValidationError):
            clean("image", self.value(image))

    def test_decoration_drops_its_alternative_text_as_wagtails_block_does(self, image):
        cleaned = clean("image", self.value(image, decorative=True, alt_text="Път"))
        assert cleaned["alt_text"] == ""

    def test_a_draft_may_lack_alternative_text(self, image):
        block = BLOCKS["image"]
        assert block.clean_deferred(block.to_python(self.value(image)))["image"] == image

    @pytest.mark.parametrize(
        ("language", "refusal"),
        [
            ("bg", "Добавете алтернативен текст към изображението или го отбележете като декоративно"),
            ("en", "Please add some alt text for your image or mark it as decorative"),
        ],
    )
    def test_it_refuses_in_wagtails_words(self, image, language, refusal):
        with translation.override(language):
            with pytest.raises(ValidationError) as raised:
                clean("image", self.value(image))
            assert raised.value.block_errors["alt_text"].messages == [refusal]


def test_a_quotation_names_its_speaker():
    html = html_of("quote", {"text": "Да чуем децата.", "attribution": "А. Б.", "role": "представител"})
    assert "Да чуем децата." in html.blockquote.text
    assert "А. Б." in html.figcaption.text
    assert "представител" in html.figcaption.text


def test_a_quotation_may_be_nobodys():
    assert html_of("quote", {"text": "Да чуем децата.", "attribution": "", "role": ""}).figcaption is None


def test_key_figures_pair_each_number_with_its_meaning():
    html = html_of(
        "key_figures",
        {"title": "МОМ", "figures": [{"value": "1 234,5", "label": "души"}], "source": "Данни за пример"},
    )
    assert [(dt.text.strip(), dt.find_next("dd").text.strip()) for dt in html.select("dt")] == [
        ("души", "1 234,5")
    ]
    assert "Данни за пример" in html.text


class TestCallToAction:
    def value(self, **more):
        return {"title": "Помогнете", "text": "", "label": "Вижте как", "page": None, "url": "", **more}

    def test_it_leads_elsewhere(self, client, site):
        block = served(client, site.section, "call_to_action", self.value(url="https://www.iom.int/"))
        assert block.select_one('a[href="https://www.iom.int/"]').text.strip() == "Вижте как"

    def test_it_leads_to_the_page_in_the_visitors_language(self, client, site):
        value = self.value(page=site.index.pk, label="See how")
        link = served(client, site.en_section, "call_to_action", value).a
        assert (link["href"], link.text.strip()) == (site.en_index.url, "See how")

    def test_it_says_where_that_page_is_in_another_language(self, client, site):
        link = served(client, site.en_section, "call_to_action", self.value(page=site.theme.pk)).a
        assert (link["href"], link["lang"], link["hreflang"]) == (site.theme.url, "bg", "bg")
        assert link.text.strip() == "Закрила"

    def test_it_shows_no_link_to_a_page_that_is_gone(self, client, site):
        site.theme.unpublish()
        assert served(client, site.section, "call_to_action", self.value(page=site.theme.pk)).a is None


def test_an_accordion_opens_without_javascript():
    html = html_of("accordion", {"items": [{"title": "Кой?", "text": "<p>Всеки.</p>"}]})
    assert html.details.summary.text.strip() == "Кой?"
    assert "Всеки." in html.details.text


class TestTable:
    def value(self, **more):
        return {
            "caption": "Проекти",
            "header": ["Година", "Брой"],
            "rows": [{"cells": ["2024", "7"]}, {"cells": ["2025", ""]}],
            "first_column_is_header": False,
            **more,
        }

    def test_it_has_a_caption_and_heads(self):
        html = html_of("table", self.value())
        assert html.caption.text.strip() == "Проекти"
        assert [(th.text.strip(), th["scope"]) for th in html.select("th")] == [
            ("Година", "col"),
            ("Брой", "col"),
        ]
        assert [td.text.strip() for td in html.select("td")] == ["2024", "7", "2025", ""]

    def test_its_first_cells_may_name_the_rows(self):
        html = html_of("table", self.value(first_column_is_header=True))
        assert [th.text.strip() for th in html.select('th[scope="row"]')] == ["2024", "2025"]

    def test_every_row_has_as_many_cells_as_there_are_columns(self):
        assert clean("table", self.value())
        with pytest.raises(ValidationError):
            clean("table", self.value(rows=[{"cells": ["2024"]}]))

    def test_it_needs_a_caption(self):
        with pytest.raises(ValidationError):
            clean("table", self.value(caption=""))


@pytest.mark.parametrize("name", ["call_to_action", "link", "menu_item"])
@pytest.mark.django_db
class TestTargetOfALink:
    def clean(self, name, *, is_draft=False, **target):
        block = {
            "call_to_action": BLOCKS["call_to_action"],
            "link": LinkBlock(),
            "menu_item": MenuItemBlock(),
        }[name]
        values = {"title": "Заглавие", "label": "Връзка", "page": None, "url": "", "children": [], **target}
        clean = block.clean_deferred if is_draft else block.clean
        return clean(
            block.to_python({key: value for key, value in values.items() if key in block.child_blocks})
        )

    def test_one_is_enough(self, name, bg_home):
        assert self.clean(name, page=bg_home.pk)
        assert self.clean(name, url="https://www.iom.int/")

    def test_two_are_too_many(self, name, bg_home):
        with pytest.raises(ValidationError):
            self.clean(name, page=bg_home.pk, url="https://www.iom.int/")

    def test_none_is_too_few(self, name):
        with pytest.raises(ValidationError):
            self.clean(name)

    def test_a_draft_may_lack_it(self, name):
        assert self.clean(name, is_draft=True)["label"] == "Връзка"

    def test_two_are_too_many_in_a_draft_too(self, name, bg_home):
        with pytest.raises(ValidationError):
            self.clean(name, is_draft=True, page=bg_home.pk, url="https://www.iom.int/")


@pytest.mark.django_db
def test_a_menu_entry_with_entries_below_it_needs_no_target():
    block = MenuItemBlock()
    children = [{"label": "МОМ", "page": None, "url": "https://www.iom.int/"}]
    assert block.clean(block.to_python({"label": "Още", "page": None, "url": "", "children": children}))


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_editors_are_told_what_each_block_is(name, language, db):
    block = BLOCKS[name]
    with translation.override(language):
        assert block.meta.icon != "placeholder"
        assert str(block.label)
        assert str(block.get_description())
        assert block.is_previewable
        assert block.render(block.get_preview_value()) is not None


def test_peoples_words_stand_only_in_blocks_that_translators_are_given():
    """wagtail-localize extracts text from these alone; a word in any other block would stay in the source language."""
    translatable = {"CharBlock", "TextBlock", "RichTextBlock"}
    structural = {"StructBlock", "ListBlock", "StreamBlock"}
    choosers = {"DocumentChooserBlock", "ImageChooserBlock", "PageChooserBlock", "SnippetChooserBlock"}
    without_words = {*choosers, "URLBlock", "BooleanBlock", "ChoiceBlock"}

    def kinds(block):
        yield {parent.__name__ for parent in type(block).__mro__}
        for child in getattr(block, "child_blocks", {}).values():
            yield from kinds(child)
        if hasattr(block, "child_block"):
            yield from kinds(block.child_block)

    for names in kinds(BodyBlock()):
        assert names & (translatable | structural | without_words)
