"""How an object's catalogs are named, and how a site names them itself."""

import pytest

from posync.models import TextDomain
from posync.sources.submit import submit, submit_many

pytestmark = pytest.mark.django_db

HERE = __name__


def by_model_and_id(instance):
    return f"{instance._meta.model_name}/{instance.pk}"


def always_the_same(instance):
    return "texts"


def climbing(instance):
    return "../../etc/Passwd"


def empty(instance):
    return ""


def crashing(instance):
    raise RuntimeError("out of order")


def no_string(instance):
    return instance.pk


@pytest.fixture
def named_by(settings):
    def choose(path):
        settings.POSYNC = {**settings.POSYNC, "CATALOG_NAME": path}

    return choose


def names():
    return sorted(TextDomain.objects.values_list("name", flat=True))


def test_a_site_names_catalogs_itself(make_page, bulgarian, named_by):
    named_by(f"{HERE}.by_model_and_id")
    page = make_page(title="News", slug="news")
    submit(page, [bulgarian])
    assert names() == [f"everypage/{page.pk}"]


def test_names_are_made_unique(make_page, bulgarian, named_by):
    named_by(f"{HERE}.always_the_same")
    for title in ("One", "Two"):
        submit(make_page(title=title, slug=title.lower()), [bulgarian])
    assert names() == ["texts", "texts-2"]


@pytest.mark.parametrize(("name", "safe"), [("climbing", "etc/passwd"), ("empty", "home")])
def test_no_name_leaves_the_folder(make_page, bulgarian, named_by, name, safe):
    named_by(f"{HERE}.{name}")
    submit(make_page(title="News", slug="news"), [bulgarian])
    assert names() == [safe]


@pytest.mark.parametrize("name", ["crashing", "no_string", "missing"])
def test_where_naming_fails_the_address_names_and_the_callable_is_told(make_page, bulgarian, named_by, name):
    named_by(f"{HERE}.{name}")
    page = make_page(title="News", slug="news")
    result = submit_many([bulgarian], page_ids=[page.pk])
    assert names() == ["news"]
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{HERE}.{name} failed" in issue.message
