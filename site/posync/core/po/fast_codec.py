"""Reads and writes PO files in posync's own layout, faster than polib, the reference for both directions.

`read` takes a file only when every line of it is of that layout, and leaves any other to polib. `write_entry` writes the layout:
as polib would, but each text on one line. So `msgid` and `msgstr` are neighbours, and Git never joins the one of one
branch with the other of another.
"""

import re

import polib

from posync.core.po.entries import Entry, PoFile

#: A text in quotes, of one line or more, with polib's escapes.
_LINE = r'"[^"\\\n]*(?:\\[bfnrtv"\\][^"\\\n]*)*"'
_STRING = rf"{_LINE}(?:\n{_LINE})*"
_HEADER = re.compile(rf"(?P<comment>(?:#(?: .*)?\n)*)msgid \"\"\nmsgstr (?P<fields>{_STRING})\n")
_ENTRY = re.compile(
    r"\n(?P<translator>(?:#(?: .*)?\n)*)(?P<extracted>(?:#\. .*\n)*)(?P<fuzzy>\#, fuzzy\n)?"
    rf"(?:\#\| msgid (?P<previous>{_STRING})\n)?"
    rf"(?:msgctxt (?P<msgctxt>{_STRING})\n)?msgid (?P<msgid>{_STRING})\nmsgstr (?P<msgstr>{_STRING})\n"
)
#: All with an escape of its own, besides the two most common.
_RARELY_ESCAPED = re.compile(r"[\t\r\n\v\b\f]")


def read(text: str) -> PoFile | None:
    """The file, or None where it is not, to the letter, of posync's own form."""
    head = _HEADER.match(text)
    if head is None or "#~" in text or "\r" in text:
        return None
    fields = _unquoted(head["fields"]).split("\n")
    entries: list[Entry] = []
    # The same few blocks of comments stand above most entries.
    comments: dict[str, tuple[str, ...]] = {"": ()}
    position, line = head.end(), head[0].count("\n") + 1
    end = len(text)
    while position < end:
        entry = _ENTRY.match(text, position)
        if entry is None:
            return None
        translator, extracted, fuzzy, previous, msgctxt, msgid, msgstr = entry.groups()
        if extracted not in comments:
            comments[extracted] = tuple([row[3:] for row in extracted.split("\n")[:-1]])
        entries.append(
            Entry(
                _unquoted(msgctxt) if msgctxt else "",
                _unquoted(msgid),
                _unquoted(msgstr),
                fuzzy is not None,
                False,
                _unquoted(previous) if previous else "",
                _translator_comment(translator) if translator else "",
                comments[extracted],
                line + 1,
            )
        )
        begun, position = position, entry.end()
        line += text.count("\n", begun, position)
    header = dict(_field(row) for row in fields if row)
    return PoFile(header, tuple(entries), _translator_comment(head["comment"]))


def _translator_comment(rows: str) -> str:
    return "\n".join(row[2:] for row in rows.split("\n")[:-1])


def _field(row: str) -> tuple[str, str]:
    name, _colon, value = row.partition(":")
    return name, value.strip()


def _unquoted(quoted: str) -> str:
    if "\\" not in quoted and "\n" not in quoted:
        return quoted[1:-1]
    content = quoted.replace('"\n"', "")[1:-1]
    # Most escapes are of the quotes of a link's id. Where each backslash stands before a quote, there is no other escape.
    if content.count("\\") == content.count('\\"'):
        return content.replace('\\"', '"')
    unescaped: str = polib.unescape(content)
    return unescaped


def write_entry(entry: Entry) -> str:
    """The lines of an entry, without the empty one behind it.

    A fuzzy entry names in `#| msgid` the source that its translation was made for, also where that is the source of now: the
    lines above and below the flag then differ from those of any other entry.
    """
    mark, previous_mark = ("#~ ", "#~| ") if entry.obsolete else ("", "#| ")
    previous = entry.previous_msgid or (entry.msgid if entry.fuzzy and not entry.obsolete else "")
    comments = ""
    if entry.translator_comment:
        rows = entry.translator_comment.split("\n")
        comments = "".join(f"# {row}\n" if row else "#\n" for row in rows)
    if entry.extracted_comments:
        comments += "#. " + "\n#. ".join(entry.extracted_comments) + "\n"
    if entry.fuzzy:
        comments += "#, fuzzy\n"
    if previous:
        comments += f'{previous_mark}msgid "{_escaped(previous)}"\n'
    context = f'{mark}msgctxt "{_escaped(entry.msgctxt)}"\n' if entry.msgctxt else ""
    msgid, msgstr = _escaped(entry.msgid), _escaped(entry.msgstr)
    return f'{comments}{context}{mark}msgid "{msgid}"\n{mark}msgstr "{msgstr}"\n'


def _escaped(text: str) -> str:
    if _RARELY_ESCAPED.search(text):
        escaped: str = polib.escape(text)
        return escaped
    return text.replace("\\", "\\\\").replace('"', '\\"')
