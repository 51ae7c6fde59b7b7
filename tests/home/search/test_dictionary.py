"""Which dictionary the search uses, on either database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from home.models import SectionPage
from home.search import dictionary
from home.search.queries import Query
from home.search.results import LanguageSearch

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="needs SQLite")


@pytest.fixture(autouse=True)
def ask_again():
    dictionary.search_configuration.cache_clear()
    yield
    dictionary.search_configuration.cache_clear()


@pytest.fixture
def page(bg_home):
    return bg_home.add_child(instance=SectionPage(title="Здраве", intro="Консултират хирурзи и бежанци."))


@pytest.fixture
def with_dictionary(db):
    try:
        dictionary.create_configuration()
    except DatabaseError:
        pytest.skip("The PostgreSQL server has no files of hunspell-bg.")


def found(rf, text, language="bg"):
    return [page.title for page in LanguageSearch(rf.get("/"), language, Query.parse(text)).matching_all()]


@on_sqlite
@pytest.mark.django_db
def test_sqlite_has_stems_alone(capsys):
    call_command("search_dictionary")
    assert "In use: stems of Bulgarian and English, on SQLite" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("search_dictionary", create=True)


@on_postgresql
class TestPostgreSQL:
    def test_without_the_dictionary_stems_find_the_forms(self, rf, page, capsys):
        call_command("search_dictionary")
        assert "on PostgreSQL's full-text index" in capsys.readouterr().out
        assert found(rf, "бежанец") == ["Здраве"]
        assert found(rf, "хирург") == []

    def test_with_it_those_are_found_that_no_rule_leads_to(self, rf, page, with_dictionary, capsys):
        call_command("update_index", verbosity=0)
        assert found(rf, "хирург") == ["Здраве"]
        assert found(rf, "бежанец") == ["Здраве"]
        call_command("search_dictionary")
        assert "configuration bg_en" in capsys.readouterr().out

    def test_the_command_creates_and_drops_it(self, rf, page, with_dictionary):
        call_command("search_dictionary", drop=True)
        assert found(rf, "хирург") == []
        call_command("search_dictionary", create=True)
        assert found(rf, "хирург") == ["Здраве"]

    def test_an_index_made_before_the_dictionary_came_is_still_searched(self, rf, page, with_dictionary):
        assert found(rf, "бежанец") == ["Здраве"]

    def test_and_one_made_with_it_after_it_went(self, rf, page, with_dictionary):
        call_command("update_index", verbosity=0)
        dictionary.drop_configuration()
        assert found(rf, "бежанец") == ["Здраве"]

    def test_a_server_without_the_files_is_told_so(self, db, monkeypatch):
        monkeypatch.setattr(dictionary, "_CREATE", dictionary._CREATE.replace("bg_bg", "no_such_file"))
        with pytest.raises(CommandError, match="hunspell-bg"):
            call_command("search_dictionary", create=True)
        assert not dictionary.has_configuration()
