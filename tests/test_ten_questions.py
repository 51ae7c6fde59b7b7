"""Ten questions of a newcomer, each with the room and the symbol of its answer."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
POSYNC = "site/posync"

ANSWERS = [
    ("Where is decided that a fuzzy entry stays a draft?", f"{POSYNC}/core/rules/table.py", "TABLE"),
    ("Where is a target's slug made?", f"{POSYNC}/publishing/target_slugs.py", "make_slug"),
    (
        "Where is a PO file replaced so that nobody sees half of it?",
        f"{POSYNC}/files/atomic_replacement.py",
        "Replacements",
    ),
    ("Where is asked whether a translation may be published?", f"{POSYNC}/publishing/gate.py", "Gate"),
    ("Where is the previous source of an entry chosen?", f"{POSYNC}/sources/carry_over.py", "carry_over"),
    ("Where does a site plug in a check of its own?", f"{POSYNC}/hooks.py", "Check"),
    ("What happens when a source page is published?", f"{POSYNC}/signal_handlers.py", "page_was_published"),
    ("Where is a restored older file recognised?", f"{POSYNC}/files/restored_files.py", "is_restored"),
    ("Where does the language switcher find the other page?", "home/i18n/switcher.py", "language_links"),
    ("Where is decided that a kept page is stale?", "home/page_cache/freshness.py", "is_fresh"),
]


def names_defined_in(path: Path) -> set[str]:
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


@pytest.mark.parametrize(("question", "module", "symbol"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_the_answer_is_in_the_room_of_its_name(question, module, symbol):
    assert symbol in names_defined_in(ROOT / module)


@pytest.mark.parametrize(("question", "module", "symbol"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_the_answer_says_in_a_docstring_what_it_is(question, module, symbol):
    assert ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))


def test_the_questions_are_ten():
    assert len({module for _question, module, _symbol in ANSWERS}) == len(ANSWERS) == 10
