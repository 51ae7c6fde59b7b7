"""Every kind of field and block: each text goes out once, and every translation comes back to its place."""

import io
import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    block_id,
    current,
    edit,
    entry_of,
    fresh,
    mirrored,
    read,
    stream,
    target_of,
    translate,
    translate_all,
    visit,
)
from tests.testapp.models import Office, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    content = io.BytesIO()
    PillowImage.new("RGB", (8, 6), "teal").save(content, "PNG")
    return get_image_model().objects.create(title="River", file=ContentFile(content.getvalue(), "river.png"))


@pytest.fixture
def topic(english):
    return Topic.objects.create(name="Integration", locale=english)


def items(*values, name):
    return [{"type": "item", "value": value, "id": block_id(f"{name} {n}")} for n, value in enumerate(values)]


def section(number):
    return {"heading": f"Heading {number}", "text": f"<p>Section text {number}.</p>", "level": "h3"}


@pytest.fixture
def full_page(make_page, homes, image, topic, bulgarian):
    """A page with something in every field, and a block of every kind."""
    page = make_page(
        "en",
        title="Research & data",
        slug="research",
        intro="Figures for\xa0everyone",
        lead="Above\nBelow\u2028Beyond",
        rich="<h2>Findings</h2><p>Water is H<sub>2</sub>O on <b>two</b> m<sup>2</sup> for <s>nine</s> people.</p>",
        body=stream(
            block("char", 'A "char" & <more>', "char"),
            block("text", "Upper line\nLower line", "text"),
            block("quote", "Nobody left behind", "quote"),
            block(
                "rich",
                f'<p>See <a linktype="page" id="{homes["en"].pk}">our home</a> and '
                '<a href="https://example.net/">their site</a>.</p>'
                "<ul><li>Twice</li><li>Twice</li></ul><p>Before<br/>after</p>",
                "rich",
            ),
            block("section", section(1), "section"),
            block("points", items("First point", "Second point", name="points"), "points"),
            block("sections", items(section(2), section(3), name="sections"), "sections"),
            block(
                "nested",
                [block("note", "A note", "note"), block("rich", "<p>Nested text</p>", "inner")],
                "nested",
            ),
            block("picture", {"image": image.pk, "alt_text": "Dawn", "decorative": False}, "picture"),
            block("image", image.pk, "image"),
            block("page", homes["en"].pk, "page"),
            block("topic", topic.pk, "topic"),
            block("url", "https://example.net/path", "url"),
            block("email", "someone@example.net", "email"),
            block("number", 1350, "number"),
            block("date", "2026-03-03", "date"),
            block("flag", True, "flag"),
            block("char", "Twice", "again"),
        ),
        topic=topic,
        linked_page=homes["en"],
        date="2026-03-03",
        kind="b",
    )
    page.offices.add(Office(name="Sofia office", locale=page.locale, sort_order=1))
    page.offices.add(Office(name="Ruse office", locale=page.locale, sort_order=2))
    page.save_revision().publish()
    submit(topic, [bulgarian])
    submit(page, [bulgarian])
    return fresh(page)


@pytest.fixture
def research_po(catalog_root):
    return catalog_root / "bg/content/research.po"


def texts_of(page):
    """Where each text of `full_page` stands, and what it is."""
    sofia, ruse = page.offices.all()
    return [
        ("title", "Research &amp; data"),
        ("intro", "Figures for\xa0everyone"),
        ("lead", "Above<br/>Below\u2028Beyond"),
        ("rich", "Findings"),
        ("rich", "Water is H<sub>2</sub>O on <b>two</b> m<sup>2</sup> for <s>nine</s> people."),
        (f"body.{block_id('char')}", 'A "char" &amp; &lt;more&gt;'),
        (f"body.{block_id('text')}", "Upper line<br/>Lower line"),
        (f"body.{block_id('quote')}", "Nobody left behind"),
        (f"body.{block_id('rich')}", 'See <a id="a1">our home</a> and <a id="a2">their site</a>.'),
        (f"body.{block_id('rich')}", "Twice"),
        (f"body.{block_id('rich')}", "Before<br/>after"),
        (f"body.{block_id('section')}.heading", "Heading 1"),
        (f"body.{block_id('section')}.text", "Section text 1."),
        (f"body.{block_id('points')}.{block_id('points 0')}", "First point"),
        (f"body.{block_id('points')}.{block_id('points 1')}", "Second point"),
        (f"body.{block_id('sections')}.{block_id('sections 0')}.heading", "Heading 2"),
        (f"body.{block_id('sections')}.{block_id('sections 0')}.text", "Section text 2."),
        (f"body.{block_id('sections')}.{block_id('sections 1')}.heading", "Heading 3"),
        (f"body.{block_id('sections')}.{block_id('sections 1')}.text", "Section text 3."),
        (f"body.{block_id('nested')}.{block_id('note')}", "A note"),
        (f"body.{block_id('nested')}.{block_id('inner')}", "Nested text"),
        (f"body.{block_id('picture')}.alt_text", "Dawn"),
        (f"body.{block_id('again')}", "Twice"),
        (f"offices.{sofia.translation_key}.name", "Sofia office"),
        (f"offices.{ruse.translation_key}.name", "Ruse office"),
    ]


def test_every_text_goes_out_once_in_page_order(full_page, research_po):
    sync()
    found = [(entry.msgctxt, entry.msgid) for entry in current(research_po)]
    assert found == [(f"research:{path}", text) for path, text in texts_of(full_page)]


#: What a rendered page shows that is no text of its own: names of blocks, a choice, another page, a number, a flag.
NO_TEXT = {
    "heading",
    "text",
    "level",
    "h3",
    "Home",
    "https://example.net/path",
    "someone@example.net",
    "1350",
    "True",
}


def shown(html):
    """The text of a rendered page, line by line."""
    lines = [line.strip() for line in re.sub(r"<[^>]*>", "\n", html).split("\n")]
    return [line for line in lines if line and line not in NO_TEXT and "2026" not in line]


def test_every_translation_comes_back_to_its_place(full_page, bulgarian, catalog_root, client):
    sync()
    translate_all(catalog_root)
    result = sync()
    assert result.pages.published == 2, result
    source = visit(client, full_page)
    for path, text in texts_of(full_page):
        assert unescape(text.split("<")[0]) in unescape(source), path
    assert shown(visit(client, target_of(full_page, bulgarian))) == [mirrored(line) for line in shown(source)]


def test_what_is_no_text_is_the_same_on_the_translated_page(full_page, bulgarian, catalog_root, image):
    sync()
    translate_all(catalog_root)
    sync()
    source, target = fresh(full_page), target_of(full_page, bulgarian)
    assert [(child["type"], child["id"]) for child in target.body.raw_data] == [
        (child["type"], child["id"]) for child in source.body.raw_data
    ]
    kinds = {"image", "page", "url", "email", "number", "date", "flag"}
    assert [(child.block_type, child.value) for child in target.body if child.block_type in kinds] == [
        (child.block_type, child.value) for child in source.body if child.block_type in kinds
    ]
    section_of = {child.block_type: child.value for child in target.body}
    assert section_of["section"]["level"] == "h3"
    assert section_of["picture"].pk == image.pk
    assert (target.linked_page, target.date, target.kind) == (source.linked_page, source.date, source.kind)


def test_a_page_shows_the_translated_snippet_and_its_children_stay_its_own(
    full_page, topic, bulgarian, catalog_root
):
    sync()
    translate_all(catalog_root)
    sync()
    target, translated_topic = target_of(full_page, bulgarian), target_of(topic, bulgarian)
    (chosen,) = [child.value for child in target.body if child.block_type == "topic"]
    assert (target.topic, chosen) == (translated_topic, translated_topic)
    assert [office.name for office in fresh(full_page).offices.all()] == ["Sofia office", "Ruse office"]
    assert [office.name for office in target.offices.all()] == [
        mirrored("Sofia office"),
        mirrored("Ruse office"),
    ]
    assert {office.locale for office in target.offices.all()} == {bulgarian}


def test_inline_children_added_and_removed_follow_the_original(full_page, bulgarian, catalog_root):
    sync()
    translate_all(catalog_root)
    sync()
    page = fresh(full_page)
    sofia, ruse = page.offices.all()
    page.offices.remove(sofia)
    page.offices.add(Office(name="Varna office", locale=page.locale, sort_order=3))
    page.save_revision().publish()
    sync()
    translate_all(catalog_root)
    sync()
    assert [office.name for office in target_of(full_page, bulgarian).offices.all()] == [
        mirrored("Ruse office"),
        mirrored("Varna office"),
    ]


def test_links_in_another_order_keep_their_addresses(make_page, bulgarian, catalog_root):
    page = make_page(
        title="News",
        slug="news",
        rich='<p>First <a href="https://one.example/">one</a>, then <a href="https://two.example/">two</a>.</p>',
    )
    submit(page, [bulgarian])
    sync()
    translate(
        catalog_root / "bg/content/news.po",
        {
            "News": "Новини",
            'First <a id="a1">one</a>, then <a id="a2">two</a>.': 'Преди <a id="a2">две</a> е <a id="a1">едно</a>.',
        },
    )
    sync()
    assert target_of(page, bulgarian).rich == (
        '<p>Преди <a href="https://two.example/">две</a> е <a href="https://one.example/">едно</a>.</p>'
    )


def test_one_sentence_twice_in_a_rich_text_needs_one_translation(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", rich="<p>Apply now.</p><p>Or call.</p><p>Apply now.</p>")
    submit(page, [bulgarian])
    sync()
    path = catalog_root / "bg/content/news.po"
    translate(path, {"News": "Новини", "Apply now.": "Кандидатствайте.", "Or call.": "Или се обадете."})
    sync()
    assert target_of(page, bulgarian).rich == (
        "<p>Кандидатствайте.</p><p>Или се обадете.</p><p>Кандидатствайте.</p>"
    )


def test_one_text_in_two_blocks_may_have_two_translations(make_page, bulgarian, catalog_root):
    page = make_page(
        title="News", slug="news", body=stream(block("char", "Post", "one"), block("char", "Post", "two"))
    )
    submit(page, [bulgarian])
    sync()
    path = catalog_root / "bg/content/news.po"
    po = read(path)
    for entry, text in zip(po, ["Новини", "Пощенски", "Длъжност"], strict=True):
        entry.msgstr = text
    po.save()
    sync()
    assert [child.value for child in target_of(page, bulgarian).body] == ["Пощенски", "Длъжност"]


def test_a_plain_text_may_hold_what_looks_like_markup(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", intro="R&D & <b>")
    submit(page, [bulgarian])
    sync()
    translate(
        catalog_root / "bg/content/news.po",
        {"News": "Новини", "R&amp;D &amp; &lt;b&gt;": "НИРД & АТ&Т &lt;b&gt;"},
    )
    sync()
    assert target_of(page, bulgarian).intro == "НИРД & АТ&Т <b>"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda topic, image: block("image", image.pk, "image"), id="image"),
        pytest.param(lambda topic, image: block("number", 7, "number"), id="number"),
        pytest.param(lambda topic, image: block("topic", topic.pk, "topic"), id="untranslated snippet"),
    ],
)
def test_a_body_with_nothing_to_translate_follows_the_original(
    content, make_page, bulgarian, catalog_root, topic, image
):
    page = make_page(title="News", slug="news", body=stream(block("char", "Words", "words")))
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    edit(page, body=stream(content(topic, image)))
    sync()
    assert list(target_of(page, bulgarian).body.raw_data) == list(fresh(page).body.raw_data)


def test_a_body_with_a_translated_snippet_alone_shows_the_translation(
    make_page, bulgarian, catalog_root, topic
):
    page = make_page(title="News", slug="news", body=stream(block("topic", topic.pk, "topic")))
    submit(topic, [bulgarian])
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    assert target_of(page, bulgarian).body[0].value == target_of(topic, bulgarian)


def test_translators_are_told_the_place_and_the_limit(full_page, research_po, settings):
    settings.POSYNC = {**settings.POSYNC, "LINK_BASE_URL": "https://example.org"}
    sync()
    assert entry_of(research_po, "Heading 2").comment.split("\n") == [
        "Every page › Body › Sections › Heading",
        "At most 60 characters.",
        "https://example.org/en/research/",
    ]
    assert entry_of(research_po, "Sofia office").comment.split("\n")[0] == "Every page › Office › Name"
