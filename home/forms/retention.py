import datetime

from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from home.models import FormPage


def old_submissions(page: FormPage):
    """What was sent longer ago than the form said it would be kept."""
    oldest = timezone.now() - datetime.timedelta(days=page.retention_days)
    return FormSubmission.objects.filter(page=page, submit_time__lt=oldest)


def delete_old_submissions(*, dry_run: bool = False) -> int:
    """Also of forms that are no longer live. Returns how many."""
    deleted = 0
    for page in FormPage.objects.all():
        submissions = old_submissions(page)
        deleted += submissions.count() if dry_run else submissions.delete()[0]
    return deleted
