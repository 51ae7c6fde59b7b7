"""Takes a person out of the history. What they did stays, under a name that says nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from posync.models import Change, Conflict, Draft, Run


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person's new name, and the number of rows that had the old one."""

    pseudonym: str
    rows: int


@transaction.atomic
def forget_account(user_id: Any, *, dry_run: bool = False) -> Forgotten:
    """Replace an account in the history by one pseudonym for all that it did, whether it still exists or not.

    Nobody can tell the pseudonym's person by it: no key is kept.
    """
    pseudonym = f"Person {secrets.token_hex(4)}"
    done = [Change.objects.filter(user=user_id), Run.objects.filter(user=user_id)]
    elsewhere = [
        (Conflict.objects.filter(resolved_by=user_id), "resolved_by"),
        (Draft.objects.filter(author=user_id), "author"),
    ]
    rows = sum(found.count() for found in (*done, *(found for found, _field in elsewhere)))
    if not dry_run:
        for found in done:
            found.update(user=None, user_name=pseudonym)
        for found, field in elsewhere:
            found.update(**{field: None})
    return Forgotten(pseudonym, rows)
