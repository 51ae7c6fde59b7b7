"""Checks of one translation against its source, before anything is stored.

Both are fragments of HTML in the form that wagtail-localize gives its strings: inline tags only, every attribute
lifted out but the `id` of a link. The text of a plain field has the same form, escaped, with `<br/>` for line breaks.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.entities import html5
from html.parser import HTMLParser
from unicodedata import category

from posync.core.issue_codes import IssueCode
from posync.core.results import Severity

#: wagtail-localize's own inline tags.
USUAL_INLINE_TAGS = frozenset({"a", "abbr", "acronym", "b", "code", "em", "i", "strong", "br"})
#: A site may add these: HTML's other tags for a few words; they load and run nothing.
OPTIONAL_INLINE_TAGS = frozenset(
    {
        *("bdi", "bdo", "big", "cite", "data", "del", "dfn", "ins", "kbd", "mark", "q", "s", "samp"),
        *("small", "span", "strike", "sub", "sup", "time", "tt", "u", "var"),
    }
)
_VOID_TAGS = frozenset({"br"})

_AMPERSAND = re.compile(r"&(?:(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);)?")
_PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)[a-z]|\{[A-Za-z_][\w.]*\}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: A text with nothing in it that any check but that of its length looks at.
_SIMPLE = re.compile(r"[^<&{%@:\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]*")
#: A text in which, but for its tags, nothing is that any check looks at. These references stand for themselves, and an
#: attribute has nothing of the kind in it either.
_SIMPLE_MARKUP = re.compile(
    r"(?:[^<&{%@:\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]++|&(?:amp|lt|gt|quot);|</?[A-Za-z][^<>&{%@:\x00-\x1f\x7f]*+>)*+"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: They turn the letters behind them round, so that people read another text than machines.
_OVERRIDE = re.compile("[\u202d\u202e]")
#: What begins a direction of its own, each with what ends it; left open, it goes on behind the text.
_DIRECTIONS = (("\u202a\u202b\u202d\u202e", "\u202c"), ("\u2066\u2067\u2068", "\u2069"))
#: Letters and symbols without a shape: fillers, and the empty Braille cell.
_SHAPELESS = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"
_LETTER = re.compile(rf"[^\W_{_SHAPELESS}]")
_NUMERIC_REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+))")
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{10,}|[xX][0-9A-Fa-f]{10,});?")
#: How many tags more than its source a text may have before it is read. Parsers are slow with thousands that are never
#: finished.
_TAGS_TO_SPARE = 50
_NO_CHARACTER = 0x110000
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG_IN_TEXT = re.compile(r"<[A-Za-z/!?]")
_BROKEN_LINE = re.compile(r"[ \t]*[\r\n]\s*")
_BARE_LESS_THAN = re.compile(r"<(?![A-Za-z/!?])")
#: Browsers leave white space and control characters out of a scheme.
_IGNORED_IN_URL = re.compile(r"[\x00-\x20]+")
_SCRIPT_URL = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
#: Addresses that run, carry or read something themselves.
_UNSAFE_ADDRESS = re.compile(r"(?:javascript|vbscript|data|file|blob|filesystem|about):", re.IGNORECASE)


def gettext_noop(wording: str) -> str:
    """Mark a wording for the translators of the interface; GNU gettext finds it by this name."""
    return wording


_NOT_ALLOWED = gettext_noop("%(markup)s is not allowed here.")
#: By what is missing in a translation, or too much.
_MISSING = {
    IssueCode.TAGS: gettext_noop("The tag %(listed)s of the source is missing."),
    IssueCode.LINKS: gettext_noop("The link %(listed)s of the source is missing."),
    IssueCode.PLACEHOLDERS: gettext_noop("The placeholder %(listed)s of the source is missing."),
    IssueCode.EMAILS: gettext_noop("The e-mail address %(listed)s of the source is missing."),
}
_EXTRA = {
    IssueCode.TAGS: gettext_noop("The tag %(listed)s is not in the source."),
    IssueCode.LINKS: gettext_noop("The link %(listed)s is not in the source."),
    IssueCode.PLACEHOLDERS: gettext_noop("The placeholder %(listed)s is not in the source."),
    IssueCode.EMAILS: gettext_noop("The e-mail address %(listed)s is not in the source."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a translation."""

    #: For programs, "shop-price".
    code: str
    #: For translators: the fault and its remedy.
    message: str
    #: `Severity.ERROR` blocks the translation, `Severity.WARNING` does not.
    severity: Severity = Severity.ERROR
    #: The message as it is translated, with names for `values`; "" for a message of one piece.
    wording: str = field(default="", compare=False)
    #: What stands in the message for the names in its wording, by name.
    values: tuple[tuple[str, object], ...] = field(default=(), compare=False)

    @classmethod
    def worded(cls, code: str, wording: str, **values: object) -> "Problem":
        """An error whose message can be translated: its wording is marked by `gettext_noop`."""
        return cls(code, wording % values, wording=wording, values=tuple(values.items()))

    def __post_init__(self) -> None:
        """Raise TypeError for what reads like a problem and blocks nothing, such as the severity "error"."""
        if not (
            isinstance(self.severity, Severity)
            and isinstance(self.code, str)
            and isinstance(self.message, str)
        ):
            raise TypeError(f"a Problem has a code and a message, and a Severity: not {self!r:.200}")


@dataclass(slots=True)
class _Markup(HTMLParser):
    """Collects a fragment's parts and faults."""

    inline_tags: frozenset[str]
    tags: Counter[str] = field(default_factory=Counter)
    link_ids: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in self.inline_tags:
            self.problems.append(
                Problem.worded(
                    IssueCode.MARKUP, gettext_noop("The tag <%(tag)s> is not allowed here."), tag=tag
                )
            )
        for name, value in attrs:
            if (tag, name) == ("a", "id"):
                self.link_ids[value or ""] += 1
            else:
                self.problems.append(
                    Problem.worded(
                        IssueCode.MARKUP,
                        gettext_noop("The attribute %(name)s of <%(tag)s> is not allowed here."),
                        name=name,
                        tag=tag,
                    )
                )
        if tag == "a" and tag in self._open:
            self.problems.append(
                Problem.worded(IssueCode.MARKUP, gettext_noop("A link may not stand in a link."))
            )
        if tag not in _VOID_TAGS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID_TAGS:
            self._open.pop()
            self.problems.append(
                Problem.worded(IssueCode.MARKUP, gettext_noop("<%(tag)s/> has no text in it."), tag=tag)
            )

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID_TAGS:
            return
        if not self._open or self._open.pop() != tag:
            self.problems.append(
                Problem.worded(
                    IssueCode.MARKUP, gettext_noop("</%(tag)s> closes nothing that is open."), tag=tag
                )
            )

    def handle_data(self, data: str) -> None:
        # What the parser took for text after a broken reference, another one may take for a tag.
        if found := _TAG_IN_TEXT.search(data):
            rest = data[found.start() :]
            self.problems.append(
                Problem.worded(
                    IssueCode.MARKUP, gettext_noop("The tag %(tag)s cannot be read."), tag=repr(rest[:40])
                )
            )

    def handle_comment(self, data: str) -> None:
        self.problems.append(
            Problem.worded(IssueCode.MARKUP, gettext_noop("An HTML comment is not allowed here."))
        )

    def handle_decl(self, decl: str) -> None:
        self.problems.append(Problem.worded(IssueCode.MARKUP, _NOT_ALLOWED, markup=f"<!{decl}>"))

    def unknown_decl(self, data: str) -> None:
        self.problems.append(Problem.worded(IssueCode.MARKUP, _NOT_ALLOWED, markup=f"<![{data}]>"))

    def handle_pi(self, data: str) -> None:
        self.problems.append(Problem.worded(IssueCode.MARKUP, _NOT_ALLOWED, markup=f"<?{data}>"))

    def close(self) -> None:
        # The parser holds back a tag begun and never finished.
        if self.rawdata.startswith("<"):
            self.problems.append(
                Problem.worded(
                    IssueCode.MARKUP,
                    gettext_noop("The tag %(tag)s is not finished."),
                    tag=repr(self.rawdata[:40]),
                )
            )
        HTMLParser.close(self)
        for tag in self._open:
            self.problems.append(
                Problem.worded(
                    IssueCode.MARKUP, gettext_noop("<%(tag)s> is opened and never closed."), tag=tag
                )
            )


@lru_cache(maxsize=64)  # several checks in a row look at the same two
def _parsed(fragment: str, inline_tags: frozenset[str]) -> _Markup:
    markup = _Markup(inline_tags)
    if "<" in fragment:
        try:
            markup.feed(fragment)
            markup.close()
        except AssertionError:  # how the parser answers to some broken declarations
            markup.problems.append(
                Problem.worded(IssueCode.MARKUP, gettext_noop("The markup cannot be read."))
            )
    return markup


def repair(msgid: str, msgstr: str) -> str:
    """Mend faults with one remedy.

    A bare `&` or `<` is escaped, white space at the edges made that of the source, and a line broken where the source has
    none is joined: a break for readers is `<br/>`.
    """
    text = msgstr.strip()
    if _BROKEN_LINE.search(text) and not _BROKEN_LINE.search(msgid):
        text = _BROKEN_LINE.sub(" ", text)
    if "&" in text:
        text = _AMPERSAND.sub(_reference, text)
    if "<" in text:
        text = _BARE_LESS_THAN.sub("&lt;", text)
    if not text:
        return ""
    start = msgid[: len(msgid) - len(msgid.lstrip())]
    end = msgid[len(msgid.rstrip()) :]
    return f"{start}{text}{end}" if msgid.strip() else text


def _reference(found: re.Match[str]) -> str:
    """A character reference as it stands; what only looks like one ("AT&T;") escaped."""
    name = found[1]
    return found[0] if name and (name.startswith("#") or f"{name};" in html5) else f"&amp;{found[0][1:]}"


def _plain(fragment: str) -> str:
    """The text as readers see it."""
    return _unescaped(_TAG.sub("", _LINE_BREAK.sub("\n", fragment)))


def _unescaped(fragment: str) -> str:
    # Python refuses to read a number of thousands of digits, and unescape fails with it.
    return unescape(_LONG_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", fragment))


def find_unsafe(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> list[Problem]:
    """Dangers of a translation to its page: broken markup, markup foreign to its source, scripts, controls.

    `inline_tags` are all that may stand inside a sentence. Empty for a safe translation.
    """
    if _is_simple(msgid, msgstr):
        return []
    if _has_too_many_tags(msgid, msgstr):
        return [
            Problem.worded(
                IssueCode.TAGS, gettext_noop("There are far more tags in the translation than in the source.")
            )
        ]
    problems = [] if _has_same_tags(msgid, msgstr) else _markup_problems(msgid, msgstr, inline_tags)
    if _CONTROL.search(msgstr) or _refers_to_control(msgstr):
        problems.append(
            Problem.worded(IssueCode.CONTROL, gettext_noop("The text has a control character in it."))
        )
    if _overrides(msgstr) - _overrides(msgid):
        text = gettext_noop("The text has a character in it that turns the direction of the letters round.")
        problems.append(Problem.worded(IssueCode.CONTROL, text))
    elif _left_open(msgstr) and not _left_open(msgid):
        text = gettext_noop(
            "The text begins a direction of writing by a character that is not seen, and does not end it."
        )
        problems.append(Problem.worded(IssueCode.CONTROL, text))
    if _script_urls(msgstr) - _script_urls(msgid):
        problems.append(
            Problem.worded(IssueCode.SCRIPT, gettext_noop("A script address is not allowed here."))
        )
    return problems


def _markup_problems(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> list[Problem]:
    source, target = _parsed(msgid, inline_tags), _parsed(msgstr, inline_tags)
    if target.problems:
        return list(dict.fromkeys(target.problems))
    problems = []
    # Beside one too many stands the one that is missing, for which it was mistaken.
    if target.tags - source.tags:
        problems += _compared(IssueCode.TAGS, source.tags, target.tags, "<{}>")
    if target.link_ids - source.link_ids:
        problems += _compared(IssueCode.LINKS, source.link_ids, target.link_ids, '<a id="{}">')
    return problems


def lost_tags(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> list[Problem]:
    """Tags of the source missing in a safe translation."""
    if _is_simple(msgid, msgstr) or not _is_readable(msgid, msgstr, inline_tags):
        return []
    source, target = _parsed(msgid, inline_tags).tags, _parsed(msgstr, inline_tags).tags
    return [] if target - source else _compared(IssueCode.TAGS, source, target, "<{}>")


def lost_links(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> list[Problem]:
    """Links of the source missing in a safe translation."""
    if _is_simple(msgid, msgstr) or not _is_readable(msgid, msgstr, inline_tags):
        return []
    source, target = _parsed(msgid, inline_tags).link_ids, _parsed(msgstr, inline_tags).link_ids
    return [] if target - source else _compared(IssueCode.LINKS, source, target, '<a id="{}">')


def _is_readable(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> bool:
    return not _has_too_many_tags(msgid, msgstr) and (
        _has_same_tags(msgid, msgstr) or not _parsed(msgstr, inline_tags).problems
    )


def find_empty(msgid: str, msgstr: str, inline_tags: frozenset[str]) -> list[Problem]:
    """Markup, white space or characters without a shape, in place of a text."""
    if _is_simple(msgid, msgstr) or not _is_readable(msgid, msgstr, inline_tags):
        return []
    if _is_visible(_plain(msgstr)) or not _is_visible(_plain(msgid)):
        return []
    return [Problem.worded(IssueCode.EMPTY, gettext_noop("There is no text in the translation."))]


def compare_placeholders(msgid: str, msgstr: str) -> list[Problem]:
    """Placeholders, such as %(name)s or {name}, lost or new."""
    if not ("%" in msgid or "{" in msgid or "%" in msgstr or "{" in msgstr):
        return []
    source, target = Counter(_PLACEHOLDER.findall(msgid)), Counter(_PLACEHOLDER.findall(msgstr))
    return _compared(IssueCode.PLACEHOLDERS, source, target)


def compare_emails(msgid: str, msgstr: str) -> list[Problem]:
    """E-mail addresses lost or new."""
    if not ("@" in msgid or "@" in msgstr):
        return []
    source, target = Counter(set(_EMAIL.findall(msgid))), Counter(set(_EMAIL.findall(msgstr)))
    return _compared(IssueCode.EMAILS, source, target)


def find_too_long(msgstr: str, max_length: int | None) -> list[Problem]:
    """A text over its field's limit, in characters of plain text; None for no limit."""
    if max_length is None:
        return []
    length = len(_plain(msgstr)) if "<" in msgstr or "&" in msgstr else len(msgstr)
    if length <= max_length:
        return []
    return [
        Problem.worded(
            IssueCode.LENGTH,
            gettext_noop("The text has %(length)d characters; %(max)d fit."),
            length=length,
            max=max_length,
        )
    ]


def is_plain(msgid: str, msgstr: str, max_length: int | None) -> bool:
    """Whether no check here can find anything in the translation: most sentences of a page are such."""
    return (
        _is_simple(msgid, msgstr)
        and not ("%" in msgid or "%" in msgstr or "{" in msgid or "{" in msgstr)
        and not ("@" in msgid or "@" in msgstr)
        and (max_length is None or len(msgstr) <= max_length)
    )


@lru_cache(maxsize=64)  # several checks in a row ask it of the same two
def _is_simple(msgid: str, msgstr: str) -> bool:
    """Whether the two have nothing in them that a check of markup looks at, or the same of it.

    Nearly all sentences of a page are such, and the cost of the checks is felt with tens of thousands of them.
    """
    if _SIMPLE.fullmatch(msgid) and _SIMPLE.fullmatch(msgstr):
        return _is_visible(msgstr)
    return _is_simple_markup(msgid, msgstr)


def _has_too_many_tags(msgid: str, msgstr: str) -> bool:
    return msgstr.count("<") > msgid.count("<") + _TAGS_TO_SPARE


def _has_same_tags(msgid: str, msgstr: str) -> bool:
    """Whether the translation has the source's tags, to the letter and in their order: then its markup is as good."""
    tags: list[str] = _TAG.findall(msgstr)
    return msgstr.count("<") == len(tags) and msgid.count("<") == len(tags) and _TAG.findall(msgid) == tags


def _is_simple_markup(msgid: str, msgstr: str) -> bool:
    """Whether the translation has the source's tags and a text, and neither has more that a check looks at."""
    return (
        _SIMPLE_MARKUP.fullmatch(msgid) is not None
        and _SIMPLE_MARKUP.fullmatch(msgstr) is not None
        and _TAG.findall(msgid) == _TAG.findall(msgstr)
        and _is_visible(_TAG.sub("", msgstr))
    )


def _is_visible(text: str) -> bool:
    """Whether there is something to be read: not spaces, controls and characters of formatting alone."""
    return bool(_LETTER.search(text)) or any(
        category(character)[0] in "NPS" and character not in _SHAPELESS for character in text
    )


def _overrides(fragment: str) -> Counter[str]:
    """The characters that override the direction of letters, each with its number."""
    text = _unescaped(fragment) if "&" in fragment else fragment
    return Counter(_OVERRIDE.findall(text))


def _left_open(fragment: str) -> bool:
    """Whether the fragment begins a direction of writing more often than it ends one, of either kind."""
    text = _unescaped(fragment) if "&" in fragment else fragment
    return any(sum(map(text.count, begins)) > text.count(end) for begins, end in _DIRECTIONS)


def _refers_to_control(fragment: str) -> bool:
    """Whether a number stands for a control character, or for what is no character at all."""
    for hexadecimal, decimal in _NUMERIC_REFERENCE.findall(fragment):
        digits, base = (hexadecimal, 16) if hexadecimal else (decimal, 10)
        # Any longer number is no character; int() refuses the very long ones.
        significant = digits.lstrip("0")
        code = int(significant or "0", base) if len(significant) < 10 else _NO_CHARACTER
        if (
            code >= _NO_CHARACTER
            or 0xD800 <= code <= 0xDFFF
            or 0x7F <= code <= 0x9F
            or _CONTROL.match(chr(code))
        ):
            return True
    return False


def _script_urls(fragment: str) -> Counter[str]:
    return Counter(_SCRIPT_URL.findall(_IGNORED_IN_URL.sub("", _unescaped(fragment)).lower()))


def _compared(code: IssueCode, source: Counter[str], target: Counter[str], form: str = "{}") -> list[Problem]:
    missing, extra = source - target, target - source
    problems = []
    if missing:
        problems.append(Problem.worded(code, _MISSING[code], listed=_listed(missing, form)))
    if extra:
        problems.append(Problem.worded(code, _EXTRA[code], listed=_listed(extra, form)))
    return problems


def _listed(counter: Counter[str], form: str) -> str:
    return ", ".join(form.format(name) for name in sorted(counter.elements()))


def is_unsafe_address(text: str) -> bool:
    """Whether a browser would run an address, or read a file by it, rather than go there."""
    return _UNSAFE_ADDRESS.match(_IGNORED_IN_URL.sub("", text)) is not None
