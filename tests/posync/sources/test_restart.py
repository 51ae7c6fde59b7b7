"""A stopped translation is an editor's own page; started again, what it shows is the base."""

import shutil

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from posync.models import Catalog, Change, Conflict, Draft
from posync.publishing.publish import publish
from posync.sources import restart
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    current,
    edit,
    entry_of,
    fresh,
    mirrored,
    revision_count,
    stream,
    target_of,
    translate,
    translate_all,
    type_in_admin,
)
from tests.testapp.models import EveryPage, Notice, Office, Topic

pytestmark = pytest.mark.django_db

RICH = "<p>One here.</p><p>Two there.</p>"
BODY = [
    block("char", "First words", "first"),
    block("section", {"heading": "Part", "text": "<p>Words</p>"}, "s"),
]


@pytest.fixture
def live(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", intro="All our news", rich=RICH, body=stream(*BODY))
    page.offices.add(Office(name="Sofia", locale=page.locale))
    page.save_revision().publish()
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return fresh(page)


@pytest.fixture
def german(db) -> Locale:
    return Locale.objects.get_or_create(language_code="de")[0]


def stop():
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save(update_fields=["enabled"])


def by_saving():
    translation = Translation.objects.get()
    translation.enabled = True
    translation.save(update_fields=["enabled"])


def by_a_query():
    Translation.objects.update(enabled=True)


def approved(msgid):
    return StringTranslation.objects.get(translation_of__data=msgid).data


@pytest.mark.parametrize("start", [by_saving, by_a_query])
def test_what_an_editor_wrote_meanwhile_stays(live, bulgarian, news_po, start):
    stop()
    edit(target_of(live, bulgarian), intro="На ръка", title="Ръчно заглавие", slug="rachno")
    revisions = revision_count(target_of(live, bulgarian))
    start()
    sync()
    publish()
    target = target_of(live, bulgarian)
    assert (target.intro, target.title, target.slug) == ("На ръка", "Ръчно заглавие", "rachno")
    assert revision_count(target) == revisions
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("На ръка", False)
    change = Change.objects.get(path="intro", after="На ръка")
    assert (change.before, change.kind) == (mirrored("All our news"), Change.Kind.APPROVED)


def test_a_translation_stopped_and_started_between_two_syncs_is_noticed(live, bulgarian):
    Translation.objects.update(enabled=False)
    edit(target_of(live, bulgarian), intro="На ръка")
    by_saving()
    sync()
    assert target_of(live, bulgarian).intro == approved("All our news") == "На ръка"


def test_texts_of_every_kind_are_taken(live, bulgarian, news_po):
    stop()
    target = target_of(live, bulgarian)
    raw = [dict(each) for each in target.body.raw_data]
    raw[0]["value"] = "Първи думи"
    raw[1]["value"] = {**raw[1]["value"], "heading": "Дял"}
    edit(target, rich="<p>Едно тук.</p><p>Две там.</p>", body=stream(*raw))
    office = target_of(live, bulgarian).offices.get()
    office.name = "София"
    office.save()
    by_saving()
    assert {
        msgid: approved(msgid) for msgid in ("One here.", "Two there.", "First words", "Part", "Sofia")
    } == {
        "One here.": "Едно тук.",
        "Two there.": "Две там.",
        "First words": "Първи думи",
        "Part": "Дял",
        "Sofia": "София",
    }
    sync()
    translate(news_po, {"News": "Нови новини"})
    assert sync().pages.published == 1
    target = target_of(live, bulgarian)
    assert (target.title, target.body[0].value, target.offices.get().name) == (
        "Нови новини",
        "Първи думи",
        "София",
    )


def test_a_sync_says_what_differs(live, bulgarian):
    stop()
    edit(target_of(live, bulgarian), intro="На ръка")
    by_a_query()
    (issue,) = [issue for issue in sync().issues if issue.code == "page-text"]
    assert issue.msgctxt == "news:intro"
    assert "“На ръка”" in issue.message
    assert mirrored("All our news") in issue.message


def test_a_page_that_nobody_edited_has_no_news(live, bulgarian, news_po, writes):
    before = news_po.read_bytes()
    stop()
    by_saving()
    result = sync()
    assert (result.pages.published, [i.code for i in result.issues if i.code.startswith("page")]) == (0, [])
    assert news_po.read_bytes() == before
    with writes() as found:
        sync()
    assert found.statements == []


def test_what_has_no_counterpart_is_said_and_kept(live, bulgarian):
    stop()
    target = target_of(live, bulgarian)
    raw = [*target.body.raw_data, block("quote", "Само тук", "extra")]
    edit(target, body=stream(*raw), rich=f"{target.rich}<p>Трети.</p>", kind="b")
    by_a_query()
    issues = [issue for issue in sync().issues if issue.code == "page-differs"]
    assert {issue.msgctxt.split(".")[0] for issue in issues} >= {"news:body", "news:rich"}
    assert set(Change.objects.filter(after="").values_list("before", flat=True)) >= {"Само тук", "Трети."}
    target = target_of(live, bulgarian)
    assert target.body[2].value == "Само тук"
    assert "Трети." in target.rich


def test_what_is_the_same_in_every_language_stays_as_the_editor_set_it(live, bulgarian, news_po, homes):
    edit(live, linked_page=homes["en"])
    sync()
    stop()
    edit(target_of(live, bulgarian), linked_page=homes["bg"])
    by_saving()
    sync()
    translate(news_po, {"News": "Нови новини"})
    sync()
    target = target_of(live, bulgarian)
    assert (target.title, target.linked_page_id) == ("Нови новини", homes["bg"].pk)


def test_what_the_original_lacks_is_said(live, bulgarian, homes):
    stop()
    edit(target_of(live, bulgarian), linked_page=homes["bg"])
    by_a_query()
    (issue,) = [issue for issue in sync().issues if issue.code == "page-differs"]
    assert issue.msgctxt == "news:linked_page"
    assert target_of(live, bulgarian).linked_page_id == homes["bg"].pk


def test_a_text_typed_into_the_file_meanwhile_is_a_draft(live, bulgarian, news_po):
    stop()
    translate(news_po, {"All our news": "Във файла"})
    sync()
    by_saving()
    result = sync()
    assert "typed-while-stopped" in {issue.code for issue in result.issues}
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Във файла", True)
    assert target_of(live, bulgarian).intro == mirrored("All our news")
    translate(news_po, {"All our news": "Във файла"})
    sync()
    assert target_of(live, bulgarian).intro == "Във файла"


def test_a_text_typed_in_the_file_and_on_the_page_is_a_conflict(live, bulgarian, news_po):
    stop()
    translate(news_po, {"All our news": "Във файла"})
    edit(target_of(live, bulgarian), intro="На ръка")
    by_saving()
    sync()
    (conflict,) = Conflict.objects.filter(resolved_at=None)
    assert (conflict.file_text, conflict.database_text) == ("Във файла", "На ръка")
    assert target_of(live, bulgarian).intro == "На ръка"


def test_a_copy_left_in_the_folder_meanwhile_is_a_conflict_at_every_sync(live, bulgarian, news_po):
    stop()
    translate(shutil.copy(news_po, news_po.with_name("news (copy).po")), {"All our news": "В копието"})
    by_saving()
    for _ in range(3):
        sync()
        (conflict,) = Conflict.objects.filter(resolved_at=None)
        assert (conflict.file_text, conflict.database_text) == ("В копието", mirrored("All our news"))
        assert target_of(live, bulgarian).intro == mirrored("All our news")


def test_a_text_approved_after_the_restart_comes_as_ever(live, bulgarian, news_po):
    stop()
    by_saving()
    sync()
    translate(news_po, {"All our news": "След това"})
    sync()
    assert target_of(live, bulgarian).intro == "След това"
    assert not Catalog.objects.filter(restarted=True).exists()


def test_a_text_typed_in_the_admin_after_the_restart_is_not_taken_back(live, bulgarian):
    stop()
    edit(target_of(live, bulgarian), intro="На ръка")
    by_saving()
    type_in_admin(live, bulgarian, "intro", "В редактора")
    sync()
    assert target_of(live, bulgarian).intro == "В редактора"


def test_the_text_of_a_source_that_changed_meanwhile_waits_for_a_translator(live, bulgarian, news_po):
    stop()
    edit(live, intro="All the news")
    edit(target_of(live, bulgarian), intro="На ръка")
    by_saving()
    sync()
    entry = entry_of(news_po, "All the news")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("На ръка", True, "All our news")
    assert target_of(live, bulgarian).intro == "На ръка"


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("intro", "All the news", mirrored("All our news")),
        ("intro", "Wholly different words", mirrored("All our news")),
        ("rich", "<p>Something else altogether.</p><p>Two there.</p>", None),
    ],
)
def test_a_text_offered_before_the_stop_is_an_offer_after_it(live, bulgarian, news_po, field, text, shown):
    edit(live, **{field: text})
    sync()
    before = {entry.msgid: (entry.msgstr, entry.fuzzy, entry.previous_msgid) for entry in current(news_po)}
    page = getattr(target_of(live, bulgarian), field)
    stop()
    sync()
    by_saving()
    sync()
    sync()
    after = {entry.msgid: (entry.msgstr, entry.fuzzy, entry.previous_msgid) for entry in current(news_po)}
    assert after == before
    assert getattr(target_of(live, bulgarian), field) == page
    assert shown is None or page == shown


def test_the_same_where_another_language_took_the_new_text_up(live, bulgarian, german, news_po):
    stop()
    submit(live, [german])
    edit(live, intro="All the news")
    sync()
    edit(target_of(live, bulgarian), intro="На ръка")
    Translation.objects.filter(target_locale=bulgarian).update(enabled=True)
    sync()
    entry = entry_of(news_po, "All the news")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("На ръка", True, "All our news")
    assert target_of(live, bulgarian).intro == "На ръка"


def test_a_text_that_the_checks_refuse_is_a_draft_and_the_page_stays(live, bulgarian, news_po):
    stop()
    raw = [dict(each) for each in target_of(live, bulgarian).body.raw_data]
    raw[1]["value"] = {**raw[1]["value"], "heading": "Д" * 70}
    EveryPage.objects.filter(pk=target_of(live, bulgarian).pk).update(body=stream(*raw))
    by_saving()
    sync()
    entry = entry_of(news_po, "Part")
    assert (entry.msgstr, entry.fuzzy) == ("Д" * 70, True)
    assert target_of(live, bulgarian).body[1].value["heading"] == "Д" * 70


def test_a_page_taken_offline_shows_drafts(live, bulgarian, news_po):
    stop()
    target = edit(target_of(live, bulgarian), intro="На ръка")
    target.unpublish()
    by_saving()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("На ръка", True)
    assert not target_of(live, bulgarian).live


@pytest.mark.parametrize("kind", [Topic, Notice])
def test_snippets_too(homes, english, bulgarian, catalog_root, kind):
    fields = {"name": "Help"} if kind is Topic else {"slug": "one", "text": "Help"}
    snippet = kind.objects.create(locale=english, **fields)
    submit(snippet, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    stop()
    name = "name" if kind is Topic else "text"
    target = target_of(snippet, bulgarian)
    setattr(target, name, "На ръка")
    target.save()
    by_saving()
    sync()
    assert getattr(target_of(snippet, bulgarian), name) == approved("Help") == "На ръка"


@pytest.mark.parametrize("gone", ["source", "target", "source's row"])
@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_nothing_fails_where_something_was_deleted(live, english, bulgarian, catalog_root, gone, kind):
    if kind == "snippet":
        Translation.objects.all().delete()
        live = Topic.objects.create(locale=english, name="Help")
        submit(live, [bulgarian])
        sync()
        translate_all(catalog_root)
        sync()
    stop()
    texts = set(StringTranslation.objects.values_list("data", flat=True))
    if gone == "source":
        live.delete()
        by_saving()
        sync()
    elif gone == "target":
        target_of(live, bulgarian).delete()
        by_saving()
        sync()
        assert target_of(live, bulgarian) is not None
    else:
        TranslationSource.objects.all().delete()
        submit(live, [bulgarian])
        sync()
    assert set(StringTranslation.objects.values_list("data", flat=True)) >= texts


def test_a_translation_begun_anew_over_a_page_of_an_editors_own_keeps_the_page(live, bulgarian):
    stop()
    edit(target_of(live, bulgarian), intro="На ръка")
    TranslationSource.objects.all().delete()
    submit(live, [bulgarian])
    sync()
    publish()
    assert target_of(live, bulgarian).intro == "На ръка"


def test_a_start_that_fails_stops_nothing_else_and_nobody_publishes_it(
    live, bulgarian, make_page, monkeypatch, catalog_root
):
    stop()
    edit(target_of(live, bulgarian), intro="На ръка")
    other = make_page(title="Jobs", slug="jobs")
    submit(other, [bulgarian])
    by_a_query()

    def broken(batch):
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(restart, "extract", broken)
        assert "not-restarted" in {issue.code for issue in sync().issues}
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    Catalog.objects.update(needs_publish=True)
    publish(refresh=False)
    assert target_of(live, bulgarian).intro == "На ръка"
    assert sync().exit_code == 0
    assert target_of(live, bulgarian).intro == approved("All our news") == "На ръка"
    assert target_of(other, bulgarian).title == "Работа"


def test_drafts_from_before_are_not_lost(live, bulgarian, news_po):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    stop()
    edit(target_of(live, bulgarian), intro="На ръка")
    by_saving()
    sync()
    kept = set(Draft.objects.values_list("text", flat=True)) | set(
        Change.objects.values_list("before", flat=True)
    )
    assert "Чернова" in kept
    assert target_of(live, bulgarian).intro == "На ръка"
