"""Renamed fields and blocks, in paths."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.po.renaming import Renaming, former_paths

B, ITEM, K = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("block", "item", "child"))


@pytest.mark.parametrize(
    ("old", "new", "path", "field_path", "renamed"),
    [
        pytest.param("intro", "lead", "intro", "intro", ("lead", "lead"), id="field"),
        pytest.param("body", "main", f"body.{B}", "body.quote", (f"main.{B}", "main.quote"), id="stream"),
        pytest.param(
            "body.quote",
            "body.citation",
            f"body.{B}.text",
            "body.quote.text",
            (f"body.{B}.text", "body.citation.text"),
            id="block",
        ),
        pytest.param(
            "body.section.heading",
            "body.section.title",
            f"body.{B}.heading",
            "body.section.heading",
            (f"body.{B}.title", "body.section.title"),
            id="child of a struct",
        ),
        pytest.param(
            "body.sections.item.heading",
            "body.parts.item.title",
            f"body.{B}.{ITEM}.heading",
            "body.sections.item.heading",
            (f"body.{B}.{ITEM}.title", "body.parts.item.title"),
            id="child of a struct in a list",
        ),
        pytest.param(
            "offices.name",
            "branches.label",
            f"offices.{K}.name",
            "offices.name",
            (f"branches.{K}.label", "branches.label"),
            id="inline child",
        ),
        pytest.param(
            "offices.body.quote",
            "offices.body.citation",
            f"offices.{K}.body.{B}",
            "offices.body.quote",
            (f"offices.{K}.body.{B}", "offices.body.citation"),
            id="block of an inline child",
        ),
        pytest.param(
            "rich",
            "text",
            "rich.'https://example.org/a.b'",
            "rich",
            ("text.'https://example.org/a.b'", "text"),
            id="address in rich text",
        ),
        pytest.param(
            "body.rich",
            "body.text",
            f"body.{B}.'https://example.org'",
            "body.rich",
            (f"body.{B}.'https://example.org'", "body.text"),
            id="address in a block",
        ),
        pytest.param(
            "body.table",
            "body.grid",
            f"body.{B}.cell.3",
            "body.table",
            (f"body.{B}.cell.3", "body.grid"),
            id="block with paths of its own",
        ),
        pytest.param("intro", "lead", "intro", "", ("lead", "lead"), id="no field path"),
        pytest.param("intro", "lead", "introduction", "introduction", None, id="another field"),
        pytest.param("body.quote", "body.citation", f"body.{B}", "body.text", None, id="another block"),
        pytest.param("body.quote", "body.citation", f"body.{B}", "", None, id="a block of unknown name"),
    ],
)
def test_paths_follow_a_renaming(old, new, path, field_path, renamed):
    assert Renaming(old, new).applied(path, field_path) == renamed
    if renamed and field_path:
        assert Renaming(old, new).reversed.applied(*renamed) == (path, field_path)
        assert former_paths(*renamed, [Renaming(old, new)]) == {path} - {renamed[0]}


def test_former_paths_are_those_of_all_renamings():
    renamings = [Renaming("a", "b"), Renaming("b", "c")]
    assert former_paths("c", "c", renamings) == {"a", "b"}
    assert former_paths("x", "x", renamings) == set()


def test_a_renaming_taken_back_leaves_both_names():
    assert former_paths("a", "a", [Renaming("a", "b"), Renaming("b", "a")]) == {"b"}


@pytest.mark.parametrize(("old", "new"), [("intro", "body.text"), ("body.quote", "quote")])
def test_a_renaming_keeps_the_depth(old, new):
    with pytest.raises(ValueError, match="depth"):
        Renaming(old, new)


@pytest.mark.parametrize(("old", "new"), [("", "a"), ("a.", "a.b")])
def test_a_renaming_has_names(old, new):
    with pytest.raises(ValueError, match="empty"):
        Renaming(old, new)


names = st.sampled_from(["body", "quote", "item", "text", "heading"])


@given(st.lists(st.tuples(names, st.sampled_from(["id", "name"])), min_size=1, max_size=5), st.data())
def test_any_prefix_goes_there_and_back(steps, data):
    """Of streams, structs and lists in any order, below a field."""
    path = ["field", *(str(uuid.uuid4()) if kind == "id" else name for name, kind in steps)]
    field_path = ["field", *(name for name, _kind in steps)]
    depth = data.draw(st.integers(1, len(field_path)))
    old, new = field_path[:depth], [f"new-{name}" for name in field_path[:depth]]
    renaming = Renaming(".".join(old), ".".join(new))
    renamed = renaming.applied(".".join(path), ".".join(field_path))
    assert renamed is not None
    assert renamed[1].split(".") == [*new, *field_path[depth:]]
    assert renaming.reversed.applied(*renamed) == (".".join(path), ".".join(field_path))
