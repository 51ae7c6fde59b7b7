"""Words what a check found, in the language of whoever reads it in the admin."""

from django.utils.translation import gettext

from posync.core.rules.validation import Problem


def in_words(problem: Problem) -> str:
    """The problem's message; of a check that words it in one language alone, as it is."""
    return gettext(problem.wording) % dict(problem.values) if problem.wording else problem.message
