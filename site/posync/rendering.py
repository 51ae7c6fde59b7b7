"""A catalog's contents as the PO file that translators get."""

import gettext
from datetime import UTC
from functools import cache
from pathlib import Path

import django
from django.utils.translation import get_language_info, to_locale
from wagtail.models import Page

from posync.catalogs import CatalogContents, CurrentMessage
from posync.conf import posync_settings
from posync.core.changes import change_line
from posync.core.checks import check, repair
from posync.core.headers import CatalogHeader
from posync.core.messages import Message, PoFile
from posync.labels import label
from posync.models import CatalogEntry

#: The rule of most of Europe's languages, Bulgarian and English among them.
_USUAL_PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


def render(contents: CatalogContents, link: str = "") -> PoFile:
    """The file of a catalog. `link` is the address where the source text can be seen, "" for none."""
    catalog = contents.catalog
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
    current = (_current(contents, message, link) for message in contents.current)
    retired = (_retired(contents, entry) for entry in contents.retired if entry.draft or entry.file_msgstr)
    return PoFile(header.fields(catalog.header), (*current, *retired), catalog.header_comment)


def _current(contents: CatalogContents, message: CurrentMessage, link: str) -> Message:
    outgoing = message.outgoing
    described = label(contents.catalog.source_model, message.field_path or message.path)
    comments = [described.place]
    if described.max_length is not None:
        comments.append(f"At most {described.max_length} characters.")
    if outgoing.previous_msgid and outgoing.previous_msgid != message.msgid:
        comments.append(f"Changed: {change_line(outgoing.previous_msgid, message.msgid)}")
    if outgoing.fuzzy:
        problems = check(message.msgid, repair(message.msgid, outgoing.msgstr), described.max_length)
        comments += [f"Check: {problem.message}" for problem in problems]
    if link:
        comments.append(link)
    return Message(
        msgctxt=contents.msgctxt(message.path),
        msgid=message.msgid,
        msgstr=outgoing.msgstr,
        fuzzy=outgoing.fuzzy,
        previous_msgid=outgoing.previous_msgid,
        translator_comment=message.entry.translator_comment if message.entry else "",
        extracted_comments=tuple(comments),
    )


def _retired(contents: CatalogContents, entry: CatalogEntry) -> Message:
    return Message(
        msgctxt=contents.msgctxt(entry.path),
        msgid=entry.msgid,
        msgstr=entry.draft or entry.file_msgstr,
        fuzzy=bool(entry.draft) or entry.file_fuzzy,
        obsolete=True,
        translator_comment=entry.translator_comment,
    )


def source_link(page: Page | None) -> str:
    """The public address of a source page; "" for what has none."""
    if page is None or not page.live:
        return ""
    base = posync_settings().LINK_BASE_URL
    parts = page.get_url_parts()
    return f"{base.rstrip('/')}{parts[2]}" if base and parts and parts[2] else ""


def language_name(language_code: str) -> str:
    """The English name of a language; of one that Django does not know, the code."""
    try:
        return str(get_language_info(language_code)["name"])
    except KeyError:
        return language_code


@cache
def plural_forms(language_code: str) -> str:
    """The Plural-Forms of a language, from Django's own catalog for it.

    Page text has no plural messages; the header has the field because gettext's tools ask for it.
    """
    directory = Path(django.__file__).parent / "conf" / "locale"
    try:
        django_catalog = gettext.translation("django", str(directory), [to_locale(language_code)])
    except FileNotFoundError:
        return _USUAL_PLURAL_FORMS
    return django_catalog.info().get("plural-forms", _USUAL_PLURAL_FORMS)
