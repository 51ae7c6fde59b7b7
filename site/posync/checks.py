"""System checks: a wrong setting is reported by `manage.py check`, not met in the middle of a run."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError
from django.db.models import F
from django.utils.module_loading import import_string
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, get_page_models
from wagtail_localize.models import LocaleSynchronization

from posync.conf import REGISTRIES, PosyncSettings, configured, posync_settings, unfitting
from posync.core.po.naming import CONTENT_FOLDER
from posync.core.rules.validation import OPTIONAL_INLINE_TAGS, USUAL_INLINE_TAGS
from posync.plugins import import_callable
from posync.publishing import guard
from posync.publishing.batching import SingleModel, single_models

#: Objects that a check names at most.
_NAMED = 10


def _checkout_around(folder: Path) -> Path | None:
    """The nearest folder with a manage.py around a folder, existing or not."""
    resolved = folder.resolve()
    return next((place for place in (resolved, *resolved.parents) if (place / "manage.py").is_file()), None)


@register("posync")
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = [
        Error(
            f"POSYNC has no setting {name!r}.",
            hint=f"The settings are {', '.join(sorted(PosyncSettings.names()))}.",
            id="posync.E001",
        )
        for name in sorted(set(configured()) - PosyncSettings.names())
    ]
    if unfit := list(_unfitting()):
        # What asks for the settings in force would judge by the defaults.
        return found + unfit
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        found.append(Error("posync needs WAGTAIL_I18N_ENABLED = True.", id="posync.E002"))
    elif len(get_content_languages()) < 2:
        found.append(
            Error(
                "posync needs two languages or more.",
                hint="List them in WAGTAIL_CONTENT_LANGUAGES.",
                id="posync.E003",
            )
        )
    for name in ("REUSE", "REVIEW"):
        choices = get_args(get_type_hints(PosyncSettings)[name])
        if configured().get(name, "off") not in choices:
            known = " or ".join(f'"{choice}"' for choice in choices)
            found.append(
                Error(
                    f"POSYNC[{name!r}] is {configured()[name]!r}.", hint=f"It is {known}.", id="posync.E006"
                )
            )
    found += [*_registries(), *_inline_tags()]
    for name in configured().get("IGNORED_RECEIVERS", ()):
        try:
            import_string(name)
        except ImportError as error:
            found.append(
                Error(
                    f"POSYNC['IGNORED_RECEIVERS'] names {name!r}, which is not there: {error}",
                    hint='Write it as "module.function", as where the function is defined.',
                    id="posync.E007",
                )
            )
    root = posync_settings().ROOT
    if root.exists() and not root.is_dir():
        found.append(Error(f"POSYNC['ROOT'] is not a folder: {root}", id="posync.E004"))
    elif any("LC_MESSAGES" in part for part in Path(root, CONTENT_FOLDER).parts):
        found.append(
            Error(
                f"POSYNC['ROOT'] lies in a LC_MESSAGES folder: {root}",
                hint="compilemessages would compile the page texts; take the folder that holds the languages' folders.",
                id="posync.E005",
            )
        )
    elif not root.is_absolute():
        found.append(
            Warning(
                f"POSYNC['ROOT'] is a relative path: {root}",
                hint="It is another folder for whoever runs a command elsewhere. Write it as an absolute path.",
                id="posync.W005",
            )
        )
    elif not settings.DEBUG and (checkout := _checkout_around(root)):
        found.append(
            Warning(
                f"POSYNC['ROOT'] lies in the checkout of the code, {checkout}: {root}",
                hint="A release may replace what translators have saved there. Take a folder outside of it.",
                id="posync.W003",
            )
        )
    if getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        found.append(
            Warning(
                "A page submitted for translation in the admin goes live at once, untranslated.",
                hint="Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False.",
                id="posync.W001",
            )
        )
    if not getattr(settings, "WAGTAILLOCALIZE_DISABLE_ON_DELETE", False):
        found.append(
            Warning(
                "wagtail-localize deletes the translations of a page with the page.",
                hint="Set WAGTAILLOCALIZE_DISABLE_ON_DELETE = True to keep the translators' work.",
                id="posync.W002",
            )
        )
    return found


@register("posync")
def check_guard(**kwargs: Any) -> list[CheckMessage]:
    """Wagtail's own publication, changed under the guard around it."""
    if guard.fits():
        return []
    return [
        Error(
            "Wagtail publishes revisions by another method than posync's guard knows.",
            hint="Translations could go live past the gate. Install a posync for this version of Wagtail.",
            id="posync.E012",
        )
    ]


@register(Tags.database)
def check_synchronised_trees(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Languages that wagtail-localize was told to fill with copies of another. Asks the database, where it may."""
    if not databases:
        return []
    try:
        found = list(LocaleSynchronization.objects.select_related("locale", "sync_from"))
    except DatabaseError:
        return []  # not migrated yet
    return [
        Warning(
            f"{row.locale} is to be filled with the content of {row.sync_from}; posync copies none of it.",
            hint="Take “Synchronise content from another locale” away in the settings of the locale.",
            id="posync.W006",
        )
        for row in found
    ]


@register(Tags.database)
def check_aliases(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Live aliases that show one language's words at another's address, of before posync. Asks the database, where it may."""
    if not databases:
        return []
    aliases = Page.objects.filter(alias_of__isnull=False, live=True).exclude(locale=F("alias_of__locale"))
    try:
        found = list(aliases.select_related("locale", "alias_of__locale").order_by("path")[: _NAMED + 1])
    except DatabaseError:
        return []  # not migrated yet
    if not found:
        return []
    names = [f"“{page}” ({page.pk})" for page in found[:_NAMED]] + ["…"] * (len(found) > _NAMED)
    return [
        Warning(
            f"Live aliases with the words of another language: {', '.join(names)}.",
            hint="Submit their originals for translation: each becomes a page of its own when that is approved. Or unpublish them.",
            id="posync.W007",
        )
    ]


@register("posync")
def check_receivers(**kwargs: Any) -> list[CheckMessage]:
    """Receivers that end the publication of many pages at once: nobody who adds one would know of it."""
    if unfitting():
        return []
    return [
        Warning(
            str(SingleModel(single.name, receivers)),
            hint="Each page takes about ten times as long. Silence posync.W004 if that is as it should be.",
            id="posync.W004",
        )
        for single in single_models(get_page_models())
        if (receivers := tuple(one for one in single.obstacles if one.is_receiver))
    ]


@register("posync", deploy=True)
def check_page_models(**kwargs: Any) -> list[CheckMessage]:
    """Models whose pages are published one at a time by their own making."""
    if unfitting():
        return []
    return [
        Info(str(SingleModel(single.name, own)), id="posync.I001")
        for single in single_models(get_page_models())
        if (own := tuple(one for one in single.obstacles if not (one.is_receiver or one.is_setting)))
    ]


def _unfitting() -> Iterator[CheckMessage]:
    """Values of a wrong kind, or out of their bounds."""
    given = getattr(settings, "POSYNC", {})
    if not isinstance(given, Mapping):
        yield Error(f"POSYNC is {given!r:.100}.", hint="It is a dict of posync's settings.", id="posync.E011")
    for name, (value, words) in unfitting().items():
        yield Error(f"POSYNC[{name!r}] is {value!r:.100}.", hint=f"It is {words}.", id="posync.E011")


def _registries() -> Iterator[CheckMessage]:
    """Faults in the dotted paths of plug-ins."""
    for setting in sorted(REGISTRIES & configured().keys()):
        paths = configured()[setting]
        if isinstance(paths, list | tuple) and all(isinstance(path, str) for path in paths):
            for path in paths:
                yield from _plugin(setting, path)
        else:
            yield Error(
                f"POSYNC[{setting!r}] is {paths!r:.100}.",
                hint=f"It is a list of dotted paths; posync's own are in posync.hooks.{setting}.",
                id="posync.E010",
            )
    yield from _plugin("CATALOG_NAME", posync_settings().CATALOG_NAME)
    if (publisher := configured().get("BATCH_PUBLISHER")) is not None:
        yield from _plugin("BATCH_PUBLISHER", publisher, ("publish", "obstacles"))


def _plugin(setting: str, path: str, methods: Sequence[str] = ()) -> Iterator[CheckMessage]:
    """A path that cannot be used; with `methods`, one whose product lacks any of them."""
    try:
        named = import_callable(path)
        if methods and (missing := [name for name in methods if not hasattr(_product(named), name)]):
            raise ImportError(f"what it makes has no {' and no '.join(missing)}")
    except ImportError as error:
        yield Error(
            f"POSYNC[{setting!r}] names {path!r}, which cannot be used: {error}",
            hint='Write it as "module.name", as where it is defined. Until then no command runs.',
            id="posync.E008",
        )


def _product(named: Callable[..., Any]) -> object:
    try:
        return named()
    except Exception as error:
        raise ImportError(f"{type(error).__name__}: {error}") from error


def _inline_tags() -> Iterator[CheckMessage]:
    for tag in posync_settings().INLINE_TAGS:
        if tag not in USUAL_INLINE_TAGS | OPTIONAL_INLINE_TAGS:
            yield Error(
                f"POSYNC['INLINE_TAGS'] names {tag!r}, which may not stand inside a sentence.",
                hint=f"It may name {', '.join(sorted(OPTIONAL_INLINE_TAGS))}.",
                id="posync.E009",
            )
