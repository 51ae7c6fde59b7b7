"""Names the search's dictionary in use, and sets up PostgreSQL's if its files are on the server.

manage.py search_dictionary             what is in use
manage.py search_dictionary --create    create the configuration, and index all pages with it
manage.py search_dictionary --drop      go back to stems alone
"""

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from home.search import dictionary


class Command(BaseCommand):
    help = "Says which dictionary the search uses; creates or drops PostgreSQL's configuration for Bulgarian."

    def add_arguments(self, parser):
        action = parser.add_mutually_exclusive_group()
        action.add_argument(
            "--create", action="store_true", help="create the configuration and index all pages"
        )
        action.add_argument("--drop", action="store_true", help="drop the configuration and index all pages")

    def handle(self, *args, create, drop, **options):
        if not dictionary.is_postgresql():
            if create or drop:
                raise CommandError(
                    "Only PostgreSQL has dictionaries. Here stems alone find the forms of a word."
                )
        elif create:
            self.create()
        elif drop:
            dictionary.drop_configuration()
            self.index_again()
        self.stdout.write(self.state())

    def create(self):
        try:
            dictionary.create_configuration()
        except DatabaseError as error:
            raise CommandError(
                f"The configuration was not created: {error}\n"
                "On the database's host, install Debian's hunspell-bg (other systems: the files "
                f"{dictionary.FILES}.dict and {dictionary.FILES}.affix in the server's tsearch_data folder). "
                "Without it, stems alone find the forms of a word."
            ) from error
        self.index_again()

    def index_again(self):
        call_command("update_index", verbosity=0)
        self.stdout.write("All pages are indexed again. Restart the web server and the worker.")

    @staticmethod
    def state():
        if not dictionary.is_postgresql():
            return "In use: stems of Bulgarian and English, on SQLite's full-text index."
        if dictionary.has_configuration():
            return f"In use: PostgreSQL's configuration {dictionary.CONFIGURATION}, and stems of Bulgarian and English."
        return (
            "In use: stems of Bulgarian and English, on PostgreSQL's full-text index; "
            f"this database has no configuration {dictionary.CONFIGURATION} (see --create)."
        )
