"""The languages of the site: codes, names, addresses."""

from django.conf import global_settings, settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext


def language_codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_choices() -> list[tuple[str, str]]:
    """Every language known to Django: events and publications come in more than those of the site."""
    own = language_codes()
    others = [(code, gettext(name)) for code, name in global_settings.LANGUAGES if code not in own]
    names = [(code, translation.get_language_info(code)["name_translated"]) for code in own]
    return [*names, *sorted(others, key=lambda choice: choice[1].casefold())]


def language_name(code: str) -> str:
    """The language's own name for itself, as a title: Български, English."""
    name = language_name_in_text(code)
    return name[:1].upper() + name[1:]


def language_name_in_text(code: str) -> str:
    """The same in the middle of a sentence: български, English."""
    return translation.get_language_info(code)["name_local"]


def language_name_for_visitor(code: str) -> str:
    """The active language's name for it, in the middle of a sentence: английски, Bulgarian."""
    name = translation.get_language_info(code)["name_translated"]
    # Where the names of languages are written small, so is a language's name for itself.
    is_written_small = language_name_in_text(translation.get_language())[0].islower()
    return name[:1].lower() + name[1:] if is_written_small else name


def reverse_in(language: str, viewname: str, *args) -> str:
    with translation.override(language):
        return reverse(viewname, args=args)


def home_url(language: str) -> str:
    return reverse_in(language, "wagtail_serve", "")
