"""The harm that no act may do, whoever acts: judged from what strangers read, and from the rows that changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.utils.html import strip_tags
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from posync.models import Catalog
from tests.walk import rows
from tests.walk.acts import Act
from tests.walk.people import ROLES
from tests.walk.strangers import Reading, difference, name_of

#: What has no place in a link.
_UNSAFE = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)
#: Stand beside a page's own words.
_SUFFIXES = (" – IOM Bulgaria", " – МОМ България")

_TRACKING = {
    "Catalog", "OverridableSegment", "RelatedObjectSegment", "String", "StringSegment", "Template", "TemplateSegment",
    "TextDomain", "TranslatableObject", "Translation", "TranslationContext", "TranslationSource",
}  # fmt: skip
_TYPING = {"Catalog", "Change", "Draft", "Run"}
_WORDS = {"SegmentOverride", "StringTranslation"}
_PUBLISHING = {
    "Page~",
    "Page draft",
    "Revision",
    "SectionPage",
    "Region",
    "Menu",
    "SiteNotice",
    "TranslationLog",
}
#: Of people, languages and rights: a superuser's.
_ADMINISTRATION = {
    "Group", "GroupPagePermission", "Group_permissions", "Locale", "LocaleSynchronization", "Site", "Task",
    "GroupApprovalTask", "GroupApprovalTask_groups", "TranslationRight", "User", "User_groups", "User_user_permissions",
    "Workflow", "WorkflowPage",
}  # fmt: skip
#: The models whose rows a role may change, by what its groups were given; of `Page draft` no more than the draft.
#: Editors and moderators may change everything but the administration: their limit is what strangers read.
_MAY_CHANGE: dict[str, set[str]] = {
    "anonymous": set(),
    "access only": set(),
    "submit only": _TRACKING,
    # A translator of the demo may change pages, and so edit a stopped translation, stop it and start it.
    "translator": _TRACKING | _TYPING | {"Menu draft", "Page draft", "PageSubscription", "Revision", "TaskState", "WorkflowState"},
    "reviewer": _TYPING | _WORDS,
    "publisher": _TYPING | _WORDS | _PUBLISHING,
}  # fmt: skip


@dataclass(frozen=True)
class Before:
    """What an act found."""

    rows: rows.Rows
    reading: Reading
    #: The translations that are an editor's own affair: their object and language.
    stopped: frozenset[rows.Owner]
    #: Of pages, by their key.
    names: Mapping[int, str]
    #: The name of each translation with that of its original.
    originals: Mapping[str, str]


def stopped_translations() -> frozenset[rows.Owner]:
    found = Catalog.objects.exclude(stopped=False, translation__enabled=True)
    return frozenset((key.hex, locale) for key, locale in found.values_list("domain__object_id", "locale_id"))


#: Wagtail's own: an error made on purpose, and a form that a chooser without one cannot do without.
_KNOWN_ERRORS = re.compile(r"wagtailadmin_error_test|wagtailsnippetchoosers_\w+:create")


def started(acts: Iterable[Act], was: Reading, now: Reading) -> Iterator[str]:
    """Texts of another time, brought back by the start of a translation."""
    if any("localize-restart-translation" in dict(act.fields) for act in acts):
        yield from (f"starting a translation changes {one}" for one in difference(was, now))


def answered(act: Act, response: HttpResponse) -> Iterator[str]:
    if response.status_code >= 500 and not _KNOWN_ERRORS.fullmatch(act.name):
        yield f"an error: {response.status_code}"


def at_once(act: Act, role: str, before: Before, after: rows.Rows, reading: Reading) -> Iterator[str]:
    """The harm of an act by itself."""
    yield from _rows_of_others(act, role, before, after)
    yield from _aliases()
    yield from _shown(act, role, before, reading)
    own = ROLES[role].publishes
    yield from _of_others(role, before, after, _changed(before.reading, reading), own)


def later(
    act: Act, role: str, before: Before, after: rows.Rows, reading: Reading, anyway: Reading
) -> Iterator[str]:
    """The harm that a sync completes; `anyway` is what it would have brought without the act."""
    yield from _aliases()
    yield from _shown(act, role, before, reading)
    changed = {name for name in _changed(before.reading, reading) if reading.get(name) != anyway.get(name)}
    own = ROLES[role].publishes | ROLES[role].approves
    yield from _of_others(role, before, after, changed, own)


def _changed(was: Reading, now: Reading) -> set[str]:
    return {name for name in {*was, *now} if was.get(name) != now.get(name)}


def _of_others(
    role: str, before: Before, after: rows.Rows, names: Iterable[str], languages: Iterable[str]
) -> Iterator[str]:
    """Pages changed in languages that the role publishes nothing in. A snippet is published in all at once."""
    changes = rows.changed(before.rows, after)
    # A page made private is so in every language at once.
    is_for_all = {"Menu", "Footer", "SiteNotice", "PageViewRestriction"} & changes.keys()
    if ROLES[role].publishes and is_for_all:
        return
    for name in sorted(names):
        language = name.rpartition("/")[2] if name.endswith(("/bg", "/en")) else name.split("/")[1]
        if language not in languages:
            yield f"{name} changes for strangers, by somebody who publishes nothing there"


def _aliases() -> Iterator[str]:
    pages = list(Page.objects.filter(depth__gt=1).select_related("alias_of"))
    trees = {page.path: page.locale_id for page in pages if page.depth == 2}
    for page in pages:
        if page.live and page.locale_id != trees[page.path[: 2 * Page.steplen]]:
            yield f"“{page}” stands live in the other language's tree"
        if page.live and page.alias_of and page.alias_of.locale_id != page.locale_id:
            yield f"“{page}” is a live alias of another language's page"


def _shown(act: Act, role: str, before: Before, reading: Reading) -> Iterator[str]:
    is_for_this = act.name.endswith("set_privacy") and ROLES[role].publishes
    for name, shown in reading.items():
        was = before.reading.get(name)
        if shown.foreign:
            yield f"{name} shows in the wrong language: {', '.join(shown.foreign)}"
        if links := [line for line in shown.lines if _UNSAFE.match(line)]:
            yield f"{name} has unsafe links: {', '.join(links)}"
        if was is not None and was.refusal and not shown.refusal and not is_for_this:
            yield f"{name} is public, and was private"
        if not is_for_this and {"Тайно", "Secret"} & {*shown.lines}:
            yield f"{name} names a private page"
        original = before.originals.get(name)
        is_open = original in reading and reading[original].refusal and not shown.refusal
        if is_open and not (is_for_this and before.reading[original].refusal):
            yield f"{name} is public, and its original private"
    yield from _unapproved(before, reading)


def _unapproved(before: Before, reading: Reading) -> Iterator[str]:
    """New words on targets that nobody has approved."""
    approved = {strip_tags(data) for data in StringTranslation.objects.values_list("data", flat=True)}
    gated = _gated(before.names)
    known = {
        line
        for name, shown in (*before.reading.items(), *reading.items())
        if name not in gated or shown == before.reading.get(name)
        for line in shown.lines
    }
    for name in sorted(gated & reading.keys() & _changed(before.reading, reading)):
        for line in reading[name].lines:
            for suffix in _SUFFIXES:
                line = line.removesuffix(suffix)
            if line not in approved and line not in known and "://" not in line:
                yield f"{name} shows what nobody approved: {line}"


def _gated(names: Mapping[int, str]) -> set[str]:
    """The targets of translations not stopped, as readings name them."""
    catalogs = Catalog.objects.filter(
        domain__object_id=OuterRef("translation_key"),
        locale=OuterRef("locale"),
        stopped=False,
        translation__enabled=True,
    )
    targets = Page.objects.filter(Exists(catalogs))
    return {name_of(page, names) for page in targets}


def _rows_of_others(act: Act, role: str, before: Before, after: rows.Rows) -> Iterator[str]:
    for model, kinds in rows.changed(before.rows, after).items():
        for kind in kinds:
            is_own = (
                model in _WORDS
                and _may_type(role)
                and rows.owners_of_words(before.rows, after) <= before.stopped
            )
            if not is_own and not _may_change(role, act, model, kind):
                yield f"{model}{kind} by somebody without the right to it"
    yield from _words_of_others(role, before, after)


def _words_of_others(role: str, before: Before, after: rows.Rows) -> Iterator[str]:
    """Words approved by an editor of the other language; of snippets every editor may."""
    pages = {key.hex for key in Page.objects.values_list("translation_key", flat=True)}
    codes = {locale.pk: locale.language_code for locale in Locale.objects.all()}
    for key, locale in rows.owners_of_words(before.rows, after):
        if role.startswith("editor") and key in pages and codes[locale] not in ROLES[role].approves:
            yield f"words approved in {codes[locale]}, by an editor of the other language"


def _may_type(role: str) -> bool:
    """Whether the role may edit pages: the words of a stopped translation are such a person's own."""
    return role == "translator"


def _may_change(role: str, act: Act, model: str, kind: str) -> bool:
    if role == "superuser" or model in ("Rendition", "UserProfile") or act.name == "wagtailadmin_account":
        return True
    if role not in _MAY_CHANGE:
        return model not in _ADMINISTRATION
    return not {model, f"{model}{kind}"}.isdisjoint(_MAY_CHANGE[role])
