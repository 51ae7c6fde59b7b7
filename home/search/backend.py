"""Wagtail's search on the site's database, adapted to either database."""

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.database.sqlite.utils import fts5_available

from home.search.dictionary import search_configuration

# A word in the title says more about a page than one in its text.
TITLE_WEIGHT = 6.0
BODY_WEIGHT = 1.0

if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend

    class SearchBackend(PostgresSearchBackend):
        """Uses the dictionary of Bulgarian where the server has it, unless the settings name a configuration."""

        def __init__(self, params):
            super().__init__(params)
            if self.config is None:
                self.config = search_configuration(connection.settings_dict["NAME"])

elif connection.vendor == "sqlite" and fts5_available():
    from modelsearch.backends.database.sqlite.query import BM25
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend, SQLiteSearchQueryCompiler

    class WeightedBM25(BM25):
        """How well a row matches, the title counting for more. Smaller is better."""

        def as_sql(self, compiler, connection):
            sql, params = super().as_sql(compiler, connection)
            # The columns of the table, in its order: autocomplete, body, title.
            return f"{sql.removesuffix(')')}, 0.0, {BODY_WEIGHT}, {TITLE_WEIGHT})", params

    class SearchQueryCompiler(SQLiteSearchQueryCompiler):
        def _build_rank_expression(self, vectors, config):
            # Wagtail multiplies a factor for each word, though bm25() speaks of the whole query already, and is
            # negative: with two words the worst page would come first.
            return WeightedBM25()

    class SearchBackend(SQLiteSearchBackend):
        query_compiler_class = SearchQueryCompiler

else:
    SearchBackend = database.SearchBackend
