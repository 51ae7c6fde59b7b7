"""Issue codes: every one of posync's own stands in the enum, has a use, a cause and a remedy."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity

POSYNC = Path(__file__).resolve().parents[3] / "site" / "posync"
MODULES = sorted(path for path in POSYNC.rglob("*.py") if path.name != "issue_codes.py")
TREES = {path.relative_to(POSYNC).as_posix(): ast.parse(path.read_text("utf-8")) for path in MODULES}


_CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def typed_codes(tree: ast.AST) -> Iterator[str]:
    """String literals like a code, but for names of fields and keys, which have no dash."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("Issue", "Problem", "UnusableFile", "_report", "_failed", "_compared"):
                yield from (
                    each.value
                    for each in node.args
                    if isinstance(each, ast.Constant)
                    and (each.value in set(IssueCode) or _CODE.fullmatch(str(each.value)))
                )
        elif isinstance(node, ast.Constant) and node.value in set(IssueCode) and "-" in node.value:
            yield node.value


@pytest.mark.parametrize("name", TREES)
def test_no_code_is_typed_as_a_string(name):
    assert [*typed_codes(TREES[name])] == [], "write IssueCode.… instead"


def test_a_typed_code_is_found():
    found = typed_codes(ast.parse('Issue(ERROR, "length", text)\nyield "source-deleted"\nwidth["length"]'))
    assert sorted(found) == ["length", "source-deleted"]


def test_every_code_is_in_use():
    used = {
        node.attr
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "IssueCode"
    }
    assert set(IssueCode.__members__) == used


@pytest.mark.parametrize("code", IssueCode)
def test_every_code_has_a_cause_and_a_remedy(code):
    assert code.cause.endswith(".")
    assert code.remedy.endswith(".")
    assert code.cause != code.remedy


def test_no_two_codes_have_one_cause():
    assert len({code.cause for code in IssueCode}) == len(IssueCode)


def test_json_carries_the_code_as_a_string():
    result = RunResult(issues=(Issue(Severity.ERROR, IssueCode.LENGTH, "Too long."),))
    (issue,) = json.loads(json.dumps(result.as_dict()))["issues"]
    assert issue["code"] == "length"
