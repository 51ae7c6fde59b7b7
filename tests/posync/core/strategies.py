"""What hypothesis makes up: texts that break naive readers of PO files, and whole files of them."""

import string

from hypothesis import settings
from hypothesis import strategies as st

from posync.core.po.entries import Entry, PoFile

#: For a decorator. No deadline: a busy machine is no fault of the code.
quick = settings(max_examples=30, deadline=None)

#: Each has broken a tool of somebody's.
HOSTILE_PIECES = [
    "\u2028",
    "\u2029",
    "\x85",
    "\xa0",
    "\u200b",
    "\ufeff",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\v",
    "\f",
    "\x1c",
    "\x01",
    "\a",
    "\\\n",
    "\x7f",
    '"',
    '\\"',
    "\\",
    "\\\\",
    "\\n",
    "\\u2028",
    " ",
    "  ",
    "#",
    "# ",
    "#, fuzzy",
    "#~ ",
    "#| msgid ",
    'msgid "x"',
    '\nmsgstr "x"\n',
    'msgctxt ""',
    "Content-Type: text/plain; charset=koi8-r",
    "%(name)s",
    "<br/>",
    "&amp;",
    "„Кавички“",
    "Ёжик",
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "\uffff",
    "x" * 200,
]

#: Everything but what no file in UTF-8 and no gettext text can hold: surrogates, NUL and EOT.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04")

hostile_text = st.lists(st.one_of(st.sampled_from(HOSTILE_PIECES), CHARACTERS), max_size=8).map("".join)
some_hostile_text = hostile_text.filter(bool)

header_names = st.text(string.ascii_letters + "-", min_size=1, max_size=12).map("X-{}".format)

entries = st.builds(
    Entry,
    msgctxt=hostile_text,
    msgid=some_hostile_text,
    msgstr=hostile_text,
    fuzzy=st.booleans(),
    obsolete=st.booleans(),
    previous_msgid=hostile_text,
    translator_comment=hostile_text,
    extracted_comments=st.lists(hostile_text, max_size=3).map(tuple),
)

HEADER = {
    "Project-Id-Version": "Site",
    "Language": "bg",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

po_files = st.builds(
    PoFile,
    header=st.dictionaries(header_names, hostile_text, max_size=3).map(lambda extra: {**HEADER, **extra}),
    entries=st.lists(entries, max_size=6, unique_by=lambda m: (m.msgctxt, m.msgid)).map(tuple),
    header_comment=hostile_text,
)
