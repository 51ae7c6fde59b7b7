"""Publishes a translation for a person, or says why not, and how to solve it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from posync.core.issue_codes import IssueCode
from posync.models import Catalog
from posync.publishing.action import (
    PublishTranslation,
    PublishTranslationError,
    PublishTranslationPermissionError,
)
from posync.publishing.gate import Blocker

#: Each names the obstacle, and the way to solve it.
REFUSALS = {
    IssueCode.SOURCE_DELETED: gettext_lazy(
        "“%(object)s” was not published: its original was deleted. Stop the translation to edit it like any other page."
    ),
    IssueCode.SOURCE_UNPUBLISHED: gettext_lazy(
        "“%(object)s” was not published: its original is not published. Publish the original first."
    ),
    IssueCode.LOCKED: gettext_lazy(
        "“%(object)s” was not published: somebody has locked it. Ask for it to be unlocked, then publish it."
    ),
    IssueCode.IN_WORKFLOW: gettext_lazy(
        "“%(object)s” was not published: a workflow is running on it. Finish or cancel the workflow, then publish it."
    ),
    IssueCode.PARENT: gettext_lazy(
        "“%(object)s” was not published: the page above it, “%(other)s”, is not published in this language. Publish that "
        "one first."
    ),
    IssueCode.RELATED: gettext_lazy(
        "“%(object)s” was not published: it shows “%(other)s”, which is not published in this language. Publish that one "
        "first."
    ),
}


def refused(instance: object, blocker: Blocker) -> str:
    """The sentence about an obstacle, in the language of whoever reads it."""
    if blocker.texts_left:
        text = ngettext(
            "“%(object)s” was not published: %(number)d text is not approved yet. Visitors go on seeing what they saw. "
            "Translate it here or in the PO file, then publish.",
            "“%(object)s” was not published: %(number)d texts are not approved yet. Visitors go on seeing what they saw. "
            "Translate them here or in the PO file, then publish.",
            blocker.texts_left,
        )
        return text % {"object": instance, "number": blocker.texts_left}
    return str(REFUSALS[blocker.reason]) % {"object": instance, "other": blocker.other}


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of a publication that a person asked for."""

    published: bool = False
    #: Why not: sentences for that person.
    refusals: Sequence[str] = ()


def attempt(catalog: Catalog, instance: object, user: AbstractBaseUser) -> Attempt:
    """Publish a target for a user, or say why not."""
    try:
        result = PublishTranslation(catalog, user).execute()
    except PublishTranslationError as refusal:
        return Attempt(refusals=[refused(instance, refusal.blocker)])
    except PublishTranslationPermissionError:
        return Attempt(
            refusals=[_("“%(object)s” was not published: you may not publish it.") % {"object": instance}]
        )
    if result.exit_code:
        return Attempt(refusals=[issue.message for issue in result.issues])
    return Attempt(published=bool(result.pages.published))
