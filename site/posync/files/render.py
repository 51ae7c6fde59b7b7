"""A loaded catalog as the PO file that translators get."""

import gettext
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import cache
from pathlib import Path

import django
from django.utils.translation import get_language_info, to_locale
from wagtail.models import Page

from posync.catalogs.entry_labels import label
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.conf import posync_settings
from posync.core.po.change_line import change_line
from posync.core.po.entries import Entry, PoFile
from posync.core.po.headers import CatalogHeader
from posync.core.po.naming import join_msgctxt
from posync.core.rules.outgoing import Outgoing
from posync.core.rules.validation import check, repair

#: The rule of most of Europe's languages, Bulgarian and English among them.
_USUAL_PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


def render(loaded: LoadedCatalog, link: str = "") -> PoFile:
    """The file of a catalog. `link` is the address where the source text can be seen, "" for none."""
    catalog = loaded.catalog
    conf = posync_settings()
    header = CatalogHeader(
        project=conf.PROJECT,
        bugs_to=conf.BUGS_TO,
        language=to_locale(catalog.locale.language_code),
        source_language=to_locale(catalog.source.locale.language_code),
        plural_forms=plural_forms(catalog.locale.language_code),
        team=language_name(catalog.locale.language_code),
        begun=catalog.begun.astimezone(UTC).strftime("%Y-%m-%d %H:%M%z"),
    )
    predecessors = _predecessors(loaded)
    current = _current(loaded, predecessors, link)
    return PoFile(
        header.fields(loaded.base.header),
        (*current, *_retired(loaded, predecessors)),
        loaded.base.header_comment,
    )


def _predecessors(loaded: LoadedCatalog) -> dict[EntryId, Entry]:
    """By the ids of current entries, the entries of the last file whose texts they have taken over."""
    gone = [entry for key, entry in loaded.carried.items() if key not in loaded.entries]
    if not gone:
        return {}
    by_text: dict[str, list[Entry]] = {}
    for entry in gone:
        by_text.setdefault(entry.msgid, []).append(entry)
    found: dict[EntryId, Entry] = {}
    for current in loaded.current:
        if current.id in loaded.carried:
            continue
        # Its draft is the old entry's text; or it is the old entry itself, at another place.
        candidates = by_text.get((current.draft and current.draft.previous_msgid) or current.msgid)
        if candidates and candidates[0].msgstr == current.outgoing.msgstr:
            found[current.id] = candidates.pop(0)
    return found


def _current(loaded: LoadedCatalog, predecessors: dict[EntryId, Entry], link: str) -> Iterator[Entry]:
    # Asked once a file: of tens of thousands of entries in a run, each look-up counts.
    model, domain, carried = loaded.catalog.source_model, loaded.catalog.domain.name, loaded.carried
    where = (link,) if link else ()
    comments: dict[str, tuple[str, ...]] = {}
    for entry in loaded.current:
        outgoing, field_path = entry.outgoing, entry.field_path
        before = carried.get(entry.id) or predecessors.get(entry.id)
        if outgoing.fuzzy:
            described = label(model, field_path)
            remarks = _remarks(entry, outgoing, described.max_length)
            extracted = (*described.comments, *where, *remarks)
        elif field_path in comments:
            extracted = comments[field_path]
        else:
            extracted = comments[field_path] = (*label(model, field_path).comments, *where)
        yield Entry(
            msgctxt=join_msgctxt(domain, entry.path),
            msgid=entry.msgid,
            msgstr=outgoing.msgstr,
            fuzzy=outgoing.fuzzy,
            previous_msgid=outgoing.previous_msgid,
            translator_comment=before.translator_comment if before else "",
            extracted_comments=extracted,
        )


def _remarks(entry: CurrentEntry, outgoing: Outgoing, max_length: int | None) -> Iterator[str]:
    """What is to be known of a text that waits for a translator.

    The change comes last, directly above the flag: Git then joins no new source with a flag taken off the old one.
    """
    if entry.database and entry.database != outgoing.msgstr:
        yield f"In use: {entry.database}"
    for problem in check(entry.msgid, repair(entry.msgid, outgoing.msgstr), max_length):
        yield f"Check: {problem.message}"
    if outgoing.previous_msgid and outgoing.previous_msgid != entry.msgid:
        yield f"Changed: {change_line(outgoing.previous_msgid, entry.msgid)}"


def _retired(loaded: LoadedCatalog, predecessors: dict[EntryId, Entry]) -> list[Entry]:
    """Work on texts that the source no longer has, for the day when it has them again; what went last stands first."""
    taken_over = {(entry.msgctxt, entry.msgid) for entry in predecessors.values()}
    retired = {
        key: replace(entry, obsolete=True, previous_msgid="")
        for key, entry in loaded.carried.items()
        if key not in loaded.entries and entry.msgstr and (entry.msgctxt, entry.msgid) not in taken_over
    }
    for key, draft in loaded.retired_drafts.items():
        before = loaded.carried.get(key)
        retired[key] = Entry(
            msgctxt=loaded.msgctxt(draft.path),
            msgid=draft.msgid,
            msgstr=draft.text,
            fuzzy=True,
            obsolete=True,
            translator_comment=before.translator_comment if before else "",
        )
    return list(retired.values())


def source_link(page: Page | None) -> str:
    """The public address of a source page; "" for what has none."""
    if page is None or not page.live:
        return ""
    base = posync_settings().LINK_BASE_URL
    parts = page.get_url_parts()
    return f"{base.rstrip('/')}{parts[2]}" if base and parts and parts[2] else ""


@cache
def language_name(language_code: str) -> str:
    """The English name of a language; of one that Django does not know, the code."""
    try:
        return str(get_language_info(language_code)["name"])
    except KeyError:
        return language_code


@cache
def plural_forms(language_code: str) -> str:
    """The Plural-Forms of a language, from Django's own catalog for it.

    Page text has no plural entries; the header has the field because gettext's tools ask for it.
    """
    directory = Path(django.__file__).parent / "conf" / "locale"
    try:
        django_catalog = gettext.translation("django", str(directory), [to_locale(language_code)])
    except FileNotFoundError:
        return _USUAL_PLURAL_FORMS
    return django_catalog.info().get("plural-forms", _USUAL_PLURAL_FORMS)
