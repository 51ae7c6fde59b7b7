"""Names of domains, files and entries."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.po.naming import (
    catalog_path,
    join_msgctxt,
    language_of_path,
    page_domain,
    snippet_domain,
    split_msgctxt,
    unique_domain,
)
from tests.posync.core.strategies import hostile_text, quick

url_paths = st.lists(
    st.one_of(
        hostile_text, st.sampled_from(["..", ".", "-", "home", "a:b", "LC_MESSAGES", "ж" * 300, "中" * 300])
    ),
    max_size=8,
).map(lambda parts: "/" + "/".join(parts) + "/")


@pytest.mark.parametrize(
    ("url_path", "domain"),
    [
        pytest.param("/home/", "home", id="home page"),
        pytest.param("/home-bg/", "home", id="home page of another language"),
        pytest.param("/home/news/", "news", id="first level"),
        pytest.param("/home-bg/news/opening/", "news/opening", id="second level"),
        pytest.param("/home/новини/", "новини", id="Cyrillic"),
        pytest.param("/home/News/", "news", id="capitals, which some file systems do not tell apart"),
        pytest.param("/home/и\u0306/", "й", id="letter of two characters"),
        pytest.param("/home/a b/", "a-b", id="space"),
        pytest.param("/home/a:b/", "a-b", id="colon, which ends the domain in msgctxt"),
        pytest.param("/home/../../etc/passwd/", "etc/passwd", id="climbing"),
        pytest.param("/home/news.po/x/", "news-po/x", id="ending of a file on a folder"),
        pytest.param("/home/---/", "home", id="nothing usable"),
        pytest.param("/", "home", id="root"),
    ],
)
def test_page_domain_is_its_path_below_the_home_page(url_path, domain):
    assert page_domain(url_path) == domain


@pytest.mark.parametrize(
    ("model", "identifier", "domain"),
    [
        ("menu", "main", "snippets/menu/main"),
        ("topic", "7", "snippets/topic/7"),
        ("topic", "Зелена вълна", "snippets/topic/зелена-вълна"),
        ("topic", "../../x", "snippets/topic/x"),
        ("topic", "...", "snippets/topic/unnamed"),
    ],
)
def test_snippet_domain_is_its_model_and_slug_or_id(model, identifier, domain):
    assert snippet_domain(model, identifier) == domain


def assert_safe(domain):
    parts = PurePosixPath(domain).parts
    assert domain == "/".join(parts)
    assert parts
    assert not domain.startswith("/")
    assert ":" not in domain
    for part in parts:
        assert part.strip("-")
        assert "." not in part
        assert len(part.encode()) <= 200, "no room for the marks of a temporary file"


@given(url_paths)
@quick
def test_page_domain_never_leaves_its_folder_and_is_never_empty(url_path):
    domain = page_domain(url_path)
    assert_safe(domain)
    assert len(domain) <= 400
    assert domain == domain.lower()


@given(hostile_text)
@quick
def test_snippet_domain_never_leaves_its_folder_and_is_never_empty(identifier):
    domain = snippet_domain("topic", identifier)
    assert_safe(domain)
    assert domain.startswith("snippets/topic/")


def test_unique_domain_is_the_wanted_one_while_that_is_free():
    assert unique_domain("news", {"news-2", "new"}) == "news"


def test_unique_domain_takes_the_first_free_number():
    assert unique_domain("news", {"news", "news-2", "news-4"}) == "news-3"


@given(st.lists(url_paths, max_size=12))
@quick
def test_names_given_one_after_the_other_are_all_different(paths):
    taken: list[str] = []
    for path in paths:
        taken.append(unique_domain(page_domain(path), taken))
    assert len(set(taken)) == len(paths)


def test_catalog_lies_beside_the_interface_catalogs_not_among_them():
    assert catalog_path("bg", "news/opening") == PurePosixPath("bg/content/news/opening.po")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("bg/content/news.po", "bg"),
        ("pt_BR/content/news/opening.po", "pt_BR"),
        ("bg/LC_MESSAGES/django.po", ""),
        ("bg/content", ""),
        ("news.po", ""),
        (".", ""),
    ],
)
def test_language_is_the_first_folder_of_a_catalog(path, language):
    assert language_of_path(PurePosixPath(path)) == language


@pytest.mark.parametrize(
    ("msgctxt", "parts"),
    [
        pytest.param("news/opening:body.8f2c.text", ("news/opening", "body.8f2c.text"), id="ours"),
        pytest.param("news:body:odd", ("news", "body:odd"), id="colon in the path"),
        pytest.param("Button label", ("", "Button label"), id="of another program"),
        pytest.param("", ("", ""), id="none"),
    ],
)
def test_msgctxt_is_taken_apart_at_its_first_colon(msgctxt, parts):
    assert split_msgctxt(msgctxt) == parts


@given(url_paths, hostile_text)
@quick
def test_msgctxt_gives_back_what_it_was_made_of(url_path, path):
    domain = page_domain(url_path)
    assert split_msgctxt(join_msgctxt(domain, path)) == (domain, path)
