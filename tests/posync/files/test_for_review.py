"""With a required review, files bring translations for somebody else to approve; whoever may approve, in the admin or by command."""

import shutil
import subprocess

import pytest
from wagtail_localize.models import StringTranslation

from posync.files.import_files import import_files
from posync.history.review import approve_drafts, send_back, waiting_for_review
from posync.history.undo_run import undo
from posync.models import Draft, Run
from posync.reports.status import status
from posync.sync import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT, OLD, NEW = "All our news", "Всички новини", "Наши новини"


@pytest.fixture
def required(published, settings):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}


@pytest.fixture
def waiting(required, published, news_po):
    translate(news_po, {TEXT: NEW})
    sync()
    return published


def settled(root) -> bool:
    before = snapshot(root)
    sync()
    return snapshot(root) == before


def test_a_files_translation_waits_and_leaves_without_a_flag(waiting, bulgarian, news_po, catalog_root):
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == (NEW, False)
    assert "Waits for review" in entry.comment
    assert f"In use: {OLD}" in entry.comment
    assert target_of(waiting, bulgarian).intro == OLD
    assert settled(catalog_root)
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", news_po], check=True)


def test_a_first_translation_waits(required, published, bulgarian, news_po):
    edit(published, lead="A new text")
    sync()
    translate(news_po, {"A new text": "Нов текст"})
    sync()
    assert not entry_of(news_po, "A new text").fuzzy
    assert target_of(published, bulgarian).lead == ""
    (row,) = status()
    assert (row.state, row.for_review, row.words_left) == ("for review", 1, 0)


@pytest.mark.parametrize("trusted", ["bg", "bg/content", "bg/content/news.po", "de"])
def test_trusted_files_approve(trusted, required, published, bulgarian, news_po, settings):
    settings.POSYNC = {**settings.POSYNC, "TRUSTED": [trusted]}
    translate(news_po, {TEXT: NEW})
    sync()
    assert target_of(published, bulgarian).intro == (OLD if trusted == "de" else NEW)


def test_approved_it_is_published(waiting, bulgarian, news_po, catalog_root):
    (draft,) = waiting_for_review()
    assert approve_drafts([draft]).entries.imported == 1
    sync()
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == (NEW, False)
    assert "Waits for review" not in entry.comment
    assert target_of(waiting, bulgarian).intro == NEW
    assert settled(catalog_root)


def test_sent_back_it_is_fuzzy_with_the_reason(waiting, news_po, catalog_root):
    (draft,) = waiting_for_review()
    assert send_back({draft: "Too free,\nsee the style guide."}) == 1
    sync()
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == (NEW, True)
    assert "Sent back: Too free, see the style guide." in entry.comment
    assert settled(catalog_root)


def test_sent_back_and_done_again_it_waits_again(waiting, news_po):
    (draft,) = waiting_for_review()
    send_back({draft: "Too free."})
    sync()
    translate(news_po, {TEXT: "Новините ни"})
    sync()
    (draft,) = waiting_for_review()
    assert (draft.text, draft.sent_back) == ("Новините ни", "")


def test_a_file_opened_before_it_was_sent_back_does_not_approve_it(waiting, news_po, settings, bulgarian):
    before = news_po.read_bytes()
    (draft,) = waiting_for_review()
    send_back({draft: "Too free."})
    sync()
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "off"}
    news_po.write_bytes(before + b"\n# saved late\n")
    sync()
    assert target_of(waiting, bulgarian).intro == OLD
    assert entry_of(news_po, TEXT).fuzzy


@pytest.mark.parametrize("review", ["off", "required"])
def test_a_file_that_comes_back_as_it_was_approves_nothing(
    review, waiting, bulgarian, news_po, settings, tmp_path
):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": review}
    mailed = shutil.copy(news_po, tmp_path / "mailed.po")
    news_po.write_bytes(news_po.read_bytes() + b"\n# saved\n")
    sync()
    import_files([mailed])
    sync()
    assert target_of(waiting, bulgarian).intro == OLD
    assert waiting_for_review().count() == 1


def test_doubted_in_the_file_it_waits_no_more(waiting, news_po):
    translate(news_po, {TEXT: NEW}, fuzzy=True)
    sync()
    assert entry_of(news_po, TEXT).fuzzy
    assert not waiting_for_review()


def test_changed_on_both_sides_it_is_a_conflict(waiting, bulgarian, news_po):
    translate(news_po, {TEXT: "Друго"})
    type_in_admin(waiting, bulgarian, "intro", "От админа")
    assert sync().entries.conflicts == 1
    assert entry_of(news_po, TEXT).fuzzy
    assert target_of(waiting, bulgarian).intro == OLD


def test_an_approval_in_the_admin_overtakes_it(waiting, bulgarian, news_po):
    (draft,) = waiting_for_review()
    type_in_admin(waiting, bulgarian, "intro", "От админа")
    found = approve_drafts([draft])
    assert [issue.code for issue in found.issues] == ["overtaken"]
    sync()
    assert target_of(waiting, bulgarian).intro == "От админа"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("away", [{"intro": "", "lead": TEXT}, {"intro": ""}])
def test_it_follows_its_text(away, waiting, news_po):
    edit(waiting, **away)
    sync()
    if "lead" not in away:
        edit(waiting, intro=TEXT)
        sync()
    (draft,) = waiting_for_review()
    assert draft.text == NEW
    assert not entry_of(news_po, TEXT).fuzzy


def test_reworded_it_is_an_offer(waiting, news_po):
    edit(waiting, intro="All of our news")
    sync()
    entry = entry_of(news_po, "All of our news")
    assert (entry.msgstr, entry.fuzzy) == (NEW, True)
    assert not waiting_for_review()


def test_a_broken_one_is_a_plain_draft(required, published, news_po):
    translate(news_po, {TEXT: "<script>alert(1)</script>"})
    sync()
    assert entry_of(news_po, TEXT).fuzzy
    assert not waiting_for_review()


def test_an_approval_can_be_undone(waiting, bulgarian, news_po):
    approve_drafts([waiting_for_review().get()])
    sync()
    undo(Run.objects.get(kind="approve").pk)
    sync()
    draft = waiting_for_review().get()
    assert (draft.text, draft.approved) == (NEW, OLD)
    assert {"Waits for review", f"In use: {OLD}"} <= set(entry_of(news_po, TEXT).comment.splitlines())


def test_a_second_person_approves(waiting, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    waiting_for_review().update(author=ana)
    (draft,) = waiting_for_review()
    assert [issue.code for issue in approve_drafts([draft], ana).issues] == ["second-person"]
    boris = django_user_model.objects.create_user("boris")
    assert approve_drafts([draft], boris).entries.imported == 1


def test_the_command_lists_and_approves(waiting, bulgarian, run):
    listed = run("approve_po")
    assert (listed.code, NEW in listed.out, OLD in listed.out) == (0, True, True)
    assert run("approve_po", "--approve").code == 2
    assert run("approve_po", "--approve", "--locale", "en").out.startswith("nothing waits")
    assert run("approve_po", "--approve", "--dry-run", "--all").code == 0
    assert waiting_for_review().count() == 1
    assert run("approve_po", "--approve", waiting.pk).code == 0
    sync()
    assert target_of(waiting, bulgarian).intro == NEW


def test_the_command_approves_what_a_run_brought(waiting, make_page, run):
    other = Run.objects.create(kind="import")
    assert run("approve_po", "--approve", "--run", other.pk).out.startswith("nothing waits")
    brought = Run.objects.filter(kind="import", changes__after=NEW).get()
    assert run("approve_po", "--approve", "--run", brought.pk).code == 0
    assert not waiting_for_review()


@pytest.mark.parametrize(
    "judge", [lambda draft: approve_drafts([draft]), lambda draft: send_back({draft: "No."})]
)
def test_what_a_reviewer_has_not_read_is_not_judged(judge, waiting, news_po):
    (read,) = waiting_for_review()
    translate(news_po, {TEXT: "Съвсем друго"})
    import_files()
    judge(read)
    (draft,) = waiting_for_review()
    assert draft.text == "Съвсем друго"
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == OLD
