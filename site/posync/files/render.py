"""A loaded catalog as the translators' PO file."""

import gettext
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from functools import cache
from pathlib import Path

import django
from django.utils.translation import get_language_info, to_locale
from wagtail.models import Page

from posync.catalogs.load import EntryId, LoadedCatalog
from posync.conf import posync_settings
from posync.core.po.entries import Entry, PoFile
from posync.core.po.headers import CatalogHeader, without_names
from posync.core.po.naming import join_msgctxt, split_msgctxt
from posync.core.rules.outgoing import State
from posync.files.comment_lines import change
from posync.hooks import EntryToComment
from posync.plugins import Member, answers, members

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
    carried = loaded.base.header
    predecessors = _predecessors(loaded)
    current = _current(loaded, predecessors, link)
    return PoFile(
        header.fields(carried if conf.TRANSLATOR_NAMES else without_names(carried)),
        (*current, *_retired(loaded, predecessors)),
        loaded.base.header_comment,
    )


def _predecessors(loaded: LoadedCatalog) -> dict[EntryId, Entry]:
    """By the ids of current entries, the entries of the last file whose texts they have taken over."""
    gone = [entry for key, entry in loaded.carried.items() if key not in loaded.entries]
    if not gone:
        return {}
    by_source: dict[str, list[Entry]] = {}
    by_offer: dict[tuple[str, str], list[Entry]] = {}
    for entry in gone:
        by_source.setdefault(entry.msgid, []).append(entry)
        by_offer.setdefault((split_msgctxt(entry.msgctxt)[1], entry.msgstr), []).append(entry)
    found: dict[EntryId, Entry] = {}
    for current in loaded.current:
        text = current.outgoing.msgstr
        if current.id in loaded.carried:
            continue
        # Its draft stood at the same place for a source in between; or is the old entry's text; or it is the old
        # entry itself, at another place.
        previous = (current.draft and current.draft.previous_msgid) or current.msgid
        for candidates in (by_offer.get((current.path, text)), by_source.get(previous)):
            if candidates and candidates[0].msgstr == text:
                found[current.id] = candidates.pop(0)
                break
    return found


def _current(loaded: LoadedCatalog, predecessors: dict[EntryId, Entry], link: str) -> Iterator[Entry]:
    names, carried = loaded.names, loaded.carried
    commenters = _change_last(members(posync_settings().ENTRY_COMMENTS))
    for entry in loaded.current:
        outgoing = entry.outgoing
        before = carried.get(entry.id) or predecessors.get(entry.id)
        described = EntryToComment(
            *names,
            entry.path,
            entry.field_path,
            entry.msgid,
            outgoing.msgstr,
            outgoing.fuzzy,
            outgoing.previous_msgid,
            entry.database,
            link,
            outgoing.state is State.FOR_REVIEW,
            entry.draft.sent_back if entry.draft else "",
        )
        yield Entry(
            msgctxt=join_msgctxt(names.catalog, entry.path),
            msgid=entry.msgid,
            msgstr=outgoing.msgstr,
            fuzzy=outgoing.fuzzy,
            previous_msgid=outgoing.previous_msgid,
            translator_comment=before.translator_comment if before else "",
            extracted_comments=tuple(answers(commenters, str, described)),
        )


def _change_last(commenters: Sequence[Member]) -> list[Member]:
    """The line of the change directly above the old source text: there Git joins it with no other version's."""
    return sorted(commenters, key=lambda member: member.call is change)


def _retired(loaded: LoadedCatalog, predecessors: dict[EntryId, Entry]) -> list[Entry]:
    """Work on texts gone from the source, for the day of their return; the latest first."""
    taken_over = {(entry.msgctxt, entry.msgid) for entry in predecessors.values()}
    gone = [key for key in loaded.carried if key not in loaded.entries]
    single = loaded.places_of_one_text if gone else frozenset()
    standing = {(entry.msgid, entry.outgoing.msgstr) for entry in loaded.current} if gone else frozenset()
    retired = {
        key: replace(loaded.carried[key], obsolete=True, previous_msgid="")
        for key in gone
        if (entry := loaded.carried[key]).msgstr
        # Whatever stands there now has the place's one offer; a comment goes nowhere else.
        and (key[0] not in single or entry.translator_comment)
        and (entry.msgctxt, entry.msgid) not in taken_over
        # The same work on the same text, at another place; a comment is work, too.
        and (entry.translator_comment or (entry.msgid, entry.msgstr) not in standing)
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
    """The public address of a source page, or ""."""
    if page is None or not page.live:
        return ""
    base = posync_settings().LINK_BASE_URL
    parts = page.get_url_parts()
    return f"{base.rstrip('/')}{parts[2]}" if base and parts and parts[2] else ""


@cache
def language_name(language_code: str) -> str:
    """The English name of a language; its code where Django does not know it."""
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
