"""A fast way through PO files in the form that posync itself writes; polib is the reference for both directions.

`read` takes a file only when every line of it is of that form, and leaves any other to polib; `write_message` gives the text
that polib would.
"""

import re

import polib

from posync.core.messages import Message, PoFile

#: A text in quotes, of one line or more, with the escapes that polib knows.
_LINE = r'"[^"\\\n]*(?:\\[bfnrtv"\\][^"\\\n]*)*"'
_STRING = rf"{_LINE}(?:\n{_LINE})*"
_HEADER = re.compile(rf"(?P<comment>(?:#(?:[ ,:~|.].*)?\n)*?)msgid \"\"\nmsgstr (?P<fields>{_STRING})\n")
_ENTRY = re.compile(
    r"\n(?P<translator>(?:#(?: .*)?\n)*)(?P<extracted>(?:#\. .*\n)*)(?P<fuzzy>\#, fuzzy\n)?"
    rf"(?:\#\| msgid (?P<previous>{_STRING})\n)?"
    rf"(?:msgctxt (?P<msgctxt>{_STRING})\n)?msgid (?P<msgid>{_STRING})\nmsgstr (?P<msgstr>{_STRING})\n"
)
#: Within these a text has no escape, no second line, and nothing that polib would cut it at.
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029]*')


def read(text: str) -> PoFile | None:
    """The file, or None where it is not, to the letter, of the form that posync writes."""
    head = _HEADER.match(text)
    if head is None or "#~" in text or "\r" in text:
        return None
    fields = _unquoted(head["fields"]).split("\n")
    messages: list[Message] = []
    position, line = head.end(), head[0].count("\n") + 1
    end = len(text)
    while position < end:
        entry = _ENTRY.match(text, position)
        if entry is None:
            return None
        translator, extracted, fuzzy, previous, msgctxt, msgid, msgstr = entry.groups()
        messages.append(
            Message(
                msgctxt=_unquoted(msgctxt) if msgctxt else "",
                msgid=_unquoted(msgid),
                msgstr=_unquoted(msgstr),
                fuzzy=fuzzy is not None,
                previous_msgid=_unquoted(previous) if previous else "",
                translator_comment="\n".join(row[2:] for row in translator.split("\n")[:-1]),
                extracted_comments=tuple(row[3:] for row in extracted.split("\n")[:-1]),
                line=line + 1,
            )
        )
        line += entry[0].count("\n")
        position = entry.end()
    header = dict(_field(row) for row in fields if row)
    comment = "\n".join(row[1:].removeprefix(" ") for row in head["comment"].split("\n")[:-1])
    return PoFile(header, tuple(messages), comment)


def _field(row: str) -> tuple[str, str]:
    name, _colon, value = row.partition(":")
    return name, value.strip()


def _unquoted(quoted: str) -> str:
    if "\n" in quoted:
        quoted = quoted.replace('"\n"', "")
    content = quoted[1:-1]
    return polib.unescape(content) if "\\" in content else content


def write_message(message: Message) -> str | None:
    """A message as polib writes it, unwrapped; None for what is left to polib itself."""
    if message.obsolete or not message.msgctxt:
        return None
    lines = (
        ["# " + row if row else "#" for row in message.translator_comment.split("\n")]
        if message.translator_comment
        else []
    )
    lines += ["#. " + row for row in message.extracted_comments]
    if message.fuzzy:
        lines.append("#, fuzzy")
    if message.previous_msgid:
        if not _PLAIN.fullmatch(message.previous_msgid):
            return None
        lines.append(f'#| msgid "{message.previous_msgid}"')
    for name, text in (("msgctxt", message.msgctxt), ("msgid", message.msgid), ("msgstr", message.msgstr)):
        if not _PLAIN.fullmatch(text):
            return None
        lines.append(f'{name} "{text}"')
    return "\n".join(lines) + "\n"
