"""The walk of the admin: each act of the table by each of its roles, with what strangers then read.

`RECORD_WALK=1` writes the table anew, by what it finds: read the difference before you commit it.
"""

import os
import re
from zlib import crc32

import pytest

from tests.walk.acts import Act
from tests.walk.halves import HALVES
from tests.walk.people import ROLES
from tests.walk.table import lines_of, record, table
from tests.walk.walking import Walk

ACTS = list(table())


def in_halves():
    """The acts of one address stand together: they have the forms in common."""
    halves = {title: crc32(Act.of(title).name.encode()) % HALVES for title in ACTS}
    return [
        pytest.param(title, marks=pytest.mark.xdist_group(f"walk-{half}"), id=title)
        for title, half in halves.items()
    ]


#: Read by a stranger alone: lists loaded anew by a script, and kinds of snippets that differ from the region and the menu by name.
ALIKE = re.compile(r"results$|_home_(theme|donor|partner|person|footer):")


def roles_of(act: Act) -> list[str]:
    """All; of what is read alone one, by chance that is the same each time."""
    roles = list(ROLES)
    if not act.is_read:
        return roles
    return ["anonymous" if ALIKE.search(act.name) else roles[crc32(act.title.encode()) % len(roles)]]


@pytest.mark.parametrize("title", in_halves())
def test_an_act_does_what_the_table_says(title, walk: Walk):
    act = Act.of(title)
    outcomes, harms = {}, {}
    for role in roles_of(act):
        outcomes[role], harms[role] = walk.do(act, role)
    lines = lines_of(outcomes)
    if os.environ.get("RECORD_WALK"):
        record(title, lines)
    assert {role: found for role, found in harms.items() if found} == {}
    assert lines == table()[title]
