"""Checks of one translation against its source, before anything is stored.

Both are fragments of HTML in the form that wagtail-localize gives its strings: inline tags only, every attribute
lifted out but the `id` of a link. The text of a plain field has the same form, escaped, with `<br/>` for line breaks.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

#: The inline tags that may stand inside a sentence: wagtail-localize's own, and those that `posync.apps` adds.
EXTRA_INLINE_TAGS = ("sub", "sup", "s")
INLINE_TAGS = frozenset({"a", "abbr", "acronym", "b", "code", "em", "i", "strong", "br", *EXTRA_INLINE_TAGS})
_VOID_TAGS = frozenset({"br"})

_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);)")
_PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)[a-z]|\{[A-Za-z_][\w.]*\}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a translation is refused."""

    code: str
    message: str


@dataclass(slots=True)
class _Markup(HTMLParser):
    """Collects what a fragment is made of, and what is wrong with it."""

    tags: Counter[str] = field(default_factory=Counter)
    link_ids: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in INLINE_TAGS:
            self.problems.append(Problem("markup", f"The tag <{tag}> is not allowed here."))
        for name, value in attrs:
            if (tag, name) == ("a", "id"):
                self.link_ids[value or ""] += 1
            else:
                self.problems.append(
                    Problem("markup", f"The attribute {name} of <{tag}> is not allowed here.")
                )
        if tag not in _VOID_TAGS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID_TAGS:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID_TAGS:
            return
        if not self._open or self._open.pop() != tag:
            self.problems.append(Problem("markup", f"</{tag}> closes nothing that is open."))

    def handle_comment(self, data: str) -> None:
        self.problems.append(Problem("markup", "An HTML comment is not allowed here."))

    def handle_decl(self, decl: str) -> None:
        self.problems.append(Problem("markup", f"<!{decl}> is not allowed here."))

    def unknown_decl(self, data: str) -> None:
        self.problems.append(Problem("markup", f"<![{data}]> is not allowed here."))

    def handle_pi(self, data: str) -> None:
        self.problems.append(Problem("markup", f"<?{data}> is not allowed here."))

    def close(self) -> None:
        # What the parser holds back at the end is a tag that was begun and never finished.
        if self.rawdata.startswith("<"):
            self.problems.append(Problem("markup", f"The tag {self.rawdata[:40]!r} is not finished."))
        HTMLParser.close(self)
        for tag in self._open:
            self.problems.append(Problem("markup", f"<{tag}> is opened and never closed."))


def _parsed(fragment: str) -> _Markup:
    markup = _Markup()
    if "<" in fragment:
        markup.feed(fragment)
        markup.close()
    return markup


def repair(msgid: str, msgstr: str) -> str:
    """Mend what has one right form: a bare `&` is escaped, white space at the edges is made that of the source."""
    if not msgstr.strip():
        return ""
    start = msgid[: len(msgid) - len(msgid.lstrip())]
    end = msgid[len(msgid.rstrip()) :]
    return f"{start}{_BARE_AMPERSAND.sub('&amp;', msgstr.strip())}{end}"


def check(msgid: str, msgstr: str, max_length: int | None = None) -> list[Problem]:
    """Everything for which a translation is refused; empty for a good one.

    `max_length` is the limit of the field in characters of plain text, or None.
    """
    source, target = _parsed(msgid), _parsed(msgstr)
    problems = list(dict.fromkeys(target.problems))
    if not problems:
        problems += _compared("tags", "tag", source.tags, target.tags, "<{}>")
        problems += _compared("links", "link", source.link_ids, target.link_ids, '<a id="{}">')
    problems += _compared(
        "placeholders",
        "placeholder",
        Counter(_PLACEHOLDER.findall(msgid)),
        Counter(_PLACEHOLDER.findall(msgstr)),
    )
    problems += _compared(
        "emails", "e-mail address", Counter(set(_EMAIL.findall(msgid))), Counter(set(_EMAIL.findall(msgstr)))
    )
    if _CONTROL.search(msgstr):
        problems.append(Problem("control", "The text has a control character in it."))
    if max_length is not None and (length := len(unescape(msgstr))) > max_length:
        problems.append(Problem("length", f"The text has {length} characters; {max_length} fit."))
    return problems


def _compared(
    code: str, name: str, source: Counter[str], target: Counter[str], form: str = "{}"
) -> list[Problem]:
    missing, extra = source - target, target - source
    problems = []
    if missing:
        problems.append(Problem(code, f"The {name} {_listed(missing, form)} of the source is missing."))
    if extra:
        problems.append(Problem(code, f"The {name} {_listed(extra, form)} is not in the source."))
    return problems


def _listed(counter: Counter[str], form: str) -> str:
    return ", ".join(form.format(name) for name in sorted(counter.elements()))
