"""What translators do to a folder of PO files, with a common tool: it wraps lines, as most tools do."""

from pathlib import Path

import polib

from tests.posync.people import mirrored


def contents(folder: str) -> dict[str, list[list[str]]]:
    """Path, source text and translation of every entry in use, by the titles of the pages."""
    found = {}
    for file in _files(folder):
        entries = [
            [_path(e), e.msgid, e.msgstr] for e in _read(file) if not e.obsolete and _path(e) != "slug"
        ]
        title = next(msgid for path, msgid, _msgstr in entries if path == "title")
        found[title] = sorted(entries)
    return found


def translate(folder: str) -> int:
    """Translate everything. Returns the number of files."""
    files = _files(folder)
    for file in files:
        po = _read(file)
        for entry in po:
            entry.msgstr = f"bg-{entry.msgid}" if _path(entry) == "slug" else mirrored(entry.msgid)
        po.save()
    return len(files)


def revise(folder: str, note: str, title: str = "") -> list[str]:
    """Change two translations of each page, or of the page with this title. Returns the files' names."""
    changed = []
    for file in _files(folder):
        po = _read(file)
        by_path = {_path(entry): entry for entry in po if not entry.obsolete}
        if title and by_path["title"].msgid != title:
            continue
        by_path["title"].msgstr += f" ({note})"
        by_path["lead"].msgstr += f" ({note})"
        po.save()
        changed.append(str(file))
    return changed


def state(folder: str) -> dict[str, int]:
    """When each file was written."""
    return {str(file): file.stat().st_mtime_ns for file in _files(folder)}


def _files(folder: str) -> list[Path]:
    return sorted(Path(folder).rglob("*.po"))


def _read(file: Path) -> polib.POFile:
    return polib.pofile(str(file), wrapwidth=78, encoding="utf-8")


def _path(entry: polib.POEntry) -> str:
    """The place within the page; posync's msgctxt names the page before it."""
    return entry.msgctxt.rpartition(":")[2]
