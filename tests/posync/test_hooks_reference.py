"""The reference names every socket, in the words of the code."""

import dataclasses

from docs.generate import DOCUMENTS, PAGES
from posync import hooks

PAGE = PAGES["reference/hooks.md"]()


def test_the_page_is_as_the_code_makes_it():
    assert (DOCUMENTS / "reference/hooks.md").read_text(encoding="utf-8") == PAGE, "run `make reference`"


def test_every_socket_has_its_place():
    public = {name for name in hooks.__all__ if f"### {name}\n" not in PAGE}
    assert public == set()


def test_every_field_of_what_goes_in_and_out_is_explained():
    kinds = [kind for name in hooks.__all__ if dataclasses.is_dataclass(kind := getattr(hooks, name))]
    rows = PAGE.splitlines()
    unexplained = [
        f"{kind.__name__}.{field.name}"
        for kind in kinds
        for field in dataclasses.fields(kind)
        if not any(row.startswith(f"| `{field.name}` | ") and not row.endswith("|  |") for row in rows)
    ]
    assert unexplained == []


def test_every_member_of_posync_s_own_says_what_it_does():
    assert [row for row in PAGE.splitlines() if row.startswith("| `posync.") and row.endswith("|  |")] == []
