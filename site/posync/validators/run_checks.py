"""Every check of a translation: the safety checks, then the site's."""

from collections.abc import Iterable
from functools import cache

from posync.conf import inline_tags, posync_settings
from posync.core.results import Severity
from posync.core.rules.validation import Problem, find_unsafe
from posync.hooks import EntryToCheck
from posync.plugins import answers, members


def problems_of(entry: EntryToCheck) -> list[Problem]:
    """The problems of a translation, those of safety first; empty for a good one.

    The safety checks are no members of `CHECKS`: a list written for other reasons must not open the site to scripts. A
    failing check is reported and blocks nothing: a text blocked by mistake becomes fuzzy in its file, for a person to
    confirm again, thousands of times where a plug-in has a fault; a text let through was approved by its translator, is
    safe for visitors, and `check_po` names it once the check is mended. The findings of other checks, and those of the
    failing one before its failure, block as ever.
    """
    problems = find_unsafe(entry.msgid, entry.msgstr, inline_tags())
    problems += answers(members(posync_settings().CHECKS), Problem, entry)
    return problems


def are_own() -> bool:
    """Whether the site has posync's own checks alone."""
    return _are_own(posync_settings().CHECKS)


@cache
def _are_own(paths: tuple[str, ...]) -> bool:
    found = members(paths)
    return len(found) == len(paths) and all(check.is_own for check in found)


def blocks(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems blocks its translation."""
    return any(problem.severity is Severity.ERROR for problem in problems)
