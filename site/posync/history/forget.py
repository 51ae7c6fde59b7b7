"""Takes a person out of the history. What they did stays, under a name that says nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from posync.models import Change, Conflict, Run


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person's new name, and the number of rows that had the old one."""

    pseudonym: str
    rows: int


@transaction.atomic
def forget_account(user_id: Any, *, dry_run: bool = False) -> Forgotten:
    """Replace an account in the history by one pseudonym for all that it did, whether it still exists or not.

    Nobody can tell the pseudonym's person by it: no key is kept. A text that waits for review keeps its author as long as the
    account is there: nobody approves their own.
    """
    pseudonym = f"Person {secrets.token_hex(4)}"
    done = [Change.objects.filter(user=user_id), Run.objects.filter(user=user_id)]
    resolved = Conflict.objects.filter(resolved_by=user_id)
    rows = sum(found.count() for found in (*done, resolved))
    if not dry_run:
        for found in done:
            found.update(user=None, user_name=pseudonym)
        resolved.update(resolved_by=None)
    return Forgotten(pseudonym, rows)
