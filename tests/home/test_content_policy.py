"""What the site lets browsers load, in a header of every answer that visitors get."""

from urllib.parse import urlsplit

import pytest

from home.blocks.video import PROVIDERS


def policy(response):
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in directives}


ADDRESSES = ["/bg/", "/en/", "/bg/tarsene/", "/en/search/", "/bg/nishto/", "/nothing/", "/en/feeds/news.rss"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_everything_comes_from_the_site_itself(client, site, path):
    allowed = policy(client.get(path))
    assert allowed["default-src"] == {"'self'"}
    assert allowed["img-src"] == {"'self'", "data:"}
    assert "script-src" not in allowed
    assert "style-src" not in allowed


@pytest.mark.parametrize("path", ["/bg/", "/en/"])
def test_pages_that_are_kept_have_it_too(client, site, page_cache, django_assert_num_queries, path):
    made = client.get(path)
    with django_assert_num_queries(0):
        kept = client.get(path)
    assert policy(kept) == policy(made)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_films_may_be_played_on_the_page(client, site, provider):
    player = urlsplit(provider.player)
    assert f"{player.scheme}://{player.netloc}" in policy(client.get("/bg/"))["frame-src"]


@pytest.mark.parametrize("path", ["/bg/", "/en/"])
def test_the_page_for_what_broke_has_its_styles_in_itself(client, site, monkeypatch, path):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("home.models.HomePage.serve", fail)
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code == 500
    assert policy(response)["style-src"] == {"'self'", "'unsafe-inline'"}


def test_the_admin_has_scripts_of_its_own_making(admin_client, site):
    response = admin_client.get("/cms/")
    assert response.status_code == 200
    assert "Content-Security-Policy" not in response
