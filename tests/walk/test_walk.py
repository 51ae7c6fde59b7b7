"""The walk of the admin: each act of the table by each of its roles, with what strangers then read.

Where nothing is to come of an act, some of its roles walk, by chance that is the same each time, and one in three of the addresses
that are read alone is asked; `WHOLE_WALK=1` asks for all, by all.
`RECORD_WALK=1` writes the table anew, by what it finds: read the difference before you commit it.
"""

import os
import re
from zlib import crc32

import pytest

from tests.walk.acts import Act
from tests.walk.halves import HALVES
from tests.walk.people import ROLES
from tests.walk.table import by_role, has_effect, in_words, lines_of, record, roles_in, table
from tests.walk.walking import Walk

IS_WHOLE = bool(os.environ.get("RECORD_WALK") or os.environ.get("WHOLE_WALK"))


def _chance(text: str) -> int:
    return crc32(text.encode())


ACTS = [title for title in table() if IS_WHOLE or not Act.of(title).is_read or _chance(title) % 3 == 0]


def in_halves():
    """The acts of one address stand together: they have the forms in common."""
    halves = {title: _chance(Act.of(title).name) % HALVES for title in ACTS}
    return [
        pytest.param(title, marks=pytest.mark.xdist_group(f"walk-{half}"), id=title)
        for title, half in halves.items()
    ]


#: Read by a stranger alone: lists loaded anew by a script, and kinds of snippets that differ from the region and the menu by name.
ALIKE = re.compile(r"results$|_home_(theme|donor|partner|person|footer):")


def roles_of(act: Act) -> list[str]:
    """Whoever changes something by it, and of the others one in five, but at least one of those who fare alike.

    Of what is read alone one in all.
    """
    roles = list(ROLES)
    if act.is_read:
        return ["anonymous" if ALIKE.search(act.name) else roles[_chance(act.title) % len(roles)]]
    if IS_WHOLE:
        return roles
    found: set[str] = set()
    for line in table()[act.title]:
        alike = roles_in(line)
        found.add(alike[_chance(act.title) % len(alike)])
        found.update(role for role in alike if has_effect(line) or _chance(act.title + role) % 5 == 0)
    return [role for role in roles if role in found]


@pytest.mark.parametrize("title", in_halves())
def test_an_act_does_what_the_table_says(title, walk: Walk):
    act = Act.of(title)
    outcomes, harms = {}, {}
    for role in roles_of(act):
        outcomes[role], harms[role] = walk.do(act, role)
    if os.environ.get("RECORD_WALK"):
        record(title, lines_of(outcomes))
    assert {role: found for role, found in harms.items() if found} == {}
    expected = {role: words for line in table()[title] for role, words in by_role(line).items()}
    assert {role: in_words(outcome) for role, outcome in outcomes.items()} == {
        role: expected.get(role) for role in outcomes
    }
