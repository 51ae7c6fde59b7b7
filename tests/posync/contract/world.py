"""A small site in both directions, and texts that can be told apart wherever they turn up."""

import html
import random
import re
import uuid
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from wagtail.models import Locale, Page

from posync.files.disk import catalog_files
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, fresh, read, stream
from tests.testapp.models import EveryPage

#: A source text has one of these, a translation one of those, each with a number of its own.
SOURCE = re.compile(r"Source \d+")
TRANSLATION = re.compile(r"Превод (\d+)")


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    id: str

    @classmethod
    def new(cls, kind: str, text: str) -> "Block":
        # Of the generator that a seed repeats.
        return cls(kind, text, str(uuid.UUID(int=random.getrandbits(128), version=4)))

    @property
    def raw(self) -> dict[str, object]:
        value = f"<p>{self.text}</p>" if self.kind == "rich" else self.text
        return {"type": self.kind, "value": value, "id": self.id}


@dataclass(frozen=True)
class Content:
    """What an editor sees of a page."""

    title: str
    intro: str
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def fields(self) -> dict[str, str]:
        return {
            "title": self.title,
            "intro": self.intro,
            "rich": "".join(f"<p>{text}</p>" for text in self.paragraphs),
            "body": stream(*(block.raw for block in self.blocks)),
        }

    def with_paragraph(self, place: int, *texts: str) -> "Content":
        """With other paragraphs, or none, in the place of one."""
        return replace(self, paragraphs=(*self.paragraphs[:place], *texts, *self.paragraphs[place + 1 :]))

    def with_block(self, place: int, *blocks: Block) -> "Content":
        """With other blocks, or none, in the place of one."""
        return replace(self, blocks=(*self.blocks[:place], *blocks, *self.blocks[place + 1 :]))


class Texts:
    """Makes up texts. No two are the same, so each can be looked for."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def source(self, ending: str = "") -> str:
        return f"Source {next(self._numbers)}{ending}"

    def translation(self, msgid: str) -> str:
        """A translation of a source text, its markup and all."""
        return SOURCE.sub(f"Превод {next(self._numbers)}", msgid)

    def comment(self) -> str:
        return f"Бележка {next(self._numbers)}."


def bare(text: str) -> str:
    """A text as compared here: an import may escape an ampersand, and mends white space at the edges."""
    return html.unescape(text).strip()


def numbers_of(text: str) -> set[str]:
    return set(TRANSLATION.findall(text))


@dataclass
class World:
    """The site with its three original pages; their contents are what their editors last published."""

    texts: Texts
    locales: dict[str, Locale]
    homes: dict[str, Page]
    pages: list[EveryPage]
    contents: dict[int, list[Content]]
    #: Where pages have their introduction; a migration renames it.
    intro_field: str = "intro"

    @classmethod
    def begin(cls, homes: dict[str, Page], root: Path) -> "World":
        """Two English pages, the second below the first, and a Bulgarian one; the first two are translated and live."""
        locales = {code: home.locale for code, home in homes.items()}
        world = cls(Texts(), locales, homes, [], {})
        opening = world.add_page(homes["en"], "opening")
        jobs = world.add_page(opening, "jobs")
        for page in (opening, jobs):
            submit(page, [locales["bg"]])
        sync()
        for path in catalog_files(root):
            world.translate_all(path)
        sync()
        submit(world.add_page(homes["bg"], "sabitiya"), [locales["en"]])
        sync()
        return world

    def add_page(self, parent: Page, slug: str) -> EveryPage:
        texts = self.texts
        content = Content(
            texts.source(),
            texts.source(" & more"),
            (
                *(texts.source(f" is <b>here</b>, part {number}.") for number in range(2)),
                texts.source(' has <a href="https://example.org/">a link</a>.'),
            ),
            (Block.new("char", texts.source(" in a block")), Block.new("rich", texts.source(" of its own"))),
        )
        page = EveryPage(locale=parent.locale, slug=slug, **content.fields)
        fresh(parent).add_child(instance=page)
        page.save_revision().publish()
        page = EveryPage.objects.get(pk=page.pk)
        self.pages.append(page)
        self.contents[page.pk] = [content]
        return page

    def translate_all(self, path: Path) -> None:
        """Approve a new translation of everything in a file that is not approved yet."""
        po = read(path)
        for entry in po:
            if not entry.obsolete and (entry.fuzzy or not entry.msgstr):
                entry.msgstr = self.texts.translation(entry.msgid)
                entry.flags, entry.previous_msgid = [], None
        po.save()

    def content(self, page: EveryPage) -> Content:
        return self.contents[page.pk][-1]

    def fields(self, content: Content) -> dict[str, str]:
        """The values of a page's fields, under the names that they have now."""
        fields = content.fields
        return {**fields, "intro": "", "lead": "", self.intro_field: fields["intro"]}

    def rename_intro(self) -> tuple[str, str]:
        """Rename the field of the introduction, to and fro; returns its old and its new name."""
        old = self.intro_field
        self.intro_field = "lead" if old == "intro" else "intro"
        return old, self.intro_field

    def publish(self, page: EveryPage, content: Content) -> None:
        edit(page, **self.fields(content))
        self.contents[page.pk].append(content)
