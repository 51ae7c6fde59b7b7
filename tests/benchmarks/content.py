"""The texts of the benchmark's pages: made by rule, so that every run measures the same site."""

import json
import random
import uuid
from typing import NamedTuple

#: Texts of a page that go to translators, its slug aside.
SEGMENTS_PER_PAGE = 31
#: One in so many texts is shared with other pages.
REPEATED_EVERY = 10

_VOCABULARY = (
    "migration office София support people return voluntary reintegration Пловдив assistance border health "
    "training МОМ children families language course legal advice partner region municipality Бургас report "
    "programme journey work integration shelter community rights project education employer Варна"
)
_WORDS = _VOCABULARY.split()
#: How many different texts the pages share.
_SHARED = 40


class PageContent(NamedTuple):
    title: str
    slug: str
    intro: str
    lead: str
    rich: str
    #: A StreamField's content, as it is stored.
    body: str


def page_content(number: int, link_id: int) -> PageContent:
    """The page of this number, with links to the page `link_id`."""
    return _PageWriter(number, link_id).write()


class _PageWriter:
    def __init__(self, number: int, link_id: int) -> None:
        self.number = number
        self.link_id = link_id
        self.texts = 0
        self.blocks = 0
        # Random by number: the same words in every run.
        self.random = random.Random(number)  # noqa: S311

    def write(self) -> PageContent:
        return PageContent(
            title=f"Page {self.number:05} about {self._words(2)}",
            slug=f"page-{self.number:05}",
            intro=self._words(6)[:70],
            lead=self._sentence(20),
            rich=f"<h2>{self._sentence(4)}</h2>" + self._rich(3),
            body=json.dumps(self._body()),
        )

    def _body(self) -> list[dict[str, object]]:
        return [
            self._block("char", self._sentence(4)),
            self._block("text", self._sentence(18)),
            self._block("quote", self._sentence(12)),
            self._block("rich", self._rich(3)),
            self._block("section", self._section(2)),
            self._block("points", [self._block("item", self._sentence(6)) for _ in range(5)]),
            self._block(
                "nested", [self._block("note", self._sentence(5)), self._block("rich", self._rich(1))]
            ),
            self._block("section", self._section(3)),
            self._block("rich", self._rich(3)),
            self._block("text", self._sentence(15)),
        ]

    def _block(self, kind: str, value: object) -> dict[str, object]:
        self.blocks += 1
        name = f"{self.number}/{self.blocks}"
        return {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, name))}

    def _section(self, paragraphs: int) -> dict[str, str]:
        return {"heading": self._sentence(3)[:60], "text": self._rich(paragraphs), "level": "h2"}

    def _rich(self, paragraphs: int) -> str:
        return "".join(f"<p>{self._paragraph()}</p>" for _ in range(paragraphs))

    def _paragraph(self) -> str:
        link = f'<a linktype="page" id="{self.link_id}">{self._words(2)}</a>'
        marked_up = (
            f"{self._words(8).capitalize()} <b>{self._words(3)}</b> &amp; {link}, <i>{self._words(2)}</i>."
        )
        return self._shared() or marked_up

    def _sentence(self, length: int) -> str:
        own = f"{self._words(length).capitalize()} {self.number}.{self.texts}"
        return self._shared() or own

    def _shared(self) -> str:
        """Now and then, a text that other pages have too."""
        self.texts += 1
        if self.texts % REPEATED_EVERY:
            return ""
        return f"Text {self.random.randrange(_SHARED)} of the office in София, on every subject"

    def _words(self, length: int) -> str:
        return " ".join(self.random.choices(_WORDS, k=length))
