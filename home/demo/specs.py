"""What demo content is before it is anything in the database."""

from dataclasses import dataclass, field
from typing import Any

from home.demo.blocks import Block


@dataclass(frozen=True)
class PageSpec:
    """One page in the language in which it was written first; its translation comes in from elsewhere.

    `kind` names the model in `home`. A page waits until its parent is live in `language` and until every page
    that it links to exists.
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
    # The key of the project that it tells of
    project: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    # What an editor changed once the translation of the first version was live.
    revised: "PageSpec | None" = None


@dataclass(frozen=True)
class SnippetSpec:
    """A menu or a footer in the language in which it was written first."""

    key: str
    language: str
    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    streams: dict[str, list[Block]] = field(default_factory=dict)
