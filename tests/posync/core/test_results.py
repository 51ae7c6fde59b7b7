"""Results: added up, turned into an exit code and into JSON."""

import json

import pytest

from posync.core.results import (
    EntryCounts,
    FileCounts,
    Issue,
    PageCounts,
    RunResult,
    Severity,
    tally,
    total,
)

WARNING = Issue(Severity.WARNING, "cleared", "It is kept.", "bg/content/news.po", 7, "news:title")
ERROR = Issue(Severity.ERROR, "links", "A link is missing.", "bg/content/news.po", 9, "news:body")
ONE = RunResult(FileCounts(1, 2, 3, 4), EntryCounts(1, 2, 3, 4, 5, 6), PageCounts(1, 2, 3), (WARNING,))
TWO = RunResult(
    FileCounts(10, 20, 30, 40), EntryCounts(10, 20, 30, 40, 50, 60), PageCounts(10, 20, 30), (ERROR,)
)


def test_results_add_up_count_by_count_and_keep_their_issues_in_order():
    assert (
        RunResult(
            FileCounts(11, 22, 33, 44),
            EntryCounts(11, 22, 33, 44, 55, 66),
            PageCounts(11, 22, 33),
            (WARNING, ERROR),
        )
        == ONE + TWO
    )


def test_total_of_many_is_their_sum():
    assert total(iter([ONE, TWO])) == ONE + TWO
    assert total([]) == RunResult()


def test_adding_leaves_the_summands_as_they_were():
    before = ONE.as_dict()
    total([ONE, TWO])
    assert ONE.as_dict() == before


@pytest.mark.parametrize(
    ("result", "code"),
    [
        pytest.param(RunResult(), 0, id="nothing done"),
        pytest.param(
            RunResult(FileCounts(1, 1, 1), EntryCounts(imported=1, drafts=1, unchanged=1), PageCounts(1, 1)),
            0,
            id="all went well",
        ),
        pytest.param(RunResult(entries=EntryCounts(unknown=1)), 0, id="unknown entry"),
        pytest.param(RunResult(pages=PageCounts(waiting=1)), 0, id="waiting page"),
        pytest.param(RunResult(issues=(WARNING,)), 0, id="warning"),
        pytest.param(RunResult(issues=(Issue(Severity.INFO, "published", "Done."),)), 0, id="information"),
        pytest.param(RunResult(entries=EntryCounts(blocked=1)), 1, id="blocked entry"),
        pytest.param(RunResult(entries=EntryCounts(conflicts=1)), 1, id="conflict"),
        pytest.param(RunResult(files=FileCounts(failed=1)), 1, id="failed file"),
        pytest.param(RunResult(pages=PageCounts(failed=1)), 1, id="failed page"),
        pytest.param(RunResult(issues=(WARNING, ERROR)), 1, id="error"),
    ],
)
def test_exit_code(result, code):
    assert result.exit_code == code


def test_result_as_json():
    assert json.loads(json.dumps(ONE.as_dict())) == {
        "files": {"read": 1, "written": 2, "unchanged": 3, "failed": 4},
        "entries": {
            "imported": 1,
            "drafts": 2,
            "unchanged": 3,
            "blocked": 4,
            "conflicts": 5,
            "unknown": 6,
        },
        "pages": {"published": 1, "waiting": 2, "failed": 3},
        "issues": [
            {
                "severity": "warning",
                "code": "cleared",
                "message": "It is kept.",
                "file": "bg/content/news.po",
                "line": 7,
                "msgctxt": "news:title",
            }
        ],
    }


def test_entries_are_counted_by_name():
    assert tally(["imported", "blocked", "imported"]) == EntryCounts(imported=2, blocked=1)
    assert tally([]) == EntryCounts()


def test_name_that_is_no_count_is_refused():
    with pytest.raises(TypeError, match="lost"):
        tally(["lost"])


def test_results_cannot_be_changed():
    with pytest.raises(AttributeError):
        ONE.files.read = 5
