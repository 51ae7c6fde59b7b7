"""What a visitor is told of a translation: its source language, its last approval, and text that nobody has read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation

from posync.models import Catalog, Change, Run


@dataclass(frozen=True, slots=True)
class VisitorNotice:
    source_language: str
    #: Text of a machine stands on the page, and nobody has approved it.
    unread: bool
    #: None: from before posync kept records.
    reviewed_at: datetime | None


def visitor_notice(target: Any) -> VisitorNotice | None:
    """None for an original, and for a page of an editor's own. One query."""
    if not isinstance(target, TranslatableMixin) or target.pk is None:
        return None
    catalogs = Catalog.objects.filter(
        domain__object=target.translation_key,
        locale=target.locale_id,
        stopped=False,
        translation__enabled=True,
    )
    shown_until = getattr(target, "last_published_at", None)
    found = (
        catalogs.annotate(
            unread=Exists(_unread()), reviewed_at=Subquery(_approvals(shown_until).values("created_at")[:1])
        )
        .values_list("translation__source__locale__language_code", "unread", "reviewed_at")
        .first()
    )
    return VisitorNotice(*found) if found else None


def _unread() -> QuerySet[StringTranslation]:
    """Translations in use of texts that the source has. posync makes drafts of them: these came by another way."""
    in_source = StringSegment.objects.filter(
        source=OuterRef(OuterRef("translation__source")),
        string=OuterRef("translation_of"),
        context=OuterRef("context"),
    )
    found: QuerySet[StringTranslation] = StringTranslation.objects.filter(
        Exists(in_source),
        context__object=OuterRef("domain__object"),
        locale=OuterRef("locale"),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        has_error=False,
    )
    return found


def _approvals(until: datetime | None) -> QuerySet[Change]:
    """By a person, the latest first. What was approved after the page's publication is not on it yet."""
    by_a_person = Q(run__kind__in=[Run.Kind.IMPORT, Run.Kind.APPROVE, Run.Kind.RESOLVE]) | ~Q(user_name="")
    approvals: QuerySet[Change] = Change.objects.filter(
        by_a_person, catalog=OuterRef("pk"), kind=Change.Kind.APPROVED
    )
    if until is not None:
        approvals = approvals.filter(created_at__lte=until)
    return approvals.exclude(after="").order_by("-created_at")
