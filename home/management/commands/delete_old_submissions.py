from django.core.management.base import BaseCommand

from home.forms.retention import delete_old_submissions
from home.models import FormPage


class Command(BaseCommand):
    help = "Deletes what visitors sent by forms longer ago than each form says that it is kept. Run it daily."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Delete nothing; say how much it would be."
        )

    def handle(self, *args, dry_run, **options):
        number = delete_old_submissions(FormPage.objects.all(), dry_run=dry_run)
        self.stdout.write(f"Submissions {'to delete' if dry_run else 'deleted'}: {number}.")
