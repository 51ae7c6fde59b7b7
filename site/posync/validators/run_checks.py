"""Every check of a translation: the safety checks, then the site's."""

from collections.abc import Iterable

from posync.conf import inline_tags, posync_settings
from posync.core.results import Severity
from posync.core.rules.validation import Problem, find_unsafe
from posync.hooks import EntryToCheck
from posync.plugins import answers, members


def problems_of(entry: EntryToCheck) -> list[Problem]:
    """The problems of a translation, those of safety first; empty for a good one.

    The safety checks are no members of `CHECKS`: what a page shows to visitors is no matter of taste, and a list written
    for other reasons must not open the site to scripts. A check that fails is reported and blocks nothing. A text blocked
    by mistake becomes fuzzy in its file, and a person must confirm it again, thousands of times where a plug-in has a
    fault; a text let through is one that its translator approved, safe for visitors, and `check_po` names it once the
    check is mended. What other checks find, and what the failing one found before, blocks as ever.
    """
    problems = find_unsafe(entry.msgid, entry.msgstr, inline_tags())
    for member in members(posync_settings().CHECKS):
        problems += answers(member, Problem, entry)
    return problems


def blocks(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems blocks its translation."""
    return any(problem.severity is Severity.ERROR for problem in problems)
