"""PostgreSQL's dictionary of Bulgarian: its presence on the server, and its use.

The dictionary is a file on the database's host (Debian's package hunspell-bg), named by a search configuration of
the database. Without it, as on most managed servers, the stems of `home.search.stems` find the forms of a word
alone; with it, forms beyond all rules are found too.
"""

from functools import cache

from django.db import connection, transaction

CONFIGURATION = "bg_en"
WITHOUT_DICTIONARY = "simple"
# Debian's pg_updatedicts gives these names to the files of hunspell-bg in the server's tsearch_data folder.
FILES = "bg_bg"

_CREATE = f"""
CREATE TEXT SEARCH DICTIONARY bg_hunspell (TEMPLATE = ispell, DictFile = {FILES}, AffFile = {FILES});
CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}
    ALTER MAPPING FOR word, hword, hword_part WITH bg_hunspell, simple;
ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH english_stem;
"""

_DROP = f"""
DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION};
DROP TEXT SEARCH DICTIONARY IF EXISTS bg_hunspell;
"""


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def has_configuration() -> bool:
    """Whether this database can be searched with the dictionary; where it cannot, nothing else is asked of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = %s AND pg_ts_config_is_visible(oid))",
            [CONFIGURATION],
        )
        return cursor.fetchone()[0]


@cache
def search_configuration(database_name: str) -> str:
    """The configuration in use. Asked once in the life of a process: a new one is noticed after a restart."""
    return CONFIGURATION if has_configuration() else WITHOUT_DICTIONARY


def create_configuration() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DROP + _CREATE)
    search_configuration.cache_clear()


def drop_configuration() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DROP)
    search_configuration.cache_clear()
