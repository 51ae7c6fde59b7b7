"""Publishes one translation for a person: the action of the admin, in the manner of Wagtail's."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from wagtail.models import TranslatableMixin

from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs
from posync.core.issue_codes import IssueCode
from posync.core.results import RunResult
from posync.models import Catalog
from posync.publishing.gate import Blocker, Gate
from posync.publishing.policy import TranslationPolicy
from posync.publishing.single import publish_single


def catalog_of(instance: object) -> Catalog | None:
    """The catalog of a target that the gate holds for: of an enabled translation, not stopped. None for any other object."""
    if not isinstance(instance, TranslatableMixin):
        return None
    return (
        active_catalogs()
        .filter(domain__object=instance.translation_key, locale=instance.locale_id, stopped=False)
        .first()
    )


class PublishTranslationPermissionError(PermissionDenied):
    """The user may not publish the target: at all, or as the guard says below all views, for the gate's blocker."""

    def __init__(self, message: str, catalog: Catalog | None = None, blocker: Blocker | None = None) -> None:
        super().__init__(message)
        self.catalog = catalog
        self.blocker = blocker


class PublishTranslationError(Exception):
    """The gate keeps the translation back, for the reason of its subclass."""

    reason: ClassVar[IssueCode]

    def __init__(self, blocker: Blocker) -> None:
        super().__init__(blocker.message)
        self.blocker = blocker


class IncompleteError(PublishTranslationError):
    """Texts are not approved yet."""

    reason = IssueCode.INCOMPLETE


class SourceDeletedError(PublishTranslationError):
    """The original was deleted."""

    reason = IssueCode.SOURCE_DELETED


class SourceUnpublishedError(PublishTranslationError):
    """The original is not published."""

    reason = IssueCode.SOURCE_UNPUBLISHED


class LockedError(PublishTranslationError):
    """Somebody has locked the target."""

    reason = IssueCode.LOCKED


class InWorkflowError(PublishTranslationError):
    """A workflow is running on the target."""

    reason = IssueCode.IN_WORKFLOW


class ParentNotPublishedError(PublishTranslationError):
    """The page above is not published in the language."""

    reason = IssueCode.PARENT


class RelatedNotPublishedError(PublishTranslationError):
    """A snippet shown there is not published in the language."""

    reason = IssueCode.RELATED


#: By the gate's reason. What an editor took offline or has a draft on is in no asking person's way.
ERRORS: dict[IssueCode, type[PublishTranslationError]] = {
    each.reason: each for each in PublishTranslationError.__subclasses__()
}


class PublishTranslation:
    """Brings the target of a catalog up to its approved translations, for a user who asks for it."""

    def __init__(self, catalog: Catalog, user: AbstractBaseUser) -> None:
        self.catalog = catalog
        self.user = user

    def check(self) -> None:
        """Raise PublishTranslationPermissionError, or the error of the reason that the gate has."""
        found = active_catalogs().filter(pk=self.catalog.pk, stopped=False).first()
        if found is None:
            raise PublishTranslationPermissionError(f"{self.catalog} is not translated.")
        (loaded,) = load_catalogs([found])
        gate = Gate([loaded], self.user)
        self._check_right(loaded, gate)
        blocker = gate.blocker_for(loaded)
        if blocker is not None:
            raise ERRORS[blocker.reason](blocker)

    def _check_right(self, loaded: LoadedCatalog, gate: Gate) -> None:
        if not TranslationPolicy(self.user).can_publish(loaded, gate):
            raise PublishTranslationPermissionError(f"{self.user} may not publish {self.catalog}.")

    def execute(self) -> RunResult:
        """Check, and publish. The result has what became of it: an error of the page's own rules, too."""
        self.check()
        result = publish_single(self.catalog.pk, self.user, asked=True, wanted_by=self.user)
        if result.pages.waiting:
            self.check()  # somebody was quicker, and is in the way now
        return result
