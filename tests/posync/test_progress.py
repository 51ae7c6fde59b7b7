import io

import pytest
from django.core.management import call_command

from posync.management.output import ProgressBar
from posync.progress import report, watched_by


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_is_drawn_over_itself_and_leaves_no_trace():
    written = []
    bar = ProgressBar(written.append)
    bar.draw("export", 1, 2)
    bar.draw("export", 1, 2)
    bar.draw("export", 2, 2)
    bar.clear()
    first, second, last = written
    assert "1/2" in first
    assert "2/2" in second
    assert all(text.startswith("\r") for text in written)
    assert last.strip() == ""


def test_steps_are_reported_to_whoever_watches_and_to_nobody_else():
    seen = []
    with watched_by(lambda *step: seen.append(step)):
        report("import", 1, 3)
    report("import", 2, 3)
    assert seen == [("import", 1, 3)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "drawn"), [({}, True), ({"json": True}, False), ({"verbosity": 0}, False)]
)
def test_a_terminal_shows_a_bar_unless_the_output_is_for_a_program(submitted, options, drawn):
    terminal = Terminal()
    call_command("sync_po", stdout=io.StringIO(), stderr=terminal, **options)
    assert ("export  [" in terminal.getvalue()) is drawn


@pytest.mark.django_db
def test_no_bar_is_drawn_where_no_terminal_is(submitted):
    log = io.StringIO()
    call_command("sync_po", stdout=io.StringIO(), stderr=log)
    assert "\r" not in log.getvalue()
