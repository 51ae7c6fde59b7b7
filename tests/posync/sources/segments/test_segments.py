"""Sources and segments in bulk: the rows of wagtail-localize's own calls, whatever happened to the objects."""

import io
import json
import threading
import uuid

import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale
from wagtail_localize import models as localize
from wagtail_localize.models import StringSegment, Translation, TranslationContext, TranslationSource

from posync.sources.segments import create_translations, refresh_segments, update_segments
from posync.sources.submit import submit_many
from tests.posync.people import block, block_id, fresh, stream
from tests.testapp.models import EveryPage, Notice, Office, Topic

pytestmark = pytest.mark.django_db

SEGMENTS = {
    "StringSegment": ("string__data", "string__data_hash", "string__locale", "attrs"),
    "TemplateSegment": ("template__uuid",),
    "RelatedObjectSegment": ("object", "object__content_type"),
    "OverridableSegment": ("data_json",),
}


def rows():
    """Every row of wagtail-localize, with what it refers to in the place of ids, and without the time of day."""
    tables = {
        "TranslatableObject": ("translation_key", "content_type"),
        "TranslationSource": ("object", "locale", "specific_content_type", "object_repr", "schema_version"),
        "Translation": ("source__object", "source__locale", "target_locale", "enabled", *NEVER_WRITTEN),
        "String": ("locale", "data", "data_hash"),
        "TranslationContext": ("object", "path", "path_id", "field_path"),
        "Template": ("uuid", "template", "template_format", "string_count"),
        "StringTranslation": ("translation_of__data", "locale", "context__path", "data"),
    }
    for kind, fields in SEGMENTS.items():
        tables[kind] = (
            "source__object",
            "source__locale",
            "context__object",
            "context__path",
            "order",
            *fields,
        )
    found = {
        name: sorted(getattr(localize, name).objects.values_list(*fields), key=repr)
        for name, fields in tables.items()
    }
    found["content"] = sorted(
        (str(key), locale, json.loads(content))
        for key, locale, content in TranslationSource.objects.values_list("object", "locale", "content_json")
    )
    return found


NEVER_WRITTEN = ("translations_last_updated_at", "destination_last_updated_at")


def one_by_one(instances, targets):
    """What wagtail-localize does."""
    for instance in instances:
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        for target in targets:
            if target.pk != source.locale_id:
                Translation.objects.get_or_create(
                    source=source, target_locale=target, defaults={"enabled": True}
                )


def in_bulk(instances, targets):
    refreshed = refresh_segments(instances)
    assert [result.error for result in refreshed] == [""] * len(refreshed)
    create_translations([result.source for result in refreshed], targets)


def both_ways(steps, targets):
    """The rows after each step, once by wagtail-localize's calls and once in bulk. A step returns what to refresh."""
    histories = []
    for way in (one_by_one, in_bulk):
        history = []
        with transaction.atomic():
            for step in steps:
                way(step(), targets)
                history.append(rows())
            transaction.set_rollback(True)
        histories.append(history)
    return histories


def items(*values, name):
    return [{"type": "item", "value": value, "id": block_id(f"{name} {n}")} for n, value in enumerate(values)]


def section(number):
    return {"heading": f"Heading {number}", "text": f"<p>Section text {number}.</p>", "level": "h3"}


def save(page, **fields):
    """Change what the database has, and nothing that depends on the time."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    return fresh(page)


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # In a database that is reused, a test with real transactions may have emptied every table.
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    content = io.BytesIO()
    PillowImage.new("RGB", (8, 6), "teal").save(content, "PNG")
    return get_image_model().objects.create(title="River", file=ContentFile(content.getvalue(), "river.png"))


@pytest.fixture
def german(db):
    return Locale.objects.get_or_create(language_code="de")[0]


@pytest.fixture
def topic(english):
    return Topic.objects.create(name="Integration & <more>", locale=english)


@pytest.fixture
def blocks(homes, image, topic):
    """One of each kind."""
    return [
        block("char", 'A "char" & <more>', "char"),
        block("char", "Twice", "same text"),
        block("char", "", "empty"),
        block("text", "Upper line\nLower line\r\nLast", "text"),
        block("quote", "Nobody left behind", "quote"),
        block(
            "rich",
            f'<h2>Findings</h2><p>See <a linktype="page" id="{homes["en"].pk}">our home</a> and '
            '<a href="https://example.net/?a=1&amp;b=2">their site</a>.</p><p>H<sub>2</sub>O, <b>bold</b></p>'
            "<ul><li>Twice</li><li>Twice</li></ul><p>Before<br/>after</p><p> </p><hr/>",
            "rich",
        ),
        block("rich", "", "empty rich"),
        block("section", section(1), "section"),
        block("points", items("First", "Second", "", name="points"), "points"),
        block("points", ["Without an id"], "old points"),
        block("sections", items(section(2), section(3), name="sections"), "sections"),
        block("nested", [block("note", "A note", "note"), block("rich", "<p>Nested</p>", "inner")], "nested"),
        block("picture", {"image": image.pk, "alt_text": "Dawn", "decorative": False}, "picture"),
        block("picture", {"image": image.pk, "alt_text": "Dusk", "decorative": True}, "same picture"),
        block("picture", {"image": None, "alt_text": "", "decorative": False}, "no picture"),
        block("image", image.pk, "image"),
        block("page", homes["en"].pk, "page"),
        block("page", None, "no page"),
        block("topic", topic.pk, "topic"),
        block("topic", 0, "topic that was deleted"),
        block("url", "https://example.net/path", "url"),
        block("email", "someone@example.net", "email"),
        block("number", 1350, "number"),
        block("date", "2026-03-01", "date"),
        block("flag", True, "flag"),
        block("of a kind that was removed", "Text", "unknown"),
    ]


@pytest.fixture
def full_page(make_page, homes, topic, blocks):
    page = make_page(
        "en",
        title="Research & data",
        slug="research",
        seo_title="Research",
        search_description="Research and data",
        intro="Figures for\xa0everyone",
        lead="Above\nBelow\u2028Beyond",
        rich='<h2>Findings</h2><p>Water: <a href="https://example.net/">two</a> m<sup>2</sup> for <s>nine</s>.</p>',
        body=stream(*blocks),
        topic=topic,
        linked_page=homes["bg"],
        date="2026-03-01",
    )
    page.offices.add(Office(name="Sofia", locale=page.locale, sort_order=2))
    page.offices.add(Office(name="Burgas", locale=page.locale, sort_order=1))
    page.save()
    return fresh(page)


@pytest.fixture
def world(full_page, make_page, topic, english, bulgarian):
    """Pages and snippets, full and empty, written in both languages; and a page below another."""
    notice = Notice.objects.create(slug="note", text="Closed\ntoday", locale=bulgarian)
    child = make_page("en", parent=full_page, title="Twice", slug="child", intro="All our news")
    other = make_page("bg", title="Новини", slug="novini", rich="<p>Всички <i>новини</i></p>", intro="Twice")
    return [fresh(topic), fresh(full_page), fresh(notice), child, other, make_page("en", title="Empty")]


def test_a_whole_site_gives_the_same_rows(world, bulgarian, german, english):
    peer, ours = both_ways([lambda: world], [bulgarian, german, english])

    assert ours == peer
    assert len(ours[0]["StringSegment"]) > 40
    assert all(ours[0][kind] for kind in SEGMENTS)
    assert len(ours[0]["Translation"]) == 12


def test_every_context_has_the_field_path_of_its_place(full_page):
    refresh_segments([full_page])

    paths = dict(TranslationContext.objects.values_list("path", "field_path"))
    assert all(paths.values())
    assert (
        paths[f"body.{block_id('sections')}.{block_id('sections 1')}.heading"] == "body.sections.item.heading"
    )
    office = full_page.offices.get(name="Sofia")
    assert paths[f"offices.{office.translation_key}.name"] == "offices.name"


def test_edits_give_the_same_rows(full_page, blocks, bulgarian):
    """Texts changed, blocks moved, removed and put back, children changed, an object replaced."""
    offices = dict(full_page.offices.values_list("name", "pk"))
    other = Topic.objects.create(name="Health", locale=full_page.locale)

    def rename_office():
        Office.objects.filter(pk=offices["Sofia"]).update(name="Plovdiv")
        return [fresh(full_page)]

    def remove_office():
        Office.objects.filter(pk=offices["Burgas"]).delete()
        return [fresh(full_page)]

    changed = json.loads(stream(*blocks))
    changed[0]["value"] = "Another text"
    changed[5]["value"] = (
        changed[5]["value"].replace("their site", "<b>that</b> site").replace("?a=1", "?a=2")
    )
    steps = [
        lambda: [full_page],
        lambda: [save(full_page, title="Twice", intro="")],
        lambda: [save(full_page, body=stream(*changed))],
        lambda: [save(full_page, body=stream(*changed[3:][::-1]))],
        lambda: [save(full_page, body="[]", rich="", topic=None)],
        lambda: [save(full_page, body=stream(*blocks), topic=other, linked_page=None)],
        rename_office,
        remove_office,
        lambda: [fresh(full_page)],
    ]
    peer, ours = both_ways(steps, [bulgarian])

    for number, (theirs, mine) in enumerate(zip(peer, ours, strict=True)):
        assert mine == theirs, f"after step {number}"


def test_a_page_as_wagtail_localize_left_it_is_taken_over(full_page, blocks, bulgarian):
    one_by_one([full_page], [bulgarian])
    before = rows()
    kept = set(StringSegment.objects.values_list("pk", flat=True))

    in_bulk([full_page], [bulgarian])
    assert rows() == before

    page = save(full_page, intro="New")
    in_bulk([page], [bulgarian])
    assert len(kept - set(StringSegment.objects.values_list("pk", flat=True))) == 1, (
        "the others keep their rows"
    )


def test_results_say_what_was_done(world):
    first = refresh_segments(world)
    assert [(result.instance, result.created, result.changed) for result in first] == [
        (instance, True, True) for instance in world
    ]
    assert [result.source.object_id for result in first] == [instance.translation_key for instance in world]

    world[1] = save(world[1], title="Changed")
    second = refresh_segments(world)
    assert [(result.created, result.changed) for result in second] == [
        (False, number == 1) for number in range(len(world))
    ]
    assert [result.source for result in second] == [result.source for result in first]
    assert json.loads(second[1].source.content_json)["title"] == "Changed"


def test_nothing_is_written_for_what_is_unchanged(world, bulgarian):
    in_bulk(world, [bulgarian])
    before = TranslationSource.objects.order_by("pk").values_list("last_updated_at", flat=True)[::1]
    with CaptureQueriesContext(connection) as queries:
        results = refresh_segments(world)
        assert create_translations([result.source for result in results], [bulgarian]) == []

    assert not any(result.changed for result in results)
    written = [query["sql"] for query in queries if "SELECT" not in query["sql"].split("(")[0]]
    assert [sql for sql in written if not sql.startswith(("SAVEPOINT", "RELEASE"))] == []
    assert TranslationSource.objects.order_by("pk").values_list("last_updated_at", flat=True)[::1] == before


def test_content_that_only_looks_different_is_unchanged(full_page):
    (first,) = refresh_segments([full_page])
    reordered = dict(reversed(json.loads(first.source.content_json).items()))
    TranslationSource.objects.update(content_json=json.dumps(reordered, indent=1, ensure_ascii=False))

    (second,) = refresh_segments([fresh(full_page)])
    assert not second.changed


def test_the_objects_given_stay_as_they_are(full_page):
    page = fresh(full_page).specific
    before, cached = dict(page.__dict__), dict(page._state.fields_cache)
    refresh_segments([page])
    assert page.__dict__ == before
    assert page._state.fields_cache == cached


def test_an_object_given_twice_has_one_result(full_page, bulgarian):
    assert len(refresh_segments([full_page, fresh(full_page)])) == 1


def test_pages_may_come_without_their_specific_class(full_page):
    (result,) = refresh_segments([full_page.page_ptr])
    assert result.instance == full_page
    assert type(result.instance) is EveryPage


@pytest.mark.parametrize(
    ("fields", "entry"),
    [
        (
            {"rich": '<p>A <b class="big">bold</b> word</p>'},
            "Strings cannot have any HTML tags with attributes",
        ),
        ({"body": stream(block("section", "no struct", "section"))}, "AttributeError: "),
    ],
)
def test_what_cannot_be_taken_apart_is_reported_and_stops_nothing_else(make_page, fields, entry):
    good, bad, other = (make_page(title=title, intro=title) for title in ("One", "Two", "Three"))
    EveryPage.objects.filter(pk=bad.pk).update(**fields)

    results = refresh_segments([good, fresh(bad), other])
    assert [bool(result.error) for result in results] == [False, True, False]
    assert entry in results[1].error
    assert (results[1].source, results[1].created, results[1].changed) == (None, False, False)
    assert TranslationSource.objects.count() == 2
    assert not localize.TranslatableObject.objects.filter(pk=bad.translation_key).exists()


def test_an_object_without_a_name_stops_nothing_else(make_page, monkeypatch):
    page, other = make_page(title="One"), make_page(title="Two")
    monkeypatch.setattr(EveryPage, "__str__", lambda page: page.title if page.title == "One" else page.gone)

    results = refresh_segments([page, other])
    assert ["gone" in result.error for result in results] == [False, True]


def test_a_source_keeps_its_segments_while_its_object_cannot_be_taken_apart(make_page):
    page = make_page(rich="<p>Text</p>")
    refresh_segments([page])
    before = rows()

    (result,) = refresh_segments([save(page, rich='<p>A <b class="big">bold</b> word</p>')])
    assert result.error
    assert not result.changed
    assert rows() == before
    assert result.source == TranslationSource.objects.get()

    (result,) = refresh_segments([save(page, rich="<p>A <b>bold</b> word</p>")])
    assert (result.error, result.changed) == ("", True)


def test_what_the_database_refuses_is_reported_and_stops_nothing_else(make_page, topic, english, monkeypatch):
    """A translation key that two models use has no place in wagtail-localize's tables."""
    page, other = make_page(title="One"), make_page(title="Two")
    clash = Notice.objects.create(
        slug="clash", text="x", locale=english, translation_key=page.translation_key
    )

    results = refresh_segments([page, clash, other])
    assert [result.error for result in results] == ["", results[1].error, ""]
    assert "two models" in results[1].error
    assert refresh_segments([clash])[0].error == results[1].error


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite takes any text")
def test_a_text_that_the_database_refuses_stops_nothing_else(make_page, topic):
    page, other = make_page(title="One"), make_page(title="Two")
    page.intro = "A\x00B"

    results = refresh_segments([page, other])
    assert [bool(result.error) for result in results] == [True, False]
    assert TranslationSource.objects.count() == 1


def test_contexts_from_before_field_paths_get_theirs(submitted):
    TranslationContext.objects.update(field_path="")
    refresh_segments([save(submitted, intro="New")])
    assert TranslationContext.objects.get(path="intro").field_path == "intro"


def test_segments_that_are_there_twice_are_put_right(submitted):
    twice = StringSegment.objects.get(context__path="title")
    twice.pk = None
    twice.save()
    refresh_segments([save(submitted, intro="New")])
    assert StringSegment.objects.filter(context__path="title").count() == 1


def test_translations_are_begun_once_and_returned_when_new(world, bulgarian, german, english):
    sources = [result.source for result in refresh_segments(world)]
    first = create_translations(sources, [bulgarian])
    assert {translation.source.locale_id for translation in first} == {english.pk}
    assert all(translation.enabled for translation in first)

    Translation.objects.filter(pk=first[0].pk).update(enabled=False)
    second = create_translations(sources, [bulgarian, german, english])
    assert len(second) == len(sources) + 2
    assert not {translation.pk for translation in first} & {translation.pk for translation in second}
    assert not Translation.objects.get(pk=first[0].pk).enabled, "what was stopped stays stopped"
    assert create_translations([], [bulgarian]) == []


def pages_of(make_page, image, topic, count, size, name):
    pages = []
    linked = make_page(title=f"{name} linked")
    for number in range(count):
        body = [block("char", f"{name} {number} {n}", f"{name} {n}") for n in range(size)]
        body += [
            block("topic", topic.pk, f"{name} topic"),
            block("image", image.pk, f"{name} image"),
            block("picture", {"image": image.pk, "alt_text": "x", "decorative": False}, f"{name} picture"),
            block("sections", items(section(number), name=name), f"{name} sections"),
        ]
        page = make_page(title=f"{name} {number}", body=stream(*body), topic=topic, linked_page=linked)
        page.offices.add(*(Office(name=f"{number} {n}", locale=page.locale) for n in range(size)))
        page.save()
        pages.append(fresh(page))
    return pages


def test_the_number_of_queries_depends_on_neither_segments_nor_objects(make_page, image, topic, bulgarian):
    refresh_segments(pages_of(make_page, image, topic, 1, 1, "first"))
    counts = {}
    for count, size in ((2, 5), (2, 50), (6, 5)):
        pages = pages_of(make_page, image, topic, count, size, f"{count} of {size}")
        for change in ("created", "unchanged", "changed"):
            if change == "changed":
                pages = [save(page, intro=f"{change} {size} {page.pk}") for page in pages]
            with CaptureQueriesContext(connection) as queries:
                refresh_segments(pages)
            counts[count, size, change] = len(queries)

    for change in ("created", "unchanged", "changed"):
        assert len({number for key, number in counts.items() if key[2] == change}) == 1, counts
    assert counts[2, 50, "created"] < 50


@pytest.mark.parametrize("named", [False, True], ids=["all", "by their ids"])
def test_the_number_of_queries_of_a_submission_does_not_depend_on_its_pages(named, make_page, bulgarian):
    counts = []
    for count in (2, 8):
        pages = [make_page(title=f"{count} {number}", intro=f"Text {count}") for number in range(count)]
        page_ids = [page.pk for page in pages] if named else ()
        with CaptureQueriesContext(connection) as queries:
            assert submit_many([bulgarian], page_ids=page_ids).pages.waiting == count
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_many_objects_are_stored_in_batches(make_page, monkeypatch):
    monkeypatch.setattr(update_segments, "BATCH_SIZE", 2)
    results = refresh_segments([make_page(title=f"Page {number}") for number in range(5)])
    assert [result.created for result in results] == [True] * 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_at_once_make_every_row_once(make_page, image, topic, bulgarian):
    pages = pages_of(make_page, image, topic, 8, 10, "page")
    failures = []
    for attempt in range(5):
        pages = [save(page, intro=f"Attempt {attempt} {uuid.uuid4()}") for page in pages]
        if attempt % 2:
            for kind in (
                TranslationSource,
                TranslationContext,
                localize.TranslatableObject,
                localize.String,
                localize.Template,
            ):
                kind.objects.all().delete()
        ready = threading.Barrier(3)

        def work(order, ready=ready, pages=pages):
            try:
                ready.wait()
                results = refresh_segments(order(pages))
                assert not any(result.error for result in results), results
                create_translations([result.source for result in results], [bulgarian])
            except Exception as error:  # noqa: BLE001 - it is looked at below
                failures.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(order,)) for order in (list, lambda p: p[::-1], list)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not failures
        assert TranslationSource.objects.count() == len(pages)
        assert Translation.objects.count() == len(pages)
        found = rows()
        for kind in SEGMENTS:
            assert len(found[kind]) == len(set(map(repr, found[kind]))), kind
        alone = TranslationSource.objects.get(object_id=pages[0].translation_key)
        assert json.loads(alone.content_json)["intro"] == pages[0].intro
