"""A text put in doubt stays so, wherever it goes: the flag is a person's word, and no move takes it away."""

import pytest

from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, edit, entry_of, stream, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT, TRANSLATION = "All our news", "Всички новини"


@pytest.fixture
def doubted(published, news_po):
    translate(news_po, {TEXT: TRANSLATION}, fuzzy=True)
    sync()
    return published


def is_doubted(path) -> bool:
    entry = entry_of(path, TEXT)
    return (entry.msgstr, entry.fuzzy) == (TRANSLATION, True)


@pytest.mark.parametrize("synced", [True, False], ids=["synced between", "at once"])
@pytest.mark.parametrize(
    ("away", "back"),
    [
        ({"intro": "", "lead": TEXT}, {}),
        ({"intro": ""}, {"lead": TEXT}),
        ({"intro": ""}, {"intro": TEXT}),
        (
            {"intro": "", "body": stream(block("char", TEXT, "one"))},
            {"body": stream(block("char", TEXT, "two"))},
        ),
        ({"intro": "Every bit of news"}, {"intro": TEXT}),
    ],
    ids=[
        "moved",
        "deleted and made elsewhere",
        "deleted and made again",
        "a block made again",
        "reworded and back",
    ],
)
def test_a_doubt_follows_its_text(away, back, synced, doubted, bulgarian, news_po):
    edit(doubted, **away)
    refresh_changed_sources()
    if synced:
        sync()
    if back:
        edit(doubted, **back)
    sync()
    assert is_doubted(news_po)
    target = target_of(doubted, bulgarian)
    assert TRANSLATION not in (target.lead, *(one.value for one in target.body))


@pytest.mark.parametrize("back", [False, True])
def test_a_doubt_follows_its_text_to_another_page_and_back(
    back, doubted, make_page, bulgarian, news_po, catalog_root
):
    other = make_page(title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    edit(doubted, intro="")
    edit(other, lead=TEXT)
    sync()
    assert is_doubted(catalog_root / "bg/content/archive.po")
    if back:
        edit(other, lead="")
        edit(doubted, intro=TEXT)
        sync()
        assert is_doubted(news_po)


def test_a_doubt_dispelled_does_not_come_back(doubted, news_po):
    translate(news_po, {TEXT: TRANSLATION})
    sync()
    edit(doubted, intro="Every bit of news")
    sync()
    edit(doubted, intro=TEXT)
    sync()
    assert not entry_of(news_po, TEXT).fuzzy


def test_a_draft_that_an_editors_text_has_overtaken_does_not_come_back(published, bulgarian, news_po):
    translate(news_po, {TEXT: "Чернова"}, fuzzy=True)
    sync()
    type_in_admin(published, bulgarian, "intro", "От редактора")
    edit(published, intro="")
    sync()
    edit(published, intro=TEXT)
    sync()
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == ("От редактора", False)


def test_spaces_typed_in_the_admin_are_no_translation(published, bulgarian, news_po, run):
    type_in_admin(published, bulgarian, "intro", "   ")
    sync()
    assert target_of(published, bulgarian).intro == TRANSLATION
    assert entry_of(news_po, TEXT).msgstr.strip() == TRANSLATION
    assert run("check_po").code == 0
