"""The reference says what the code does: made anew, it is the one in the repository."""

import pytest

from docs.generate import DJANGO_OPTIONS, DOCUMENTS, PAGES, attributes, table
from posync.conf import PosyncSettings
from posync.core.issue_codes import IssueCode


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_as_the_code_makes_it(name):
    assert (DOCUMENTS / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


def test_no_page_of_the_reference_is_left_over():
    reference = {f"reference/{path.name}" for path in (DOCUMENTS / "reference").iterdir()}
    assert reference == {name for name in PAGES if name.startswith("reference/")}


def test_every_setting_and_code_has_its_line():
    settings, codes = PAGES["reference/settings.md"](), PAGES["reference/issue-codes.md"]()
    assert [name for name in PosyncSettings.names() if f"| `{name}` |" not in settings] == []
    assert [each for each in IssueCode if f"| `{each}` |" not in codes] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_of_a_first_or_last_column_is_empty(name):
    rows = [line for line in PAGES[name]().splitlines() if line.startswith("|")]
    assert [row for row in rows if row.startswith("|  |")] == []


def test_options_of_every_django_command_are_left_out():
    assert {"verbosity", "settings", "help"} <= DJANGO_OPTIONS
    assert "--verbosity LEVEL" not in PAGES["reference/commands.md"]()


def test_comments_above_a_field_are_its_meaning(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        "class A:\n    #: One,\n    #: two.\n    name: str = 'x'\n    other = 2\n", encoding="utf-8"
    )
    first, second = attributes(module, "A")
    assert (first.name, first.kind, first.default, first.text) == ("name", "str", "'x'", "One, two.")
    assert (second.name, second.text) == ("other", "")


def test_a_pipe_in_a_cell_ends_no_column():
    assert table(("a",), iter([("str | None",)])).endswith("| str \\| None |")
