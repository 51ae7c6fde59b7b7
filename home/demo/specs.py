"""Demo content before it is anything in the database."""

from dataclasses import dataclass, field
from typing import Any

from home.demo.blocks import Block


@dataclass(frozen=True)
class PageSpec:
    """One page in its first language; its translation comes in from elsewhere.

    `kind` names the model in `home`. A page waits until its parent is live in `language` and until all its
    references exist.
    """

    key: str
    language: str
    title: str
    kind: str = "SectionPage"
    parent: str = ""
    slug: str = ""
    picture: str = ""
    # The codes of its themes
    themes: tuple[str, ...] = ()
    # The key of its project
    project: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    # Child objects with fields of their own, by the name of the relation: files, donors, fields of a form
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # An editor's changes after the translation of the first version went live.
    revised: "PageSpec | None" = None


@dataclass(frozen=True)
class SnippetSpec:
    """A snippet in its first language."""

    key: str
    language: str
    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    streams: dict[str, list[Block]] = field(default_factory=dict)
