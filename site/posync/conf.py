"""settings.POSYNC: one dict, every key with a default."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.signals import setting_changed

from posync import hooks
from posync.core.rules.validation import OPTIONAL_INLINE_TAGS, USUAL_INLINE_TAGS


def _default_root() -> Path:
    """The first folder of LOCALE_PATHS; without one, `locale` in the working folder."""
    return Path(settings.LOCALE_PATHS[0]) if settings.LOCALE_PATHS else Path("locale")


#: The settings that list dotted paths.
REGISTRIES = {"CHECKS", "ENTRY_COMMENTS", "REUSE_SOURCES"}


@dataclass(frozen=True, slots=True)
class PosyncSettings:
    #: The folder that holds <language>/content/…/*.po. Default: the first of LOCALE_PATHS.
    ROOT: Path
    #: Project-Id-Version of every file. Default: WAGTAIL_SITE_NAME.
    PROJECT: str
    #: The site's address, for the links by which translators see a text on its page; "" for no links.
    #: Default: WAGTAILADMIN_BASE_URL.
    LINK_BASE_URL: str
    #: Report-Msgid-Bugs-To of every file: where translators write about a source text.
    BUGS_TO: str = ""
    #: Whether a page or snippet that is published in one language, and exists in no other, is submitted for
    #: translation into all others by itself.
    SUBMIT_ON_PUBLISH: bool = False
    #: What a new text gets that has a translation on another page already: "off" nothing, "fuzzy" that translation to
    #: be confirmed, "approved" that translation. A text that moved from one page to another keeps its own in any case.
    REUSE: Literal["off", "fuzzy", "approved"] = "off"
    #: The name under which publications appear in Wagtail's history. None: they appear as the system's own.
    USER: str | None = None
    #: Receivers of pre_save and post_save, by dotted name, that page_published tells all they need: pages that they
    #: listen to are published together all the same, and such a publication does not call them.
    IGNORED_RECEIVERS: Collection[str] = ()
    #: Checks of translations, by dotted path, beside the safety checks. Default: `posync.hooks.CHECKS`.
    CHECKS: tuple[str, ...] = hooks.CHECKS
    #: What gives lines for translators, by dotted path. Default: `posync.hooks.ENTRY_COMMENTS`.
    ENTRY_COMMENTS: tuple[str, ...] = hooks.ENTRY_COMMENTS
    #: Where new texts get translations from, by dotted path. Default: `posync.hooks.REUSE_SOURCES`.
    REUSE_SOURCES: tuple[str, ...] = hooks.REUSE_SOURCES
    #: What names an object's catalogs, by dotted path. Default: the page's address, or the snippet's slug or id.
    CATALOG_NAME: str = hooks.CATALOG_NAME
    #: Tags kept inside a sentence beside wagtail-localize's own, of HTML's inline tags without behaviour. Choose them
    #: before the first translation.
    INLINE_TAGS: Collection[str] = hooks.INLINE_TAGS
    #: What publishes many pages at once, by dotted path. None: each page is published by Wagtail's own calls.
    BATCH_PUBLISHER: str | None = hooks.BATCH_PUBLISHER

    @classmethod
    def names(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))


def configured() -> Mapping[str, Any]:
    """The dict as the site wrote it."""
    return getattr(settings, "POSYNC", {})


@cache
def posync_settings() -> PosyncSettings:
    """The settings in force. A run asks for them several times a file; where a test overrides one, they are read anew."""
    values = {name: value for name, value in configured().items() if name in PosyncSettings.names()}
    for name in REGISTRIES & values.keys():
        paths = values.pop(name)
        if isinstance(paths, list | tuple):  # else `manage.py check` tells, and the default holds
            values[name] = tuple(paths)
    values["ROOT"] = Path(values.get("ROOT") or _default_root())
    values.setdefault("PROJECT", getattr(settings, "WAGTAIL_SITE_NAME", "") or "posync")
    values.setdefault("LINK_BASE_URL", getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "")
    return PosyncSettings(**values)


@cache
def inline_tags() -> frozenset[str]:
    """All tags that may stand inside a sentence.

    Of a tag that a site may not add, `manage.py check` tells; it stays out whether anybody looks there or not.
    """
    return USUAL_INLINE_TAGS | OPTIONAL_INLINE_TAGS.intersection(posync_settings().INLINE_TAGS)


def _read_anew(**kwargs: Any) -> None:
    posync_settings.cache_clear()
    inline_tags.cache_clear()


# Sent by Django's and pytest-django's tools for tests, which override settings.
setting_changed.connect(_read_anew, dispatch_uid="posync.conf")
