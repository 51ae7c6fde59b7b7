import shutil
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from posync.files.mark_root import own_root
from posync.models import TranslationRight

#: By the demo's groups. Editors publish by Wagtail's own rights on pages.
RIGHTS: Mapping[str, Mapping[str, bool]] = {
    "Translators": {"translate": True},
    "Moderators": {"review": True},
}


class Command(BaseCommand):
    help = (
        "Makes the database with the demo content: the pages by load_demo and their translations from the catalogs, "
        "in turns, because a page below a translated one can be written only once that one is live. Run again, it "
        "changes nothing, and prints the addresses and the logins."
    )

    def add_arguments(self, parser):
        parser.add_argument("--address", required=True, help="Where the site is served.")

    def handle(self, *args, address, **options):
        call_command("migrate", verbosity=0)
        bring_catalogs(Path(settings.BASE_DIR, "locale"), Path(settings.POSYNC["ROOT"]))
        # The catalogs are the checkout's, and every database that is built in it is its own: the last one has them.
        with own_root(adopt=True):
            pass
        if not self._is_complete():
            self.stdout.write("Making the demo's pages and their translations; this takes a minute, once.")
            quietly("load_demo")
            self._translate()
        load_rights()
        # Also when it is complete: stopped before this, the last build has left the last step to do.
        run("sync_po", stdout=self.stdout, stderr=self.stderr)
        call_command("load_demo", address=address, stdout=self.stdout)

    def _is_complete(self):
        try:
            call_command("load_demo", check=True)
        except CommandError:
            return False
        return True

    def _translate(self):
        # Both home pages come from a migration: nobody published one of them first, so nothing offers it for translation.
        quietly("submit_translations", "--from", "bg", "--to", "en", "--all")
        # One translation is out of date on purpose: its source is revised once the translation of the first version
        # is live. The catalogs hold what was left of that one after the revision, so it comes from the demo itself,
        # and before all others.
        quietly(
            "import_po",
            Path(settings.POSYNC["ROOT"], "en", "content", "novini.po"),
            Path(settings.BASE_DIR, "home", "demo", "translations", "en", "den-na-otvorenite-vrati.po"),
        )
        quietly("publish_po")
        quietly("load_demo")
        quietly("sync_po")
        quietly("load_demo")


def load_rights():
    """Let those of the demo's groups without any rights translate and review, in every language."""
    for name, rights in RIGHTS.items():
        group = Group.objects.filter(name=name).first()
        if group is not None and not group.translation_rights.exists():
            TranslationRight.objects.create(group=group, **rights)


def bring_catalogs(checkout, root):
    """Copy the demo's catalogs to a folder that has none. The files of a folder with any are its own."""
    if any(root.glob("*/content")):
        return
    for content in checkout.glob("*/content"):
        shutil.copytree(content, root / content.relative_to(checkout))


def quietly(command, *arguments):
    """What is still missing half-way is not worth a reader's time: the last step reports what stays so."""
    run(command, *arguments, stdout=StringIO(), stderr=StringIO())


def run(command, *arguments, **options):
    """Exit code 1 says that an entry or a page waits for a person, and that all others went through."""
    try:
        call_command(command, *map(str, arguments), **options)
    except SystemExit as stopped:
        if stopped.code != 1:
            raise
