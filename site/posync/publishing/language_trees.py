"""Keeps each language's tree in its language: below all views, for copies, aliases and moves of pages.

A page of one language at an address of another is what no translator has seen: the source's words, live.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction, CreatePageAliasPermissionError
from wagtail.actions.move_page import MovePageAction, MovePagePermissionError
from wagtail.models import Page, TranslatableMixin


def is_foreign_to(page: Page, parent: Page | None) -> bool:
    """Whether a page is of another language than the tree that it is to stand in."""
    return parent is not None and not parent.is_root() and parent.locale_id != page.locale_id


def alias_refused(page: Page) -> str:
    """The sentence for whoever asks for an alias in another language."""
    text = _(
        "“%(page)s” has no alias in another language: visitors would read it untranslated. Translate it instead."
    )
    return text % {"page": page.get_admin_display_title()}


def move_refused(page: Page) -> str:
    """The sentence for whoever moves a page into another language's tree."""
    text = _(
        "“%(page)s” was not moved: it is in another language than the pages there. Copy it there to write it anew, or "
        "translate it."
    )
    return text % {"page": page.get_admin_display_title()}


def install() -> None:
    """Put the guards in place, once."""
    if not hasattr(CopyPageAction._copy_page, "__wrapped__"):
        CopyPageAction._copy_page = _in_the_trees_language(CopyPageAction._copy_page)
        CreatePageAliasAction.check = _without_aliases(CreatePageAliasAction.check)
        MovePageAction.check = _within_one_language(MovePageAction.check)


def _in_the_trees_language(original: Callable[..., Page]) -> Callable[..., Page]:
    @wraps(original)
    def copy_page(
        self: Any,
        page: Page,
        to: Page | None = None,
        update_attrs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Page:
        """Copy a page into another language's tree as a draft in that language; those below it likewise."""
        locale_id = (update_attrs or {}).get("locale", page.locale)
        if to is None or to.is_root() or to.locale == locale_id:
            copied: Page = original(self, page, to=to, update_attrs=update_attrs, **kwargs)
            return copied
        before = self.keep_live, self.process_child_object
        self.keep_live = False

        def process_child_object(source: Page, copy: Page, relation: Any, child: Any) -> None:
            if isinstance(child, TranslatableMixin):
                child.locale = to.locale
            if before[1]:
                before[1](source, copy, relation, child)

        self.process_child_object = process_child_object
        try:
            copied = original(
                self, page, to=to, update_attrs={**(update_attrs or {}), "locale": to.locale}, **kwargs
            )
        finally:
            self.keep_live, self.process_child_object = before
        return copied

    return copy_page


def _without_aliases(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def check(self: Any, *args: Any, **kwargs: Any) -> None:
        """Refuse an alias that shows one language's page in another one's tree."""
        original(self, *args, **kwargs)
        locale = self.update_locale or self.page.locale
        if locale != self.page.locale or is_foreign_to(self.page, self.parent):
            raise CreatePageAliasPermissionError(alias_refused(self.page))

    return check


def _within_one_language(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def check(self: Any, parent_after: Page, *args: Any, **kwargs: Any) -> None:
        """Refuse a move into another language's tree: its address would be of a language that the page is not in."""
        original(self, parent_after, *args, **kwargs)
        if is_foreign_to(self.page, parent_after):
            raise MovePagePermissionError(move_refused(self.page))

    return check
