"""Superseded texts leave the history when a site says so; what is in use, and the memory of older files, stays."""

from datetime import timedelta

import polib
import pytest
from django.utils import timezone

from posync.exceptions import PosyncError
from posync.history.digests import PREFIX, digest_of
from posync.history.pruning import prune
from posync.history.resolve_conflicts import Choice, resolve
from posync.history.undo_run import undo
from posync.models import Change, Conflict, Draft, Run
from posync.reports.origins import catalogs_of, provenance
from posync.sync import sync
from tests.posync.people import edit, entry_of, read, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT = "All our news"
FIRST, SECOND, THIRD = "Всички новини", "Наши новини", "Новините ни"


def history() -> set[str]:
    return {text for texts in Change.objects.values_list("before", "after") for text in texts} - {""}


def a_year_passes() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    Change.objects.update(created_at=long_ago)
    Conflict.objects.exclude(resolved_at=None).update(resolved_at=long_ago)


@pytest.fixture
def superseded(published, news_po):
    """The page of `published`, its introduction translated anew a long time ago. The file of before is kept."""
    before = news_po.read_bytes()
    translate(news_po, {TEXT: SECOND})
    sync()
    a_year_passes()
    return before


def test_a_superseded_text_goes_and_its_digest_stays(superseded):
    assert {FIRST, SECOND} <= history()
    assert prune(365).changes
    assert FIRST not in history()
    assert {digest_of(FIRST), SECOND} <= history()


def test_what_is_younger_stays(superseded):
    before = history()
    assert not prune(500).changes
    assert history() == before


def test_what_visitors_read_keeps_its_record(published, superseded):
    keys = catalogs_of({published.translation_key})
    before = list(provenance(keys))
    prune(365)
    assert list(provenance(keys)) == before


def test_a_second_time_there_is_nothing_to_remove(superseded):
    prune(365)
    assert not prune(365).changes


def test_a_text_in_use_till_now_goes_once_it_is_superseded_long_enough(superseded, news_po):
    prune(365)
    translate(news_po, {TEXT: THIRD})
    sync()
    prune(365)
    assert SECOND in history()
    a_year_passes()
    prune(365)
    assert SECOND not in history()


def test_an_older_copy_of_a_file_is_recognised(superseded, catalog_root, published, bulgarian, news_po):
    prune(365)
    (catalog_root / "bg/content/old.po").write_bytes(superseded)
    result = sync()
    assert result.entries.conflicts == 0
    assert entry_of(news_po, TEXT).msgstr == target_of(published, bulgarian).intro == SECOND
    assert not entry_of(news_po, TEXT).fuzzy


def test_a_draft_keeps_its_record(published, news_po):
    translate(news_po, {TEXT: SECOND}, fuzzy=True)
    sync()
    a_year_passes()
    prune(1)
    assert SECOND in history()
    assert Draft.objects.get().text == SECOND


def test_a_text_given_up_does_not_come_back_as_a_digest(published, bulgarian, news_po):
    edit(published, intro="Old news")
    sync()
    translate(news_po, {"Old news": SECOND}, fuzzy=True)
    sync()
    edit(published, intro="Quite another thing")
    sync()
    a_year_passes()
    prune(1)
    edit(published, intro="Old news")
    sync()
    assert PREFIX not in news_po.read_text()


def test_a_translation_that_waits_keeps_all_of_it(published, news_po, superseded):
    edit(published, lead="Not translated yet")
    sync()
    before = history()
    prune(365)
    assert history() == before


@pytest.fixture
def dispute(published, bulgarian, news_po):
    translate(news_po, {TEXT: SECOND})
    type_in_admin(published, bulgarian, "intro", THIRD)
    sync()
    return Conflict.objects.get()


def test_an_open_conflict_keeps_both_texts(dispute):
    a_year_passes()
    prune(1)
    dispute.refresh_from_db()
    assert (dispute.file_text, dispute.database_text) == (SECOND, THIRD)
    assert {SECOND, THIRD} <= history()


def test_of_a_resolved_one_digests_stay_and_a_copy_with_the_rejected_text_is_no_news(
    dispute, catalog_root, news_po
):
    rejected = news_po.read_bytes()
    resolve([dispute.pk], Choice.DATABASE)
    sync()
    a_year_passes()
    assert prune(1).conflicts == 1
    dispute.refresh_from_db()
    assert (dispute.file_text, dispute.resolution) == (digest_of(SECOND), digest_of(THIRD))
    (catalog_root / "bg/content/copy.po").write_bytes(rejected.replace(b"#, fuzzy\n", b""))
    sync()
    assert (entry_of(news_po, TEXT).msgstr, entry_of(news_po, TEXT).fuzzy) == (THIRD, False)


def test_a_run_without_its_texts_cannot_be_undone(superseded, news_po):
    run = Run.objects.first()
    prune(365)
    with pytest.raises(PosyncError, match=f"Run {run.pk} cannot be undone.*HISTORY_DAYS"):
        undo(run.pk)
    assert entry_of(news_po, TEXT).msgstr == SECOND


def test_a_text_without_a_place_is_kept_once_though_its_file_is_read_again(published, news_po):
    po = read(news_po)
    po.append(polib.POEntry(msgctxt="gone:title", msgid="Gone", msgstr=THIRD))
    content = str(po)
    for _time in range(2):
        news_po.write_text(content)
        sync()
        a_year_passes()
        prune(1)
    assert THIRD not in history()
    assert Change.objects.filter(before=digest_of(THIRD)).count() == 1


# The command


def test_the_command_removes_what_the_setting_says(superseded, run, settings):
    assert "HISTORY_DAYS is not set" in run("prune_history").out
    settings.POSYNC = {**settings.POSYNC, "HISTORY_DAYS": 365}
    assert "Older than 365 days: " in run("prune_history", "--dry-run").out
    assert FIRST in history()
    answer = run("prune_history", "--json")
    assert [issue["code"] for issue in answer.json["issues"]] == ["pruned"]
    assert FIRST not in history()
    assert "nothing to remove" in run("prune_history").out


@pytest.mark.parametrize("days", [0, -1, 1.5, "365", True, 10**6])
def test_a_wrong_number_of_days_is_named(settings, run, days, db):
    settings.POSYNC = {**settings.POSYNC, "HISTORY_DAYS": days}
    answer = run("prune_history", checked=True)
    assert answer.code == 2
    assert "HISTORY_DAYS" in answer.err
