"""What people do around the pipeline: editors in Wagtail, visitors, and translators with a PO file."""

import json
import re
import uuid
from pathlib import Path

import polib
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщ"
_MIRROR = str.maketrans(
    _LATIN + _CYRILLIC + _LATIN.upper() + _CYRILLIC.upper(),
    _CYRILLIC + _LATIN + _CYRILLIC.upper() + _LATIN.upper(),
)
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")


def mirrored(text: str) -> str:
    """A translation that leaves no letter of its source: Latin for Cyrillic and back, markup untouched."""
    parts = _MARKUP.split(text)
    parts[::2] = [part.translate(_MIRROR) for part in parts[::2]]
    return "".join(parts)


def block_id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def block(kind: str, value: object, name: str) -> dict[str, object]:
    """A StreamField block whose id follows from its name."""
    return {"type": kind, "value": value, "id": block_id(name)}


def stream(*blocks: dict[str, object]) -> str:
    """A StreamField's content."""
    return json.dumps(blocks)


# Editors


def fresh(page):
    """The page as the database has it now."""
    return type(page)._base_manager.get(pk=page.pk)


def edit(page, **fields):
    """Publish an edit."""
    page = save_draft(page, **fields)
    page.get_latest_revision().publish()
    return fresh(page)


def save_draft(page, **fields):
    """Save an edit and do not publish it."""
    page = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()
    return page


def target_of(source, locale):
    """The translation of a page or snippet as the database has it now; None where there is none."""
    return type(source)._base_manager.filter(translation_key=source.translation_key, locale=locale).first()


def revision_count(instance) -> int:
    return instance.revisions.count()


def type_in_admin(page, locale, path: str, text: str) -> None:
    """Translate a field in wagtail-localize's own editor, which saves when the field is left."""
    segment = StringSegment.objects.get(
        source__object_id=page.translation_key, source__locale=page.locale, context__path=path
    )
    translation = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, locale=locale, context_id=segment.context_id
    ).first() or StringTranslation(
        translation_of_id=segment.string_id, locale=locale, context_id=segment.context_id
    )
    translation.data = text
    translation.save()


# Visitors


def visit(client, page) -> str:
    """What a visitor sees at the page's address."""
    response = client.get(Page.objects.get(pk=page.pk).get_url())
    assert response.status_code == 200, response
    return response.content.decode()


# Translators


def read(path: Path) -> polib.POFile:
    # From the disk: given the text, polib cuts entries at every line separator of Unicode.
    return polib.pofile(str(path), wrapwidth=0, encoding="utf-8")


def current(path: Path) -> list[polib.POEntry]:
    """The entries that are in use, in the order of the file."""
    return [entry for entry in read(path) if not entry.obsolete]


def obsolete(path: Path) -> list[polib.POEntry]:
    return [entry for entry in read(path) if entry.obsolete]


def entry_of(path: Path, msgid: str) -> polib.POEntry:
    """The only entry in use with this source text."""
    (found,) = [entry for entry in current(path) if entry.msgid == msgid]
    return found


def translate(
    path: Path, translations: dict[str, str], *, fuzzy: bool = False, comment: str | None = None
) -> None:
    """Fill in translations by source text, and save."""
    po = read(path)
    found = set()
    for entry in po:
        if entry.obsolete or entry.msgid not in translations:
            continue
        found.add(entry.msgid)
        entry.msgstr = translations[entry.msgid]
        entry.flags = ["fuzzy"] if fuzzy else []
        if not fuzzy:
            entry.previous_msgid = None
        if comment is not None:
            entry.tcomment = comment
    assert found == set(translations), f"not in the file: {set(translations) - found}"
    po.save()


def translate_all(root: Path, language: str = "bg") -> None:
    """Approve a mirrored translation of everything that is not approved yet."""
    for path in sorted((root / language).rglob("*.po")):
        po = read(path)
        for entry in po:
            if not entry.obsolete and (entry.fuzzy or not entry.msgstr):
                entry.msgstr = mirrored(entry.msgid)
                entry.flags = []
                entry.previous_msgid = None
        po.save()


def snapshot(root: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file below a folder but the folder's mark, with the time it was written."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".posync" not in path.parts
    }
