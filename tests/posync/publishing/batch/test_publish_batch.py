"""Pages published together leave the rows, and send the signals, that Wagtail's own calls do for one at a time."""

import json
from collections import defaultdict
from contextlib import contextmanager, nullcontext
from datetime import datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Locale,
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import copy_for_translation_done, page_published, page_slug_changed, published
from wagtail_localize.models import StringTranslation, TranslationLog

from posync.core.results import PageCounts
from posync.files.import_files import import_files
from posync.models import Catalog
from posync.publishing import publish as publishing_run
from posync.publishing import single
from posync.publishing.batch import publish_batch
from posync.publishing.publish import publish
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    block_id,
    current,
    edit,
    fresh,
    mirrored,
    stream,
    target_of,
    translate_all,
)
from tests.testapp.models import EveryPage, Office, Topic

pytestmark = pytest.mark.django_db

#: Every table that a publication may touch.
TABLES = [
    Page,
    EveryPage,
    Office,
    Revision,
    PageLogEntry,
    ReferenceIndex,
    apps.get_model("wagtailsearch", "IndexEntry"),
    TranslationLog,
    StringTranslation,
    Catalog,
    PageViewRestriction,
    Redirect,
    Comment,
    WorkflowState,
]
SIGNALS = {
    "page_published": page_published,
    "published": published,
    "copy_for_translation_done": copy_for_translation_done,
    "page_slug_changed": page_slug_changed,
}


@pytest.fixture(autouse=True)
def indexes(settings):
    """Wagtail's tasks run at once, as on a site without workers: they keep the search and reference indexes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def editor(db, settings):
    settings.POSYNC = {**settings.POSYNC, "USER": "editor"}
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")


@pytest.fixture
def one_at_a_time(settings):
    """In the block, nothing is published together."""

    @contextmanager
    def way():
        before = settings.POSYNC
        settings.POSYNC = {**before, "BATCH_PUBLISHER": None}
        yield
        settings.POSYNC = before

    return way


@pytest.fixture
def published_alone(monkeypatch):
    """The catalogs that were published one at a time."""
    catalog_ids = []
    publish_single = single.publish_single

    def remember(catalog_id, user):
        catalog_ids.append(catalog_id)
        return publish_single(catalog_id, user)

    monkeypatch.setattr("posync.publishing.publish.publish_single", remember)
    return catalog_ids


# What is in the database, in words that do not depend on the order of writing


def rows():
    """Every row of TABLES: keys of pages and revisions by what they stand for, times by whether there is one."""
    paths = dict(Page.objects.values_list("pk", "url_path"))
    revisions = {}
    numbers = defaultdict(int)
    for pk, object_id in Revision.objects.order_by("pk").values_list("pk", "object_id"):
        numbers[object_id] += 1
        revisions[pk] = f"revision {numbers[object_id]} of {paths.get(int(object_id), object_id)}"
    return {
        model.__name__: sorted(
            (_row(instance, paths, revisions) for instance in model.objects.all()), key=repr
        )
        for model in TABLES
    }


def _row(instance, paths, revisions):
    return {
        field.attname: _value(field, field.value_from_object(instance), paths, revisions)
        for field in type(instance)._meta.concrete_fields
        if not field.primary_key or field.remote_field
    }


def _value(field, value, paths, revisions):
    if field.remote_field and field.related_model is Revision:
        return revisions.get(value)
    if field.remote_field and issubclass(field.related_model, Page):
        return paths.get(value)
    if isinstance(value, datetime):
        return "a time"
    if field.name in ("object_id", "to_object_id") and str(value).isdigit():
        return paths.get(int(value), value)
    if isinstance(field, models.JSONField):
        return _content(value, paths, revisions)
    if field.name == "body" and hasattr(value, "raw_data"):
        return json.loads(json.dumps(value.get_prep_value(), sort_keys=True))
    if field.name == "title_norm":
        return None
    return value


def _content(value, paths, revisions, name="", child=False):
    """A revision's content, or the data of a line of the history."""
    if isinstance(value, dict):
        return {key: _content(item, paths, revisions, key, child) for key, item in value.items()}
    if isinstance(value, list):
        return [_content(item, paths, revisions, child=True) for item in value]
    if name in ("latest_revision", "live_revision"):
        return revisions.get(value)
    if name in ("pk", "id", "page"):
        return value and ("a key" if child else paths.get(value, value))
    if name.endswith("_at"):
        return value and "a time"
    if name == "body" and value:
        return json.loads(value)
    return value


@contextmanager
def heard(into):
    """Note Wagtail's signals: their names, and what they were sent with."""
    receivers = {}
    for name, signal in SIGNALS.items():

        def receive(sender, name=name, **kwargs):
            kwargs.pop("signal")
            into.append(
                (
                    name,
                    sender.__name__,
                    sorted(kwargs),
                    # A copy is called as the original until it is filled.
                    str(kwargs.get("instance", kwargs.get("source_obj"))),
                    getattr(kwargs.get("instance"), "live", None),
                    kwargs["revision"].content["title"] if "revision" in kwargs else None,
                )
            )

        receivers[name] = receive
        signal.connect(receive)
    try:
        yield
    finally:
        for name, signal in SIGNALS.items():
            signal.disconnect(receivers[name])


@pytest.fixture
def compare(one_at_a_time, django_capture_on_commit_callbacks, published_alone):
    """Publish twice, from the same start: one at a time and then together; give what each came to."""

    def publish_and_look(take_back):
        signals = []
        with transaction.atomic():
            with heard(signals), django_capture_on_commit_callbacks(execute=True):
                result = publish()
            outcome = {
                "rows": rows(),
                "signals": sorted(signals, key=repr),
                "pages": result.pages,
                "issues": sorted((each for each in result.issues if each.code != "one-at-a-time"), key=repr),
            }
            if take_back:
                transaction.set_rollback(True)
        return outcome

    def both(alone=(), signals=True):
        with one_at_a_time():
            expected = publish_and_look(take_back=True)
        published_alone.clear()
        together = publish_and_look(take_back=False)
        assert together["pages"] == expected["pages"]
        assert together["issues"] == expected["issues"]
        if signals:
            assert together["signals"] == expected["signals"]
        for table, wanted in expected["rows"].items():
            assert together["rows"][table] == wanted, table
        domains = Catalog.objects.filter(pk__in=published_alone).values_list("domain__name", flat=True)
        assert sorted(domains) == sorted(alone)
        return expected

    return both


# The site


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return get_image_model().objects.create(title="River", file=get_test_image_file("river.png"))


@pytest.fixture
def topic(english):
    return Topic.objects.create(name="Integration", locale=english)


def section(number):
    return {"heading": f"Heading {number}", "text": f"<p>Section text {number}.</p>", "level": "h3"}


def body_of(homes, image, topic):
    return stream(
        block("char", 'A "char" & <more>', "char"),
        block(
            "rich",
            f'<p>See <a linktype="page" id="{homes["en"].pk}">our home</a> and '
            '<a href="https://example.net/">their site</a>.</p><ul><li>Twice</li><li>Twice</li></ul>',
            "rich",
        ),
        block("section", section(1), "section"),
        block("sections", [{"type": "item", "value": section(2), "id": block_id("item")}], "sections"),
        block("nested", [block("note", "A note", "note")], "nested"),
        block("picture", {"image": image.pk, "alt_text": "Dawn", "decorative": False}, "picture"),
        block("image", image.pk, "image"),
        block("page", homes["en"].pk, "page"),
        block("topic", topic.pk, "topic"),
        block("url", "https://example.net/path", "url"),
        block("date", "2026-03-03", "date"),
        block("char", "Twice", "again"),
    )


@pytest.fixture
def pages(make_page, homes, image, topic, bulgarian):
    """A small tree, submitted: a page with everything, two of one title, a page below a page, and one with children."""
    everything = make_page(
        title="Research & data",
        slug="research",
        intro="Figures for\xa0everyone",
        lead="Above\nBelow",
        rich="<h2>Findings</h2><p>On <b>two</b> rivers</p>",
        body=body_of(homes, image, topic),
        topic=topic,
        linked_page=homes["en"],
        date="2026-03-03",
        kind="b",
    )
    pages = {
        "everything": everything,
        "news": make_page(title="News", slug="news", intro="Our news", lead="All of them"),
        "more-news": make_page(title="News", slug="more-news"),
        "item": make_page(
            title="Item", slug="item", parent=everything, body=stream(block("char", "Text", "item"))
        ),
        "offices": make_page(title="Offices", slug="offices"),
    }
    pages["offices"].offices.add(Office(name="Sofia office", locale=pages["offices"].locale))
    pages["offices"].save_revision().publish()
    submit(topic, [bulgarian])
    for page in pages.values():
        submit(page, [bulgarian])
    return {name: fresh(page) for name, page in pages.items()}


@pytest.fixture
def approved(pages, catalog_root):
    """Every text of the pages translated, and nothing published yet but what they show."""
    sync()
    translate_all(catalog_root)
    import_files()
    topic = Catalog.objects.get(domain__name__startswith="snippets/")
    assert single.publish_single(topic.pk, None).pages.published == 1
    return pages


@pytest.fixture
def live(approved, editor):
    """The pages as a visitor finds them in both languages."""
    assert publish().exit_code == 0
    return {name: fresh(page) for name, page in approved.items()}


@pytest.fixture
def target(live, bulgarian):
    return {name: target_of(page, bulgarian) for name, page in live.items()}


def retranslate(page, locale, path="title", suffix=" – нов"):
    """Change an approved translation in the admin."""
    translated = StringTranslation.objects.get(
        context__object_id=page.translation_key, context__path=path, locale=locale
    )
    translated.data += suffix
    translated.save()


# The same rows and signals


def test_new_pages_leave_the_same_rows_as_one_at_a_time(approved, bulgarian, compare):
    expected = compare(alone=["more-news", "offices"])
    assert expected["pages"].published == 5
    assert {name for name, *_ in expected["signals"]} == {
        "page_published",
        "published",
        "copy_for_translation_done",
    }
    assert (
        target_of(approved["more-news"], bulgarian).slug == target_of(approved["news"], bulgarian).slug + "-2"
    )


def test_the_history_of_a_new_page_reads_as_if_an_editor_had_translated_a_copy(
    approved, bulgarian, make_page
):
    def history(page):
        entries = PageLogEntry.objects.filter(page=page.pk).order_by("pk")
        return [(entry.action, entry.content_changed, sorted(entry.data)) for entry in entries]

    by_editor = make_page(title="Jobs", slug="jobs").copy_for_translation(bulgarian)
    by_editor.title = "Работа"
    by_editor.save_revision().publish()
    publish()
    assert history(target_of(approved["news"], bulgarian)) == history(by_editor)
    assert ("wagtail.rename", False, ["title"]) in history(by_editor)


def test_new_pages_of_a_user_leave_the_same_rows(approved, editor, compare):
    compare(alone=["more-news", "offices"])


def test_changed_pages_leave_the_same_rows_as_one_at_a_time(live, target, bulgarian, compare):
    for name in ("everything", "item", "offices", "more-news"):
        retranslate(live[name], bulgarian)
    retranslate(live["everything"], bulgarian, f"body.{block_id('char')}")
    # Left over from a schedule that was given up.
    target["item"].revisions.update(approved_go_live_at=timezone.now())
    expected = compare()
    assert expected["pages"].published == 4
    actions = [entry["action"] for entry in expected["rows"]["PageLogEntry"]]
    assert {"wagtail.publish", "wagtail.rename"} <= set(actions)
    assert target_of(live["everything"], bulgarian).title.endswith("нов")


def test_a_changed_source_leaves_the_same_rows(live, bulgarian, topic, catalog_root, compare):
    everything = live["everything"]
    everything.rich = ""
    everything.intro = ""
    edit(
        everything,
        rich="",
        intro="",
        linked_page=None,
        topic=None,
        kind="a",
        body=stream(block("char", "Another text", "new"), block("page", None, "page")),
    )
    edit(live["news"], date="2027-01-01")
    sync()
    translate_all(catalog_root)
    import_files()
    expected = compare()
    assert expected["pages"].published == 1
    after = target_of(everything, bulgarian)
    assert (after.rich, after.intro, after.linked_page, after.topic, after.kind) == ("", "", None, None, "a")
    assert target_of(live["news"], bulgarian).date.year == 2027


def test_references_to_what_was_deleted_leave_the_same_rows(live, bulgarian, make_page, compare):
    linked = make_page(title="Linked", slug="linked")
    edit(live["news"], linked_page=linked)
    sync()
    linked.delete()
    retranslate(live["news"], bulgarian)
    compare()
    assert target_of(live["news"], bulgarian).linked_page is None


def test_a_target_that_says_the_same_is_left_alone(live, target, writes, published_alone):
    Catalog.objects.update(needs_publish=True)
    published_alone.clear()
    before = rows()
    with writes() as found:
        assert publish().pages.published == 0
    assert [statement.split('"')[1] for statement in found.statements if "UPDATE" in statement[:6]]
    assert rows() == before | {"Catalog": rows()["Catalog"]}
    assert not Catalog.objects.filter(needs_publish=True).exists()


# What is unusual goes by Wagtail's own calls


def with_restriction(target, page, editor):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


def without_restriction(target, page, editor):
    PageViewRestriction.objects.create(
        page=target, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


def with_alias(target, page, editor):
    target.create_alias(parent=target.get_parent(), update_slug="alias")


def as_alias(target, page, editor):
    Page.objects.filter(pk=target.pk).update(alias_of=page)


def with_comment(target, page, editor):
    Comment.objects.create(page=target, user=editor, text="Why?", contentpath="intro")


def with_changes_asked_for(target, page, editor):
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(target, editor)
    WorkflowState.objects.update(status=WorkflowState.STATUS_NEEDS_CHANGES)
    Page.objects.filter(pk=target.pk).update(has_unpublished_changes=False)


def with_old_schedule(target, page, editor):
    Page.objects.filter(pk=target.pk).update(go_live_at=timezone.now())


def never_live(target, page, editor):
    Page.objects.filter(pk=target.pk).update(live=False, first_published_at=None)


@pytest.mark.parametrize(
    "arrange",
    [
        with_restriction,
        without_restriction,
        with_alias,
        as_alias,
        with_comment,
        with_changes_asked_for,
        with_old_schedule,
        never_live,
    ],
)
def test_an_unusual_target_leaves_the_same_rows(arrange, live, target, editor, bulgarian, compare):
    arrange(target["news"], live["news"], editor)
    retranslate(live["news"], bulgarian)
    retranslate(live["item"], bulgarian)
    assert compare(alone=["news"])["pages"].published == 2


def test_children_that_change_leave_the_same_rows(live, bulgarian, compare):
    office = live["offices"].offices.get()
    retranslate(live["offices"], bulgarian, f"offices.{office.translation_key}.name")
    compare(alone=["offices"])
    assert target_of(live["offices"], bulgarian).offices.get().name.endswith("нов")


def test_a_model_whose_saving_the_site_follows_is_saved_as_ever(live, bulgarian, compare):
    saved = []

    def follow(instance, **kwargs):
        saved.append(instance.title)

    retranslate(live["news"], bulgarian)
    post_save.connect(follow, sender=EveryPage)
    try:
        compare(alone=["news"])
    finally:
        post_save.disconnect(follow, sender=EveryPage)
    assert len(saved) == 4  # a draft and a publication, both times


heard_titles = []


def listener_to_saves(instance, **kwargs):
    heard_titles.append(instance.title)


def test_a_receiver_that_the_site_sets_aside_makes_no_model_unusual(live, bulgarian, compare, settings):
    settings.POSYNC = {**settings.POSYNC, "IGNORED_RECEIVERS": [f"{__name__}.listener_to_saves"]}
    heard_titles.clear()
    retranslate(live["news"], bulgarian)
    post_save.connect(listener_to_saves, sender=EveryPage)
    try:
        compare(alone=[])
    finally:
        post_save.disconnect(listener_to_saves, sender=EveryPage)
    assert len(heard_titles) == 2  # a draft and a publication, one at a time; together, none


# What goes wrong with one stops no other


def test_a_page_that_is_refused_holds_up_no_other(live, target, bulgarian, compare):
    retranslate(live["news"], bulgarian, "intro", "!")
    retranslate(live["item"], bulgarian)
    expected = compare()
    assert (expected["pages"].published, expected["pages"].failed) == (1, 1)
    (issue,) = [issue for issue in expected["issues"] if issue.severity == "error"]
    assert (issue.msgctxt, issue.file) == ("news:intro", "bg/content/news.po")
    assert target_of(live["news"], bulgarian).intro == mirrored("Our news")
    assert Catalog.objects.get(domain__name="news").needs_publish


def test_a_new_page_that_is_refused_holds_up_no_other(approved, bulgarian, compare):
    retranslate(approved["news"], bulgarian, "intro", "!")
    # One at a time, Wagtail tells of the copy before the page is refused and everything is taken back.
    expected = compare(alone=["offices"], signals=False)
    assert (expected["pages"].published, expected["pages"].failed) == (4, 1)
    assert target_of(approved["news"], bulgarian) is None


def test_an_error_in_a_stream_is_told_with_its_entry(live, bulgarian, catalog_root, monkeypatch, compare):
    def clean(page):
        error = StructBlockValidationError({"heading": ValidationError("Too loud.")})
        raise ValidationError({"body": StreamBlockValidationError({2: error})})

    retranslate(live["everything"], bulgarian)
    monkeypatch.setattr(EveryPage, "clean", clean)
    (issue,) = compare()["issues"]
    assert issue.msgctxt == f"research:body.{block_id('section')}.heading"
    assert issue.message.partition(" Mend ")[0].endswith("heading: Too loud.")
    assert issue.msgctxt in {entry.msgctxt for entry in current(catalog_root / issue.file)}


def test_a_batch_that_fails_is_published_one_at_a_time(live, bulgarian, monkeypatch, published_alone):
    def fail(publications, user):
        raise RuntimeError("The database went away")

    retranslate(live["news"], bulgarian)
    retranslate(live["item"], bulgarian)
    published_alone.clear()
    monkeypatch.setattr(publish_batch, "record", fail)
    assert publish().pages.published == 2
    assert len(published_alone) == 2
    assert target_of(live["news"], bulgarian).title.endswith("нов")


def test_a_receiver_that_fails_keeps_no_other_from_hearing(
    live, bulgarian, django_capture_on_commit_callbacks
):
    def fail(**kwargs):
        raise RuntimeError("A cache went away")

    retranslate(live["news"], bulgarian)
    retranslate(live["more-news"], bulgarian)
    signals = []
    page_published.connect(fail)
    try:
        with heard(signals), django_capture_on_commit_callbacks(execute=True):
            assert publish().pages.published == 2
    finally:
        page_published.disconnect(fail)
    assert [name for name, *_ in signals].count("published") == 2


@pytest.mark.parametrize("together", [True, False], ids=["together", "one at a time"])
def test_what_is_published_already_by_another_process_is_left_alone(
    together, live, bulgarian, monkeypatch, one_at_a_time
):
    retranslate(live["news"], bulgarian)
    work = publishing_run._work((), ())
    assert publish().pages.published == 1
    monkeypatch.setattr(publishing_run, "_work", lambda *args: work)
    with nullcontext() if together else one_at_a_time():
        assert publish().pages == PageCounts()


# Cost


def queries_of(action):
    with CaptureQueriesContext(connection) as captured:
        result = action()
    return result, len(captured)


@pytest.mark.parametrize("new", [True, False], ids=["new pages", "existing pages"])
def test_a_batch_takes_the_same_queries_but_for_a_few_a_page(new, make_page, bulgarian, catalog_root, homes):
    """The page's own validation asks whether its slug is free, and SQLite's search index is written a page at a time."""
    counts = {}
    for number in (1, 2, 12):  # the first page below a parent has no others to ask about
        made = [
            make_page(
                title=f"Page {number}-{n}",
                slug=f"page-{number}-{n}",
                body=stream(*(block("char", f"Text {n}-{i}", f"{n} {i}") for i in range(8))),
            )
            for n in range(number)
        ]
        for page in made:
            submit(page, [bulgarian])
        sync()
        translate_all(catalog_root)
        import_files()
        result, counts[number] = queries_of(publish)
        assert result.pages.published == number
        if not new:
            for page in made:
                retranslate(page, bulgarian)
            result, counts[number] = queries_of(publish)
            assert result.pages.published == number
    per_page = (counts[12] - counts[2]) / 10
    on_sqlite = connection.vendor == "sqlite"
    assert per_page == (3 if new else 1 + on_sqlite), counts


def test_telling_of_a_batch_takes_no_queries(
    live, bulgarian, django_capture_on_commit_callbacks, published_alone
):
    for name in ("news", "more-news", "item"):
        retranslate(live[name], bulgarian)
    with django_capture_on_commit_callbacks() as callbacks:
        assert publish().pages.published == 3
    assert published_alone == []
    signals = []
    with heard(signals):
        _, queries = queries_of(lambda: [callback() for callback in callbacks])
    assert [name for name, *_ in signals].count("page_published") == 3
    assert queries == 0


def test_a_page_goes_out_in_several_languages_at_once(live, bulgarian, catalog_root, published_alone):
    submit(live["news"], [Locale.objects.create(language_code="de")])
    parent = live["news"].get_parent().specific
    submit(parent, [Locale.objects.get(language_code="de")])
    sync()
    translate_all(catalog_root, "de")
    sync()
    del published_alone[:]
    retranslate(live["news"], bulgarian)
    retranslate(live["news"], Locale.objects.get(language_code="de"))
    assert publish().pages.published == 2
    assert published_alone == []


@pytest.mark.parametrize("together", [True, False], ids=["together", "one at a time"])
def test_a_target_that_is_translated_on_brings_out_its_new_text(
    together, live, target, bulgarian, catalog_root, one_at_a_time
):
    german = Locale.objects.create(language_code="de")
    submit(target["news"], [german])
    sync()
    german_po = catalog_root / "de/content/news.po"
    assert "Нещо ново" not in german_po.read_text("utf-8")
    retranslate(live["news"], bulgarian, "intro", suffix=" Нещо ново")
    retranslate(live["item"], bulgarian)
    with nullcontext() if together else one_at_a_time():
        assert publish().pages.published == 2
    assert Catalog.objects.get(locale=german).source_changed
    sync()
    assert "Нещо ново" in german_po.read_text("utf-8")
