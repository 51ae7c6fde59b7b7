"""settings.POSYNC: one dict, every key with a default."""

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

from posync import hooks
from posync.core.rules.validation import OPTIONAL_INLINE_TAGS, USUAL_INLINE_TAGS


def _default_root() -> Path:
    """The first folder of LOCALE_PATHS; without one, `locale` in the working folder."""
    return Path(settings.LOCALE_PATHS[0]) if settings.LOCALE_PATHS else Path("locale")


#: The settings of dotted paths.
REGISTRIES = {"CHECKS", "ENTRY_COMMENTS", "REUSE_SOURCES"}


@dataclass(frozen=True, slots=True)
class PosyncSettings:
    #: Folder of `<language>/content/…/*.po`. Default: the first of `LOCALE_PATHS`, else `locale`.
    ROOT: Path
    #: `Project-Id-Version` of every file. Default: `WAGTAIL_SITE_NAME`.
    PROJECT: str
    #: The site's address, for a link beside each text to its page; `""` for no links. Default: `WAGTAILADMIN_BASE_URL`.
    LINK_BASE_URL: str
    #: Tells this site from copies of its database, such as a staging site's, in the mark of `ROOT`.
    SITE_ID: str = ""
    #: `Report-Msgid-Bugs-To` of every file: the address for translators' questions about a source text.
    BUGS_TO: str = ""
    #: At publication, submit a page or snippet without versions in other languages for translation into all of them.
    SUBMIT_ON_PUBLISH: bool = False
    #: Reuse of a translation from another page for a new text: `"off"`; `"fuzzy"`, as a draft to be confirmed;
    #: `"approved"`, at once. A text moved from one page to another keeps its own in any case.
    REUSE: Literal["off", "fuzzy", "approved"] = "off"
    #: `"off"`: whoever may publish a translation approves by typing, and files approve. `"required"`: a second person
    #: approves, in the admin or by `approve_po`; files bring texts for review.
    REVIEW: Literal["off", "required"] = "off"
    #: With `REVIEW` required, files that approve all the same: languages by code, or folders below `ROOT` ("bg/content/legal").
    TRUSTED: Collection[str] = ()
    #: A language is held back whose files would change more than this share of its translations in use at once,
    MASS_CHANGE_SHARE: float = 0.2
    #: and at least this number of them.
    MASS_CHANGE_MINIMUM: int = 50
    #: Days after which `prune_history` removes superseded texts from the history, but for their digests. `None`: never.
    HISTORY_DAYS: int | None = None
    #: `{% translation_notice %}` tells visitors what a page was translated from, and when that was approved last. Of machine
    #: text that nobody approved it tells in any case.
    TRANSLATION_NOTICE: bool = False
    #: Files name their last translator and the tool (`Last-Translator`, `X-Generator`), as these came. `False`: the names
    #: stay in the history.
    TRANSLATOR_NAMES: bool = False
    #: User name for publications in Wagtail's history. `None`: the system itself.
    USER: str | None = None
    #: Receivers of `pre_save` and `post_save` on pages, as `"module.function"`, with `page_published` as an equal source:
    #: they keep no page out of bulk publishing, and bulk publishing does not call them.
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


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_collection(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset) and all(map(_is_text, value))


def _is_number(value: Any, *kinds: type) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


#: By setting: whether a value fits, and what fits in words. Of a registry's paths and of choices the checks tell more.
FITTING: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    # `Path("")`, an empty variable of the environment, is the working folder of whoever runs a command.
    "ROOT": (
        lambda value: isinstance(value, str | os.PathLike) and os.path.normpath(str(value).strip()) != ".",
        "the path of a folder of its own",
    ),
    "PROJECT": (_is_text, "a text"),
    "LINK_BASE_URL": (_is_text, "an address"),
    "SITE_ID": (_is_text, "a text"),
    "BUGS_TO": (_is_text, "an address"),
    **dict.fromkeys(
        ("SUBMIT_ON_PUBLISH", "TRANSLATION_NOTICE", "TRANSLATOR_NAMES"),
        (lambda value: isinstance(value, bool), "True or False"),
    ),
    "MASS_CHANGE_SHARE": (
        lambda value: _is_number(value, int, float) and 0 <= value <= 1,
        "a share from 0 to 1: 0.2 for 20 %",
    ),
    "MASS_CHANGE_MINIMUM": (lambda value: _is_number(value, int) and value >= 0, "a whole number from 0"),
    "HISTORY_DAYS": (
        lambda value: value is None or (_is_number(value, int) and 1 <= value <= 36_500),
        "a whole number of days from 1 to 36,500, or None",
    ),
    "TRUSTED": (_is_collection, "a list of language codes, or of folders below ROOT"),
    "USER": (lambda value: value is None or _is_text(value), "a user name, or None"),
    "IGNORED_RECEIVERS": (_is_collection, "a list of dotted paths"),
    "CATALOG_NAME": (_is_text, "a dotted path"),
    "INLINE_TAGS": (_is_collection, "a list of tags"),
    "BATCH_PUBLISHER": (lambda value: value is None or _is_text(value), "a dotted path, or None"),
}


def configured() -> Mapping[str, Any]:
    """The dict as the site wrote it; empty where it is none."""
    found = getattr(settings, "POSYNC", {})
    return found if isinstance(found, Mapping) else {}


def unfitting() -> dict[str, tuple[Any, str]]:
    """The values that do not fit, by the names of their settings, each with what would."""
    values = _given()
    return {
        name: (values[name], words)
        for name, (fits, words) in FITTING.items()
        if name in values and not fits(values[name])
    }


def _given() -> dict[str, Any]:
    """The dict as the site wrote it, with the folder of catalogs in any case: an empty one stands for the default."""
    values = dict(configured())
    values["ROOT"] = values.get("ROOT") or _default_root()
    return values


@cache
def posync_settings() -> PosyncSettings:
    """The settings in force, read once: a run asks for them several times a file.

    Where a value does not fit, `manage.py check` tells, and the default holds. Raises ImproperlyConfigured for such a ROOT:
    files must not be written anywhere else.
    """
    wrong = unfitting()
    if "ROOT" in wrong:
        value, words = wrong["ROOT"]
        raise ImproperlyConfigured(f"POSYNC['ROOT'] is {value!r:.100}, not {words}.")
    names = PosyncSettings.names() - wrong.keys()
    values = {name: value for name, value in _given().items() if name in names}
    for name in REGISTRIES & values.keys():
        paths = values.pop(name)
        if isinstance(paths, list | tuple):
            values[name] = tuple(paths)
    values["ROOT"] = Path(values["ROOT"])
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


# Tests override settings, and send this.
setting_changed.connect(_read_anew, dispatch_uid="posync.conf")
