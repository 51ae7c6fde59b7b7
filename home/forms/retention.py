"""How long the answers to a form are kept."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission


def old_submissions(page):
    """Returns the submissions of a form page past its retention."""
    oldest = timezone.now() - datetime.timedelta(days=page.retention_days)
    return FormSubmission.objects.filter(page=page, submit_time__lt=oldest)


def delete_old_submissions(pages: Iterable, *, dry_run: bool = False) -> int:
    """Deletes the old submissions of form pages, live or not. Returns their number."""
    deleted = 0
    for page in pages:
        submissions = old_submissions(page)
        deleted += submissions.count() if dry_run else submissions.delete()[0]
    return deleted
