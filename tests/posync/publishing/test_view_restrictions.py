import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from posync.models import Catalog
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import target_of, translate, translate_all

pytestmark = pytest.mark.django_db


def restrict(page):
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


def test_a_page_made_private_is_private_in_the_other_language_at_once(published, bulgarian, client):
    restrict(published)
    target = target_of(published, bulgarian)
    assert target.view_restrictions.get().password == "secret"
    assert "Всички новини" not in client.get(target.url).content.decode()


def test_a_translation_made_private_leaves_its_original_public(published, bulgarian):
    restrict(target_of(published, bulgarian))
    assert not published.view_restrictions.exists()


@pytest.fixture(params=["together", "one at a time"])
def together(request, settings):
    if request.param == "one at a time":
        settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": None}


def is_private(page) -> bool:
    """As a stranger finds it at its address."""
    response = Client().get(page.get_url())
    return response.status_code == 302 or 'type="password"' in response.content.decode()


def test_a_correction_published_leaves_a_private_translation_private(together, published, bulgarian, news_po):
    target = target_of(published, bulgarian)
    restrict(target)
    translate(news_po, {"All our news": "Наши новини"})
    sync()
    assert target_of(published, bulgarian).intro == "Наши новини"
    assert is_private(target)
    assert not is_private(published)


@pytest.mark.parametrize("above", [False, True], ids=["itself", "the page above"])
def test_a_new_translation_of_a_private_page_is_private(above, together, make_page, bulgarian, catalog_root):
    section = make_page(title="Section", slug="section")
    submit(section, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/section.po", {"Section": "Раздел"})
    sync()
    page = make_page(title="Inside", slug="inside", parent=section)
    if above:
        PageViewRestriction.objects.bulk_create(  # as if the translation of the section were public on purpose
            [PageViewRestriction(page=section, restriction_type="login")]
        )
    else:
        restrict(page)
    submit(page, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/section/inside.po", {"Inside": "Вътре"})
    sync()
    assert is_private(target_of(page, bulgarian))
    assert is_private(page)


def test_a_page_moved_below_a_private_one_is_private_in_both_languages(
    published, bulgarian, make_page, catalog_root
):
    section = make_page(title="Members", slug="members")
    restrict(section)
    below = make_page(title="Below", slug="below", parent=published)
    submit(below, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    published.move(section, pos="last-child")
    assert is_private(target_of(published, bulgarian))
    assert is_private(target_of(below, bulgarian))
    assert PageViewRestriction.objects.count() == 2


def test_a_translation_that_stays_private_is_reported(published, bulgarian, caplog):
    restriction = restrict(published)
    restriction.delete()
    assert is_private(target_of(published, bulgarian))
    assert "still private" in caplog.text


@pytest.mark.parametrize("private", ["en", "bg"])
def test_a_version_private_alone_is_told_by_the_status(private, published, bulgarian, run):
    restrict(published)
    assert [row["private_in"] for row in run("po_status", "--json").json["rows"]] == [""]
    public = published if private == "bg" else target_of(published, bulgarian)
    public.view_restrictions.all().delete()
    assert [row["private_in"] for row in run("po_status", "--json").json["rows"]] == [private]
    assert f"news: private in {private} alone" in run("po_status").out


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“Новини” is private, in this language alone: Bulgarian."),
        ("bg", "„Новини“ е поверителна само на този език: "),
    ],
)
def test_and_in_the_translation_s_editor(language, sentence, published, enter):
    restrict(published)
    address = reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])
    client = enter("change", language=language)
    assert sentence.split(" ", 1)[1] not in client.get(address).content.decode()
    published.view_restrictions.all().delete()
    assert sentence in client.get(address).content.decode()


def test_a_group_restriction_goes_over_with_its_groups(published, bulgarian):
    restriction = PageViewRestriction.objects.create(page=published, restriction_type="groups")
    members = Group.objects.create(name="Members")
    restriction.groups.add(members)
    assert list(target_of(published, bulgarian).view_restrictions.get().groups.all()) == [members]


def test_a_stricter_restriction_of_a_translation_stays(published, bulgarian):
    target = target_of(published, bulgarian)
    own = PageViewRestriction.objects.create(page=target, restriction_type="groups")
    own.groups.add(Group.objects.create(name="Board"))
    PageViewRestriction.objects.create(page=published, restriction_type="login")
    assert target.view_restrictions.get().restriction_type == "groups"


@pytest.mark.parametrize("moved", [False, True])
def test_a_translation_is_as_private_as_its_original_below_a_less_private_page(
    moved, make_page, bulgarian, catalog_root
):
    board = Group.objects.create(name="Board")
    members, inner = make_page(title="Members", slug="members"), make_page(title="Board", slug="board")
    PageViewRestriction.objects.create(page=members, restriction_type="login")
    page = make_page(title="Minutes", slug="minutes", parent=members)
    restriction = PageViewRestriction.objects.create(page=inner if moved else page, restriction_type="groups")
    restriction.groups.add(board)
    for one in (members, page):
        submit(one, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    if moved:
        page.move(inner, pos="last-child")
    in_effect = target_of(page, bulgarian).get_view_restrictions()
    assert [board] in [list(one.groups.all()) for one in in_effect]


@pytest.mark.parametrize("which", ["original", "target"])
def test_a_private_page_can_be_deleted(which, published, bulgarian):
    restrict(published)
    page = published if which == "original" else target_of(published, bulgarian)
    page.delete()
    assert not Page.objects.filter(pk=page.pk).exists()
