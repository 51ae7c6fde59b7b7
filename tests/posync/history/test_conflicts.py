"""Conflicts and runs: nothing typed is lost, and everything can be taken back."""

import json
import shutil
from unittest.mock import Mock

import pytest
from wagtail_localize.models import StringTranslation, Translation

from posync.files.import_files import import_files
from posync.history import undo_run
from posync.history.undo_run import undo
from posync.models import Change, Conflict, Draft, Run
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import current, edit, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def conflict(published, bulgarian, news_po):
    """Changed in the file and in the admin, differently, then synced."""
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    return Conflict.objects.get()


def entry(news_po, msgid="All our news"):
    return next(entry for entry in current(news_po) if entry.msgid == msgid)


def approved(msgid="All our news"):
    return StringTranslation.objects.get(translation_of__data=msgid).data


def test_a_conflict_keeps_all_three_texts(conflict):
    assert (conflict.base_text, conflict.file_text, conflict.database_text) == (
        "Всички новини",
        "От файла",
        "От админа",
    )
    assert approved() == "От админа"


def test_a_conflict_shows_both_texts_in_the_file_and_appears_once(conflict, news_po):
    shown = entry(news_po)
    assert (shown.msgstr, shown.fuzzy) == ("От файла", True)
    assert "In use: От админа" in shown.comment
    again = sync()
    assert (again.entries.conflicts, again.exit_code) == (0, 0)
    assert Conflict.objects.count() == 1


@pytest.mark.parametrize(
    ("choice", "expected"),
    [(["--file"], "От файла"), (["--database"], "От админа"), (["--text", "Трето"], "Трето")],
    ids=["file", "database", "third text"],
)
def test_a_conflict_is_resolved_as_chosen_and_reaches_page_and_file(
    conflict, run, published, bulgarian, news_po, choice, expected
):
    code, *_output = run("resolve_po", str(conflict.pk), *choice)
    assert code == 0
    conflict.refresh_from_db()
    assert (conflict.resolution, conflict.resolved_at is None) == (expected, False)
    sync()
    assert target_of(published, bulgarian).intro == expected
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == (expected, False)
    found = set(Change.objects.values_list("before", flat=True)) | {expected}
    assert {"От файла", "От админа", "Всички новини"} <= found


def test_a_conflict_is_resolved_in_the_file(conflict, published, bulgarian, news_po):
    translate(news_po, {"All our news": "Избрано"})
    sync()
    conflict.refresh_from_db()
    assert conflict.resolution == "Избрано"
    assert target_of(published, bulgarian).intro == "Избрано"


def test_a_conflict_is_resolved_in_the_admin(conflict, run, published, bulgarian, news_po):
    type_in_admin(published, bulgarian, "intro", "Решено в админа")
    sync()
    conflict.refresh_from_db()
    assert (conflict.resolution, conflict.resolved_at is None) == ("Решено в админа", False)
    run("resolve_po", "--file")
    sync()
    assert target_of(published, bulgarian).intro == "Решено в админа"
    assert Change.objects.filter(before="От файла").exists()


def test_a_conflict_is_resolved_by_a_script_whose_update_sends_no_signal(
    conflict, published, bulgarian, news_po
):
    StringTranslation.objects.filter(data="От админа").update(data="От скрипта")
    edit(published, title="Fresh news")  # so that the file is written
    sync()
    conflict.refresh_from_db()
    assert conflict.resolution == "От скрипта"
    translate(news_po, {"All our news": "Ново", "Fresh news": "Пресни новини"})
    sync()
    assert target_of(published, bulgarian).intro == "Ново"


def test_a_translation_deleted_in_the_admin_resolves_no_conflict(conflict):
    StringTranslation.objects.get(translation_of__data="All our news").delete()
    sync()
    conflict.refresh_from_db()
    assert conflict.resolved_at is None


def test_a_text_that_fails_the_checks_does_not_resolve_a_conflict(conflict, run):
    code, *printed = run("resolve_po", str(conflict.pk), "--text", "<script>x</script>")
    assert code == 1
    assert "markup" in "".join(printed)
    conflict.refresh_from_db()
    assert conflict.resolved_at is None


def test_conflicts_are_listed_with_all_texts(conflict, run):
    code, *printed = run("resolve_po")
    assert code == 0
    for text in ("Всички новини", "От файла", "От админа", "news:intro"):
        assert text in "".join(printed)


def test_a_third_text_needs_one_named_conflict(conflict, run):
    code, *printed = run("resolve_po", "--text", "Трето")
    assert (code, "name it by its id" in "".join(printed)) == (2, True)
    conflict.refresh_from_db()
    assert conflict.resolved_at is None


def test_a_number_without_an_open_conflict_is_an_error(conflict, run):
    assert run("resolve_po", "999", "--file")[0] == 2


def test_an_import_can_be_undone_and_the_undoing_too_is_in_the_history(published, bulgarian, news_po, run):
    translate(news_po, {"News": "Вести", "All our news": "Всичко ново"})
    sync()
    imported = Run.objects.filter(kind=Run.Kind.IMPORT).first()
    code, *_output = run("undo_po", str(imported.pk))
    assert code == 0
    assert approved("News") == "Новини"
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Новини", "Всички новини")
    assert (entry(news_po, "News").msgstr, entry(news_po).msgstr) == ("Новини", "Всички новини")
    undoing = Run.objects.get(undoes=imported)
    assert set(undoing.changes.values_list("before", "after")) == {
        ("Вести", "Новини"),
        ("Всичко ново", "Всички новини"),
    }
    assert run("undo_po", str(imported.pk))[0] == 2


def test_undoing_leaves_alone_what_was_changed_since(published, bulgarian, news_po, run):
    translate(news_po, {"All our news": "Всичко ново"})
    sync()
    imported = Run.objects.filter(kind=Run.Kind.IMPORT).first()
    type_in_admin(published, bulgarian, "intro", "От админа")
    _code, *printed = run("undo_po", str(imported.pk))
    assert "changed-since" in "".join(printed)
    assert approved() == "От админа"


def test_an_undone_import_of_a_draft_takes_the_draft_away(published, news_po, run):
    translate(news_po, {"All our news": "Може би"}, fuzzy=True)
    sync()
    assert Draft.objects.get().text == "Може би"
    run("undo_po", str(Run.objects.first().pk))
    assert not Draft.objects.exists()
    sync()
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == ("Всички новини", False)


def by_command(conflict, news_po, run, how):
    run("resolve_po", str(conflict.pk), how)


def in_the_file(conflict, news_po, run, how):
    translate(news_po, {"All our news": "От файла"})
    sync()


@pytest.mark.parametrize(
    ("settle", "how"), [(by_command, "--file"), (by_command, "--database"), (in_the_file, "")]
)
def test_an_undone_choice_is_a_conflict_again(settle, how, conflict, news_po, run):
    settle(conflict, news_po, run, how)
    sync()
    assert run("undo_po", str(Run.objects.first().pk)).code == 0
    sync()
    conflict.refresh_from_db()
    assert (conflict.resolved_at, conflict.resolution) == (None, "")
    assert approved() == "От админа"
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == ("От файла", True)
    run("resolve_po", str(conflict.pk), "--file")
    assert approved() == "От файла"


def test_a_draft_brought_back_stands_beside_the_text_brought_back(published, news_po, run):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    translate(news_po, {"All our news": "Одобрено"})
    sync()
    run("undo_po", str(Run.objects.first().pk))
    sync()
    assert (approved(), Draft.objects.get().approved) == ("Всички новини", "Всички новини")
    translate(news_po, {"All our news": "Друго"})
    assert sync().entries.conflicts == 0
    assert approved() == "Друго"


def test_undoing_approves_no_text_that_the_checks_refused(make_page, bulgarian, catalog_root, run):
    page = make_page(title="News", slug="news", rich="<p>Hello there</p>")
    submit(page, [bulgarian])
    sync()
    po = catalog_root / "bg/content/news.po"
    translate(po, {"News": "Новини", "Hello there": "Здравей"})
    sync()
    type_in_admin(page, bulgarian, "rich", "Виж <script>alert(1)</script> <b>x")
    sync()
    translate(po, {"Hello there": "Добре"})
    sync()
    assert run("undo_po", str(Run.objects.first().pk)).code == 0
    sync()
    assert "script" not in target_of(page, bulgarian).rich
    assert Draft.objects.get().text == "Виж <script>alert(1)</script> <b>x"


def test_undoing_the_first_of_two_deliveries_leaves_the_dispute_about_the_second(
    conflict, published, bulgarian, news_po, tmp_path, run
):
    mailed = shutil.copy(news_po, tmp_path / "mailed.po")
    translate(mailed, {"All our news": "Второ"}, fuzzy=True)
    import_files([mailed])
    sync()
    run("undo_po", str(conflict.run_id))
    sync()
    conflict.refresh_from_db()
    assert (conflict.resolved_at, conflict.file_text) == (None, "Второ")
    assert (entry(news_po).msgstr, entry(news_po).fuzzy, approved()) == ("Второ", True, "От админа")


def test_a_draft_brought_back_names_the_source_it_was_written_for(published, news_po, run):
    edit(published, intro="All our great news")
    sync()
    translate(news_po, {"All our great news": "Великите новини"})
    sync()
    run("undo_po", str(Run.objects.first().pk))
    sync()
    found = entry(news_po, "All our great news")
    assert (found.msgstr, found.fuzzy, found.previous_msgid) == ("Всички новини", True, "All our news")


def test_a_source_there_and_back_keeps_the_disputed_text_on_offer(conflict, published, news_po):
    edit(published, intro="All our great news")
    sync()
    edit(published, intro="All our news")
    sync()
    conflict.refresh_from_db()
    assert conflict.resolved_at is None
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == ("От файла", True)


def test_an_emptied_draft_clears_the_draft_alone(conflict, news_po, run):
    translate(news_po, {"All our news": ""})
    assert run("import_po", "--allow-clear").code == 0
    sync()
    conflict.refresh_from_db()
    assert (approved(), conflict.resolution) == ("От админа", "От админа")
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == ("От админа", False)


def test_an_undoing_that_was_killed_has_undone_nothing(
    published, make_page, bulgarian, news_po, monkeypatch, run
):
    submit(make_page("en", title="Jobs", slug="jobs"), [bulgarian])
    sync()
    translate(news_po, {"News": "Вести"})
    translate(news_po.with_name("jobs.po"), {"Jobs": "Работа"})
    sync()
    last = Run.objects.first().pk
    with monkeypatch.context() as killing:
        killing.setattr(undo_run, "save_changes", Mock(side_effect=[None, KeyboardInterrupt]))
        with pytest.raises(KeyboardInterrupt):
            undo(last)
    assert (approved("News"), approved("Jobs")) == ("Вести", "Работа")
    assert run("undo_po", last).code == 0
    assert approved("News") == "Новини"


def test_the_newest_runs_are_listed_and_come_first(published, run):
    Run.objects.bulk_create(Run(kind=Run.Kind.IMPORT) for _ in range(25))
    listed = [int(line.split()[2].strip(":")) for line in run("undo_po").out.splitlines()]
    assert listed == list(Run.objects.order_by("-pk").values_list("pk", flat=True)[:20])


@pytest.mark.parametrize(
    ("command", "nothing"), [("undo_po", "no runs yet"), ("resolve_po", "no conflict is open")]
)
def test_a_list_goes_to_standard_output_and_says_so_when_it_is_empty(conflict, run, command, nothing):
    code, out, err = run(command)
    assert (code, err) == (0, "")
    assert "nothing to do" not in out
    Conflict.objects.all().delete()
    Change.objects.all().delete()
    Run.objects.all().delete()
    assert run(command).out.startswith(nothing)


def test_runs_are_listed(published, run):
    code, *printed = run("undo_po", "--json")
    assert code == 0
    assert "import" in json.loads(printed[0])["issues"][0]["message"]


def test_a_cleared_translation_is_cleared_only_when_that_is_allowed(published, bulgarian, news_po, run):
    translate(news_po, {"All our news": ""})
    run("sync_po")
    assert approved() == "Всички новини"
    translate(news_po, {"All our news": ""})
    run("sync_po", "--allow-clear")
    assert not StringTranslation.objects.filter(translation_of__data="All our news").exists()
    assert target_of(published, bulgarian).intro == "Всички новини"
    assert Change.objects.filter(before="Всички новини", after="").exists()


def test_what_an_editor_writes_over_in_the_admin_is_in_the_history(published, bulgarian):
    for text in ("Първо", "Второ", "Трето"):
        type_in_admin(published, bulgarian, "intro", text)
    assert list(Change.objects.filter(run=None).values_list("before", "after")) == [
        ("Всички новини", "Първо"),
        ("Първо", "Второ"),
        ("Второ", "Трето"),
    ]


@pytest.mark.parametrize("text", ["От файла", "От файла<script>"], ids=["sound", "blocked"])
@pytest.mark.parametrize("fuzzy", [True, False], ids=["fuzzy", "approved"])
@pytest.mark.parametrize("before", ["nothing", "a draft", "an approved text"])
def test_whatever_the_file_said_and_says_a_text_typed_meanwhile_opens_a_conflict(
    before, fuzzy, text, submitted, bulgarian, news_po
):
    sync()
    if before != "nothing":
        translate(news_po, {"All our news": "Преди"}, fuzzy=before == "a draft")
        sync()
    translate(news_po, {"All our news": text}, fuzzy=fuzzy)
    type_in_admin(submitted, bulgarian, "intro", "От админа")
    assert sync().entries.conflicts == 1
    found = Conflict.objects.get(resolved_at=None)
    assert (found.file_text, found.database_text) == (text, "От админа")
    assert (entry(news_po).msgstr, entry(news_po).fuzzy, approved()) == (text, True, "От админа")


def source_changes_and_comes_back(published, news_po, translated):
    edit(published, intro="All our great news")
    sync()
    if translated:
        translate(news_po, {"All our great news": "Всички големи новини"})
        sync()
    edit(published, intro="All our news")
    return sync()


@pytest.mark.parametrize("translated", [True, False], ids=["translated meanwhile", "not translated"])
def test_an_open_conflict_comes_back_with_its_source(conflict, published, bulgarian, news_po, translated):
    source_changes_and_comes_back(published, news_po, translated)
    conflict.refresh_from_db()
    assert (conflict.resolved_at, conflict.file_text) == (None, "От файла")
    shown = entry(news_po)
    assert (shown.msgstr, shown.fuzzy) == ("От файла", True)
    assert "In use: От админа" in shown.comment
    translate(news_po, {"All our news": "От файла"})
    sync()
    conflict.refresh_from_db()
    assert conflict.resolution == "От файла"
    assert target_of(published, bulgarian).intro == "От файла"


def test_a_text_for_a_source_gone_meanwhile_joins_its_open_conflict(conflict, published, news_po, tmp_path):
    mailed = tmp_path / "mailed.po"
    shutil.copy(news_po, mailed)
    translate(mailed, {"All our news": "По пощата"})
    edit(published, intro="Quite other words")
    sync()
    translate(news_po, {"Quite other words": "Съвсем други думи"})
    sync()
    import_files([mailed])
    sync()
    edit(published, intro="All our news")
    sync()
    conflict.refresh_from_db()
    assert (conflict.resolved_at, conflict.file_text) == (None, "По пощата")
    assert (entry(news_po).msgstr, entry(news_po).fuzzy) == ("По пощата", True)
    assert approved() == "От админа"


def test_a_conflict_of_a_stopped_translation_waits_for_its_start(conflict, published, run):
    Translation.objects.update(enabled=False)
    outcome = run("resolve_po", str(conflict.pk), "--file", "--json")
    assert [issue["code"] for issue in outcome.json["issues"]] == ["stopped"]
    conflict.refresh_from_db()
    assert conflict.resolved_at is None


def test_a_choice_for_a_source_that_is_gone_is_said_to_be_in_use_nowhere(conflict, published, run):
    edit(published, intro="Quite other words")
    sync()
    outcome = run("resolve_po", str(conflict.pk), "--text", "Трето", "--json")
    assert outcome.json["entries"]["imported"] == 0
    assert [issue["code"] for issue in outcome.json["issues"]] == ["unknown-entry"]
    assert Change.objects.filter(before="Трето").exists()


def test_a_conflict_follows_its_text_to_another_place(conflict, published, bulgarian, news_po, run):
    edit(published, intro="", lead="All our news")
    sync()
    moved = Conflict.objects.get(resolved_at=None)
    assert (moved.pk, moved.path) == (conflict.pk, "lead")
    chosen = conflict.file_text
    assert run("resolve_po", str(conflict.pk), "--file").code == 0
    sync()
    assert target_of(published, bulgarian).lead == chosen


def test_a_conflict_settled_in_another_place_does_not_come_back(conflict, published, bulgarian, news_po):
    edit(published, intro="Quite other words", lead="All our news")
    sync()
    translate(news_po, {"All our news": "Нов избор", "Quite other words": "Съвсем други думи"})
    sync()
    edit(published, intro="All our news", lead="")
    sync()
    found = entry(news_po)
    assert (found.msgstr, found.fuzzy) == ("Нов избор", False)
    assert target_of(published, bulgarian).intro == "Нов избор"
    assert not Conflict.objects.filter(resolved_at=None).exists()


@pytest.mark.parametrize(("choice", "chosen"), [("--file", "От файла"), ("--database", "От админа")])
def test_a_choice_about_a_reworded_text_holds_for_its_offer_and_its_return(
    choice, chosen, conflict, published, bulgarian, news_po, run
):
    edit(published, intro="All of our news")
    sync()
    assert "the page no longer has the text" in run("resolve_po").out
    foreseen = run("resolve_po", str(conflict.pk), choice, "--dry-run", "--json").json
    done = run("resolve_po", str(conflict.pk), choice, "--json").json
    assert (foreseen["entries"], foreseen["issues"]) == (done["entries"], done["issues"])
    sync()
    assert entry(news_po, "All of our news").msgstr == chosen
    edit(published, intro="All our news")
    sync()
    shown = entry(news_po)
    assert (shown.msgstr, shown.fuzzy) == (chosen, False)
    assert target_of(published, bulgarian).intro == chosen


def test_a_disputed_text_was_never_approved_by_the_word_of_the_history(conflict):
    assert not Change.objects.filter(kind="approved", before="От файла").exists()


def test_a_refused_text_closes_no_conflict_about_a_gone_one(conflict, published, run):
    edit(published, intro="")
    sync()
    done = run("resolve_po", str(conflict.pk), "--text", "<b>x")
    assert (done.code, "never closed" in done.err) == (1, True)
    assert Conflict.objects.filter(resolved_at=None).exists()
