"""Every word that visitors read has a record, and `provenance` tells it."""

import json
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote, unquote

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from posync.history.review import approve_drafts, waiting_for_review
from posync.history.undo_run import undo
from posync.models import Change, Run
from posync.publishing.publish import publish
from posync.reports.origins import catalogs_of, provenance
from posync.sync import sync
from tests.posync.people import edit, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT = "All our news"


@pytest.fixture
def ana():
    return get_user_model().objects.create_user("ana", first_name="Ана", last_name="Петрова")


@pytest.fixture
def told(run):
    def told(page, *arguments) -> dict[str, dict]:
        answer = run("provenance", page.pk, "--json", *arguments)
        assert answer.code == 0, answer.err
        return {record["msgctxt"]: record for record in answer.json["records"]}

    return told


def test_a_text_of_a_file_is_told_with_file_tool_and_run(published, news_po, told):
    translate(news_po, {TEXT: "Новините ни"})
    delivered = news_po.read_bytes()
    sync()
    record = told(published)["news:intro"]
    assert (record["language"], record["source"], record["text"]) == ("bg", TEXT, "Новините ни")
    assert record["origin"]["act"] == record["approval"]["act"] == "file"
    assert record["approval"]["file"] == "bg/content/news.po"
    assert record["approval"]["digest"] == sha256(delivered).hexdigest()
    assert record["approval"]["run"] == Run.objects.first().pk


def test_one_typed_in_the_admin_names_the_person(published, bulgarian, told, ana):
    row = StringTranslation.objects.get(context__path="intro", locale=bulgarian)
    row.data, row.last_translated_by = "Наши новини", ana
    row.save()
    sync()
    record = told(published)["news:intro"]
    assert record["text"] == "Наши новини"
    assert (record["approval"]["act"], record["approval"]["by"]) == ("typed", "Ана Петрова")
    assert record["approval"]["account"] == str(ana.pk)


def test_what_a_reviewer_approved_names_both(published, news_po, told, ana, settings):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}
    translate(news_po, {TEXT: "Наши новини"})
    sync()
    assert told(published)["news:intro"]["text"] == "Всички новини"
    approve_drafts(list(waiting_for_review()), user=ana)
    publish()
    record = told(published)["news:intro"]
    assert record["text"] == "Наши новини"
    assert record["origin"]["act"] == "file"
    assert (record["approval"]["act"], record["approval"]["by"]) == ("review", "Ана Петрова")


def test_a_text_that_moved_keeps_its_record(published, told):
    before = told(published)["news:intro"]
    edit(published, intro="", lead=TEXT)
    sync()
    after = told(published)["news:lead"]
    assert after["text"] == before["text"]
    assert after["approval"] == before["approval"]


def test_a_text_edited_while_its_translation_was_stopped_is_its_editors(published, bulgarian, told, ana):
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save()
    target = target_of(published, bulgarian)
    target.intro = "На редактора"
    target.save_revision(user=ana).publish(user=ana, skip_permission_checks=True)
    sync()
    translation.enabled = True
    translation.save()
    sync()
    record = told(published)["news:intro"]
    assert record["text"] == "На редактора"
    assert (record["approval"]["act"], record["approval"]["by"]) == ("typed", "Ана Петрова")


def test_an_undone_text_has_a_record_of_the_undoing(published, news_po, told):
    translate(news_po, {TEXT: "Наши новини"})
    sync()
    undo(Run.objects.first().pk)
    publish()
    record = told(published)["news:intro"]
    assert (record["text"], record["approval"]["act"]) == ("Всички новини", "undo")


def test_what_was_approved_after_the_last_publication_is_not_read_yet(published, bulgarian, told):
    edit(published, intro=TEXT, lead="Untranslated")
    type_in_admin(published, bulgarian, "intro", "Наши новини")
    sync()
    record = told(published)["news:intro"]
    assert target_of(published, bulgarian).intro == record["text"] == "Всички новини"


def test_what_the_page_showed_already_when_it_was_approved_is_read(published, bulgarian, told):
    target = target_of(published, bulgarian)
    type(target).objects.filter(pk=target.pk).update(intro="Наши новини")
    type_in_admin(published, bulgarian, "intro", "Наши новини")
    sync()
    assert told(published)["news:intro"]["text"] == "Наши новини"


def test_what_a_page_shows_that_waits_is_told_with_the_source_of_then(published, bulgarian, told):
    before = told(published)["news:intro"]
    edit(published, intro="Quite other news", lead="And more")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"
    assert told(published)["news:intro"] == before
    assert told(published)["news:title"]["text"] == "Новини"
    assert "news:lead" not in told(published)


def test_it_tells_what_visitors_read_at_a_moment(published, news_po, bulgarian, told):
    moment = timezone.now()
    translate(news_po, {TEXT: "Наши новини"})
    sync()
    assert told(published)["news:intro"]["text"] == "Наши новини"
    assert told(published, "--at", moment.isoformat())["news:intro"]["text"] == "Всички новини"
    assert told(published, "--at", (moment - timedelta(days=1)).isoformat()) == {}


def test_texts_from_before_the_records_name_whom_wagtail_localize_names(published, told, ana):
    StringTranslation.objects.update(last_translated_by=ana, tool_name="")
    Change.objects.all().delete()
    record = told(published)["news:intro"]
    assert (record["approval"]["act"], record["approval"]["by"]) == ("before records", "Ана Петрова")


def test_nothing_is_told_of_a_page_that_nobody_reads(submitted, told, published, bulgarian):
    target_of(published, bulgarian).unpublish()
    assert told(published) == {}


@pytest.mark.parametrize("form", ["{url}", "{bare}", "http://example.org{url}?page=2#text", "{quoted}"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_page_is_named_by_its_address_in_either_language(published, bulgarian, run, form, language):
    url = (target_of(published, bulgarian) if language == "bg" else published).url
    answer = run("provenance", form.format(url=url, bare=url.rstrip("/"), quoted=quote(unquote(url))))
    assert answer.code == 0, answer.err
    assert "text:        Всички новини" in answer.out
    assert "approval:    file, " in answer.out


@pytest.mark.parametrize("wrong", ["/bg/nothing/", "999999", "/"])
def test_an_unknown_page_is_named(published, run, wrong):
    answer = run("provenance", wrong)
    assert answer.code == 2
    assert wrong in answer.err


def test_a_wrong_time_is_named(published, run):
    answer = run("provenance", published.pk, "--at", "yesterday")
    assert answer.code == 2
    assert "yesterday" in answer.err


def test_more_texts_take_no_more_queries(published, news_po, bulgarian):
    keys = catalogs_of({published.translation_key})
    with CaptureQueriesContext(connection) as of_two:
        assert len(list(provenance(keys))) == 2
    edit(published, intro=TEXT, lead="A lead", rich="<p>One</p><p>Two</p>")
    sync()
    translate(news_po, {"A lead": "Увод", "One": "Едно", "Two": "Две"})
    sync()
    with CaptureQueriesContext(connection) as of_five:
        assert len(list(provenance(keys))) == 5
    assert len(of_five) == len(of_two)


# Who did it, after the account is gone


def test_the_name_outlives_the_account(published, bulgarian, told, ana):
    row = StringTranslation.objects.get(context__path="intro", locale=bulgarian)
    row.data, row.last_translated_by = "Наши новини", ana
    row.save()
    sync()
    number = ana.pk
    ana.delete()
    approval = told(published)["news:intro"]["approval"]
    assert (approval["by"], approval["account"]) == ("Ана Петрова", str(number))


@pytest.mark.parametrize("deleted", [False, True])
def test_a_person_is_forgotten_under_one_pseudonym(published, bulgarian, told, ana, run, deleted):
    for path, text in (("intro", "Наши новини"), ("title", "Новинарска")):
        row = StringTranslation.objects.get(context__path=path, locale=bulgarian)
        row.data, row.last_translated_by = text, ana
        row.save()
    sync()
    name = str(ana.pk) if deleted else "ana"
    if deleted:
        ana.delete()
    assert run("forget_person", name, "--dry-run").code == 0
    assert told(published)["news:intro"]["approval"]["by"] == "Ана Петрова"
    answer = run("forget_person", name, "--json")
    assert answer.code == 0, answer.err
    records = told(published)
    names = {record["approval"]["by"] for record in records.values()}
    assert len(names) == 1
    assert names.pop().startswith("Person ")
    assert {record["approval"]["account"] for record in records.values()} == {None}
    assert "Петрова" not in json.dumps(records, ensure_ascii=False)
    assert not Change.objects.filter(user_name__contains="Петрова").exists()
    assert "nobody" in run("forget_person", name, "--json").out


def test_nobody_unknown_is_forgotten(db, run):
    answer = run("forget_person", "nobody-at-all")
    assert answer.code == 2
    assert "nobody-at-all" in answer.err
