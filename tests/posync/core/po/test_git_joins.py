"""Whatever Git joins line by line, no translation comes out approved for a source that nobody made it for."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from posync.core.po.change_line import change_line
from posync.core.po.codec import read_po, write_po
from posync.core.po.entries import Entry, PoFile
from tests.posync.core.strategies import HEADER

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None, reason="Git is missing; on Debian: sudo apt install git"
)

#: Few, so that entries are alike and Git has something to mistake.
SOURCES = [
    "Call us.",
    "Call us today.",
    "Call us.\nNow.",
    "Call us!\nNow.",
    "Write to us.",
    "Call us. Call us.",
]
TRANSLATIONS = ["", "Обадете се.", "Пишете ни."]
CONTEXTS = ["news:rich", "news:intro"]


def exported(entry: Entry) -> Entry:
    """With the comments of an export."""
    changed = (
        (f"Changed: {change_line(entry.previous_msgid, entry.msgid)}",)
        if entry.fuzzy and entry.previous_msgid
        else ()
    )
    return replace(entry, extracted_comments=("Page › Text", "https://example.org/", *changed))


entries = st.builds(
    Entry,
    msgctxt=st.sampled_from(CONTEXTS),
    msgid=st.sampled_from(SOURCES),
    msgstr=st.sampled_from(TRANSLATIONS),
    fuzzy=st.booleans(),
    previous_msgid=st.sampled_from(["", *SOURCES]),
).map(lambda m: exported(m if m.fuzzy else replace(m, previous_msgid="")))


def unique(found: list[Entry]) -> list[Entry]:
    return list({(entry.msgctxt, entry.msgid): entry for entry in found}.values())


def source_changed(entry: Entry, msgid: str) -> Entry:
    """As the next export has it: the translation is fuzzy, and of the source that it was made for."""
    if msgid == entry.msgid:
        return entry
    previous = entry.previous_msgid or entry.msgid
    return exported(
        replace(entry, msgid=msgid, fuzzy=bool(entry.msgstr), previous_msgid=entry.msgstr and previous)
    )


@st.composite
def on_the_site(draw: st.DrawFn, base: list[Entry]) -> list[Entry]:
    changed: list[Entry] = []
    for entry in base:
        act = draw(st.sampled_from(["leave", "leave", "change", "delete", "restore"]))
        if act == "change":
            changed.append(source_changed(entry, draw(st.sampled_from(SOURCES))))
        elif act == "restore" and entry.fuzzy and entry.previous_msgid:
            changed.append(
                exported(replace(entry, msgid=entry.previous_msgid, fuzzy=False, previous_msgid=""))
            )
        elif act != "delete":
            changed.append(entry)
    for entry in draw(st.lists(entries, max_size=1)):
        changed.insert(draw(st.integers(0, len(changed))), entry)
    return unique(draw(st.permutations(changed)) if draw(st.booleans()) else changed)


@st.composite
def at_the_translators(draw: st.DrawFn, base: list[Entry]) -> list[Entry]:
    changed: list[Entry] = []
    for entry in base:
        match draw(
            st.sampled_from(
                ["leave", "leave", "type", "confirm", "confirm with #| left", "doubt", "type and confirm"]
            )
        ):
            case "type":
                changed.append(replace(entry, msgstr="Друго."))
            case "confirm":
                changed.append(replace(entry, fuzzy=False, previous_msgid=""))
            case "confirm with #| left":
                changed.append(replace(entry, fuzzy=False))
            case "doubt":
                changed.append(replace(entry, fuzzy=True))
            case "type and confirm":
                changed.append(replace(entry, msgstr="Друго.", fuzzy=False, previous_msgid=""))
            case _:
                changed.append(entry)
    return changed


@st.composite
def branches(draw: st.DrawFn) -> tuple[list[Entry], list[Entry], list[Entry]]:
    base = unique(draw(st.lists(entries, min_size=1, max_size=5)))
    return base, draw(on_the_site(base)), draw(at_the_translators(base))


def joined(base: list[Entry], ours: list[Entry], theirs: list[Entry]) -> bytes | None:
    """The file that Git makes of three; None where it asks."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, found in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(write_po(PoFile(HEADER, tuple(found))))
        done = subprocess.run(["git", "merge-file", "-p", *map(str, paths)], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def approved(found: list[Entry]) -> set[tuple[str, str]]:
    return {(entry.msgid, entry.msgstr) for entry in found if entry.msgstr and not entry.fuzzy}


def typed(before: list[Entry], after: list[Entry]) -> set[tuple[str, str]]:
    """Translations with the source that stood above them when they were typed, flagged or not."""
    pairs = zip(before, after, strict=True)
    return {(entry.msgid, entry.msgstr) for old, entry in pairs if entry.msgstr != old.msgstr}


def written(msgid: str, msgstr: str = "") -> Entry:
    return exported(Entry("news:rich", msgid, msgstr))


# Found where the translation stood some lines below its source: neither branch had changed the other's lines.
@example(
    (
        [written("Call us."), written("Call us!\nNow.")],
        [written("Call us."), written("Call us.\nNow.")],
        [written("Call us."), written("Call us!\nNow.", "Друго.")],
    )
)
@given(branches())
@settings(max_examples=60, deadline=None)
def test_git_approves_no_translation_for_a_source_that_it_was_not_made_for(found):
    base, ours, theirs = found
    content = joined(base, ours, theirs)
    if content is not None:
        # A draft may come out approved where the same text stands at two places.
        meant = approved(ours) | approved(theirs) | typed(base, theirs)
        assert approved([*read_po(content).entries]) <= meant
