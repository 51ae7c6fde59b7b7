"""Only what a translator approved reaches a page, and nothing that was typed is lost."""

import pytest
from wagtail_localize.models import Translation

from posync.files.import_files import import_files
from posync.models import Change, Conflict
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    current,
    edit,
    entry_of,
    obsolete,
    read,
    target_of,
    translate,
    type_in_admin,
    visit,
)

pytestmark = pytest.mark.django_db


def test_a_fuzzy_text_is_kept_and_comes_back_out_with_the_translators_comment(
    submitted, bulgarian, news_po, catalog_root
):
    sync()
    translate(news_po, {"News": "Новини"})
    translate(news_po, {"All our news": "Всичко ново"}, fuzzy=True, comment="“Ново” or “новини”?\nAsk Мария.")
    result = sync()
    assert (result.entries.drafts, result.pages.waiting, result.exit_code) == (1, 1, 0)
    assert target_of(submitted, bulgarian) is None
    news_po.unlink()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == (
        "Всичко ново",
        True,
        "“Ново” or “новини”?\nAsk Мария.",
    )


def test_a_translation_marked_fuzzy_again_stays_live_and_nothing_new_goes_out(published, bulgarian, news_po):
    translate(news_po, {"All our news": "Всичко ново"}, fuzzy=True)
    translate(news_po, {"News": "Вести"})
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Новини", "Всички новини")
    translate(news_po, {"All our news": "Всичко ново"})
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "Всичко ново")


def test_an_obsolete_entry_never_reaches_a_page_and_is_kept(published, bulgarian, news_po):
    po = read(news_po)
    for entry in po:
        if entry.msgid == "All our news":
            entry.obsolete, entry.msgstr = True, "Стар превод"
    po.save()
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини", False)
    assert Change.objects.filter(before="Стар превод").exists()
    edit(published, title="Our news")
    sync()
    translate(news_po, {"Our news": "Нашите новини"})
    assert sync().pages.published == 1


def test_an_obsolete_entry_does_not_replace_a_draft(published, news_po):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    po = read(news_po)
    for entry in po:
        if entry.msgid == "All our news":
            entry.obsolete, entry.msgstr = True, "Стар превод"
    po.save()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Чернова", True)
    assert Change.objects.filter(before="Стар превод").exists()


def test_an_obsolete_entry_of_a_text_without_translation_is_offered_as_fuzzy(submitted, news_po):
    sync()
    po = read(news_po)
    for entry in po:
        if entry.msgid == "All our news":
            entry.obsolete, entry.msgstr = True, "Стар превод"
    po.save()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Стар превод", True)


def test_an_obsolete_entry_of_a_text_that_never_was_is_kept(published, news_po):
    with news_po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "news:intro"\n#~ msgid "From long ago"\n#~ msgstr "Отдавна"\n')
    sync()
    assert [(entry.msgid, entry.msgstr) for entry in obsolete(news_po)] == [("From long ago", "Отдавна")]


def test_a_translation_of_a_text_removed_meanwhile_is_kept_and_returns_with_the_text(
    published, bulgarian, news_po
):
    translate(news_po, {"All our news": "Всичките ни новини"})
    edit(published, intro="")
    result = sync()
    assert [issue.code for issue in result.issues if issue.file == "bg/content/news.po"][0] == "unknown-entry"
    assert "Всичките ни новини" in news_po.read_text("utf-8")
    edit(published, intro="All our news")
    sync()
    assert target_of(published, bulgarian).intro in ("", "Всички новини")
    assert "Всичките ни новини" in [entry.msgstr for entry in current(news_po)]


BLOCKED = [
    pytest.param("Без връзка.", "links", id="lost link"),
    pytest.param('Виж <a id="a1">тук</a> и <a id="a2">там</a>.', "links", id="new link"),
    pytest.param('Виж <a id="a1">тук</a><script>x</script>.', "markup", id="script"),
    pytest.param('Виж <a id="a1" href="javascript:x">тук</a>.', "markup", id="attribute"),
    pytest.param('Виж <b><a id="a1">тук</a>.', "markup", id="unbalanced"),
    pytest.param('Виж <!-- --><a id="a1">тук</a>.', "markup", id="comment"),
]


@pytest.fixture
def linked(make_page, bulgarian, news_po):
    page = make_page(
        title="News", slug="news", rich='<p>See <a href="https://one.example/">here</a>.</p>', intro="Short"
    )
    submit(page, [bulgarian])
    sync()
    return page


@pytest.mark.parametrize(("text", "code"), BLOCKED)
def test_a_text_with_broken_markup_is_refused_by_file_line_and_name_and_kept(
    text, code, linked, bulgarian, news_po, run
):
    source = 'See <a id="a1">here</a>.'
    translate(news_po, {"News": "Новини", "Short": "Кратко", source: text})
    line = entry_of(news_po, source).linenum
    outcome = run("sync_po", "--json")
    assert outcome.code == 1
    assert outcome.json["entries"] | {"unchanged": 0} == {
        "imported": 2,
        "drafts": 0,
        "unchanged": 0,
        "blocked": 1,
        "conflicts": 0,
        "unknown": 0,
    }
    issue = next(issue for issue in outcome.json["issues"] if issue["severity"] == "error")
    assert (issue["file"], issue["line"], issue["msgctxt"]) == ("bg/content/news.po", line, "news:rich")
    assert code in {issue["code"] for issue in outcome.json["issues"]}
    entry = entry_of(news_po, source)
    assert (entry.msgstr, entry.fuzzy) == (text, True)
    assert entry_of(news_po, "News").msgstr == "Новини"
    assert target_of(linked, bulgarian) is None
    translate(news_po, {source: 'Виж <a id="a1">тук</a>.'})
    assert run("sync_po").code == 0
    assert target_of(linked, bulgarian).rich == '<p>Виж <a href="https://one.example/">тук</a>.</p>'


def test_a_text_longer_than_its_field_is_refused(published, bulgarian, news_po):
    translate(news_po, {"All our news": "н" * 81})
    result = sync()
    assert (result.entries.blocked, result.exit_code) == (1, 1)
    assert [issue.code for issue in result.issues if issue.severity == "error"] == ["length"]
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_bare_ampersand_and_lost_edge_spaces_are_mended(make_page, bulgarian, news_po):
    page = make_page(title="R&D ", slug="news", lead=" AT&T ")
    submit(page, [bulgarian])
    sync()
    translate(news_po, {entry.msgid: "НИ&РД" for entry in current(news_po)})
    sync()
    target = target_of(page, bulgarian)
    assert (target.title, target.lead) == ("НИ&РД ", " НИ&РД ")


def test_a_translation_taken_out_of_the_file_is_asked_about_and_comes_back(published, bulgarian, news_po):
    translate(news_po, {"All our news": ""})
    result = sync()
    assert [issue.code for issue in result.issues] == ["cleared"]
    assert target_of(published, bulgarian).intro == "Всички новини"
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"


def test_a_text_changed_here_and_in_the_admin_differently_is_a_conflict(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    result = sync()
    assert (result.entries.conflicts, result.exit_code) == (1, 1)
    assert target_of(published, bulgarian).intro != "От файла"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("От файла", True)
    assert Conflict.objects.get(msgid="All our news").database_text == "От админа"


def test_a_text_changed_in_the_same_way_on_both_sides_is_agreed(published, bulgarian, news_po):
    translate(news_po, {"All our news": "Всичко"})
    type_in_admin(published, bulgarian, "intro", "Всичко")
    result = sync()
    assert (result.entries.conflicts, result.exit_code) == (0, 0)
    assert target_of(published, bulgarian).intro == "Всичко"


def test_a_text_typed_in_the_admin_goes_to_the_file_and_to_the_page(published, bulgarian, news_po):
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    assert target_of(published, bulgarian).intro == "От админа"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("От админа", False)


def test_a_text_refused_by_the_admin_goes_out_as_fuzzy_and_not_to_the_page(linked, bulgarian, news_po):
    translate(
        news_po, {"News": "Новини", "Short": "Кратко", 'See <a id="a1">here</a>.': 'Виж <a id="a1">тук</a>.'}
    )
    sync()
    type_in_admin(linked, bulgarian, "rich", 'Виж <a id="a7">там</a>.')
    sync()
    entry = entry_of(news_po, 'See <a id="a1">here</a>.')
    assert (entry.msgstr, entry.fuzzy) == ('Виж <a id="a7">там</a>.', True)
    assert "тук" in target_of(linked, bulgarian).rich


def test_a_file_sent_by_mail_does_not_make_older_texts_of_the_own_file_new_again(
    published, bulgarian, news_po, tmp_path
):
    mailed = tmp_path / "mailed.po"
    mailed.write_bytes(news_po.read_bytes())
    translate(mailed, {"All our news": "По пощата"})
    import_files([mailed])
    translate(news_po, {"News": "Вести"})  # saved by somebody who has not seen the mail
    result = sync()
    assert result.entries.conflicts == 0
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "По пощата")
    assert entry_of(news_po, "All our news").msgstr == "По пощата"


def test_a_stopped_translation_is_left_alone(published, bulgarian, news_po, client):
    Translation.objects.update(enabled=False)
    before = news_po.read_bytes()
    edit(published, intro="Other")
    translate(news_po, {"News": "Вести"})
    changed = news_po.read_bytes()
    sync()
    assert news_po.read_bytes() == changed != before
    assert "Новини" in visit(client, target_of(published, bulgarian))


def test_a_file_changed_while_its_translation_is_stopped_is_told_how_to_be_taken_up(published, news_po):
    Translation.objects.update(enabled=False)
    translate(news_po, {"News": "Вести"})
    (issue,) = sync().issues
    assert (issue.severity, issue.code, issue.file) == ("warning", "stopped", "bg/content/news.po")
    assert issue.message == (
        "The translation of 'news' into bg was stopped. Entries left alone: 2. To take up its texts, start it again in the "
        "admin."
    )
    assert entry_of(news_po, "News").msgstr == "Вести"


def test_a_file_of_a_stopped_translation_whose_original_is_gone_is_not_told_to_be_started(
    published, news_po, settings
):
    settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
    Translation.objects.update(enabled=False)
    published.delete()
    translate(news_po, {"News": "Вести"})
    assert [issue.code for issue in sync().issues] == ["unknown-page"]


def test_a_stopped_translation_into_another_language_explains_no_unknown_page(published, news_po, tmp_path):
    Translation.objects.update(enabled=False)
    mailed = tmp_path / "mailed.po"
    mailed.write_text(news_po.read_text("utf-8").replace("Language: bg", "Language: de"), "utf-8")
    assert [issue.code for issue in import_files([mailed]).issues] == ["unknown-page"]
