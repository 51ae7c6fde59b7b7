from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo.library import load_documents, load_pictures
from home.demo.pages import load_pages, missing_pages, revise_pages, unrevised_pages
from home.demo.people import LOGINS, load_groups, load_logins
from home.demo.snippets import load_entries, load_site_chrome, missing_snippets


class Command(BaseCommand):
    help = (
        "Writes the demo content, each page in the language it was written in first. It can be run again at any time: "
        "it repeats nothing and leaves alone what an editor changed. Pages below a translated one are written by the "
        "first run after that translation went live."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail if anything is still missing."
        )
        parser.add_argument("--quiet", action="store_true", help="Print neither addresses nor logins.")
        parser.add_argument(
            "--address",
            default=settings.WAGTAILADMIN_BASE_URL,
            help="Where the site is served, for the addresses that are printed.",
        )

    def handle(self, *args, check, quiet, address, **options):
        if check:
            self._check()
            return
        load_groups()
        if settings.DEBUG:
            load_logins()
        pictures = load_pictures()
        documents = load_documents()
        load_entries()
        pages = load_pages()
        waiting_chrome = load_site_chrome()
        revised = revise_pages()

        self.stdout.write(
            f"Demo: {pages.written} pages, {pictures} pictures and {documents} files added, {revised} pages revised."
        )
        if waiting := (*pages.waiting, *waiting_chrome):
            self.stdout.write(f"Waiting for the translation of another page: {', '.join(waiting)}.")
        if not quiet:
            self._print_addresses(address.rstrip("/"))

    def _check(self):
        if missing := [spec.key for spec in (*missing_pages(), *missing_snippets(), *unrevised_pages())]:
            raise CommandError(f"The demo is not complete: {', '.join(missing)}.")

    def _print_addresses(self, base):
        self.stdout.write(f"\nBulgarian  {base}/bg/\nEnglish    {base}/en/\nEditing    {base}/cms/")
        if settings.DEBUG:
            self.stdout.write("\nLogins (the password is the user name):")
            for login in LOGINS:
                self.stdout.write(f"  {login.username:<16} {login.group or 'Administrators'}")
