"""A migration renames a field or a block, and what is known of its entries follows."""

import subprocess
import sys

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation
from wagtail_localize.models import StringSegment, StringTranslation, TranslationContext

from posync import rename_entries
from posync.core.po.codec import read_po
from posync.exceptions import PosyncError
from posync.files.import_files import import_files
from posync.models import Catalog, Change, Conflict, Draft, EntryRename
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    block_id,
    current,
    entry_of,
    fresh,
    mirrored,
    obsolete,
    revision_count,
    stream,
    target_of,
    translate,
    translate_all,
    type_in_admin,
)
from tests.testapp.models import EveryPage, Office

pytestmark = pytest.mark.django_db

BODY = [
    block("quote", "Said well", "quote"),
    block("section", {"heading": "Part one", "text": "<p>Words</p>"}, "section"),
]


@pytest.fixture
def live(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", intro="All our news", body=stream(*BODY))
    page.offices.add(Office(name="Sofia", locale=page.locale))
    page.save_revision().publish()
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return fresh(page)


@pytest.fixture
def migrate():
    """Apply operations as one migration of the test app, with historical models."""

    def apply(*operations, backwards=False, name="0002_rename"):
        migration = migrations.Migration(name, "testapp")
        migration.operations = list(operations)
        state = MigrationLoader(connection).project_state()
        if backwards:
            migration.unapply(state, connection.schema_editor())
        else:
            migration.apply(state, connection.schema_editor())
        MigrationRecorder(connection).record_applied("testapp", name)

    return apply


def move(old, new):
    """What RenameField does to the rows, between two fields that exist."""

    def moved(apps, schema_editor):
        for page in apps.get_model("testapp", "EveryPage").objects.all():
            setattr(page, new, getattr(page, old))
            setattr(page, old, "")
            page.save()

    return moved


def rename(old, new, model="EveryPage"):
    def forwards(apps, schema_editor):
        rename_entries(apps.get_model("testapp", model), old, new)

    def back(apps, schema_editor):
        rename_entries(apps.get_model("testapp", model), new, old)

    return migrations.RunPython(forwards, back)


RENAME_FIELD = (
    migrations.RunPython(move("intro", "lead"), move("lead", "intro")),
    rename("intro", "lead"),
)
RENAME_BLOCK = (
    MigrateStreamData("testapp", "EveryPage", "body", [(RenameStreamChildrenOperation("quote", "text"), "")]),
    rename("body.quote", "body.text"),
)


@pytest.mark.parametrize(
    ("operations", "msgid"),
    [
        pytest.param(RENAME_FIELD, "All our news", id="field"),
        pytest.param(RENAME_BLOCK, "Said well", id="block"),
    ],
)
def test_approved_translations_stay_approved_and_live(live, bulgarian, news_po, migrate, operations, msgid):
    before = {entry.msgid: (entry.msgstr, entry.fuzzy) for entry in current(news_po)}
    revisions = revision_count(target_of(live, bulgarian))
    migrate(*operations)
    result = sync()
    assert (result.exit_code, result.pages.published) == (0, 0)
    assert {entry.msgid: (entry.msgstr, entry.fuzzy) for entry in current(news_po)} == before
    assert not obsolete(news_po)
    assert revision_count(target_of(live, bulgarian)) == revisions
    translate(news_po, {msgid: "Друг превод"})
    assert sync().pages.published == 1
    target = target_of(live, bulgarian)
    assert "Друг превод" in (target.lead, target.body[0].value)


def test_the_file_is_rewritten_once(live, news_po, migrate, writes):
    migrate(*RENAME_FIELD)
    assert sync().files.written == 1
    assert entry_of(news_po, "All our news").msgctxt == "news:lead"
    with writes() as found:
        assert sync().files.written == 0
    assert found.statements == []


def test_a_label_follows_a_block(live, news_po, migrate):
    migrate(*RENAME_BLOCK)
    sync()
    assert entry_of(news_po, "Said well").comment.startswith("Every page › Body › Text")


def test_everything_that_is_known_of_an_entry_moves(live, bulgarian, news_po, migrate):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True, comment="Сигурно ли е?")
    sync()
    migrate(*RENAME_FIELD)
    assert not TranslationContext.objects.filter(path="intro").exists()
    context = TranslationContext.objects.get(path="lead", field_path="lead")
    assert context.path_id == TranslationContext._get_path_id("lead")
    (draft,) = Draft.objects.all()
    assert (draft.path, draft.text) == ("lead", "Чернова")
    assert "intro" not in set(Change.objects.values_list("path", flat=True))
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy, entry.tcomment) == (
        "news:lead",
        "Чернова",
        True,
        "Сигурно ли е?",
    )
    assert target_of(live, bulgarian).lead == mirrored("All our news")


def test_an_open_conflict_moves_and_can_be_resolved(live, bulgarian, news_po, migrate, run):
    type_in_admin(live, bulgarian, "intro", "От редактора")
    translate(news_po, {"All our news": "От преводача"})
    sync()
    migrate(*RENAME_FIELD)
    (conflict,) = Conflict.objects.all()
    assert conflict.path == "lead"
    assert run("resolve_po", "--file", conflict.pk).code == 0
    sync()
    assert target_of(live, bulgarian).lead == "От преводача"


def test_a_file_saved_before_still_finds_its_entries(live, bulgarian, news_po, migrate):
    translate(news_po, {"All our news": "Преди преименуването"})
    migrate(*RENAME_FIELD)
    result = sync()
    assert (result.entries.imported, result.entries.unknown, result.exit_code) == (1, 0, 0)
    assert target_of(live, bulgarian).lead == "Преди преименуването"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy) == ("news:lead", "Преди преименуването", False)
    assert not obsolete(news_po)


def test_a_file_by_mail_finds_its_entries_long_after(live, bulgarian, news_po, migrate, tmp_path):
    mailed = tmp_path / "from-translator.po"
    mailed.write_bytes(news_po.read_bytes())
    translate(mailed, {"All our news": "По пощата"})
    migrate(*RENAME_FIELD)
    sync()
    sync()
    result = import_files([mailed])
    assert (result.entries.imported, result.entries.unknown) == (1, 0)
    sync()
    assert target_of(live, bulgarian).lead == "По пощата"


def test_an_older_text_by_mail_is_still_known_for_older(live, bulgarian, news_po, migrate, tmp_path):
    mailed = tmp_path / "old.po"
    mailed.write_bytes(news_po.read_bytes())
    translate(news_po, {"All our news": "По-ново"})
    sync()
    migrate(*RENAME_FIELD)
    sync()
    result = import_files([mailed])
    assert "older-text" in {issue.code for issue in result.issues}
    assert result.entries.imported == 0


def test_a_second_call_changes_nothing(live, news_po, migrate, writes):
    migrate(*RENAME_FIELD)
    sync()
    before = news_po.read_bytes()
    assert rename_entries(EveryPage, "intro", "lead") == 0
    sync()
    assert news_po.read_bytes() == before
    assert EntryRename.objects.count() == 1


def test_the_way_back_is_the_paths_swapped(live, bulgarian, news_po, migrate):
    before = news_po.read_bytes()
    migrate(*RENAME_FIELD)
    sync()
    named_anew = news_po.read_bytes()
    migrate(*RENAME_FIELD, backwards=True, name="0003_back")
    sync()
    assert news_po.read_bytes() == before
    news_po.write_bytes(named_anew)
    translate(news_po, {"All our news": "Между двете"})
    sync()
    assert target_of(live, bulgarian).intro == "Между двете"


@pytest.mark.parametrize(
    ("old", "new", "msgid", "msgctxt"),
    [
        pytest.param(
            "body.section.heading",
            "body.section.title",
            "Part one",
            f"news:body.{block_id('section')}.title",
            id="child of a struct",
        ),
        pytest.param("body", "main", "Said well", f"news:main.{block_id('quote')}", id="stream"),
        pytest.param("offices", "branches", "Sofia", "news:branches.", id="inline children"),
    ],
)
def test_contexts_and_bases_follow_any_kind_of_path(live, bulgarian, news_po, old, new, msgid, msgctxt):
    texts = set(StringTranslation.objects.values_list("data", flat=True))
    contexts = set(TranslationContext.objects.values_list("path", "field_path"))
    base = bytes(Catalog.objects.get().base)
    assert rename_entries(EveryPage, old, new) > 0
    assert set(StringTranslation.objects.values_list("data", flat=True)) == texts
    named = {entry.msgid: entry.msgctxt for entry in read_po(Catalog.objects.get().base).entries}
    assert named[msgid].startswith(msgctxt)
    assert rename_entries(EveryPage, new, old) > 0
    assert set(TranslationContext.objects.values_list("path", "field_path")) == contexts
    assert bytes(Catalog.objects.get().base) == base


def test_a_renaming_that_comes_after_the_sync_joins_what_stands_there(live, bulgarian, news_po, migrate):
    migrate(RENAME_FIELD[0])
    sync()
    type_in_admin(live, bulgarian, "lead", "Поправено")
    migrate(RENAME_FIELD[1], name="0003_entries")
    sync()
    assert target_of(live, bulgarian).lead == "Поправено"
    segment = StringSegment.objects.get(string__data="All our news")
    assert segment.context.path == "lead"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy) == ("news:lead", "Поправено", False)


def test_the_translation_in_use_wins_over_one_left_at_the_new_path(live, bulgarian, migrate):
    old = StringTranslation.objects.get(context__path="intro")
    left = TranslationContext.objects.create(
        object_id=live.translation_key,
        path="lead",
        field_path="lead",
        path_id=TranslationContext._get_path_id("lead"),
    )
    StringTranslation.objects.create(
        translation_of=old.translation_of, locale=bulgarian, context=left, data="Отдавна"
    )
    migrate(*RENAME_FIELD)
    sync()
    assert StringTranslation.objects.get(context__path="lead").data == mirrored("All our news")
    assert StringTranslation.objects.filter(data="Отдавна").exists()
    assert target_of(live, bulgarian).lead == mirrored("All our news")


def test_other_models_keep_their_entries(live, homes, bulgarian):
    assert rename_entries(Office, "intro", "lead") == 0
    assert TranslationContext.objects.filter(path="intro").exists()


def test_a_renamed_field_of_a_parent_model_is_that_of_its_children(live):
    (base,) = EveryPage.__bases__
    assert rename_entries(base, "title", "heading") > 0
    assert TranslationContext.objects.filter(path="heading").exists()


def test_the_queries_do_not_grow_with_the_objects(live, make_page, bulgarian, catalog_root):
    one = queries(rename_entries, EveryPage, "title", "heading")
    for title in ("Jobs", "Events"):
        submit(make_page(title=title), [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    assert rename_entries(EveryPage, "heading", "title") == 1
    assert queries(rename_entries, EveryPage, "title", "heading") == one


def queries(function, *arguments):
    with CaptureQueriesContext(connection) as captured:
        function(*arguments)
    return len(captured)


def test_a_migration_without_the_dependency_says_so(homes, monkeypatch):
    monkeypatch.setattr(EntryRename._meta, "db_table", "not_there")
    with pytest.raises(PosyncError, match="0005_remember_renamed_entries"):
        rename_entries(EveryPage, "intro", "lead")


def test_the_package_imports_no_models():
    code = "import sys, posync; assert 'django.db' not in sys.modules and 'wagtail' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd="site")


def test_what_is_not_there_is_no_attribute():
    with pytest.raises(ImportError):
        from posync import no_such_thing  # noqa: F401, PLC0415
